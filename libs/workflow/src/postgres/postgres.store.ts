import { type ClientBase } from 'pg';
import { type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { type JsonValue } from '../engine/canonical-json';
import { type FaultPoints } from '../engine/fault-points.port';
import {
  type HistoryRecord,
  type InstanceChange,
  type InstanceRecord,
  type LoadedInstance,
  type ParkedWork,
} from '../engine/records';
import {
  ConnectionLost,
  IDEMPOTENCY_HOURS,
  StoreUnavailable,
  TimeLimitExceeded,
  type DueClaim,
  type HistoryPage,
  type IdempotencyKey,
  type OpenBelow,
  type Recalled,
  type Store,
  type StoreTransaction,
  type TimeLimit,
  type UnlockedReading,
} from '../engine/store.port';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { readHistory, readParkedWork } from './instance-reads';
import { instanceOf, loadedOf, type TextRow } from './instance-rows';
import { hearBrokenConnections, withClient } from './pool-client';
import { runBatch, type Statement, type Step, type StepResult } from './statement-batch';
import {
  BEGIN,
  CLAIM,
  CLAIM_ONLY,
  CLAIM_SHARD,
  COMMIT,
  ENTER,
  LIMIT,
  ENTER_BY_KEY,
  LOAD,
  LOAD_CLAIMED,
  LOCK,
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

/** The last instant that JavaScript knows. */
const END_OF_TIME = String(8.64e15);

type LifecycleVersion = Pick<Lifecycle, 'id' | 'version'>;

const step = (statement: Statement, ...values: readonly (string | null)[]): Step => ({ statement, values });

const lockSteps = (organization: string, ids: readonly string[], dueBy: Instant): Step[] => {
  const inOrder = uuidArray([...ids].sort());
  return [step(LOCK, organization, inOrder), step(LOAD, organization, inOrder, String(dueBy))];
};

const loadedFrom = (organization: string, result: StepResult | undefined): LoadedInstance[] =>
  (result?.rows ?? []).map((row: TextRow) => loadedOf(organization, row));

/** One transaction of one organization on PostgreSQL. Application code may use `manager` in the same transaction. */
export class PostgresTransaction implements StoreTransaction {
  readonly manager: EntityManager;
  private ahead: { readonly ids: readonly string[]; readonly instances: readonly LoadedInstance[] } | null =
    null;
  private last: readonly InstanceChange[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: ClientBase,
    readonly organization: string,
    readonly now: Instant,
    private readonly known: readonly LifecycleVersion[],
  ) {
    this.manager = runner.manager;
  }

  query<TRow>(sql: string, parameters: readonly unknown[] = []): Promise<TRow[]> {
    return this.runner.query(sql, [...parameters]) as Promise<TRow[]>;
  }

  /** Instances that were locked in the round trip of the begin, with what is due by `now`. */
  hasLocked(ids: readonly string[], instances: readonly LoadedInstance[]): void {
    this.ahead = { ids, instances };
  }

  /** What is to be sent with the commit. */
  get lastChanges(): readonly InstanceChange[] {
    return this.last;
  }

  async lock(ids: readonly string[], dueBy: Instant): Promise<readonly LoadedInstance[]> {
    const { ahead } = this;
    this.ahead = null;
    if (ahead !== null && dueBy <= this.now && ids.every((id) => ahead.ids.includes(id)))
      return ahead.instances;
    const [, loaded] = await this.run(lockSteps(this.organization, ids, dueBy));
    return loadedFrom(this.organization, loaded);
  }

  async read(ids: readonly string[]): Promise<readonly LoadedInstance[]> {
    const [loaded] = await this.run([step(LOAD, this.organization, uuidArray(ids), END_OF_TIME)]);
    return loadedFrom(this.organization, loaded);
  }

  history(instance: string, page: HistoryPage): Promise<HistoryRecord[]> {
    return readHistory(this, instance, page);
  }

  parkedWork(instance: string): Promise<ParkedWork[]> {
    return readParkedWork(this, instance);
  }

  async claimDue({ limit, shard, only }: DueClaim): Promise<LoadedInstance[]> {
    const now = String(this.now);
    const narrowed = only
      ? step(CLAIM_ONLY, uuidArray(only))
      : shard === undefined
        ? step(CLAIM)
        : step(CLAIM_SHARD, String(shard));
    const lifecycles = `{${this.known.map(({ id }) => `"${id}"`).join(',')}}`;
    const versions = `{${this.known.map(({ version }) => version).join(',')}}`;
    const [, loaded] = await this.run([
      step(
        narrowed.statement,
        this.organization,
        now,
        String(limit),
        lifecycles,
        versions,
        ...narrowed.values,
      ),
      step(LOAD_CLAIMED, this.organization, now),
    ]);
    // Somebody else may have fired what was due before this transaction got the lock.
    return loadedFrom(this.organization, loaded).filter(({ due }) => due[0] !== undefined && !due[0].parked);
  }

  async write(changes: readonly InstanceChange[]): Promise<void> {
    await this.run(writeSteps(this.organization, changes));
  }

  writeLast(changes: readonly InstanceChange[]): Promise<void> {
    this.last = changes;
    return Promise.resolve();
  }

  async park(instance: string, timer: string, error: string): Promise<void> {
    await this.query(
      `update workflow.timer set parked_at = now(), parked_error = $4
       where organization_id = $1 and instance_id = $2 and timer_id = $3`,
      [this.organization, instance, timer, error.slice(0, 2_000)],
    );
  }

  async recall({ key, caller, fingerprint }: IdempotencyKey): Promise<Recalled> {
    await this.query(
      `delete from workflow.idempotency
       where organization_id = $1 and caller = $2 and key = $3 and expires_at < now()`,
      [this.organization, caller, key],
    );
    const reserved = await this.query(
      `insert into workflow.idempotency (organization_id, caller, key, fingerprint, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(hours => $5)) on conflict do nothing returning key`,
      [this.organization, caller, key, fingerprint, IDEMPOTENCY_HOURS],
    );
    if (reserved.length > 0) return { kind: 'new' };
    const [seen] = await this.query<{ fingerprint: string; answer: JsonValue }>(
      `select fingerprint, answer from workflow.idempotency
       where organization_id = $1 and caller = $2 and key = $3`,
      [this.organization, caller, key],
    );
    return seen?.fingerprint === fingerprint ? { kind: 'seen', answer: seen.answer } : { kind: 'reused' };
  }

  async openBelow({ lifecycle, below, after, limit }: OpenBelow): Promise<readonly string[]> {
    const rows = await this.query<{ id: string }>(
      `select id from workflow.instance
       where organization_id = $1 and lifecycle = $2 and version < $3 and status = 'active'
         and ($4::uuid is null or id > $4) order by id limit $5`,
      [this.organization, lifecycle, below, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async remember({ key, caller }: IdempotencyKey, answer: JsonValue): Promise<void> {
    await this.query(
      `update workflow.idempotency set answer = $4 where organization_id = $1 and caller = $2 and key = $3`,
      [this.organization, caller, key, JSON.stringify(answer)],
    );
  }

  private async run(steps: readonly Step[]): Promise<readonly StepResult[]> {
    const results = await runBatch(this.client, [step(PLAN_BY_KEY), ...steps, step(PLAN_AS_USUAL)]);
    return results.slice(1, -1);
  }
}

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
        if (first) begin.push(step(PLAN_BY_KEY), ...lockSteps(organization, first, 0), step(PLAN_AS_USUAL));
        const results = await runBatch(client, begin);
        markTransaction(runner, true);
        const now = Number(results[1]?.rows[0]?.[1]);
        const tx = new PostgresTransaction(runner, client, organization, now, this.known);
        if (first) tx.hasLocked(first, loadedFrom(organization, results.at(-2)));
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
        const instances: InstanceRecord[] = (found?.rows ?? []).map((row) => instanceOf(organization, row));
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
