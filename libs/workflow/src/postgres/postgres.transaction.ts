import { type ClientBase } from 'pg';
import { type EntityManager, type QueryRunner } from 'typeorm';
import { type JsonValue } from '../engine/canonical-json';
import {
  type HistoryRecord,
  type InstanceChange,
  type InstanceRecord,
  type ParkedWork,
  type TimerRecord,
} from '../engine/records';
import {
  IDEMPOTENCY_HOURS,
  type DueClaim,
  type HistoryPage,
  type IdempotencyKey,
  type OpenBelow,
  type Recalled,
  type StoreTransaction,
} from '../engine/store.port';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { readHistory, readParkedWork } from './instance-reads';
import { instanceOf } from './instance-rows';
import { runBatch, step, type Step, type StepResult } from './statement-batch';
import { CLAIM, CLAIM_ONLY, CLAIM_SHARD, LOCK, PLAN_AS_USUAL, PLAN_BY_KEY, READ } from './statements';
import { uuidArray } from './stored-names';
import { firesAt, hasParked, timersText } from './stored-timers';
import { writeSteps } from './write-steps';

export type LifecycleVersion = Pick<Lifecycle, 'id' | 'version'>;

/** Locks, then reads with a snapshot of its own: nothing can have moved since. */
export const lockSteps = (organization: string, ids: readonly string[]): Step[] => {
  const inOrder = uuidArray([...ids].sort());
  return [step(LOCK, organization, inOrder), step(READ, organization, inOrder)];
};

export const instancesFrom = (organization: string, result: StepResult | undefined): InstanceRecord[] =>
  (result?.rows ?? []).map((row) => instanceOf(organization, row));

/** One transaction of one organization on PostgreSQL. Application code may use `manager` in the same transaction. */
export class PostgresTransaction implements StoreTransaction {
  readonly manager: EntityManager;
  private ahead: { readonly ids: readonly string[]; readonly instances: readonly InstanceRecord[] } | null =
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

  /** Instances that were locked in the round trip of the begin. */
  hasLocked(ids: readonly string[], instances: readonly InstanceRecord[]): void {
    this.ahead = { ids, instances };
  }

  /** What is to be sent with the commit. */
  get lastChanges(): readonly InstanceChange[] {
    return this.last;
  }

  async lock(ids: readonly string[]): Promise<readonly InstanceRecord[]> {
    const { ahead } = this;
    this.ahead = null;
    if (ahead !== null && ids.every((id) => ahead.ids.includes(id))) {
      const asked = new Set(ids);
      return ahead.instances.filter(({ id }) => asked.has(id));
    }
    const [, found] = await this.run(lockSteps(this.organization, ids));
    return instancesFrom(this.organization, found);
  }

  async read(ids: readonly string[]): Promise<readonly InstanceRecord[]> {
    const [found] = await this.run([step(READ, this.organization, uuidArray(ids))]);
    return instancesFrom(this.organization, found);
  }

  history(instance: string, page: HistoryPage): Promise<HistoryRecord[]> {
    return readHistory(this, instance, page);
  }

  parkedWork(instance: string): Promise<ParkedWork[]> {
    return readParkedWork(this, instance);
  }

  async claimDue({ limit, shard, only }: DueClaim): Promise<InstanceRecord[]> {
    const narrowed = only
      ? step(CLAIM_ONLY, uuidArray(only))
      : shard === undefined
        ? step(CLAIM)
        : step(CLAIM_SHARD, String(shard));
    const lifecycles = `{${this.known.map(({ id }) => `"${id}"`).join(',')}}`;
    const versions = `{${this.known.map(({ version }) => version).join(',')}}`;
    const [claimed] = await this.run([
      step(
        narrowed.statement,
        this.organization,
        String(this.now),
        String(limit),
        lifecycles,
        versions,
        ...narrowed.values,
      ),
    ]);
    return instancesFrom(this.organization, claimed);
  }

  async write(changes: readonly InstanceChange[]): Promise<void> {
    await this.run(writeSteps(this.organization, changes));
  }

  writeLast(changes: readonly InstanceChange[]): Promise<void> {
    this.last = changes;
    return Promise.resolve();
  }

  async park(instance: string, timer: string, error: string): Promise<void> {
    const aside = { error: error.slice(0, 2_000), at: await this.technicalNow() };
    await this.changeTimers(instance, (one) => (one.id === timer ? { ...one, parked: aside } : one));
  }

  /** Lets a parked timer fire in its turn. */
  resume(instance: string, timer: string): Promise<void> {
    return this.changeTimers(instance, (one) => (one.id === timer ? { ...one, parked: false } : one));
  }

  /** Of what no transition of the machine changes: whether its timers are parked. */
  private async changeTimers(id: string, change: (timer: TimerRecord) => TimerRecord): Promise<void> {
    const [instance] = await this.lock([id]);
    if (!instance) return;
    const after = { timers: instance.timers.map(change) };
    await this.query(
      `update workflow.instance set timers = $3, due_at = to_timestamp($4::float8 / 1000.0), has_parked = $5
       where organization_id = $1 and id = $2`,
      [this.organization, id, timersText(after), firesAt(after), hasParked(after)],
    );
  }

  private async technicalNow(): Promise<Instant> {
    const [row] = await this.query<{ now: Date }>('select now()');
    return row?.now.getTime() ?? 0;
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
