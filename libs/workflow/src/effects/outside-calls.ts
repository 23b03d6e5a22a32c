import { type FaultPoints } from '../engine/fault-points.port';
import { type RuntimeLog } from '../runtime/runtime-log';
import { type Attempt, type FailedAttempt, type Timed } from './conclusion';
import { type OutsideHandler } from './effect-handler';
import { storable, traced } from './handler-run';
import { type LeasedEffect, type Outbox } from './outbox';
import { toRecord } from './outbox-statements';

/** Pauses between attempts to record what was done: as short as an interruption of PostgreSQL may be. */
const RECORDING_PAUSES_MS = [100, 400, 1_600];

/** How long calls under way may go on when the process stops. */
const STOPPING_GRACE_MS = 2_000;

class Stopping extends Error {}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Effects that this process carries out outside any transaction at the moment, at most `most` of them. */
export class OutsideCalls {
  private readonly running = new Map<Promise<void>, AbortController>();

  constructor(
    private readonly outbox: Outbox,
    private readonly most: number,
    private readonly log: RuntimeLog,
    /** Called when one has come to its end, with what failed. */
    private readonly ended: (organization: string, failures: readonly FailedAttempt[]) => void,
    private readonly faults?: FaultPoints,
  ) {}

  get free(): number {
    return this.most - this.running.size;
  }

  begin(leased: LeasedEffect): void {
    const controller = new AbortController();
    const run = this.run(leased, controller)
      .catch((error: unknown): readonly FailedAttempt[] => {
        const { effect, id } = leased.row;
        this.log.error({ error, effect, id }, 'an effect could not be recorded; its lease will run out');
        return [];
      })
      .then((failures) => {
        this.running.delete(run);
        this.ended(leased.organization, failures);
      });
    this.running.set(run, controller);
  }

  /** Waits a moment for what is under way, then lets go of it: others may take it at once. */
  async stop(): Promise<void> {
    const calls = [...this.running];
    const all = Promise.all(calls.map(([run]) => run));
    let patience: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => {
      patience = setTimeout(resolve, STOPPING_GRACE_MS);
    });
    await Promise.race([all, grace]);
    clearTimeout(patience);
    for (const [, controller] of calls) controller.abort(new Stopping('the process stops'));
    await all;
  }

  private async run(leased: LeasedEffect, controller: AbortController): Promise<readonly FailedAttempt[]> {
    const began = performance.now();
    const attempt = await this.attempt(leased, controller);
    await this.faults?.reach('outside.handled');
    if ('failure' in attempt && attempt.failure instanceof Stopping) {
      await this.outbox.giveBack(leased);
      return [];
    }
    const failures = await this.record(leased, { ...attempt, tookMs: performance.now() - began });
    await this.faults?.reach('outside.recorded');
    return failures;
  }

  private async attempt(leased: LeasedEffect, controller: AbortController): Promise<Attempt> {
    const { organization, row, attempt } = leased;
    const { signal } = controller;
    const handler = this.outbox.handlerOf(row) as OutsideHandler;
    const timeout = setTimeout(
      () => controller.abort(new Error(`no answer within ${handler.timeoutMs} ms`)),
      handler.timeoutMs,
    );
    // A handler that does not listen to its signal is given up all the same.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    try {
      const call = { organization, key: row.id, attempt, signal };
      const work = async () => Promise.race<unknown>([handler.work(toRecord(row), call), aborted]);
      return { output: storable(await traced(row, work)) };
    } catch (failure) {
      return { failure: signal.aborted ? (signal.reason as unknown) : failure };
    } finally {
      clearTimeout(timeout);
    }
  }

  /** What was done outside is done: recording it is tried for a while, and an answer is set aside rather than lost. */
  private async record(leased: LeasedEffect, attempt: Timed): Promise<readonly FailedAttempt[]> {
    for (const pause of RECORDING_PAUSES_MS) {
      try {
        return await this.outbox.record(leased, attempt);
      } catch (error) {
        const { effect, id } = leased.row;
        this.log.warn({ error, effect, id }, 'an effect could not be recorded; it is tried again');
        await sleep(pause);
      }
    }
    try {
      return await this.outbox.record(leased, attempt);
    } catch (error) {
      if (leased.row.invocation === null || 'failure' in attempt) throw error;
      return [await this.outbox.parkAnswer(leased, attempt.output, error)];
    }
  }
}
