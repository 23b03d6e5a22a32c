import { type Instant } from '@dondoc/workflow';
import { type AudienceFacts } from '../../directory/audience';
import { type Urgency } from '../../working-rules/working-rules';

/** What an agency's opinion comes to: đồng ý, đồng ý và có ý kiến, không đồng ý. */
export const positions = ['agree', 'agree-with-remarks', 'disagree'] as const;
export type Position = (typeof positions)[number];

/** What silence is, by the working rules. */
export type Silence = 'deemed-consent' | 'no-answer';

/** Lấy ý kiến phối hợp: what the lead asks one coordinating agency; those asked together share a `round`. */
export interface ConsultationInput {
  /** Its own id, so that it can tell the directive who it is. */
  readonly id: string;
  readonly directive: string;
  readonly round: string;
  /** The agency that asks. */
  readonly lead: string;
  /** The agency that is asked. */
  readonly agency: string;
  readonly askedBy: string;
  readonly question: string;
  /** From this instant on silence is what the rules make of it. */
  readonly replyBy: Instant;
  readonly silence: Silence;
  /** Article of the working rules that states both. */
  readonly article: string;
  /** `id@version` of the working rules. */
  readonly rules: string;
  readonly urgency: Urgency;
  /** Of the directive, with the asked agency as the only coordinating one. */
  readonly facts: AudienceFacts;
}

export interface ConsultationContext extends ConsultationInput {
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

/** `by` is whoever acts; `onBehalfOf` in whose place, null in their own. */
interface ByPerson {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

export type ConsultationEvent = { readonly at: Instant } & (
  | ({
      readonly type: 'reply';
      readonly position: Position;
      readonly opinion: string | null;
      readonly file: string | null;
    } & ByPerson)
  | ({ readonly type: 'withdraw'; readonly reason: string } & ByPerson)
  /** From the directive, which needs no opinion any more. */
  | { readonly type: 'end' }
);

export type ConsultationEventType = ConsultationEvent['type'];

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

export type ConsultationEventToSend<TType extends ConsultationEventType = ConsultationEventType> = WithoutAt<
  Extract<ConsultationEvent, { type: TType }>
>;

export const consultationStates = ['asked', 'late', 'answered', 'deemed-consent', 'withdrawn'] as const;
export type ConsultationState = (typeof consultationStates)[number];

/** Reads the state value of a consultation's snapshot or history entry. */
export function consultationState(value: unknown): ConsultationState {
  return value === 'deemedConsent' ? 'deemed-consent' : (value as ConsultationState);
}
