import { type Instant, type OutboxRecord } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { keepMessages, type MessageDetails, type NewMessage } from '../inbox/keep-messages';
import { type DigestPlan, type DigestTimes } from '../lifecycles/digest.lifecycle';
import { officeFacts } from '../organizations/office-facts';
import { nextOpening } from '../working-time/working-time';
import { idFrom } from './begin-digests';
import { type Channel } from './channel.port';
import { digestHours, planDigest } from './composition/digest-plan';
import { writtenDigests } from './composition/digest-sections';
import { digestFacts } from './digest-facts';
import { type DigestSection } from './composition/mail-content';
import { gatherDispatches } from './gather-dispatches';
import { lateSummary } from './late-summary';

/** The next digest by the rules that are in force now. */
export async function planNextDigest(
  { payload }: Pick<OutboxRecord, 'payload'>,
  tx: PostgresTransaction,
): Promise<DigestPlan> {
  const { calendar, rules } = await officeFacts(tx, 'calendar', 'rules');
  return planDigest(calendar, digestHours(rules), tx.now, payload as unknown as DigestTimes);
}

interface Wanted extends Pick<DigestPlan, 'daily' | 'weekly' | 'summary'> {
  /** When the last summary was written. */
  readonly since: Instant | null;
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
  const { daily, weekly, summary, since } = effect.payload as unknown as Wanted;
  const office = await officeFacts(tx, 'directory', 'calendar', 'rules');
  const deliverAt = nextOpening(office.calendar, tx.now);
  const message = (
    recipient: string,
    said: Pick<NewMessage, 'subject' | 'article' | 'reason' | 'outbox'>,
    sections: readonly DigestSection[],
  ): NewMessage => ({
    ...{ id: newUuid(), recipient, directive: null, escalation: null },
    ...{ lifecycle: effect.lifecycle, instance: effect.instance, ...said },
    ...{ details: { ...unsaid, sections }, createdAt: tx.now, deliverAt },
  });
  const digests = daily || weekly ? [...writtenDigests(await digestFacts(tx), { daily, weekly })] : [];
  const late = summary ? await lateSummary(tx, office, since) : null;
  const messages = [
    ...(late?.recipients ?? []).map(({ person, reason }) =>
      message(
        person,
        // A message of its own, beside the digest that the same effect writes to the same person.
        {
          subject: 'late-summary',
          article: office.rules.lateSummary.article,
          reason,
          outbox: idFrom(`late-summary/${effect.id}`),
        },
        [late?.section].filter((section) => section !== undefined),
      ),
    ),
    ...digests.map(([recipient, { meeting, sections }]) =>
      message(
        recipient,
        {
          subject: meeting ? 'digest-weekly' : 'digest-daily',
          article: office.rules.digest.article,
          reason: null,
          outbox: effect.id,
        },
        sections,
      ),
    ),
  ];
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
