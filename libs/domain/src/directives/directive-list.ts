import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibilityOf, VISIBLE } from '../authorization/visible-rows';
import { hasEnded, type WorkState } from '../lifecycles/directive-state';
import { calendarByAgency } from '../organizations/calendar-by-agency';
import { officeFacts } from '../organizations/office-facts';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';
import { searchPattern } from '../search/plain-words';
import { LATENESS, type LatenessFilter } from './directive-lateness';
import { SELECT_DIRECTIVES, viewOf, type DirectiveRow, type DirectiveView } from './directive-view';

export interface DirectiveQuery {
  readonly state?: WorkState | undefined;
  readonly lateness?: LatenessFilter | undefined;
  readonly lead?: string | undefined;
  /** Words in the text, the number of the source or the name of the lead. */
  readonly q?: string | undefined;
  /** Only those that the caller has to do with, by agency or by name: for whoever sees everything. */
  readonly own?: boolean | undefined;
  /** Without those that have ended. */
  readonly open?: boolean | undefined;
  /** Days of the office, each one included. */
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly closedFrom?: string | undefined;
  readonly closedTo?: string | undefined;
  /** `assigned`: newest first; `due`: the nearest deadline first, those without one last. */
  readonly order?: 'assigned' | 'due' | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** Later than any deadline, and what a page's cursor can still say. */
const NEVER = 8_640_000_000_000_000;

/** By what a list is ordered; `mark` is the instant that a cursor bears, `$16` in milliseconds. */
const orders = {
  assigned: {
    column: 'd.assigned_at',
    mark: 'to_timestamp($16::bigint / 1000.0)',
    turn: 'desc',
    beyond: '<',
  },
  due: {
    // As its index has it: row security lets no index be searched by a coalesce.
    column: `(case when d.deadline_at is null then 'infinity' else d.deadline_at end)`,
    mark: `case when $16::bigint = ${NEVER} then 'infinity' else to_timestamp($16::bigint / 1000.0) end`,
    turn: 'asc',
    beyond: '>',
  },
} as const;

/**
 * Names of leads, numbers of documents and marks of other sources are looked through once, not for each directive: all of
 * it is asked of the directive's own row, so that nothing is joined before it is found. Numbers have no marks but that of Đ.
 */
const FOUND_BESIDE = `
  d.lead_id in (select a.id from dondoc.agency a where a.organization_id = $1 and dondoc.plain(a.name) like $9)
  or d.source_id in (
    select x.id from dondoc.document n
    join dondoc.source x on x.organization_id = n.organization_id and x.document_id = n.id
    where n.organization_id = $1 and lower(translate(n.number, 'đĐ', 'dD')) like $9
    union all
    select x.id from dondoc.source x
    where x.organization_id = $1 and x.document_id is null and dondoc.plain(x.reference) like $9)`;

/** Only what has not ended has these: saying so lets the database look at nothing else. */
const openLateness: ReadonlySet<LatenessFilter | undefined> = new Set([
  'overdue',
  'near-due',
  'within',
  'no-deadline',
]);

/**
 * Which directives a list is of, without its page: `$1` to `$9`, `$10` whether those that have ended are left out, `$11` to
 * `$14` days of deadlines and ends, `$15` the zone in which these are days.
 */
const MATCHING = `
  d.organization_id = $1 and ${VISIBLE}
  and ($6::text is null or d.work_state = $6) and ($7::text is null or ${LATENESS} = $7)
  and ($8::uuid is null or d.lead_id = $8)
  and ($9::text is null or d.plain_text like $9 or ${FOUND_BESIDE})
  and (not $10::boolean or d.closed_at is null)
  and ($11::date is null or d.deadline_date >= $11) and ($12::date is null or d.deadline_date <= $12)
  and ($13::date is null or (d.closed_at at time zone $15)::date >= $13)
  and ($14::date is null or (d.closed_at at time zone $15)::date <= $14)`;

type Sought = Omit<DirectiveQuery, 'limit' | 'after' | 'order'>;

/** The parameters of `MATCHING`. */
function matchingOf(caller: Caller, now: number, sought: Sought, zone: string): unknown[] {
  const { state, lateness, lead, q, open, dueFrom, dueTo, closedFrom, closedTo } = sought;
  const isOpen = open === true || openLateness.has(lateness) || (state !== undefined && !hasEnded(state));
  return [
    ...visibilityOf(caller, sought.own),
    ...[now, state ?? null, lateness ?? null, lead ?? null, searchPattern(q), isOpen],
    ...[dueFrom ?? null, dueTo ?? null, closedFrom ?? null, closedTo ?? null, zone],
  ];
}

/** How many directives a list has in each state. */
export async function countByState(
  tx: PostgresTransaction,
  caller: Caller,
  sought: Sought,
): Promise<readonly { readonly state: WorkState; readonly count: number }[]> {
  const { calendar } = await officeFacts(tx, 'calendar');
  return tx.query(
    `select d.work_state as state, count(*)::integer as count from dondoc.directive d
     where ${MATCHING} group by d.work_state`,
    matchingOf(caller, tx.now, sought, calendar.zone),
  );
}

/** What the caller may see, newest assignment first unless asked otherwise. */
export async function listDirectives(
  tx: PostgresTransaction,
  caller: Caller,
  query: DirectiveQuery,
): Promise<Page<DirectiveView>> {
  const { after, limit, order = 'assigned' } = query;
  const { column, mark, turn, beyond } = orders[order];
  const { calendar } = await officeFacts(tx, 'calendar');
  const calendarOf = await calendarByAgency(tx);
  const rows = await tx.query<DirectiveRow>(
    `${SELECT_DIRECTIVES}
     where ${MATCHING}
       and ($16::bigint is null or (${column}, d.id) ${beyond} (${mark}, $17::uuid))
     order by ${column} ${turn}, d.id ${turn} limit $18 + 1`,
    [...matchingOf(caller, tx.now, query, calendar.zone), ...[after?.at ?? null, after?.id ?? null, limit]],
  );
  const views = rows.map((row) => viewOf(row, tx.now, calendarOf(row.lead.id)));
  return pageOf(views, limit, ({ assignedAt, deadline, id }) => ({
    at: order === 'assigned' ? Date.parse(assignedAt) : deadline ? Date.parse(deadline.at) : NEVER,
    id,
  }));
}
