import { type Ledger } from '@dondoc/workflow/audit/ledger';

/**
 * Tables that are evidence beside the history: rows are only ever added. A column that is added later must not change the
 * text of what was sealed before.
 */
export const ledgers: readonly Ledger[] = [
  {
    name: 'access-refusal',
    table: 'dondoc.access_refusal',
    text: `jsonb_build_array(row.at, row.person_id, row.act, row.subject, row.code, row.correlation)::text`,
    writtenAt: 'row.at',
  },
];
