import { type JsonValue } from '../engine/canonical-json';
import {
  byDue,
  firstToFire,
  type HistoryRecord,
  type InstanceChange,
  type InstanceRecord,
  type OutboxRecord,
  type ParkedWork,
  type TimerRecord,
} from '../engine/records';
import {
  RevisionConflict,
  type DueClaim,
  type HistoryPage,
  type IdempotencyKey,
  type OpenBelow,
  type Recalled,
  type Store,
  type StoreTransaction,
  type UnlockedReading,
  type TimeLimit,
  type VersionCount,
} from '../engine/store.port';
import { type Instant } from '../lifecycle/macrostep-instant';

interface Kept {
  instances: Map<string, InstanceRecord>;
  history: Map<string, readonly HistoryRecord[]>;
  outbox: readonly OutboxRecord[];
  answers: Map<string, { readonly fingerprint: string; readonly answer: JsonValue }>;
}

const empty = (): Kept => ({
  instances: new Map(),
  history: new Map(),
  outbox: [],
  answers: new Map(),
});

/** Whether the process has a version of a lifecycle: timers of others are left alone. */
type Knows = (instance: Pick<InstanceRecord, 'lifecycle' | 'version'>) => boolean;

class MemoryTransaction implements StoreTransaction {
  constructor(
    readonly organization: string,
    readonly now: Instant,
    private readonly kept: Kept,
    private readonly knows: Knows,
  ) {}

  lock(ids: readonly string[]): Promise<InstanceRecord[]> {
    const known = [...ids].sort().map((id) => this.kept.instances.get(id));
    return Promise.resolve(known.filter((record) => record !== undefined));
  }

  read(ids: readonly string[]): Promise<InstanceRecord[]> {
    return this.lock(ids);
  }

  history(instance: string, { after, limit }: HistoryPage): Promise<HistoryRecord[]> {
    const behind = (this.kept.history.get(instance) ?? []).filter(({ revision }) => revision > after);
    return Promise.resolve(behind.slice(0, limit));
  }

  parkedWork(instance: string): Promise<ParkedWork[]> {
    const work: ParkedWork[] = [];
    for (const { id, event, parked } of this.kept.instances.get(instance)?.timers ?? [])
      if (parked) work.push({ kind: 'timer', id, name: event.type, error: parked.error });
    return Promise.resolve(work);
  }

  claimDue({ limit, only }: DueClaim): Promise<InstanceRecord[]> {
    const claimed = [...this.kept.instances.values()]
      .filter((record) => this.knows(record) && (!only || only.includes(record.id)))
      .filter((record) => (firstToFire(record)?.dueAt ?? Infinity) <= this.now)
      .sort((a, b) => byDue(a.timers[0] as TimerRecord, b.timers[0] as TimerRecord));
    return Promise.resolve(claimed.slice(0, limit));
  }

  write(changes: readonly InstanceChange[]): Promise<void> {
    const missed = changes.find(
      ({ before, after }) => this.kept.instances.get(after.id)?.revision !== before?.revision,
    );
    if (missed)
      return Promise.reject(new RevisionConflict(`instance ${missed.after.id} was changed by somebody else`));
    for (const change of changes) {
      const { id } = change.after;
      this.kept.instances.set(id, change.after);
      this.kept.history.set(id, [...(this.kept.history.get(id) ?? []), ...change.history]);
      this.kept.outbox = [...this.kept.outbox, ...change.outbox];
    }
    return Promise.resolve();
  }

  writeLast(changes: readonly InstanceChange[]): Promise<void> {
    return this.write(changes);
  }

  park(instance: string, timer: string, error: string): Promise<void> {
    const record = this.kept.instances.get(instance);
    const aside = { error, at: this.now };
    if (record)
      this.kept.instances.set(instance, {
        ...record,
        timers: record.timers.map((one) => (one.id === timer ? { ...one, parked: aside } : one)),
      });
    return Promise.resolve();
  }

  recall({ key, caller, fingerprint }: IdempotencyKey): Promise<Recalled> {
    const seen = this.kept.answers.get(`${caller} ${key}`);
    if (!seen) return Promise.resolve({ kind: 'new' });
    return Promise.resolve(
      seen.fingerprint === fingerprint ? { kind: 'seen', answer: seen.answer } : { kind: 'reused' },
    );
  }

  openBelow({ lifecycle, below, after, limit }: OpenBelow): Promise<readonly string[]> {
    const open = [...this.kept.instances.values()].filter(
      (record) => record.lifecycle === lifecycle && record.version < below && record.status === 'active',
    );
    const ids = open.map(({ id }) => id).filter((id) => after === null || id > after);
    return Promise.resolve(ids.sort().slice(0, limit));
  }

  remember({ key, caller, fingerprint }: IdempotencyKey, answer: JsonValue): Promise<void> {
    this.kept.answers.set(`${caller} ${key}`, { fingerprint, answer });
    return Promise.resolve();
  }
}

export type { MemoryTransaction };

/**
 * The store in memory, with the same contract as the one on PostgreSQL: for tests, and for playing lifecycles in
 * virtual time. Transactions run one after the other; a failed one leaves nothing behind.
 */
export class MemoryStore implements Store<MemoryTransaction> {
  private readonly organizations = new Map<string, Kept>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly now: () => Instant,
    private readonly knows: Knows = () => true,
  ) {}

  transaction<T>(
    organization: string,
    work: (tx: MemoryTransaction) => Promise<T>,
    _first?: readonly string[],
    limit?: TimeLimit,
  ): Promise<T> {
    const run = this.queue.then(async () => {
      limit?.begin();
      const copy = this.copy(organization);
      const result = await work(new MemoryTransaction(organization, this.now(), copy, this.knows));
      limit?.commit();
      this.organizations.set(organization, copy);
      return result;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  unlocked(
    organization: string,
    ids: readonly string[],
    work: (reading: UnlockedReading) => readonly InstanceChange[],
  ): Promise<void> {
    return this.transaction(organization, async (tx) => {
      await tx.write(work({ now: tx.now, instances: await tx.lock(ids) }));
    });
  }

  look<T>(organization: string, work: (tx: MemoryTransaction) => Promise<T>): Promise<T> {
    return work(new MemoryTransaction(organization, this.now(), this.copy(organization), this.knows));
  }

  private copy(organization: string): Kept {
    const kept = this.of(organization);
    return {
      instances: new Map(kept.instances),
      history: new Map(kept.history),
      outbox: kept.outbox,
      answers: new Map(kept.answers),
    };
  }

  instance(organization: string, id: string): InstanceRecord | undefined {
    return this.of(organization).instances.get(id);
  }

  instances(organization: string): InstanceRecord[] {
    return [...this.of(organization).instances.values()];
  }

  history(organization: string, id: string): readonly HistoryRecord[] {
    return this.of(organization).history.get(id) ?? [];
  }

  timers(organization: string, id: string): readonly TimerRecord[] {
    return this.of(organization).instances.get(id)?.timers ?? [];
  }

  /** How many instances there are of each version, by organization. */
  versionCounts(): VersionCount[] {
    const counts = new Map<string, VersionCount>();
    for (const organization of [...this.organizations.keys()].sort())
      for (const { lifecycle, version, status, startedAt } of this.instances(organization)) {
        const key = `${organization} ${lifecycle}@${version}`;
        const none = { organization, lifecycle, version, open: 0, done: 0, oldest: null };
        const count: VersionCount = counts.get(key) ?? none;
        const open = { open: count.open + 1, oldest: Math.min(count.oldest ?? startedAt, startedAt) };
        counts.set(key, { ...count, ...(status === 'done' ? { done: count.done + 1 } : open) });
      }
    return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  }

  /** Earliest due instant of an unparked timer in any organization, or `null`. */
  nextDue(): { readonly organization: string; readonly dueAt: Instant } | null {
    let next: { organization: string; dueAt: Instant } | null = null;
    for (const [organization, { instances }] of this.organizations)
      for (const instance of instances.values()) {
        const first = this.knows(instance) ? firstToFire(instance) : undefined;
        if (first && (!next || first.dueAt < next.dueAt)) next = { organization, dueAt: first.dueAt };
      }
    return next;
  }

  /** What waits in the outbox. */
  outbox(organization: string): readonly OutboxRecord[] {
    return this.of(organization).outbox;
  }

  /** Takes what waits in the outbox; each row is given out once. */
  takeOutbox(organization: string): readonly OutboxRecord[] {
    const kept = this.of(organization);
    const taken = kept.outbox;
    kept.outbox = [];
    return taken;
  }

  private of(organization: string): Kept {
    const known = this.organizations.get(organization);
    if (known) return known;
    const made = empty();
    this.organizations.set(organization, made);
    return made;
  }
}
