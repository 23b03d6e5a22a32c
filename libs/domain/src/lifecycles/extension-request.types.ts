import { type Instant } from '@dondoc/workflow';
import { type Audience, type AudienceFacts } from '../directory/audience';
import { type Urgency } from '../working-rules/working-rules';
import { type DeadlineIntent } from './deadline-plan';
import { type Held, type NotCarriedOut } from './undo-window';

/** Đề nghị gia hạn, as it is made. Ids are those of the directory; instants are milliseconds since the epoch. */
export interface ExtensionRequestInput {
  /** The request's own id, so that it can tell the directive who it is. */
  readonly id: string;
  readonly directive: string;
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly reason: string;
  /** What has been done so far; null when nothing was said of it. */
  readonly done: string | null;
  readonly asked: Required<DeadlineIntent>;
  /** The deadline in force that it wants moved. */
  readonly deadline: Instant;
  readonly rules: string;
  readonly article: string;
  readonly urgency: Urgency;
  readonly facts: AudienceFacts;
  /** Whom the rules let decide, beside the assigning leader. */
  readonly approver: Audience;
  /** It goes to the head of the lead agency first. */
  readonly needsApproval: boolean;
  readonly decideBy: DecisionTimes;
}

/** When the approver is reminded, and when the matter goes one level up: both only while nobody has decided. */
export interface DecisionTimes {
  readonly remindAt: Instant;
  readonly goUpAt: Instant;
}

export interface ExtensionRequestContext extends ExtensionRequestInput {
  /** Whoever had a hand in it, also by delegation: none of them decides it. */
  readonly requesters: readonly string[];
  /** A decision that can be undone still, or is about to be carried out; null otherwise. */
  readonly held: HeldGrant | null;
}

/** A decision as it was made: a deadline that is granted is resolved again when it is carried out. */
export interface HeldGrant extends Held {
  readonly granted: boolean;
  readonly note: string | null;
  /** Another deadline than was asked for; null: the one asked for. */
  readonly deadline: DeadlineIntent | null;
}

interface GrantMade {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly granted: boolean;
  readonly note: string | null;
  /** The deadline that was granted, maybe another than was asked for; null when refused. */
  readonly deadline: Instant | null;
}

/** `by` is always the id of the person; everything else was resolved before sending (see `extension-request-acts`). */
export type ExtensionRequestEvent = { readonly at: Instant } & (
  | {
      /** The head lets it leave the agency. */
      readonly type: 'approve';
      readonly by: string;
      readonly onBehalfOf: string | null;
      readonly decideBy: DecisionTimes;
    }
  | { readonly type: 'decline'; readonly by: string; readonly reason: string }
  | ({
      readonly type: 'decide';
      /** Null: it cannot be undone, and takes effect at once. */
      readonly held: HeldGrant | null;
    } & GrantMade)
  | { readonly type: 'undo'; readonly by: string; readonly onBehalfOf: string | null }
  /** The time to undo it is over. */
  | ({ readonly type: 'carry-out' } & GrantMade)
  | NotCarriedOut
  /** By the lead, or by the directive that needs no decision any more. */
  | { readonly type: 'withdraw'; readonly by?: string }
);

export type ExtensionRequestEventType = ExtensionRequestEvent['type'];

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

export type ExtensionRequestEventToSend<TType extends ExtensionRequestEventType = ExtensionRequestEventType> =
  WithoutAt<Extract<ExtensionRequestEvent, { type: TType }>>;

export const extensionRequestStates = [
  'awaiting-head',
  'requested',
  'granted',
  'refused',
  'declined',
  'withdrawn',
] as const;
export type ExtensionRequestState = (typeof extensionRequestStates)[number];

/** As `extensionRequestState`, and decided also while the decision can be undone. */
export function extensionRequestStateOf(
  value: unknown,
  { held }: Pick<ExtensionRequestContext, 'held'>,
): ExtensionRequestState {
  const state = extensionRequestState(value);
  return state === 'requested' && held ? (held.granted ? 'granted' : 'refused') : state;
}

/** Reads the state value of a request's snapshot or history entry. */
export function extensionRequestState(value: unknown): ExtensionRequestState {
  const name = typeof value === 'string' ? value : Object.keys(value as object)[0];
  return name === 'awaitingHead' ? 'awaiting-head' : (name as ExtensionRequestState);
}
