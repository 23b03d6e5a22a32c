import { type OutboxRecord } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { isDeadlinePrompt } from '../lifecycles/deadline-prompts';
import { readPayload, recipientsOf, type MessagePayload } from '../lifecycles/message-payload';
import { type Channel } from '../messages/channel.port';
import { gatherDispatches } from '../messages/gather-dispatches';
import { calendarByPerson } from '../organizations/calendar-by-agency';
import { officeFacts } from '../organizations/office-facts';
import { keepMessages, type NewMessage } from './keep-messages';
import { templateOf } from './message-words';
import { noteStandIns } from './note-stand-ins';
import { rungRuleOf } from './rung-rule';
import { leavesAtAnyHour, shownAt } from './shown-at';

const ASKED_AGAIN = `
  select exists (select from workflow.outbox o
    where o.organization_id = $1 and o.instance_id = $2 and o.revision > $3 and o.effect = 'notify' and o.parked_at is null
      and o.payload ->> 'rung' like 'set-deadline%') as again`;

/** A missing deadline that was to be asked for several times while no worker ran is asked for once, by the last of them. */
async function isAskedAgain(
  tx: PostgresWork,
  { instance, revision }: OutboxRecord,
  { rung }: MessagePayload,
): Promise<boolean> {
  if (rung === null || !isDeadlinePrompt(rung)) return false;
  const [row] = await tx.query<{ again: boolean }>(ASKED_AGAIN, [tx.organization, instance, revision]);
  return row?.again === true;
}

/** Writes a message to each person whom an effect is meant for on its day, and hands it on to the other channels. */
export async function deliverNews(
  effect: OutboxRecord,
  tx: PostgresWork,
  channels: readonly Channel[],
): Promise<void> {
  const payload = readPayload(effect.payload);
  if (await isAskedAgain(tx, effect, payload)) return;
  const office = await officeFacts(tx, 'directory', 'rules', 'zone');
  const calendarOf = await calendarByPerson(tx);
  const { subject, rung, collapsed, rules, kind, urgency, deadline, by, note } = payload;
  const { id: outbox, lifecycle, instance, at } = effect;
  const recipients = recipientsOf(payload, office.directory, at, office.zone);
  const messages = recipients.map((recipient): NewMessage => ({
    id: newUuid(),
    recipient: recipient.person,
    subject,
    directive: payload.directive ?? (lifecycle === 'directive' ? instance : null),
    escalation: lifecycle === 'escalation' ? instance : null,
    lifecycle,
    instance,
    article: payload.article,
    details: { rung, collapsed, rules, kind, urgency, deadline, by, note, lead: payload.facts.lead },
    reason: recipient.reason,
    createdAt: at,
    deliverAt: shownAt(payload, at, tx.now, office, calendarOf(recipient.person)),
    outbox,
  }));
  const kept = await keepMessages(tx, messages);
  if (kept.length > 0) await noteStandIns(tx, effect, payload, recipients);
  const anyHour = leavesAtAnyHour(payload, office);
  const rule = await rungRuleOf(tx, payload);
  const named = channels.filter(({ name }) => !rule || rule.channels.some((one) => one === name));
  await gatherDispatches(
    tx,
    named,
    office,
    kept.map(({ id: message, recipient, deliverAt }) => ({
      message,
      recipient,
      kind: templateOf(subject).kind,
      at: deliverAt,
      anyHour,
    })),
  );
}
