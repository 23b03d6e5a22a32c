import { type ClientBase, type QueryResult, type QueryResultRow } from 'pg';
import { QueryFailedError, type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { type JsonValue } from '../engine/canonical-json';
import { type InstanceChange, type LoadedInstance } from '../engine/records';
import {
  ConnectionLost,
  type DueClaim,
  type IdempotencyKey,
  type Recalled,
  type Store,
  type StoreTransaction,
} from '../engine/store.port';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { toLoaded, writeArguments, type InstanceRow, type TimerTuple } from './instance-rows';
import {
  integerLiteral,
  textArrayLiteral,
  textLiteral,
  uuidArrayLiteral,
  uuidLiteral,
  type Literal,
} from './literals';
import { PREPARE_ALL, type PreparedName } from './statements';

/** How long an idempotency key is kept, in hours of technical time. */
export const IDEMPOTENCY_HOURS = 24;

type LifecycleVersion = Pick<Lifecycle, 'id' | 'version'>;

interface LastWrite {
  readonly statement: string;
  /** How many instances it must find unchanged. */
  readonly instances: number;
}

const execute = (name: PreparedName, ...values: readonly Literal[]): string =>
  `execute ${name} (${values.join(', ')})`;

/** Several statements in one round trip; each gives its own result. */
async function together(client: ClientBase, statements: readonly string[]): Promise<QueryResult[]> {
  const results: unknown = await client.query(statements.join('; '));
  return (Array.isArray(results) ? results : [results]) as QueryResult[];
}

const rowsOf = <TRow extends QueryResultRow>(result: QueryResult | undefined): TRow[] =>
  (result as QueryResult<TRow> | undefined)?.rows ?? [];

/** One transaction of one organization on PostgreSQL. Application code may use `manager` in the same transaction. */
export class PostgresTransaction implements StoreTransaction {
  readonly manager: EntityManager;
  private ahead: { readonly ids: readonly string[]; readonly rows: readonly InstanceRow[] } | null = null;
  private last: LastWrite | null = null;

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

  /** Rows that were locked in the round trip of the begin. */
  hasLocked(ids: readonly string[], rows: readonly InstanceRow[]): void {
    this.ahead = { ids, rows };
  }

  /** What is to be sent with the commit. */
  get lastWrite(): LastWrite | null {
    return this.last;
  }

  async lock(ids: readonly string[], dueBy: Instant): Promise<LoadedInstance[]> {
    const { ahead } = this;
    this.ahead = null;
    const isAhead = ahead !== null && dueBy <= this.now && ids.every((id) => ahead.ids.includes(id));
    const rows = isAhead
      ? ahead.rows
      : await this.run<InstanceRow>(lockStatement(this.organization, ids, dueBy));
    return this.loaded(rows, dueBy);
  }

  async claimDue({ limit, shard, only }: DueClaim): Promise<LoadedInstance[]> {
    const rows = await this.run<InstanceRow>(
      execute(
        'dondoc_claim',
        uuidLiteral(this.organization),
        integerLiteral(this.now),
        integerLiteral(limit),
        shard === undefined ? 'null' : integerLiteral(shard),
        only === undefined ? 'null' : uuidArrayLiteral(only),
        textArrayLiteral(this.known.map(({ id }) => id)),
        `array[${this.known.map(({ version }) => integerLiteral(version)).join(',')}]::integer[]`,
      ),
    );
    // What moved between the snapshot and the lock is left to the next claim.
    const unmoved = rows.filter((row) => row.seen === row.revision);
    const claimed = unmoved.map((row) => toLoaded(this.organization, row));
    return claimed.filter(({ due }) => due[0] !== undefined && !due[0].parked);
  }

  async write(changes: readonly InstanceChange[]): Promise<ReadonlySet<string>> {
    const rows = await this.run<{ id: string }>(this.writeStatement(changes));
    return new Set(rows.map((row) => row.id));
  }

  writeLast(changes: readonly InstanceChange[]): Promise<void> {
    this.last = { statement: this.writeStatement(changes), instances: changes.length };
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

  async remember({ key, caller }: IdempotencyKey, answer: JsonValue): Promise<void> {
    await this.query(
      `update workflow.idempotency set answer = $4 where organization_id = $1 and caller = $2 and key = $3`,
      [this.organization, caller, key, JSON.stringify(answer)],
    );
  }

  private async run<TRow extends QueryResultRow>(statement: string): Promise<TRow[]> {
    const [result] = await together(this.client, [statement]);
    return rowsOf<TRow>(result);
  }

  private writeStatement(changes: readonly InstanceChange[]): string {
    return execute(
      'dondoc_write',
      uuidLiteral(this.organization),
      ...writeArguments(changes).map((part) => textLiteral(JSON.stringify(part))),
      uuidArrayLiteral(changes.map(({ after }) => after.id)),
    );
  }

  /** Rows that moved between the statement's snapshot and the lock get their timers read again. */
  private async loaded(rows: readonly InstanceRow[], dueBy: Instant): Promise<LoadedInstance[]> {
    const moved = rows.filter((row) => row.seen !== row.revision).map(({ id }) => id);
    const again = new Map<string, readonly TimerTuple[] | null>();
    if (moved.length > 0) {
      const read = await this.run<{ id: string; due: readonly TimerTuple[] | null }>(
        execute(
          'dondoc_read_timers',
          uuidLiteral(this.organization),
          uuidArrayLiteral(moved),
          integerLiteral(dueBy),
        ),
      );
      for (const { id, due } of read) again.set(id, due);
    }
    return rows.map((row) =>
      toLoaded(this.organization, again.has(row.id) ? { ...row, due: again.get(row.id) ?? null } : row),
    );
  }
}

function lockStatement(organization: string, ids: readonly string[], dueBy: Instant): string {
  return execute('dondoc_lock', uuidLiteral(organization), uuidArrayLiteral(ids), integerLiteral(dueBy));
}

const preparedOn = new WeakSet();

async function prepareOnce(client: ClientBase): Promise<void> {
  if (preparedOn.has(client)) return;
  try {
    await client.query(PREPARE_ALL);
    preparedOn.add(client);
  } catch (error) {
    // Those that were prepared before the failure outlive it, and would stand in the way of the next attempt.
    await forgetStatements(client);
    throw error;
  }
}

async function forgetStatements(client: ClientBase): Promise<void> {
  preparedOn.delete(client);
  await client.query('deallocate all').catch(() => undefined);
}

/** PostgreSQL answers the commit of a failed transaction with a rollback, which is no error to the driver. */
async function commit(client: ClientBase, last: LastWrite | null): Promise<void> {
  const results = await together(client, last === null ? ['commit'] : [last.statement, 'commit']);
  if (results.at(-1)?.command !== 'COMMIT')
    throw new Error('PostgreSQL rolled the transaction back: a statement in it had failed');
  if (last !== null && results[0]?.rows.length !== last.instances)
    throw new Error('an instance that was locked had changed all the same');
}

/** TypeORM's own bookkeeping: its managers must join this transaction, not begin one of their own. */
function markTransaction(runner: QueryRunner, active: boolean): void {
  Object.assign(runner, { isTransactionActive: active, transactionDepth: active ? 1 : 0 });
}

/** The truth: every transaction sees one organization only, by row-level security. */
export class PostgresStore implements Store<PostgresTransaction> {
  /** @param known the lifecycle versions that this process can run: timers of others are left to other workers */
  constructor(
    private readonly dataSource: DataSource,
    private readonly known: readonly LifecycleVersion[],
  ) {}

  async transaction<T>(
    organization: string,
    work: (tx: PostgresTransaction) => Promise<T>,
    first?: readonly string[],
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as ClientBase;
      await prepareOnce(client);
      try {
        const begin = [
          'begin isolation level read committed',
          execute('dondoc_begin', uuidLiteral(organization)),
        ];
        if (first) begin.push(lockStatement(organization, first, 0));
        const [, begun, locked] = await together(client, begin);
        markTransaction(runner, true);
        const now = Number(rowsOf<{ now: string }>(begun)[0]?.now);
        const tx = new PostgresTransaction(runner, client, organization, now, this.known);
        if (first) tx.hasLocked(first, rowsOf<InstanceRow>(locked));
        const result = await work(tx);
        await commit(client, tx.lastWrite);
        return result;
      } catch (error) {
        const isGone = await client.query('rollback').then(
          () => false,
          () => true,
        );
        if (isGone) throw new ConnectionLost('the connection to PostgreSQL was lost', { cause: error });
        if (codeOf(error) === CACHED_PLAN) await forgetStatements(client);
        throw error;
      }
    } finally {
      markTransaction(runner, false);
      await runner.release();
    }
  }
}

/** A migration changed a table under a prepared statement: prepared anew, it works. */
const CACHED_PLAN = '0A000';

function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return ((cause ?? {}) as { code?: string }).code;
}

/** Deadlock, serialization failure or an outdated plan: the transaction did nothing and may be tried again. */
export function isTransientPostgresError(error: unknown): boolean {
  return ['40001', '40P01', CACHED_PLAN].includes(codeOf(error) ?? '');
}
