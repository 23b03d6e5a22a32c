import { type Instant } from '@dondoc/workflow';
import { type AudienceFacts } from '../../directory/audience';
import { type Urgency } from '../../working-rules/working-rules';
import { type AnswerDue } from '../awaited-answer';

/** Yêu cầu giải trình: what a leader asks the head of an agency to account for in writing. */
export interface ExplanationInput {
  readonly directive: string;
  /** The escalation it was decided on; null when a leader demands it without one. */
  readonly escalation: string | null;
  /** Whose head has to explain. */
  readonly agency: string;
  /** The leader who demands it; in their place it may be demanded and judged by a delegate. */
  readonly demandedBy: string;
  readonly question: string;
  readonly due: AnswerDue;
  /** `id@version` of the working rules it follows. */
  readonly rules: string;
  readonly urgency: Urgency;
  /** Of the directive, with the agency as its lead and the demanding leader as the one who assigned it. */
  readonly facts: AudienceFacts;
}

export interface ExplanationContext extends ExplanationInput {
  /** Rounds of asking so far, from 1. */
  readonly round: number;
  readonly submittedBy: string | null;
  readonly submittedAt: Instant | null;
  /** In whose place it was submitted; null in their own. */
  readonly submittedFor: string | null;
}

/** `by` is whoever acts; `onBehalfOf` in whose place, null in their own. */
interface ByPerson {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

export type ExplanationEvent = { readonly at: Instant } & (
  | ({ readonly type: 'submit'; readonly text: string; readonly file: string | null } & ByPerson)
  | ({ readonly type: 'accept'; readonly note: string | null } & ByPerson)
  | ({ readonly type: 'ask-again'; readonly question: string; readonly due: AnswerDue } & ByPerson)
  | ({ readonly type: 'withdraw'; readonly reason: string } & ByPerson)
);

export type ExplanationEventType = ExplanationEvent['type'];

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

export type ExplanationEventToSend<TType extends ExplanationEventType = ExplanationEventType> = WithoutAt<
  Extract<ExplanationEvent, { type: TType }>
>;

export const explanationStates = ['demanded', 'submitted', 'accepted', 'withdrawn'] as const;
export type ExplanationState = (typeof explanationStates)[number];

/** Reads the state value of an explanation's snapshot or history entry. */
export function explanationState(value: unknown): ExplanationState {
  return (typeof value === 'string' ? value : 'demanded') as ExplanationState;
}
