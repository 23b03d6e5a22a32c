import { type Instant } from '@dondoc/workflow';
import { type Audience, type AudienceFacts, type Recipient } from '../directory/audience';
import { type Urgency } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type DeadlineIntent } from './deadline-plan';
import { type ExplanationInput } from './explanation/explanation.types';
import { type Held, type NotCarriedOut } from './undo-window';

/** One level of an escalation: who was found there, and until when they have to say that they have it. */
export interface EscalationLevel {
  readonly audience: Audience;
  readonly recipients: readonly Recipient[];
  /** When it passes to the next level unless acknowledged; null on the last one. */
  readonly acknowledgeBy: Instant | null;
}

export interface EscalationInput {
  /** The escalation's own id, so that it can tell the directive who it is. */
  readonly id: string;
  readonly directive: string;
  readonly rung: string;
  readonly article: string;
  readonly rules: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
  /** The deadline that was missed. */
  readonly deadline: Instant | null;
  /** From the level it is raised at, upward; at least one. */
  readonly chain: readonly EscalationLevel[];
}

export interface EscalationContext extends EscalationInput {
  /** Index into `chain`. */
  readonly level: number;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Instant | null;
  /** When it comes back unless decided; null while nobody has it, and where the rules set no time. */
  readonly decideBy: Instant | null;
  /** The chain as it goes on from `decideBy`: from this level, or from the one above once it was forgotten here. */
  readonly again: readonly EscalationLevel[];
  /** How often it was acknowledged and forgotten at this level. */
  readonly forgotten: number;
  /** A decision that can be undone still, or is about to be carried out; null otherwise. */
  readonly held: HeldDecision | null;
}

/**
 * What a leader can decide: urge again by letter, demand an explanation, give more time, give it to another lead, call
 * those concerned together, note criticism, or close the matter without more.
 */
export const decisions = ['urge', 'explain', 'extend', 'reassign', 'convene', 'criticize', 'close'] as const;
export type Decision = (typeof decisions)[number];

/** Where and when those concerned are called together. */
export interface Meeting {
  readonly date: CivilDate;
  /** Wall-clock 'HH:MM'. */
  readonly time: string;
  readonly place: string;
}

/** A decision as it was made: what follows from it is resolved when it is carried out. */
export interface HeldDecision extends Held {
  readonly decision: Decision;
  readonly note: string | null;
  readonly deadline: DeadlineIntent | null;
  readonly lead: readonly string[];
  readonly meeting: Meeting | null;
}

/** `by` is whoever acts; `onBehalfOf` the leader in whose place they do, null in their own. */
interface ByLeader {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

interface DecisionMade extends ByLeader {
  readonly decision: Decision;
  readonly note: string | null;
  /** Of the decision `explain`: what is asked, and by when. */
  readonly explanation: ExplanationInput | null;
  /** Of the decision `convene`. */
  readonly meeting: Meeting | null;
}

export type EscalationEvent = { readonly at: Instant } & (
  | ({
      readonly type: 'acknowledge';
      readonly decideBy: Instant | null;
      readonly again: readonly EscalationLevel[];
    } & ByLeader)
  | ({
      readonly type: 'decide';
      /** Null: it cannot be undone, and takes effect at once. */
      readonly held: HeldDecision | null;
    } & DecisionMade)
  | ({ readonly type: 'undo' } & ByLeader)
  /** The time to undo it is over: with what follows from it, as it was resolved then. */
  | ({ readonly type: 'carry-out' } & DecisionMade)
  | NotCarriedOut
  | { readonly type: 'withdraw' }
);

export type EscalationEventType = EscalationEvent['type'];

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

export type EscalationEventToSend<TType extends EscalationEventType = EscalationEventType> = WithoutAt<
  Extract<EscalationEvent, { type: TType }>
>;

/** What a directive gives an escalation it starts; `prepareEscalation` adds who is reached, and when it moves up. */
export interface RequestedEscalation {
  readonly rung: string;
  readonly article: string;
  readonly audience: Audience;
  readonly rules: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
  readonly deadline: Instant | null;
}
