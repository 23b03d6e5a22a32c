import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type AudienceFacts } from '../../directory/audience';
import { type Urgency } from '../../working-rules/working-rules';
import { type CivilDate } from '../../working-time/civil-date';
import { type AnswerDue } from '../awaited-answer';
import { type ResultDocument } from '../directive.types';
import { type StoodIn } from '../stood-in';

/** When the report of a period is next asked for. */
export interface Opening {
  /** Id of the periodic report in the working rules. */
  readonly report: string;
  /** First day of the period it is about. */
  readonly first: CivilDate;
  readonly opensAt: Instant;
}

/** Nhiệm vụ thường xuyên: no deadline, but reports on the dates of the working rules. */
export interface StandingInput {
  readonly text: string;
  readonly givenBy: string;
  readonly reports: readonly string[];
  /** `id@version` of the working rules it was given under; later periods follow those in force when they open. */
  readonly rules: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
  /** The first opening of each report. */
  readonly openings: readonly Opening[];
}

export interface StandingContext extends StandingInput {
  /** Obligations that have not ended. */
  readonly obligations: readonly string[];
}

/** `by` is whoever acts; `onBehalfOf` in whose place, null in their own. */
export interface ByPerson {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

export type StandingEvent = { readonly at: Instant } & (
  | ({ readonly type: 'end'; readonly reason: string } & ByPerson)
  | { readonly type: 'obligation-opened'; readonly obligation: string; readonly next: Opening }
  | { readonly type: 'obligation-ended'; readonly obligation: string }
);

/** What a standing directive says of the obligation it opens; `prepareObligation` adds the dates. */
export interface RequestedObligation {
  readonly standing: string;
  readonly opening: Opening;
  readonly title: string;
  readonly rules: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
}

/** Kỳ báo cáo: the report of one period. */
export interface ObligationInput {
  readonly id: string;
  readonly standing: string;
  readonly report: string;
  readonly title: string;
  readonly period: { readonly first: CivilDate; readonly last: CivilDate; readonly name: Bilingual };
  readonly due: AnswerDue;
  readonly rules: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
  /** When the report of the following period is asked for: its standing directive keeps it. */
  readonly next: Opening;
}

export interface ObligationContext extends ObligationInput {
  readonly reportedBy: string | null;
  /** In whose place it was reported. */
  readonly reportedFor: string | null;
  readonly reportedAt: Instant | null;
}

export type ObligationEvent = { readonly at: Instant } & (
  | ({ readonly type: 'report'; readonly result: ResultDocument } & ByPerson)
  | ({ readonly type: 'accept' } & ByPerson)
  | ({ readonly type: 'send-back'; readonly reason: string } & ByPerson)
  /** From the standing directive, which has ended. */
  | { readonly type: 'withdraw' }
  | StoodIn
);

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;
export type StandingEventToSend = WithoutAt<StandingEvent>;
export type ObligationEventToSend = WithoutAt<ObligationEvent>;

export const obligationStates = ['awaited', 'reported', 'accepted', 'withdrawn'] as const;
export type ObligationState = (typeof obligationStates)[number];

/** Reads the state value of an obligation's snapshot or history entry. */
export function obligationState(value: unknown): ObligationState {
  return (typeof value === 'string' ? value : 'awaited') as ObligationState;
}
