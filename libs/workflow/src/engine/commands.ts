import { type Instant } from '../lifecycle/macrostep-instant';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type Actor, type StoredEvent } from './records';

export interface StartCommand {
  readonly lifecycle: string;
  readonly id: string;
  readonly input: StoredEvent['input'];
  readonly actor: Actor;
  /** Defaults to the business time at which the transaction began. */
  readonly at?: Instant;
}

/** An instance, and the revision that the caller has seen of it. */
export interface ExpectedInstance {
  readonly instance: string;
  /** Refuses with `stale-revision` when the instance has moved on. */
  readonly expectedRevision?: number | undefined;
}

export interface SendCommand extends ExpectedInstance {
  /** Refuses with `unknown-instance` what is an instance of another lifecycle. */
  readonly lifecycle?: string;
  readonly event: StoredEvent;
  readonly actor: Actor;
  readonly at?: Instant;
}

/** The answer of an effect that a state invoked. */
export interface AnswerCommand {
  readonly instance: string;
  /** The child's id in the machine. */
  readonly invocation: string;
  /** Id of the outbox row: of another visit to the state it would be another one. */
  readonly call: string;
  readonly answer: CallAnswer;
}

/** `dropped`: the state was left before. A fault of the machine leaves the instance as it was. */
export type AnswerOutcome = 'answered' | 'dropped' | { readonly fault: unknown };

export interface DropTimerCommand {
  readonly instance: string;
  readonly timer: string;
  readonly actor: Actor;
}
