import { type OutboxRecord } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { keepMessages, type MessageDetails, type NewMessage } from '../inbox/keep-messages';
import { type DigestPlan, type DigestTimes } from '../lifecycles/digest.lifecycle';
import { officeFacts } from '../organizations/office-facts';
import { nextOpening } from '../working-time/working-time';
import { type Channel } from './channel.port';
import { planDigest } from './composition/digest-plan';
import {
  dailyDigests,
  weeklyDigest,
  type DigestFacts,
  type OpenDirective,
  type WaitingEscalation,
} from './composition/digest-sections';
import { type DigestSection } from './composition/mail-content';
import { MESSAGE_NAME } from './directive-name';
import { gatherDispatches } from './gather-dispatches';

const milliseconds = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`;

const OPEN_DIRECTIVES = `
  select d.id, ${MESSAGE_NAME} as name, d.text, d.lead_id as lead, a.name as "leadName", d.coordinating_ids as coordinating,
    d.assigning_leader_id as "assigningLeader", d.tracking_officer_id as "trackingOfficer", d.field,
    d.assigned_person_id as "assignedPerson",
    d.work_state as work, ${milliseconds('d.deadline_at')} as deadline, ${milliseconds('d.near_due_at')} as "nearDueAt",
    ${milliseconds('d.judged_at')} as "judgedAt", null as "closedAt"
  from dondoc.directive d
  join dondoc.agency a on a.organization_id = d.organization_id and a.id = d.lead_id
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
  where d.organization_id = $1 and d.closed_at is null`;

const WAITING_ESCALATIONS = `
  select directive_id as directive, recipient_ids as recipients, state = 'acknowledged' as acknowledged
  from dondoc.escalation where organization_id = $1 and state in ('raised', 'acknowledged')`;

/** The next digest by the rules that are in force now. */
export async function planNextDigest(
  { payload }: Pick<OutboxRecord, 'payload'>,
  tx: PostgresTransaction,
): Promise<DigestPlan> {
  const { calendar, rules } = await officeFacts(tx, 'calendar', 'rules');
  return planDigest(calendar, rules.digest.value, tx.now, payload as unknown as DigestTimes);
}

async function factsOf(tx: PostgresTransaction): Promise<DigestFacts> {
  const { directory, calendar } = await officeFacts(tx, 'directory', 'calendar');
  const directives = await tx.query<OpenDirective>(OPEN_DIRECTIVES, [tx.organization]);
  const escalations = await tx.query<WaitingEscalation>(WAITING_ESCALATIONS, [tx.organization]);
  return { directives, escalations, directory, calendar, now: tx.now };
}

/** A digest follows no rung and no directive. */
const unsaid: MessageDetails = {
  rung: null,
  collapsed: [],
  rules: null,
  kind: null,
  urgency: 'normal',
  deadline: null,
  by: null,
  note: null,
};

/** Writes the digests that are due into inboxes and hands them on, in the transaction that records it. */
export async function writeDigests(
  effect: OutboxRecord,
  tx: PostgresWork,
  channels: readonly Channel[],
): Promise<{ readonly writtenAt: number }> {
  const { daily, weekly } = effect.payload as unknown as Pick<DigestPlan, 'daily' | 'weekly'>;
  const office = await officeFacts(tx, 'directory', 'calendar', 'rules');
  const facts = await factsOf(tx);
  const deliverAt = nextOpening(office.calendar, tx.now);
  const own = daily ? dailyDigests(facts) : new Map<string, readonly DigestSection[]>();
  const meeting = weekly ? weeklyDigest(facts) : { people: [], sections: [] };
  const messages = [...new Set([...own.keys(), ...meeting.people])].map((recipient): NewMessage => {
    const isMeeting = meeting.people.includes(recipient);
    return {
      id: newUuid(),
      recipient,
      subject: isMeeting ? 'digest-weekly' : 'digest-daily',
      directive: null,
      escalation: null,
      lifecycle: effect.lifecycle,
      instance: effect.instance,
      article: office.rules.digest.article,
      details: {
        ...unsaid,
        sections: [...(own.get(recipient) ?? []), ...(isMeeting ? meeting.sections : [])],
      },
      reason: null,
      createdAt: tx.now,
      deliverAt,
      outbox: effect.id,
    };
  });
  const kept = await keepMessages(tx, messages);
  await gatherDispatches(
    tx,
    channels,
    office,
    kept.map(({ id: message, recipient }) => ({
      message,
      recipient,
      kind: 'digest' as const,
      at: deliverAt,
      anyHour: false,
    })),
  );
  return { writtenAt: tx.now };
}
