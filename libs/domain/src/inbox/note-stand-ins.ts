import { type OutboxRecord, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Recipient } from '../directory/audience';
import { type MessagePayload } from '../lifecycles/message-payload';
import { type StoodIn } from '../lifecycles/stood-in';
import { templateOf } from './message-words';

/** What has reminders of its own and is not part of a directive. */
const onItsOwn = new Set<string>(['directive', 'reporting-obligation']);

/**
 * Who got a reminder because nobody holds the role that it is meant for, and why, into the history of what it reminds of:
 * the directive, or the report of a period. A delegate is not among them: the delegation has a history of its own. What has
 * ended since takes no more of it, and the message says why by itself.
 */
export async function noteStandIns(
  tx: PostgresWork,
  { lifecycle, instance }: Pick<OutboxRecord, 'lifecycle' | 'instance'>,
  { subject, directive, rung, article }: MessagePayload,
  recipients: readonly Recipient[],
): Promise<void> {
  const about = directive ?? (onItsOwn.has(lifecycle) ? instance : null);
  const standIns = recipients.flatMap(({ person, via, reason }) =>
    reason !== null && via !== 'delegate' ? [{ person, vi: reason.vi, en: reason.en }] : [],
  );
  if (about === null || standIns.length === 0 || templateOf(subject).kind !== 'reminder') return;
  const event: StoodIn = { type: 'stood-in', subject, rung, article, standIns };
  await tx.send({ instance: about, event: event as unknown as StoredEvent, actor: { kind: 'system' } });
}
