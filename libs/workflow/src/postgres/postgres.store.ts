import { type ClientBase, type QueryResultRow } from 'pg';
import { QueryFailedError, type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { type JsonValue } from '../engine/canonical-json';
import {
  type InstanceChange,
  type InstanceRecord,
  type LoadedInstance,
  type StoredEvent,
  type TimerRecord,
} from '../engine/records';
import {
  type DueClaim,
  type IdempotencyKey,
  type Recalled,
  type Store,
  type StoreTransaction,
} from '../engine/store.port';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { CLAIM_DUE, LOCK_INSTANCES, READ_DUE_TIMERS, WRITE_CHANGES } from './statements';
import { shardOf } from './shards';

/** How long an idempotency key is kept, in hours of technical time. */
export const IDEMPOTENCY_HOURS = 24;

const statements: Readonly<Record<string, string>> = {
  'lock-instances': LOCK_INSTANCES,
  'claim-due': CLAIM_DUE,
  'read-due-timers': READ_DUE_TIMERS,
  'write-changes': WRITE_CHANGES,
};

type LifecycleVersion = Pick<Lifecycle, 'id' | 'version'>;

interface InstanceRow {
  id: string;
  lifecycle: string;
  version: number;
  revision: number;
  status: 'active' | 'done';
  at: Date;
  started_at: Date;
  snapshot: InstanceRecord['snapshot'];
  head: Buffer;
}

interface TimerRow {
  instance_id: string;
  timer_id: string;
  due_at: Date;
  sequence: string;
  event: StoredEvent | null;
  parked: boolean;
}

function toTimer(row: TimerRow): TimerRecord {
  return {
    id: row.timer_id,
    dueAt: row.due_at.getTime(),
    sequence: Number(row.sequence),
    event: row.event ?? { type: row.timer_id },
    parked: row.parked,
  };
}

/** One transaction of one organization on PostgreSQL. Application code may use `manager` in the same transaction. */
export class PostgresTransaction implements StoreTransaction {
  readonly manager: EntityManager;

  constructor(
    private readonly runner: QueryRunner,
    readonly organization: string,
    readonly now: Instant,
    private readonly known: readonly LifecycleVersion[],
  ) {
    this.manager = runner.manager;
  }

  query<TRow>(sql: string, parameters: readonly unknown[] = []): Promise<TRow[]> {
    return this.runner.query(sql, [...parameters]) as Promise<TRow[]>;
  }

  /** A statement of the hot path, planned once per connection. */
  private async prepared<TRow extends QueryResultRow>(
    name: string,
    values: readonly unknown[],
  ): Promise<TRow[]> {
    const client = (await this.runner.connect()) as ClientBase;
    const { rows } = await client.query<TRow>({ name, text: statements[name] ?? '', values: [...values] });
    return rows;
  }

  async lock(ids: readonly string[], dueBy: Instant): Promise<LoadedInstance[]> {
    const rows = await this.prepared<InstanceRow>('lock-instances', [this.organization, ids]);
    return this.withDueTimers(rows, dueBy);
  }

  async claimDue({ limit, shard, only }: DueClaim): Promise<LoadedInstance[]> {
    const versions = [this.known.map(({ id }) => id), this.known.map(({ version }) => version)];
    const parameters = [this.organization, this.now, limit, shard ?? null, only ?? null, ...versions];
    const rows = await this.prepared<InstanceRow>('claim-due', parameters);
    const loaded = await this.withDueTimers(rows, this.now);
    return loaded.filter(({ due }) => due[0] !== undefined && !due[0].parked);
  }

  async write(changes: readonly InstanceChange[]): Promise<ReadonlySet<string>> {
    const instances = changes.map(({ before, after }) => ({
      id: after.id,
      lifecycle: after.lifecycle,
      version: after.version,
      before: before?.revision ?? null,
      revision: after.revision,
      status: after.status,
      at: after.at,
      started_at: after.startedAt,
      snapshot: after.snapshot,
      head: after.head,
    }));
    const history = changes.flatMap((change) => change.history);
    const cancelled = changes.flatMap(({ after, timersCancelled }) =>
      timersCancelled.map((timer) => ({ instance: after.id, timer })),
    );
    const set = changes.flatMap(({ after, timersSet }) =>
      timersSet.map(({ id, dueAt, sequence, event }) => ({
        instance: after.id,
        timer: id,
        shard: shardOf(after.id),
        due_at: dueAt,
        sequence,
        event: event.type === id && Object.keys(event).length === 1 ? null : event,
      })),
    );
    const outbox = changes.flatMap((change) => change.outbox);
    const rows = await this.prepared<{ id: string }>('write-changes', [
      this.organization,
      ...[instances, history, cancelled, set, outbox].map((part) => JSON.stringify(part)),
    ]);
    return new Set(rows.map((row) => row.id));
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

  private async withDueTimers(rows: readonly InstanceRow[], dueBy: Instant): Promise<LoadedInstance[]> {
    if (rows.length === 0) return [];
    // A statement of its own, so that its snapshot is taken after the instances were locked.
    const timers = await this.prepared<TimerRow>('read-due-timers', [
      this.organization,
      rows.map((row) => row.id),
      dueBy,
    ]);
    const due = new Map<string, TimerRecord[]>();
    for (const row of timers) {
      const ofInstance = due.get(row.instance_id) ?? [];
      ofInstance.push(toTimer(row));
      due.set(row.instance_id, ofInstance);
    }
    return rows.map((row) => ({ record: this.toRecord(row), due: due.get(row.id) ?? [] }));
  }

  private toRecord(row: InstanceRow): InstanceRecord {
    return {
      organization: this.organization,
      id: row.id,
      lifecycle: row.lifecycle,
      version: row.version,
      revision: row.revision,
      status: row.status,
      at: row.at.getTime(),
      startedAt: row.started_at.getTime(),
      snapshot: row.snapshot,
      head: row.head.toString('hex'),
    };
  }
}

/** The truth: every transaction sees one organization only, by row-level security. */
export class PostgresStore implements Store<PostgresTransaction> {
  /** @param known the lifecycle versions that this process can run: timers of others are left to other workers */
  constructor(
    private readonly dataSource: DataSource,
    private readonly known: readonly LifecycleVersion[],
  ) {}

  async transaction<T>(organization: string, work: (tx: PostgresTransaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('READ COMMITTED');
      const [begun] = (await runner.query(
        `select set_config('dondoc.organization', $1, true),
                floor(extract(epoch from workflow.now()) * 1000)::bigint::text as now`,
        [organization],
      )) as [{ now: string }];
      const result = await work(new PostgresTransaction(runner, organization, Number(begun.now), this.known));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** Deadlock or serialization failure: the transaction did nothing and may be tried again. */
export function isTransientPostgresError(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code } = (cause ?? {}) as { code?: string };
  return code === '40001' || code === '40P01';
}
