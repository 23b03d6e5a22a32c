import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { officeFacts } from '../organizations/office-facts';
import { offsetFrom } from '../working-rules/rule-instants';
import {
  type DigestFacts,
  type OpenConsultation,
  type OpenDirective,
  type OpenExplanation,
  type OpenObligation,
  type WaitingEscalation,
  type WaitingExtensionRequest,
} from './composition/digest-subjects';
import { MESSAGE_NAME } from './directive-name';

const milliseconds = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`;

const WAITING_ESCALATIONS = `
  select id, directive_id as directive, recipient_ids as recipients, state = 'acknowledged' as acknowledged
  from dondoc.escalation where organization_id = $1 and state in ('raised', 'acknowledged')`;

const WAITING_EXTENSION_REQUESTS = `
  select id, directive_id as directive, state = 'awaiting-head' as "awaitsHead", approver,
    asked_date::text as "askedDate"
  from dondoc.extension_request where organization_id = $1 and state in ('awaiting-head', 'requested')`;

const OPEN_EXPLANATIONS = `
  select e.id, e.directive_id as directive, e.agency_id as agency, a.name as "agencyName",
    e.demanded_by_id as "demandedBy", e.state = 'submitted' as submitted, ${milliseconds('e.due_at')} as "dueAt"
  from dondoc.explanation e
  join dondoc.agency a on a.organization_id = e.organization_id and a.id = e.agency_id
  where e.organization_id = $1 and e.state in ('demanded', 'submitted')`;

const OPEN_CONSULTATIONS = `
  select k.id, k.directive_id as directive, k.agency_id as agency, a.name as "agencyName",
    ${milliseconds('k.reply_by')} as "replyBy"
  from dondoc.consultation k
  join dondoc.agency a on a.organization_id = k.organization_id and a.id = k.agency_id
  where k.organization_id = $1 and k.state in ('asked', 'late')`;

/** `$2` instant in milliseconds: what is due later is left for another day. */
const OPEN_OBLIGATIONS = `
  select r.id, r.period_name as period, r.state = 'reported' as reported, ${milliseconds('r.due_at')} as "dueAt",
    json_build_object('id', d.id, 'name', null, 'text', d.text, 'lead', d.lead_id, 'leadName', a.name,
      'coordinating', d.coordinating_ids, 'assigningLeader', d.assigning_leader_id,
      'trackingOfficer', d.tracking_officer_id, 'field', d.field, 'assignedPerson', null) as standing
  from dondoc.reporting_obligation r
  join dondoc.standing_directive d on d.organization_id = r.organization_id and d.id = r.standing_directive_id
  join dondoc.agency a on a.organization_id = d.organization_id and a.id = d.lead_id
  where r.organization_id = $1
    and (r.state = 'reported' or r.state = 'awaited' and r.due_at <= to_timestamp($2::bigint / 1000.0))`;

/** `$2` now in milliseconds, `$3` directives that something else is asked about. Work that simply goes on is left out. */
const TOLD_DIRECTIVES = `
  select d.id, ${MESSAGE_NAME} as name, d.text, d.lead_id as lead, a.name as "leadName", d.coordinating_ids as coordinating,
    d.assigning_leader_id as "assigningLeader", d.tracking_officer_id as "trackingOfficer", d.field,
    d.assigned_person_id as "assignedPerson",
    d.work_state as work, ${milliseconds('d.deadline_at')} as deadline, ${milliseconds('d.near_due_at')} as "nearDueAt",
    ${milliseconds('d.judged_at')} as "judgedAt", null as "closedAt",
    ${milliseconds('d.proposed_deadline_at')} as "proposedDeadlineAt"
  from dondoc.directive d
  join dondoc.agency a on a.organization_id = d.organization_id and a.id = d.lead_id
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
  where d.organization_id = $1 and d.closed_at is null
    and (d.work_state <> 'in-progress' or d.deadline_at is null
         or d.near_due_at <= to_timestamp($2::bigint / 1000.0)
         or d.deadline_at <= to_timestamp($2::bigint / 1000.0) or d.id = any($3::uuid[]))`;

/** What there is to tell in the organization now. */
export async function digestFacts(tx: PostgresTransaction): Promise<DigestFacts> {
  const { directory, calendar, calendars, rules } = await officeFacts(
    tx,
    'directory',
    'calendar',
    'calendars',
    'rules',
  );
  const whose = [tx.organization];
  const escalations = await tx.query<WaitingEscalation>(WAITING_ESCALATIONS, whose);
  const extensionRequests = await tx.query<WaitingExtensionRequest>(WAITING_EXTENSION_REQUESTS, whose);
  const explanations = await tx.query<OpenExplanation>(OPEN_EXPLANATIONS, whose);
  const consultations = await tx.query<OpenConsultation>(OPEN_CONSULTATIONS, whose);
  const near = offsetFrom(calendar, tx.now, rules.nearDue.value);
  const obligations = await tx.query<OpenObligation>(OPEN_OBLIGATIONS, [...whose, near]);
  const asked = [...escalations, ...extensionRequests, ...explanations, ...consultations];
  const directives = await tx.query<OpenDirective>(TOLD_DIRECTIVES, [
    ...[tx.organization, tx.now],
    [...new Set(asked.map(({ directive }) => directive))],
  ]);
  return {
    ...{ directives, escalations, extensionRequests, explanations, consultations, obligations },
    ...{ directory, calendar, calendars, now: tx.now },
  };
}
