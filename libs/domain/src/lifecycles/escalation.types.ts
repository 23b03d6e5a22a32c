import { type Instant } from '@dondoc/workflow';
import { type Audience, type AudienceFacts, type Recipient } from '../directory/audience';
import { type Urgency } from '../working-rules/working-rules';

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
}

/** What a leader can decide: urge again, give more time, give it to another lead, or close the matter without more. */
export const decisions = ['urge', 'extend', 'reassign', 'close'] as const;
export type Decision = (typeof decisions)[number];

export type EscalationEvent = { readonly at: Instant } & (
  | { readonly type: 'acknowledge'; readonly by: string }
  | {
      readonly type: 'decide';
      readonly by: string;
      readonly decision: Decision;
      readonly note: string | null;
    }
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
