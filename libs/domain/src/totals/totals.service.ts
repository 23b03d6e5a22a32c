import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibilityOf, VISIBLE } from '../authorization/visible-rows';
import { LATENESS, latenessFactsOf } from '../directives/directive-lateness';
import { type Named } from '../directives/directive-view';
import { addTotals, noTotals, type Totals } from '../lifecycles/lateness';
import { calendarByAgency } from '../organizations/calendar-by-agency';
import { officeFacts } from '../organizations/office-facts';
import { courseOf, courseSince, type Course, type Span } from './course';

export interface TotalsView extends Totals {
  /** ISO 8601, UTC: the counts as of this instant. */
  readonly asOf: string;
  readonly byLead: readonly (Totals & { readonly lead: Named })[];
}

const counted = (condition: string): string => `(count(*) filter (where ${condition}))::integer`;
const ENDED = `d.work_state in ('closed', 'cancelled', 'replaced')`;
/** Counted in the database: a page of totals is one row for each lead, however many directives there are. */
const TOTALS_BY_LEAD = `
  select json_build_object('id', l.id, 'name', l.name) as lead, t.*
  from (
    select d.lead_id, ${counted(`d.work_state not in ('cancelled', 'replaced')`)} as assigned,
      json_build_object('total', ${counted(`d.work_state = 'closed'`)}, 'onTime', ${counted(`${LATENESS} = 'on-time'`)},
        'late', ${counted(`${LATENESS} = 'late'`)},
        'noDeadline', ${counted(`d.work_state = 'closed' and ${LATENESS} is null`)}) as completed,
      json_build_object('total', ${counted(`not ${ENDED}`)},
        'within', ${counted(`not ${ENDED} and d.deadline_at is not null and ${LATENESS} is distinct from 'overdue'`)},
        'overdue', ${counted(`${LATENESS} = 'overdue'`)},
        'noDeadline', ${counted(`not ${ENDED} and d.deadline_at is null`)},
        'awaitingVerification', ${counted(`d.work_state = 'reported'`)},
        'suspended', ${counted(`d.work_state = 'suspended'`)}) as outstanding,
      ${counted(`d.work_state = 'cancelled'`)} as cancelled, ${counted(`d.work_state = 'replaced'`)} as replaced
    from dondoc.directive d
    where d.organization_id = $1 and ${VISIBLE}
    group by d.lead_id
  ) t
  join dondoc.agency l on l.organization_id = $1 and l.id = t.lead_id
  order by l.name, l.id`;

/** Assigned, completed and outstanding, of what the caller may see, in all and for each lead. */
export async function totalsOf(tx: PostgresTransaction, caller: Caller): Promise<TotalsView> {
  const rows = await tx.query<Totals & { readonly lead: Named; readonly lead_id: string }>(TOTALS_BY_LEAD, [
    ...visibilityOf(caller),
    tx.now,
  ]);
  const byLead = rows.map(({ lead_id: _id, ...totals }) => totals);
  return {
    asOf: new Date(tx.now).toISOString(),
    ...byLead.reduce((sum: Totals, { lead: _lead, ...totals }) => addTotals(sum, totals), noTotals),
    byLead,
  };
}

export interface CourseView extends Course {
  readonly asOf: string;
}

/**
 * How the work that the caller may see has gone, how old what is late has grown, and what comes: in one query, which
 * reads what is open and what belongs to the spans told, however much has ended before.
 */
export async function courseOfWork(tx: PostgresTransaction, caller: Caller, span: Span): Promise<CourseView> {
  const { calendar } = await officeFacts(tx, 'calendar');
  const rows = await tx.query<
    Parameters<typeof latenessFactsOf>[0] & {
      readonly assignedAt: Date;
      readonly deadlineDate: string | null;
      readonly lead: string;
    }
  >(
    `select d.work_state as state, d.deadline_at as "deadlineAt", d.near_due_at as "nearDueAt",
       d.judged_at as "judgedAt", d.closed_at as "closedAt", d.assigned_at as "assignedAt",
       d.deadline_date::text as "deadlineDate",
       d.lead_id as lead
     from dondoc.directive d
     where d.organization_id = $1 and ${VISIBLE}
       and (not ${ENDED} or greatest(d.assigned_at, d.closed_at) >= $5::date::timestamp at time zone $6::text)`,
    [...visibilityOf(caller), courseSince(span, calendar, tx.now), calendar.zone],
  );
  const calendarOf = await calendarByAgency(tx);
  const facts = rows.map((row) => ({
    ...latenessFactsOf(row),
    assignedAt: row.assignedAt.getTime(),
    deadlineDate: row.deadlineDate,
    calendar: calendarOf(row.lead),
  }));
  return { asOf: new Date(tx.now).toISOString(), ...courseOf(facts, span, calendar, tx.now) };
}
