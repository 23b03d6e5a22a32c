import { type JsonValue } from '../engine/canonical-json';
import { type OutboxRecord } from '../engine/records';
import { PermanentFailure } from '../lifecycle/effect-failure';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { type Work as TransactionWork } from '../runtime/work';

/** How often an effect is tried, and the pauses between: the first one, doubled each time up to the longest. */
export interface Retrying {
  /** Attempts in all; after the last one an effect is parked, and an invoked one answers with its error. */
  readonly attempts: number;
  /** Milliseconds of technical time. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** What an outside handler knows besides the effect. */
export interface OutsideCall {
  readonly organization: string;
  /** The same at every attempt: an idempotency key, a Message-ID. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** Fires at the time-out, and when the process stops. What is done after it is done, but nobody hears of it. */
  readonly signal: AbortSignal;
}

type Work<TWith> =
  | ((effect: OutboxRecord, given: TWith) => Promise<JsonValue>)
  | ((effect: OutboxRecord, given: TWith) => Promise<void>);

export interface InTransactionHandler extends Retrying {
  readonly kind: 'in-transaction';
  /** May start instances and send them events, as any transaction may: what it fails at is undone with it. */
  readonly work: Work<TransactionWork<PostgresTransaction>>;
}

export interface OutsideHandler extends Retrying {
  readonly kind: 'outside';
  readonly work: Work<OutsideCall>;
  readonly timeoutMs: number;
}

export type EffectHandler = InTransactionHandler | OutsideHandler;

/** One handler per name of an effect or an invoked actor, no more, no less: checked when the worker starts. */
export type EffectHandlers = Readonly<Record<string, EffectHandler>>;

const withinDefaults: Retrying = { attempts: 6, firstPauseMs: 1_000, longestPauseMs: 60_000 };
const outsideDefaults = { attempts: 8, firstPauseMs: 2_000, longestPauseMs: 600_000, timeoutMs: 30_000 };

/**
 * A handler that works inside the transaction that records the delivery: what it writes is there exactly once. It must
 * do nothing outside that transaction. Unless told otherwise: 6 attempts, pauses from 1 s to 60 s.
 */
export function inTransaction(
  work: InTransactionHandler['work'],
  retrying: Partial<Retrying> = {},
): InTransactionHandler {
  return { kind: 'in-transaction', work, ...withinDefaults, ...retrying };
}

/**
 * A handler that reaches beyond the database (mail, payment, webhook), outside any transaction: at least once, under a
 * stable key. Unless told otherwise: 8 attempts, pauses from 2 s to 10 min, 30 s for each attempt.
 */
export function outside(
  work: OutsideHandler['work'],
  settings: Partial<Retrying & Pick<OutsideHandler, 'timeoutMs'>> = {},
): OutsideHandler {
  return { kind: 'outside', work, ...outsideDefaults, ...settings };
}

/** Wait after a failed attempt (from 1), in milliseconds of technical time. */
export const pauseMs = ({ firstPauseMs, longestPauseMs }: Retrying, attempt: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));

/** Whether nothing is to be tried after this failure. */
export const isLastAttempt = ({ attempts }: Retrying, attempt: number, error: unknown): boolean =>
  attempt >= attempts || error instanceof PermanentFailure;

export function checkHandlers(declared: readonly string[], handlers: EffectHandlers): void {
  const missing = declared.filter((name) => !(name in handlers));
  const strangers = Object.keys(handlers).filter((name) => !declared.includes(name));
  if (missing.length > 0) throw new Error(`no handler for the effects ${missing.join(', ')}`);
  if (strangers.length > 0) throw new Error(`handlers for effects nobody declares: ${strangers.join(', ')}`);
}
