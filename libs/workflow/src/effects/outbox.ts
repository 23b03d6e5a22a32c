import { type DataSource } from 'typeorm';
import { type FaultPoints } from '../engine/fault-points.port';
import { type JsonValue } from '../engine/canonical-json';
import { errorText } from '../lifecycle/effect-failure';
import { ConnectionLost, RevisionConflict, StoreUnavailable } from '../engine/store.port';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { isPostgresUnavailable, isTransientPostgresError } from '../postgres/transient-errors';
import { type Lifecycles } from '../runtime/lifecycles';
import { type Work } from '../runtime/work';
import { type WorkflowRuntime } from '../runtime/workflow.runtime';
import {
  conclude,
  failed,
  keep,
  type Attempted,
  type FailedAttempt,
  type Timed,
  type Attempt,
} from './conclusion';
import { type EffectHandler, type EffectHandlers } from './effect-handler';
import { storable, traced } from './handler-run';
import {
  CLAIM,
  GIVE_BACK,
  LEASE,
  LOCK_ONE,
  ORGANIZATIONS_WAITING,
  toRecord,
  type Open,
  type OutboxRow,
} from './outbox-statements';

type Transaction = Work<PostgresTransaction>;

export interface Delivery {
  readonly claimed: number;
  readonly failures: readonly FailedAttempt[];
}

/** An effect that this process carries out outside any transaction, and nobody else until its lease is over. */
export interface LeasedEffect {
  readonly organization: string;
  readonly row: OutboxRow;
  readonly lease: string;
  /** From 1. */
  readonly attempt: number;
}

/** Technical time beyond its time-out for which an outside effect is nobody else's: recording takes a while too. */
const LEASE_BEYOND_MS = 15_000;

const vanished = new Error('the process that carried it out vanished during the last attempt');

export interface OutboxOptions {
  readonly runtime: WorkflowRuntime<PostgresTransaction>;
  readonly dataSource: DataSource;
  readonly lifecycles: Lifecycles;
  readonly handlers: EffectHandlers;
  readonly newId: () => string;
  readonly observer?: RuntimeObserver | undefined;
  readonly faults?: FaultPoints | undefined;
}

/**
 * Rows that wait to be carried out, and what becomes of them. Effects without a handler here, and calls of instances
 * whose version this process does not have, are left to processes of another version.
 */
export class Outbox {
  private readonly versions: readonly [readonly string[], readonly number[]];
  private readonly names: Readonly<Record<EffectHandler['kind'], readonly string[]>>;

  constructor(private readonly options: OutboxOptions) {
    const { lifecycles, handlers } = options;
    this.versions = [lifecycles.all.map(({ id }) => id), lifecycles.all.map(({ version }) => version)];
    const ofKind = (kind: EffectHandler['kind']) =>
      Object.keys(handlers).filter((name) => handlers[name]?.kind === kind);
    this.names = { 'in-transaction': ofKind('in-transaction'), outside: ofKind('outside') };
  }

  /** Organizations that have something to be done now. */
  async organizations(): Promise<string[]> {
    const names = [...this.names['in-transaction'], ...this.names.outside];
    const rows = await this.options.dataSource.query<{ organization: string }[]>(ORGANIZATIONS_WAITING, [
      names,
    ]);
    return rows.map(({ organization }) => organization);
  }

  /**
   * Carries out up to `limit` effects of in-transaction handlers, with their records, in one transaction. Each runs
   * under a savepoint, so that a failing one fails alone; when the transaction itself fails, each goes by itself.
   * @throws what is nobody's fault: nothing was done, and nothing counts as an attempt
   */
  async deliver(organization: string, limit: number): Promise<Delivery> {
    return this.deliverThese(organization, limit, null);
  }

  private async deliverThese(
    organization: string,
    limit: number,
    only: readonly string[] | null,
  ): Promise<Delivery> {
    if (this.names['in-transaction'].length === 0) return { claimed: 0, failures: [] };
    let claimed: readonly OutboxRow[] = [];
    try {
      let attempted: readonly Attempted[] = [];
      const failures = await this.transaction(organization, async (tx) => {
        claimed = await this.claim(tx, 'in-transaction', limit, only);
        if (claimed.length === 0) return [];
        await this.options.faults?.reach('effects.claimed');
        attempted = await this.attemptEach(tx, claimed);
        const concluded = await conclude(tx, this.handlerOf, attempted);
        await this.options.faults?.reach('effects.recorded');
        return concluded;
      });
      if (claimed.length > 0) await this.options.faults?.reach('effects.committed');
      this.observe(attempted, failures);
      return { claimed: claimed.length, failures };
    } catch (error) {
      const [first, ...others] = claimed;
      if (!first || isNobodysFault(error)) throw error;
      if (others.length === 0)
        return { claimed: 1, failures: await this.failedAlone(organization, first, error) };
      const failures: FailedAttempt[] = [];
      for (const { id } of claimed)
        failures.push(...(await this.deliverThese(organization, 1, [id])).failures);
      return { claimed: claimed.length, failures };
    }
  }

  /** Leases up to `limit` effects of outside handlers to this process. */
  async lease(
    organization: string,
    limit: number,
  ): Promise<{ readonly leased: readonly LeasedEffect[]; readonly failures: readonly FailedAttempt[] }> {
    if (this.names.outside.length === 0) return { leased: [], failures: [] };
    const lease = this.options.newId();
    const taken = await this.transaction(organization, async (tx) => {
      const claimed = await this.claim(tx, 'outside', limit, null);
      const isExhausted = (row: OutboxRow) => row.attempts >= this.handlerOf(row).attempts;
      const over = claimed.filter((row) => !row.wanted || isExhausted(row));
      const rows = claimed.filter((row) => !over.includes(row));
      const failures = await conclude(
        tx,
        this.handlerOf,
        over.map((row) => ({
          row,
          attempts: row.attempts,
          attempt: row.wanted ? { failure: vanished } : null,
        })),
      );
      if (rows.length > 0)
        await tx.query(LEASE, [
          organization,
          lease,
          rows.map(({ id }) => id),
          rows.map((row) => this.timeoutOf(row) + LEASE_BEYOND_MS),
        ]);
      const leased = rows.map((row) => ({ organization, row, lease, attempt: row.attempts + 1 }));
      return { leased, failures };
    });
    this.observe([], taken.failures);
    return taken;
  }

  /**
   * Records how a leased effect went. A success counts whoever has the lease by now; a failure only with the lease.
   * Once the row is gone somebody else has recorded it: nothing happens.
   */
  async record(leased: LeasedEffect, attempt: Timed): Promise<readonly FailedAttempt[]> {
    let attempted: readonly Attempted[] = [];
    const failures = await this.transaction(leased.organization, async (tx) => {
      attempted = [];
      const [row] = await tx.query<OutboxRow>(LOCK_ONE, [leased.organization, leased.row.id]);
      if (row?.answer !== null) return [];
      if ('failure' in attempt && row.lease !== leased.lease) return [];
      attempted = [{ row, attempts: row.attempts, attempt }];
      return conclude(tx, this.handlerOf, attempted);
    });
    this.observe(attempted, failures);
    return failures;
  }

  /** Sets an answer aside that could not be recorded although the effect was carried out. */
  async parkAnswer(
    { organization, row, attempt }: LeasedEffect,
    output: JsonValue,
    error: unknown,
  ): Promise<FailedAttempt> {
    const kept: Open = {
      id: row.id,
      attempts: attempt,
      error: errorText(error),
      pauseMs: 0,
      parked: true,
      answer: { output },
    };
    await this.transaction(organization, (tx) => keep(tx, [kept]));
    const failure = { effect: row.effect, instance: row.instance_id, ...kept };
    this.observe([], [failure]);
    return failure;
  }

  /** The process stops: somebody else may take it at once, and the attempt does not count. */
  async giveBack({ organization, row, lease }: LeasedEffect): Promise<void> {
    await this.transaction(organization, (tx) => tx.query(GIVE_BACK, [organization, row.id, lease]));
  }

  readonly handlerOf = ({ effect }: Pick<OutboxRow, 'effect'>): EffectHandler => {
    const handler = this.options.handlers[effect];
    if (!handler) throw new Error(`no handler for the effect ${effect}`);
    return handler;
  };

  private timeoutOf(row: OutboxRow): number {
    const handler = this.handlerOf(row);
    return handler.kind === 'outside' ? handler.timeoutMs : 0;
  }

  private transaction<T>(organization: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.options.runtime.background(organization, work);
  }

  private claim(
    tx: Transaction,
    kind: EffectHandler['kind'],
    limit: number,
    only: readonly string[] | null,
  ): Promise<OutboxRow[]> {
    return tx.query<OutboxRow>(CLAIM, [tx.organization, this.names[kind], ...this.versions, limit, only]);
  }

  private async attemptEach(tx: Transaction, rows: readonly OutboxRow[]): Promise<Attempted[]> {
    const attempted: Attempted[] = [];
    let savepoint = 'savepoint effect';
    for (const row of rows) {
      const handler = this.handlerOf(row);
      if (handler.kind !== 'in-transaction' || !row.wanted) {
        attempted.push({ row, attempts: row.attempts, attempt: null });
        continue;
      }
      await tx.query(savepoint);
      let attempt: Attempt;
      const began = performance.now();
      try {
        attempt = { output: storable(await traced<unknown>(row, () => handler.work(toRecord(row), tx))) };
        await this.options.faults?.reach('effects.handled');
      } catch (failure) {
        if (isPostgresUnavailable(failure)) throw failure;
        await tx.query('rollback to savepoint effect');
        attempt = { failure };
      }
      const timed = { ...attempt, tookMs: performance.now() - began };
      savepoint = 'release savepoint effect; savepoint effect';
      attempted.push({ row, attempts: row.attempts + 1, attempt: timed });
    }
    return attempted;
  }

  /** Tells what is committed: a repeated transaction is told once. */
  private observe(attempted: readonly Attempted[], failures: readonly FailedAttempt[]): void {
    const { observer } = this.options;
    for (const { row, attempt } of attempted)
      if (attempt?.tookMs !== undefined) {
        const { tookMs } = attempt;
        const outcome = 'output' in attempt ? 'delivered' : 'failed';
        tell(observer, (to) => to.delivered(row.effect, outcome, tookMs));
      }
    const parked = failures.filter((failure) => failure.parked).length;
    if (parked > 0) tell(observer, (to) => to.parked('effect', parked));
  }

  /** Its transaction fails although nothing else is in it: what it brings about cannot be written. */
  private failedAlone(
    organization: string,
    row: OutboxRow,
    failure: unknown,
  ): Promise<readonly FailedAttempt[]> {
    return this.transaction(organization, async (tx) => {
      const [present] = await tx.query<OutboxRow>(LOCK_ONE, [organization, row.id]);
      if (!present || present.parked || present.attempts !== row.attempts) return [];
      const kept = failed(this.handlerOf(row), row.id, row.attempts + 1, failure);
      await keep(tx, [kept]);
      return [{ effect: row.effect, instance: row.instance_id, ...kept }];
    });
  }
}

const isNobodysFault = (error: unknown): boolean =>
  error instanceof ConnectionLost ||
  error instanceof StoreUnavailable ||
  error instanceof RevisionConflict ||
  isTransientPostgresError(error);
