import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { latenessFactsOf, visibilityOf, VISIBLE, type Named } from '../directives/directive-view';
import { countTotals, type Totals } from '../lifecycles/lateness';

export interface TotalsView extends Totals {
  /** ISO 8601, UTC: the counts as of this instant. */
  readonly asOf: string;
  readonly byLead: readonly (Totals & { readonly lead: Named })[];
}

type Row = Parameters<typeof latenessFactsOf>[0] & { readonly lead: Named };

/** Assigned, completed and outstanding, of what the caller may see, in all and for each lead. */
export async function totalsOf(tx: PostgresTransaction, caller: Caller): Promise<TotalsView> {
  const rows = await tx.query<Row>(
    `select d.work_state as state, d.deadline_at as "deadlineAt", d.near_due_at as "nearDueAt",
       d.judged_at as "judgedAt", d.closed_at as "closedAt",
       json_build_object('id', l.id, 'name', l.name) as lead
     from dondoc.directive d
     join dondoc.agency l on l.organization_id = d.organization_id and l.id = d.lead_id
     where d.organization_id = $1 and ${VISIBLE} order by l.name, l.id`,
    [...visibilityOf(caller)],
  );
  const count = (counted: readonly Row[]) => countTotals(counted.map(latenessFactsOf), tx.now);
  const leads = [...new Map(rows.map(({ lead }) => [lead.id, lead])).values()];
  return {
    asOf: new Date(tx.now).toISOString(),
    ...count(rows),
    byLead: leads.map((lead) => ({ lead, ...count(rows.filter((row) => row.lead.id === lead.id)) })),
  };
}
