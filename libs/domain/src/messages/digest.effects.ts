import { type OutboxRecord } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { keepMessages, type MessageDetails, type NewMessage } from '../inbox/keep-messages';
import { type DigestPlan, type DigestTimes } from '../lifecycles/digest.lifecycle';
import { officeFacts } from '../organizations/office-facts';
import { nextOpening } from '../working-time/working-time';
import { type Channel } from './channel.port';
import { planDigest } from './composition/digest-plan';
import { writtenDigests } from './composition/digest-sections';
import { digestFacts } from './digest-facts';
import { gatherDispatches } from './gather-dispatches';

/** The next digest by the rules that are in force now. */
export async function planNextDigest(
  { payload }: Pick<OutboxRecord, 'payload'>,
  tx: PostgresTransaction,
): Promise<DigestPlan> {
  const { calendar, rules } = await officeFacts(tx, 'calendar', 'rules');
  return planDigest(calendar, rules.digest.value, tx.now, payload as unknown as DigestTimes);
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
  const deliverAt = nextOpening(office.calendar, tx.now);
  const digests = writtenDigests(await digestFacts(tx), { daily, weekly });
  const messages = [...digests].map(([recipient, { meeting, sections }]): NewMessage => ({
    id: newUuid(),
    recipient,
    subject: meeting ? 'digest-weekly' : 'digest-daily',
    directive: null,
    escalation: null,
    lifecycle: effect.lifecycle,
    instance: effect.instance,
    article: office.rules.digest.article,
    details: { ...unsaid, sections },
    reason: null,
    createdAt: tx.now,
    deliverAt,
    outbox: effect.id,
  }));
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
