import { type HistoryEntry, type Instant, type InstanceChange } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext, type Submission } from '../lifecycles/directive.types';
import { officeFacts } from '../organizations/office-facts';
import { dateAt, zoneNamed } from '../working-time/zone';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. */
const UPDATE_DIRECTIVES = `
  update dondoc.directive d
  set lead_id = c.lead_id, coordinating_ids = c.coordinating_ids, assigning_leader_id = c.assigning_leader_id,
      tracking_officer_id = c.tracking_officer_id, field = c.field, urgency = c.urgency,
      assigned_at = ${at('assigned_at')}, deadline_at = ${at('deadline_at')}, deadline_date = c.deadline_date,
      deadline_phrase = coalesce(c.deadline_phrase, d.deadline_phrase),
      original_deadline_at = ${at('original_deadline_at')}, near_due_at = ${at('near_due_at')},
      work_state = c.work_state, assigned_person_id = c.assigned_person_id, rules = c.rules,
      extensions = c.extensions, open_children = c.open_children, judged_at = ${at('judged_at')},
      suspended_at = ${at('suspended_at')}, proposed_deadline_at = ${at('proposed_deadline_at')},
      replaced_by_id = coalesce(c.replaced_by_id, d.replaced_by_id),
      accepted_at = case when c.acceptance_moved then ${at('accepted_at')} else d.accepted_at end,
      reported_at = ${at('reported_at')}, reporter_id = c.reporter_id, closed_at = ${at('closed_at')},
      revision = c.revision
  from json_to_recordset($2::json) as c(
    id uuid, lead_id uuid, coordinating_ids uuid[], assigning_leader_id uuid, tracking_officer_id uuid, field text,
    urgency text, assigned_at bigint, deadline_at bigint, deadline_date date, deadline_phrase text,
    original_deadline_at bigint, near_due_at bigint, work_state text, acceptance_moved boolean, accepted_at bigint,
    reported_at bigint, reporter_id uuid, closed_at bigint, revision integer, assigned_person_id uuid, rules text,
    extensions integer, open_children integer, judged_at bigint, suspended_at bigint, proposed_deadline_at bigint,
    replaced_by_id uuid)
  where d.organization_id = $1 and d.id = c.id and d.revision < c.revision`;

const INSERT_RESULTS = `
  insert into dondoc.result_document
    (organization_id, id, directive_id, number, date, summary, file_id, reporter_id, reported_at, approver_id,
     date_flagged)
  select $1, c.id, c.directive_id, c.number, c.date, c.summary, c.file_id, c.reporter_id, ${at('reported_at')},
    c.approver_id, c.date_flagged
  from json_to_recordset($2::json) as c(
    id uuid, directive_id uuid, number text, date date, summary text, file_id uuid, reporter_id uuid,
    reported_at bigint, approver_id uuid, date_flagged boolean)`;

/** Keeps the rows of directives in step with their instances, and the results they were reported with. */
export async function projectDirectives(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  const { zone } = await officeFacts(tx, 'zone');
  const parameters = (rows: readonly object[]) => [tx.organization, JSON.stringify(rows)];
  await tx.query(UPDATE_DIRECTIVES, parameters(changes.map((change) => rowOf(change, zone))));
  const results = changes.flatMap(resultsOf);
  if (results.length > 0) await tx.query(INSERT_RESULTS, parameters(results));
}

function rowOf(change: InstanceChange, zone: string): object {
  const { after } = change;
  const context = after.snapshot.context as unknown as DirectiveContext;
  const due = context.deadline;
  const acceptance = acceptanceIn(change);
  return {
    id: after.id,
    lead_id: context.lead,
    coordinating_ids: context.coordinating,
    assigning_leader_id: context.assigningLeader,
    tracking_officer_id: context.trackingOfficer,
    field: context.field,
    urgency: context.urgency,
    assigned_at: context.assignedAt,
    deadline_at: due?.at ?? null,
    // The last day on which it is in time: the deadline is the first instant that is too late.
    deadline_date: due ? dateAt(zoneNamed(zone), due.at - 1) : null,
    deadline_phrase: due?.phrase ?? null,
    original_deadline_at: context.originalDeadline,
    near_due_at: due?.nearDueAt ?? null,
    work_state: directiveState(after.snapshot.value).work,
    acceptance_moved: acceptance !== undefined,
    accepted_at: acceptance ?? null,
    reported_at: context.submittedAt,
    reporter_id: context.reportedBy,
    closed_at: after.status === 'done' ? after.at : null,
    revision: after.revision,
    assigned_person_id: context.assignedPerson,
    rules: context.rules,
    extensions: context.extensions,
    open_children: context.children.length,
    judged_at: context.judgedAt,
    suspended_at: context.suspension?.since ?? null,
    proposed_deadline_at: context.suspension?.proposed?.at ?? null,
    replaced_by_id: change.entries.find(({ event }) => event.type === 'replace')?.event['successor'] ?? null,
  };
}

/** When the present lead took it on: undefined when nothing changed about that, null when it must be taken on anew. */
function acceptanceIn({ before, entries }: InstanceChange): Instant | null | undefined {
  let work = before === null ? null : directiveState(before.snapshot.value).work;
  let accepted: Instant | null | undefined;
  for (const entry of entries) {
    const next = directiveState(entry.to).work;
    if (next === 'assigned') accepted = null;
    if (next === 'in-progress' && work === 'assigned') accepted = entry.at;
    work = next;
  }
  return accepted;
}

/** What left the lead agency: a report that waits for its head has not. */
function resultsOf({ after, entries }: InstanceChange): object[] {
  return entries.flatMap((entry: HistoryEntry) => {
    if (entry.kind !== 'event' || directiveState(entry.to).work !== 'reported') return [];
    if (entry.event.type !== 'report' && entry.event.type !== 'approve-report') return [];
    const { result, dateFlagged } = entry.event as unknown as Submission;
    const { reportedBy } = after.snapshot.context as unknown as DirectiveContext;
    const by = (entry.event as unknown as { readonly by: string }).by;
    const approver = entry.event.type === 'approve-report' ? by : null;
    const { number, date, summary, file } = result;
    return [
      {
        ...{ id: newUuid(), directive_id: after.id, number, date, summary, file_id: file },
        ...{ reporter_id: approver === null ? by : (reportedBy ?? by), approver_id: approver },
        ...{ reported_at: entry.at, date_flagged: dateFlagged },
      },
    ];
  });
}
