import { type InstanceChange } from '../engine/records';

/** What a committed transaction of the runtime did. */
export interface ObservedCommit {
  /** An application's own transaction, sends that shared a commit, a batch of due timers, or answers of effects. */
  readonly source: 'transaction' | 'sends' | 'timers' | 'effects';
  /** Commands of `sends`, claimed instances of `timers`, 1 for a `transaction`, 0 for `effects`. */
  readonly size: number;
  /** Everything that was written; empty when every command was refused or every timer parked. */
  readonly changes: readonly InstanceChange[];
  /** From the begin of the transaction (`processedAt` of its entries) until its commit was answered, in milliseconds. */
  readonly tookMs: number;
}

/** Whoever calls the runtime and waits for an answer. */
export type RequestKind = 'send' | 'transaction';

/**
 * Why something is done again: an instance had moved on (`conflict`), the store asked for it (`store`: deadlock,
 * serialization, outdated plan), or a failed batch goes on in parts (`alone` for sends, `halved` for timers).
 */
export type RetryCause = 'conflict' | 'store' | 'alone' | 'halved';

/**
 * Sees what the runtime does, for metrics. Called after the fact, at most once per transaction, request or delivery,
 * never per timer. It gets records with personal data in them: it keeps counts, codes and names of definitions only.
 */
export interface RuntimeObserver {
  committed(commit: ObservedCommit): void;
  /** A `send` or a `transaction` was answered, `tookMs` after it was called. */
  answered(kind: RequestKind, outcome: 'done' | 'refused' | 'failed', tookMs: number): void;
  /** The answer was a refusal with this code. */
  refused(code: string): void;
  retried(cause: RetryCause): void;
  /** So many were set aside for a person to look at; answers of invoked effects count as effects. */
  parked(kind: 'timer' | 'effect', count: number): void;
  /** One effect was handed to its handler, which took `tookMs`; told once that is recorded. */
  delivered(effect: string, outcome: 'delivered' | 'failed', tookMs: number): void;
  /** So many wake-ups could not be handed over: the sweep will see to what they were about. */
  wakeUpsLost(kind: 'notification' | 'slice' | 'effect', count: number): void;
  /** The sweep dealt with so many instances with due timers, or found so many effects, that no wake-up had brought to an end yet. */
  swept(kind: 'timers' | 'effects', count: number): void;
}

/** Tells an observer, if there is one. What only watches must not undo what is committed: its errors end here. */
export function tell(observer: RuntimeObserver | undefined, news: (observer: RuntimeObserver) => void): void {
  if (!observer) return;
  try {
    news(observer);
  } catch {
    // Nobody to tell.
  }
}
