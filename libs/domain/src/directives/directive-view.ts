import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { type SourceView } from '../drafts/draft-view';
import { hasEnded, type WorkState } from '../lifecycles/directive-state';
import { deriveLateness, type Lateness, type LatenessFacts } from '../lifecycles/lateness';
import { calendarByAgency } from '../organizations/calendar-by-agency';
import { officeFacts } from '../organizations/office-facts';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';
import { searchPattern } from '../search/plain-words';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { workingDaysBetween } from '../working-time/working-time';
import { visibilityOf, VISIBLE } from '../authorization/visible-rows';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A directive as lists show it. Instants are ISO 8601, UTC; lateness is derived at the moment of reading. */
export interface DirectiveView {
  readonly id: string;
  /** "12/TB-UBND#3": what people call it. */
  readonly name: string;
  readonly revision: number;
  readonly text: string;
  readonly sectionRef: string | null;
  readonly kind: string;
  readonly urgency: string;
  readonly field: string | null;
  readonly lead: Named;
  readonly coordinating: readonly Named[];
  readonly assigningLeader: Named | null;
  readonly trackingOfficer: Named | null;
  /** Whom the head of the lead named inside the agency. */
  readonly assignedPerson: Named | null;
  readonly source: SourceView;
  readonly state: WorkState;
  readonly lateness: Lateness;
  readonly assignedAt: string;
  readonly acceptedAt: string | null;
  readonly reportedAt: string | null;
  readonly reporter: Named | null;
  readonly closedAt: string | null;
  readonly deadline: {
    readonly at: string;
    /** The last day that is in time. */
    readonly date: string;
    readonly nearDueAt: string;
    readonly originalAt: string;
    readonly phrase: string | null;
    /** Working days of the lead from today to the day of the deadline; negative when it is past. */
    readonly workingDaysLeft: number;
  } | null;
  /** The words of the source about the deadline, also when no day could be told from them. */
  readonly deadlinePhrase: string | null;
  /** Extensions granted on request. */
  readonly extensions: number;
  /** While it stands still. */
  readonly suspension: { readonly since: string; readonly proposedDeadlineAt: string | null } | null;
  /** `id@version` of the working rules it lives under. */
  readonly rules: string | null;
  /** The directive it was handed on from. */
  readonly parent: Named | null;
  /** How many directives that it was handed on as have not ended. */
  readonly openChildren: number;
  /** The later directive in whose favour it ended. */
  readonly replacedBy: Named | null;
}

interface DirectiveRow extends Pick<
  DirectiveView,
  | 'id'
  | 'name'
  | 'revision'
  | 'text'
  | 'sectionRef'
  | 'kind'
  | 'urgency'
  | 'field'
  | 'lead'
  | 'assigningLeader'
  | 'trackingOfficer'
  | 'source'
  | 'reporter'
  | 'assignedPerson'
  | 'extensions'
  | 'rules'
  | 'parent'
  | 'openChildren'
  | 'replacedBy'
> {
  readonly suspendedAt: Date | null;
  readonly proposedDeadlineAt: Date | null;
  readonly judgedAt: Date | null;
  readonly coordinating: readonly Named[] | null;
  readonly state: WorkState;
  readonly assignedAt: Date;
  readonly acceptedAt: Date | null;
  readonly reportedAt: Date | null;
  readonly closedAt: Date | null;
  readonly deadlineAt: Date | null;
  readonly deadlineDate: string | null;
  readonly originalDeadlineAt: Date | null;
  readonly nearDueAt: Date | null;
  readonly deadlinePhrase: string | null;
}

const person = (column: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from dondoc.person p
    where p.organization_id = d.organization_id and p.id = d.${column})`;

const related = (column: string): string =>
  `(select json_build_object('id', r.id, 'name', coalesce(ro.number, rs.reference, rs.kind) || '#' || r.ordinal)
    from dondoc.directive r
    join dondoc.source rs on rs.organization_id = r.organization_id and rs.id = r.source_id
    left join dondoc.document ro on ro.organization_id = rs.organization_id and ro.id = rs.document_id
    where r.organization_id = d.organization_id and r.id = d.${column})`;

/** "12/TB-UBND#3": number (or the office's mark) of the source `s` with document `o`, and the place in it. */
export const DIRECTIVE_NAME = `coalesce(o.number, s.reference, s.kind) || '#' || d.ordinal`;

const SELECT_DIRECTIVES = `
  select d.id, ${DIRECTIVE_NAME} as name, d.revision, d.text, d.section_ref as "sectionRef", d.kind, d.urgency, d.field,
    json_build_object('id', l.id, 'name', l.name) as lead,
    (select json_agg(json_build_object('id', a.id, 'name', a.name) order by a.name) from dondoc.agency a
     where a.organization_id = d.organization_id and a.id = any(d.coordinating_ids)) as coordinating,
    ${person('assigning_leader_id')} as "assigningLeader", ${person('tracking_officer_id')} as "trackingOfficer",
    ${person('reporter_id')} as reporter, ${person('assigned_person_id')} as "assignedPerson",
    d.extensions, d.rules, d.open_children as "openChildren", d.suspended_at as "suspendedAt",
    d.proposed_deadline_at as "proposedDeadlineAt", d.judged_at as "judgedAt",
    case when d.parent_id is not null then ${related('parent_id')} end as parent,
    case when d.replaced_by_id is not null then ${related('replaced_by_id')} end as "replacedBy",
    json_build_object('id', s.id, 'kind', s.kind, 'givenBy', s.given_by_id, 'givenOn', s.given_on, 'note', s.note,
      'document', case when o.id is not null then json_build_object('id', o.id, 'name', o.name, 'number', o.number) end
    ) as source,
    d.work_state as state, d.assigned_at as "assignedAt", d.accepted_at as "acceptedAt",
    d.reported_at as "reportedAt", d.closed_at as "closedAt", d.deadline_at as "deadlineAt",
    d.deadline_date::text as "deadlineDate", d.original_deadline_at as "originalDeadlineAt",
    d.near_due_at as "nearDueAt", d.deadline_phrase as "deadlinePhrase"
  from dondoc.directive d
  join dondoc.agency l on l.organization_id = d.organization_id and l.id = d.lead_id
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id`;

export const latenessFilters = ['overdue', 'near-due', 'within', 'no-deadline', 'on-time', 'late'] as const;
export type LatenessFilter = (typeof latenessFilters)[number];

/** The same distinctions as `deriveLateness`, for finding; `$5` is now in milliseconds. */
export const LATENESS = `
  case
    when d.work_state in ('reported', 'suspended', 'cancelled', 'replaced') then null
    when d.work_state = 'closed' then case when d.deadline_at is null then null
      when coalesce(d.judged_at, d.closed_at) < d.deadline_at then 'on-time' else 'late' end
    when d.deadline_at is null then 'no-deadline'
    when to_timestamp($5::bigint / 1000.0) >= d.deadline_at then 'overdue'
    when to_timestamp($5::bigint / 1000.0) >= d.near_due_at then 'near-due'
    else 'within'
  end`;

export interface DirectiveQuery {
  readonly state?: WorkState | undefined;
  readonly lateness?: LatenessFilter | undefined;
  readonly lead?: string | undefined;
  /** Words in the text, the number of the source or the name of the lead. */
  readonly q?: string | undefined;
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
    ...visibilityOf(caller),
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

/** One directive, whoever asks; null when there is none. */
export async function findDirective(tx: PostgresTransaction, id: string): Promise<DirectiveView | null> {
  const [row] = await tx.query<DirectiveRow>(
    `${SELECT_DIRECTIVES} where d.organization_id = $1 and d.id = $2`,
    [tx.organization, id],
  );
  return row ? viewOf(row, tx.now, (await calendarByAgency(tx))(row.lead.id)) : null;
}

export function latenessFactsOf(row: {
  readonly state: WorkState;
  readonly deadlineAt: Date | null;
  readonly nearDueAt: Date | null;
  readonly judgedAt: Date | null;
  readonly closedAt: Date | null;
}): LatenessFacts {
  return {
    work: row.state,
    deadline: row.deadlineAt?.getTime() ?? null,
    nearDueAt: row.nearDueAt?.getTime() ?? null,
    judgedAt: row.judgedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
  };
}

function viewOf(row: DirectiveRow, now: number, calendar: WorkingCalendar): DirectiveView {
  const { deadlineAt, deadlineDate, nearDueAt, originalDeadlineAt, deadlinePhrase, ...more } = row;
  const { suspendedAt, proposedDeadlineAt, judgedAt: _judgedAt, ...kept } = more;
  const deadline =
    deadlineAt === null
      ? null
      : {
          at: deadlineAt.toISOString(),
          date: deadlineDate ?? '',
          nearDueAt: (nearDueAt ?? deadlineAt).toISOString(),
          originalAt: (originalDeadlineAt ?? deadlineAt).toISOString(),
          phrase: deadlinePhrase,
          workingDaysLeft: workingDaysBetween(calendar, now, deadlineAt.getTime()),
        };
  return {
    ...kept,
    coordinating: row.coordinating ?? [],
    lateness: deriveLateness(latenessFactsOf(row), now),
    assignedAt: row.assignedAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    reportedAt: row.reportedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    deadline,
    deadlinePhrase,
    suspension: suspendedAt && {
      since: suspendedAt.toISOString(),
      proposedDeadlineAt: proposedDeadlineAt?.toISOString() ?? null,
    },
  };
}
