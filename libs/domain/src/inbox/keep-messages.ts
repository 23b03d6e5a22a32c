import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type MessagePayload } from '../lifecycles/message-payload';
import { type DigestSection } from '../messages/composition/mail-content';
import { type InboxSubject } from './message-words';

/** What a message says beside its template. */
export interface MessageDetails extends Pick<
  MessagePayload,
  'rung' | 'collapsed' | 'rules' | 'kind' | 'urgency' | 'deadline' | 'by' | 'note'
> {
  /** The agency that had the lead then; messages kept before it was noted have none. */
  readonly lead?: string;
  /** Of a digest. */
  readonly sections?: readonly DigestSection[];
}

/** A message for one person's inbox. Ids; instants in milliseconds since the epoch. */
export interface NewMessage {
  readonly id: string;
  readonly recipient: string;
  readonly subject: InboxSubject;
  readonly directive: string | null;
  readonly escalation: string | null;
  /** The instance whose transition sends it. */
  readonly lifecycle: string;
  readonly instance: string;
  readonly article: string | null;
  readonly details: MessageDetails;
  /** Why it comes to this person in another's place. */
  readonly reason: Bilingual | null;
  readonly createdAt: Instant;
  /** Shown from then on. */
  readonly deliverAt: Instant;
  /** The row of the outbox it is made from. */
  readonly outbox: string;
}

const KEEP_MESSAGES = `
  insert into dondoc.inbox_message
    (organization_id, id, recipient_id, subject, directive_id, escalation_id, lifecycle, instance_id, article, details,
     reason, created_at, deliver_at, outbox_id)
  select $1, c.id, c.recipient, c.subject, c.directive, c.escalation, c.lifecycle, c.instance, c.article, c.details,
    c.reason, to_timestamp(c."createdAt" / 1000.0), to_timestamp(c."deliverAt" / 1000.0), c.outbox
  from json_to_recordset($2::json) as c(
    id uuid, recipient uuid, subject text, directive uuid, escalation uuid, lifecycle text, instance uuid, article text,
    details jsonb, reason jsonb, "createdAt" bigint, "deliverAt" bigint, outbox uuid)
  on conflict (organization_id, outbox_id, recipient_id) do nothing
  returning id`;

/** Writes messages into inboxes; one for each effect and person, however often it is asked. @returns those written now */
export async function keepMessages(
  tx: PostgresTransaction,
  messages: readonly NewMessage[],
): Promise<readonly NewMessage[]> {
  if (messages.length === 0) return [];
  const kept = await tx.query<{ id: string }>(KEEP_MESSAGES, [tx.organization, JSON.stringify(messages)]);
  const ids = new Set(kept.map(({ id }) => id));
  return messages.filter(({ id }) => ids.has(id));
}
