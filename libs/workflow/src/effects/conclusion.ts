import { type JsonValue } from '../engine/canonical-json';
import { effectErrorOf, errorText } from '../lifecycle/effect-failure';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { type Work } from '../runtime/work';
import { isLastAttempt, pauseMs, type EffectHandler } from './effect-handler';
import { END, KEEP, type Ended, type Open, type OutboxRow } from './outbox-statements';

type Transaction = Work<PostgresTransaction>;

/** How an attempt went. */
export type Attempt = { readonly output: JsonValue } | { readonly failure: unknown };

/** An attempt, and how long its handler took, in milliseconds. */
export type Timed = Attempt & { readonly tookMs?: number };

export interface Attempted {
  readonly row: OutboxRow;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** `null` when it was not begun: nobody waits for it any more. */
  readonly attempt: Timed | null;
}

export interface FailedAttempt {
  readonly effect: string;
  readonly id: string;
  readonly instance: string;
  readonly attempts: number;
  readonly error: string;
  readonly parked: boolean;
  /** Milliseconds until the next attempt. */
  readonly pauseMs: number;
}

/** Ends what has come to its end, applies answers, and keeps the rest for another attempt or for a person. */
export async function conclude(
  tx: Transaction,
  handlerOf: (row: OutboxRow) => EffectHandler,
  attempted: readonly Attempted[],
): Promise<readonly FailedAttempt[]> {
  const ended: Ended[] = [];
  const open: { readonly row: OutboxRow; readonly kept: Open }[] = [];
  const answering: { readonly row: OutboxRow; readonly answer: CallAnswer; readonly attempts: number }[] = [];
  for (const { row, attempts, attempt } of attempted) {
    const { id } = row;
    if (attempt === null) {
      ended.push({ id, outcome: 'dropped', answer: null, attempts });
      continue;
    }
    const handler = handlerOf(row);
    const isLast = 'failure' in attempt && isLastAttempt(handler, attempts, attempt.failure);
    if (row.invocation !== null && ('output' in attempt || isLast)) {
      const answer =
        'output' in attempt ? { output: attempt.output } : { error: effectErrorOf(attempt.failure) };
      answering.push({ row, answer, attempts });
    } else if ('output' in attempt) {
      const { output } = attempt;
      ended.push({ id, outcome: 'delivered', answer: output === null ? null : { output }, attempts });
    } else open.push({ row, kept: failed(handler, id, attempts, attempt.failure) });
  }
  const outcomes = await tx.answerEach(
    answering.map(({ row, answer }) => ({
      instance: row.instance_id,
      invocation: row.invocation ?? '',
      call: row.id,
      answer,
    })),
  );
  answering.forEach(({ row, answer, attempts }, index) => {
    const outcome = outcomes[index] ?? 'dropped';
    if (typeof outcome === 'string') ended.push({ id: row.id, outcome, answer, attempts });
    else {
      const error = errorText(outcome.fault);
      open.push({ row, kept: { id: row.id, attempts, error, pauseMs: 0, parked: true, answer } });
    }
  });
  if (ended.length > 0) await tx.query(END, [tx.organization, JSON.stringify(ended)]);
  await keep(
    tx,
    open.map(({ kept }) => kept),
  );
  return open.map(({ row, kept }) => ({ effect: row.effect, instance: row.instance_id, ...kept }));
}

export async function keep(tx: Transaction, open: readonly Open[]): Promise<void> {
  if (open.length > 0) await tx.query(KEEP, [tx.organization, JSON.stringify(open)]);
}

/** What is kept of a failure: the next attempt after a pause, or nothing more but a person. */
export function failed(handler: EffectHandler, id: string, attempts: number, failure: unknown): Open {
  const parked = isLastAttempt(handler, attempts, failure);
  const pause = parked ? 0 : pauseMs(handler, attempts);
  return { id, attempts, error: errorText(failure), pauseMs: pause, parked, answer: null };
}
