import { type OutboxRecord } from '@dondoc/workflow';
import {
  inTransaction,
  newUuid,
  type EffectHandlers,
  type PostgresTransaction,
} from '@dondoc/workflow/durable/index';
import { readPayload, recipientsOf, type MessagePayload } from '../lifecycles/message-payload';
import { officeFacts, type OfficeFacts } from '../organizations/office-facts';
import { type Urgency } from '../working-rules/working-rules';
import { nextOpening } from '../working-time/working-time';
import { messageTemplates } from './message-words';

const KEEP_MESSAGES = `
  insert into dondoc.inbox_message
    (organization_id, id, recipient_id, subject, directive_id, escalation_id, article, details, reason, created_at,
     deliver_at, outbox_id)
  select $1, c.id, c.recipient_id, c.subject, c.directive_id, c.escalation_id, c.article, c.details, c.reason,
    to_timestamp(c.created_at / 1000.0), to_timestamp(c.deliver_at / 1000.0), c.outbox_id
  from json_to_recordset($2::json) as c(
    id uuid, recipient_id uuid, subject text, directive_id uuid, escalation_id uuid, article text, details jsonb,
    reason jsonb, created_at bigint, deliver_at bigint, outbox_id uuid)
  on conflict (organization_id, outbox_id, recipient_id) do nothing`;

function deliverAt(payload: MessagePayload, at: number, now: number, office: OfficeFacts): number {
  const anyHour = office.rules.outsideHours.value.includes(payload.urgency as Urgency);
  // What the working rules send by themselves keeps to working hours; what a person does is news at once.
  return messageTemplates[payload.subject].kind !== 'news' && !anyHour
    ? nextOpening(office.calendar, Math.max(at, now))
    : at;
}

/** Writes a message to each person whom an effect is meant for on its day, in the transaction that delivers it. */
async function deliverNews(effect: OutboxRecord, tx: PostgresTransaction): Promise<void> {
  const payload = readPayload(effect.payload);
  const office = await officeFacts(tx);
  const { rung, collapsed, rules, kind, urgency, deadline, by, note } = payload;
  const rows = recipientsOf(payload, office.directory, effect.at, office.zone).map((recipient) => ({
    id: newUuid(),
    recipient_id: recipient.person,
    subject: payload.subject,
    directive_id: payload.directive ?? (effect.lifecycle === 'directive' ? effect.instance : null),
    escalation_id: effect.lifecycle === 'escalation' ? effect.instance : null,
    article: payload.article,
    details: { rung, collapsed, rules, kind, urgency, deadline, by, note },
    reason: recipient.reason,
    created_at: effect.at,
    deliver_at: deliverAt(payload, effect.at, tx.now, office),
    outbox_id: effect.id,
  }));
  if (rows.length > 0) await tx.query(KEEP_MESSAGES, [tx.organization, JSON.stringify(rows)]);
}

/** One handler per effect that directives and escalations declare; the worker runs them. */
export const newsHandlers: EffectHandlers = {
  remind: inTransaction(deliverNews),
  notify: inTransaction(deliverNews),
};
