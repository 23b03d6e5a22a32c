import { type ClientBase } from 'pg';
import { type DataSource, type QueryRunner } from 'typeorm';
import { type FaultPoints } from '../engine/fault-points.port';
import { type InstanceChange } from '../engine/records';
import {
  ConnectionLost,
  StoreUnavailable,
  TimeLimitExceeded,
  type Store,
  type TimeLimit,
  type UnlockedReading,
} from '../engine/store.port';
import { hearBrokenConnections, withClient } from './pool-client';
import { instancesFrom, lockSteps, PostgresTransaction, type LifecycleVersion } from './postgres.transaction';
import { runBatch, step, type Statement } from './statement-batch';
import {
  BEGIN,
  COMMIT,
  ENTER,
  ENTER_BY_KEY,
  LIMIT,
  LOOK,
  PLAN_AS_USUAL,
  PLAN_BY_KEY,
  READ,
  READ_ONE,
  RETURN_BY_KEY,
} from './statements';
import { assertUuid, uuidArray } from './stored-names';
import { isCanceled, isPostgresUnavailable } from './transient-errors';
import { writeSteps } from './write-steps';

/** PostgreSQL answers the commit of a failed transaction with a rollback, which is no error to the driver. */
async function commit(
  client: ClientBase,
  organization: string,
  last: readonly InstanceChange[],
  faults?: FaultPoints,
): Promise<void> {
  const write = last.length === 0 ? [] : [step(PLAN_BY_KEY), ...writeSteps(organization, last)];
  const answer = runBatch(client, [...write, step(COMMIT)]);
  const [results] = await Promise.all([answer, faults?.reach('commit.sent')]);
  if (results.at(-1)?.command !== 'COMMIT')
    throw new Error('PostgreSQL rolled the transaction back: a statement in it had failed');
}

/** TypeORM's own bookkeeping: its managers must join this transaction, not begin one of their own. */
function markTransaction(runner: QueryRunner, active: boolean): void {
  Object.assign(runner, { isTransactionActive: active, transactionDepth: active ? 1 : 0 });
}

/** What a failure means to whoever asked. Asks the server something, to see whether the connection is still there. */
async function told(client: ClientBase, question: 'rollback' | 'select 1', cause: unknown): Promise<unknown> {
  const isGone = await client.query(question).then(
    () => false,
    () => true,
  );
  if (isGone) return new ConnectionLost('the connection to PostgreSQL was lost', { cause });
  if (!isPostgresUnavailable(cause)) return cause;
  return new StoreUnavailable('PostgreSQL cannot work at the moment', { cause });
}

/** The truth: every transaction sees one organization only, by row-level security. */
export class PostgresStore implements Store<PostgresTransaction> {
  /** @param known the lifecycle versions that this process can run: timers of others are left to other workers */
  constructor(
    private readonly dataSource: DataSource,
    private readonly known: readonly LifecycleVersion[],
    private readonly faults?: FaultPoints,
  ) {}

  transaction<T>(
    organization: string,
    work: (tx: PostgresTransaction) => Promise<T>,
    first?: readonly string[],
    limit?: TimeLimit,
  ): Promise<T> {
    return this.within(BEGIN, organization, work, first, limit);
  }

  look<T>(organization: string, work: (tx: PostgresTransaction) => Promise<T>): Promise<T> {
    return this.within(LOOK, organization, work);
  }

  private async within<T>(
    mode: Statement,
    organization: string,
    work: (tx: PostgresTransaction) => Promise<T>,
    first?: readonly string[],
    limit?: TimeLimit,
  ): Promise<T> {
    hearBrokenConnections(this.dataSource);
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as ClientBase;
      try {
        limit?.begin();
        const begin = [step(mode), step(ENTER, assertUuid(organization))];
        if (limit) begin.push(step(LIMIT, String(Math.ceil(limit.left))));
        if (first) begin.push(step(PLAN_BY_KEY), ...lockSteps(organization, first), step(PLAN_AS_USUAL));
        const results = await runBatch(client, begin);
        markTransaction(runner, true);
        const now = Number(results[1]?.rows[0]?.[1]);
        const tx = new PostgresTransaction(runner, client, organization, now, this.known);
        if (first) tx.hasLocked(first, instancesFrom(organization, results.at(-2)));
        const result = await work(tx);
        limit?.commit();
        await commit(client, organization, tx.lastChanges, this.faults);
        return result;
      } catch (error) {
        const cause = await told(client, 'rollback', error);
        throw limit && isCanceled(cause) ? new TimeLimitExceeded('nothing-happened') : cause;
      }
    } finally {
      markTransaction(runner, false);
      await runner.release();
    }
  }

  /** Two round trips: one that reads, and one that writes if nothing has changed meanwhile. */
  unlocked(
    organization: string,
    ids: readonly string[],
    work: (reading: UnlockedReading) => readonly InstanceChange[],
  ): Promise<void> {
    return withClient(this.dataSource, async (client) => {
      try {
        const [only] = ids;
        const read =
          ids.length === 1 && only !== undefined
            ? step(READ_ONE, organization, assertUuid(only))
            : step(READ, organization, uuidArray(ids));
        const [entered, found] = await runBatch(client, [step(ENTER_BY_KEY, assertUuid(organization)), read]);
        const instances = instancesFrom(organization, found);
        await this.faults?.reach('send.read-unlocked');
        const changes = work({ now: Number(entered?.rows[0]?.[1]), instances });
        if (changes.length > 0) {
          const write = [step(RETURN_BY_KEY, organization), ...writeSteps(organization, changes)];
          await Promise.all([runBatch(client, write), this.faults?.reach('commit.sent')]);
        }
      } catch (error) {
        throw await told(client, 'select 1', error);
      }
    });
  }
}
