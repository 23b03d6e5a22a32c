import { type Ledger } from '@dondoc/workflow/audit/ledger';
import { type DataSource } from 'typeorm';

/** Tables that are evidence beside the history of instances: their rows are only ever added. */
export const ledgers: readonly Ledger[] = [
  {
    name: 'audit-trail',
    table: 'dondoc.audit_entry',
    // What lists are searched by stands beside the text, and must not say anything else.
    text: `jsonb_build_array(row.entry, row.recorded_at, row.at, row.person_id, row.act, row.subject, row.outcome, row.code)::text`,
    writtenAt: 'row.recorded_at',
  },
];

/** For the worker, who sees every organization's id. */
export async function organizationsToSeal(worker: DataSource): Promise<readonly string[]> {
  const rows = await worker.query<{ id: string }[]>('select id from dondoc.organization order by id');
  return rows.map(({ id }) => id);
}
