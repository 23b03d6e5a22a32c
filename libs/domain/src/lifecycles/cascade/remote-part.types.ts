import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type AudienceFacts } from '../../directory/audience';
import { type CivilDate } from '../../working-time/civil-date';
import { type WorkState } from '../directive-state';
import { type ResultDocument } from '../directive.types';

/**
 * What another organization is asked to do with a part of a directive, as a whole: a newer order replaces an older one, so
 * that nothing is lost by messages that come late, twice or in another order.
 */
export interface PartOrder {
  /** From 1; every change adds one. */
  readonly number: number;
  /** The first instant that is too late; null: the directive above has no deadline. */
  readonly deadline: Instant | null;
  readonly suspended: { readonly since: Instant; readonly reason: string } | null;
  /** It is not to be done any more. */
  readonly ended: { readonly reason: string } | null;
}

/** What the other organization last said of its directive. */
export interface PartReport {
  /** Its directive there, and the revision of it that was told. */
  readonly directive: string;
  readonly revision: number;
  readonly at: Instant;
  readonly work: WorkState;
  readonly overdue: boolean;
  readonly deadline: Instant | null;
  /** Why it was returned. */
  readonly reason: string | null;
  readonly result: Omit<ResultDocument, 'file'> | null;
}

export interface RemotePartInput {
  readonly id: string;
  /** The directive that it is a part of. */
  readonly directive: string;
  /** The agency that stands for the other organization in this one's directory. */
  readonly agency: string;
  readonly organization: string;
  readonly by: string;
  /** A deadline of its own; null: it follows that of the directive. */
  readonly ownDeadline: Instant | null;
  readonly sourceDate: CivilDate;
  readonly field: string | null;
  readonly urgency: string;
  readonly rules: string;
  /** Of the directive: who hears of it. */
  readonly facts: AudienceFacts;
  readonly order: PartOrder;
}

export interface RemotePartContext extends RemotePartInput {
  /** Null until the other organization has said anything. */
  readonly said: PartReport | null;
  readonly receivedAt: Instant | null;
  /** Why the other organization could not take it. */
  readonly refused: (Bilingual & { readonly code: string }) | null;
}

/** What is different in the order from now on. */
export interface OrderChange {
  readonly type: 'change-order';
  readonly by: string;
  readonly deadline: Instant | null;
  readonly ownDeadline: Instant | null;
  /** Why it stands still; null: it goes on. */
  readonly suspended: string | null;
}

export type RemotePartEventToSend =
  | OrderChange
  | { readonly type: 'withdraw'; readonly by: string; readonly reason: string }
  | { readonly type: 'state-received'; readonly said: PartReport }
  | ({ readonly type: 'not-received'; readonly code: string } & Bilingual);

export type RemotePartEvent = { readonly at: Instant } & RemotePartEventToSend;

export const remotePartStates = ['sent', 'received', 'refused', 'ended', 'withdrawn'] as const;
export type RemotePartState = (typeof remotePartStates)[number];

/** Reads the state value of a part's snapshot. */
export function remotePartState(value: unknown): RemotePartState {
  return (typeof value === 'string' ? value : (value as { open: string }).open) as RemotePartState;
}
