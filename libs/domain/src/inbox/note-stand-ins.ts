import { type OutboxRecord, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Recipient } from '../directory/audience';
import { type DirectiveEventToSend } from '../lifecycles/directive.types';
import { type MessagePayload } from '../lifecycles/message-payload';
import { templateOf } from './message-words';

/**
 * Who got a reminder because nobody holds the role that it is meant for, and why, into the history of the directive. A
 * delegate is not among them: the delegation has a history of its own. A directive that has ended since takes no more of it,
 * and the message says why by itself.
 */
export async function noteStandIns(
  tx: PostgresWork,
  { lifecycle, instance }: Pick<OutboxRecord, 'lifecycle' | 'instance'>,
  { subject, directive, rung, article }: MessagePayload,
  recipients: readonly Recipient[],
): Promise<void> {
  const about = directive ?? (lifecycle === 'directive' ? instance : null);
  const standIns = recipients.flatMap(({ person, via, reason }) =>
    reason !== null && via !== 'delegate' ? [{ person, vi: reason.vi, en: reason.en }] : [],
  );
  if (about === null || standIns.length === 0 || templateOf(subject).kind !== 'reminder') return;
  const event: DirectiveEventToSend<'stood-in'> = { type: 'stood-in', subject, rung, article, standIns };
  await tx.send({ instance: about, event: event as unknown as StoredEvent, actor: { kind: 'system' } });
}
