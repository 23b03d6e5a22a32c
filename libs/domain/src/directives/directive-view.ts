import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type SourceView } from '../drafts/draft-view';
import { type WorkState } from '../lifecycles/directive-state';
import { deriveLateness, type Lateness } from '../lifecycles/lateness';
import { calendarByAgency } from '../organizations/calendar-by-agency';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { workingDaysBetween } from '../working-time/working-time';
import { latenessFactsOf } from './directive-lateness';
import { DIRECTIVE_NAME } from './directive-name';

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

/** A directive as `SELECT_DIRECTIVES` reads it. */
export interface DirectiveRow extends Pick<
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

export const SELECT_DIRECTIVES = `
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

/** One directive, whoever asks; null when there is none. */
export async function findDirective(tx: PostgresTransaction, id: string): Promise<DirectiveView | null> {
  const [row] = await tx.query<DirectiveRow>(
    `${SELECT_DIRECTIVES} where d.organization_id = $1 and d.id = $2`,
    [tx.organization, id],
  );
  return row ? viewOf(row, tx.now, (await calendarByAgency(tx))(row.lead.id)) : null;
}

export function viewOf(row: DirectiveRow, now: number, calendar: WorkingCalendar): DirectiveView {
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
