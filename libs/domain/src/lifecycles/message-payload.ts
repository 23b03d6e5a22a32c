import { type EffectPayload, type Instant } from '@dondoc/workflow';
import { resolveAudiences, type Audience, type AudienceFacts, type Recipient } from '../directory/audience';
import { type Directory } from '../directory/directory';

/** Template of a message that is no reminder. */
export type MessageSubject =
  | 'assigned'
  | 'returned'
  | 'deadline-set'
  | 'extended'
  | 'urged'
  | 'reported'
  | 'sent-back'
  | 'closed-on-time'
  | 'closed-late'
  | 'closed'
  | 'cancelled'
  | 'escalation-raised'
  | 'escalation-decided';

/** What the effects `remind` and `notify` carry to the handler that writes inbox rows. */
export interface MessagePayload {
  /** `rung` for a reminder (then `rung` names it), else the template. */
  readonly subject: MessageSubject | 'rung';
  readonly directive: string | null;
  readonly to: readonly Audience[];
  /** Already resolved; null: the handler resolves `to` with `facts`. */
  readonly recipients: readonly Recipient[] | null;
  readonly facts: AudienceFacts;
  readonly rung: string | null;
  readonly collapsed: readonly string[];
  readonly article: string | null;
  /** `id@version` of the working rules, for the words of the rung. */
  readonly rules: string | null;
  readonly urgency: string;
  readonly deadline: Instant | null;
  /** The person whose act caused it. */
  readonly by: string | null;
  /** A person's own words that go with it (a reason, a note). */
  readonly note: string | null;
}

export function asEffect(payload: MessagePayload): EffectPayload {
  return payload as unknown as EffectPayload;
}

export function readPayload(payload: EffectPayload): MessagePayload {
  return payload as unknown as MessagePayload;
}

/** A message that an effect became: the row of the outbox, and for whom rows in the inbox were written. */
export interface DeliveredMessage {
  readonly instance: string;
  readonly revision: number;
  readonly at: Instant;
  readonly payload: EffectPayload;
  /** Ids of people. */
  readonly recipients: readonly string[];
}

/** Who receives a message of the instant `at`: the one way for the worker and for the simulation. */
export function recipientsOf(
  payload: MessagePayload,
  directory: Directory,
  at: Instant,
  zone: string,
): readonly Recipient[] {
  return payload.recipients ?? resolveAudiences(directory, payload.to, payload.facts, at, zone);
}
