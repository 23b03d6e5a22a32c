import { type Bilingual, type EffectPayload, type Instant } from '@dondoc/workflow';
import {
  presentOn,
  resolveAudiences,
  type Audience,
  type AudienceFacts,
  type Recipient,
} from '../directory/audience';
import { type Directory } from '../directory/directory';
import { isInOffice } from '../directory/offices';
import { type DirectiveKind } from '../working-rules/working-rules';
import { dateAt, zoneNamed } from '../working-time/zone';

/**
 * What a message is about. A new one is added here, and its words to `inbox/message-words.ts`: without them nothing
 * compiles. `rung` is a reminder of the ladder, whose demand the working rules word.
 */
export type MessageSubject =
  | 'rung'
  | 'assigned'
  | 'person-assigned'
  | 'transferred'
  | 'returned'
  | 'deadline-set'
  | 'deadline-counted'
  | 'extended'
  | 'urged'
  | 'report-for-approval'
  | 'report-returned'
  | 'reported'
  | 'sent-back'
  | 'suspended'
  | 'resumption-proposed'
  | 'resumed'
  | 'replaced'
  | 'replaces'
  | 'parent-moved'
  | 'child-ended'
  | 'part-returned'
  | 'part-overdue'
  | 'part-refused'
  | 'extension-for-approval'
  | 'extension-requested'
  | 'extension-waiting'
  | 'extension-refused'
  | 'extension-withdrawn'
  | 'closed-on-time'
  | 'closed-late'
  | 'closed'
  | 'cancelled'
  | 'escalation-raised'
  | 'escalation-decided'
  | 'escalation-forgotten'
  | 'convened'
  | 'decision-overtaken'
  | 'criticized'
  | 'explanation-demanded'
  | 'explanation-due'
  | 'explanation-late'
  | 'explanation-submitted'
  | 'explanation-accepted'
  | 'explanation-withdrawn'
  | 'consultation-asked'
  | 'consultation-late'
  | 'consultation-deemed-consent'
  | 'consultation-answered'
  | 'consultation-withdrawn'
  | 'delegation-given'
  | 'delegation-begins'
  | 'delegation-over'
  | 'standing-given'
  | 'standing-ended'
  | 'obligation-opened'
  | 'obligation-due'
  | 'obligation-late'
  | 'obligation-reported'
  | 'obligation-sent-back'
  | 'obligation-accepted';

/** What the effect `notify` carries to the handler that writes inbox rows. */
export interface MessagePayload {
  readonly subject: MessageSubject;
  /** The directive it is about; `null` where the instance that sends it is the directive, or where there is none. */
  readonly directive: string | null;
  readonly to: readonly Audience[];
  /**
   * Already resolved; null: the handler resolves `to` with `facts`. Found for an audience, they are represented by whoever
   * stands in for them when it is told; without one they are meant in person.
   */
  readonly recipients: readonly Recipient[] | null;
  readonly facts: AudienceFacts;
  readonly rung: string | null;
  readonly collapsed: readonly string[];
  readonly article: string | null;
  /** `id@version` of the working rules, for the words of the rung. */
  readonly rules: string | null;
  /** Of the directive, for the words of its rung; null where there is no rung. */
  readonly kind: DirectiveKind | null;
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
  /** By person: why it came to them in another's place. */
  readonly reasons?: Readonly<Record<string, Bilingual>>;
}

/** Who receives a message of the instant `at`: the one way for the worker and for the simulation. */
export function recipientsOf(
  payload: MessagePayload,
  directory: Directory,
  at: Instant,
  zone: string,
): readonly Recipient[] {
  const { to, recipients, facts } = payload;
  if (recipients === null) return resolveAudiences(directory, to, facts, at, zone);
  if (to.length === 0) return recipients;
  const date = dateAt(zoneNamed(zone), at);
  const still = recipients.filter(({ person, insteadOf }) =>
    isInOffice(directory, insteadOf ?? person, date),
  );
  const present = presentOn(directory, still, date);
  if (still.length === recipients.length) return present;
  // In the place of whoever has left since, it goes to those who are found now.
  const found = resolveAudiences(directory, to, facts, at, zone);
  return [...present, ...found.filter(({ person }) => !present.some((one) => one.person === person))];
}
