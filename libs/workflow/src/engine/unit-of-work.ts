import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { InstanceProgress, type OutwardRequest } from './instance-progress';
import {
  type Actor,
  type InstanceChange,
  type InstanceRecord,
  type LoadedInstance,
  type StoredEvent,
} from './records';
import { type NewId, type StoreTransaction } from './store.port';

export interface StartCommand {
  readonly lifecycle: string;
  readonly id: string;
  readonly input: StoredEvent['input'];
  readonly actor: Actor;
  /** Defaults to the business time at which the transaction began. */
  readonly at?: Instant;
}

export interface SendCommand {
  readonly instance: string;
  readonly event: StoredEvent;
  readonly actor: Actor;
  readonly at?: Instant;
  /** Refuses with `stale-revision` when the instance has moved on. */
  readonly expectedRevision?: number;
}

/** A child or sibling that a transition starts, before its input is completed. */
export interface PendingStart {
  readonly lifecycle: string;
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  /** The instance whose transition asked for it. */
  readonly from: InstanceRecord;
}

/** What an application adds to a unit of work; everything runs in the same transaction. */
export interface WorkHooks<TTransaction extends StoreTransaction> {
  /** By lifecycle: completes the input of an instance that a transition starts (a machine looks nothing up). */
  readonly prepareStart?: Readonly<
    Record<string, (start: PendingStart, tx: TTransaction) => Promise<StoredEvent['input']>>
  >;
  /** Keeps projections in step with what was written. */
  readonly project?: (changes: readonly InstanceChange[], tx: TTransaction) => Promise<void>;
}

/** Lifecycles by id and version; the highest version is what new instances get. */
export interface LifecycleCatalogue {
  latest(id: string): Lifecycle;
  exact(id: string, version: number): Lifecycle;
  /** Id of the instance that `from` starts under `key`: the same for the same pair. */
  childId(from: string, key: string): string;
}

/** The revision guard did not hold although the row was locked: the transaction must be tried again. */
export class RevisionConflict extends Error {}

export interface ClaimFailure {
  readonly instance: LoadedInstance;
  readonly error: unknown;
}

/** Everything that one transaction does to instances: pure steps in memory, then one write. */
export class UnitOfWork<TTransaction extends StoreTransaction> {
  private readonly progress = new Map<string, InstanceProgress>();
  private readonly unknown = new Set<string>();

  constructor(
    private readonly catalogue: LifecycleCatalogue,
    private readonly tx: TTransaction,
    private readonly hooks: WorkHooks<TTransaction>,
    private readonly newId: NewId,
  ) {}

  async start(command: StartCommand): Promise<InstanceRecord | Refusal> {
    const started = await this.startMany([command]);
    return Array.isArray(started) ? (started[0] as InstanceRecord) : (started as Refusal);
  }

  /** All or none: one id that is already taken refuses the whole call. */
  async startMany(commands: readonly StartCommand[]): Promise<readonly InstanceRecord[] | Refusal> {
    const ids = commands.map((command) => command.id);
    await this.load(ids, this.tx.now);
    for (const { id, lifecycle, input, actor, at } of commands) {
      if (this.progress.has(id))
        return refusal('already-started', {
          vi: 'Quy trình này đã được bắt đầu.',
          en: 'This instance has already been started.',
        });
      this.begin(this.catalogue.latest(lifecycle), id, input, actor, at ?? this.tx.now);
    }
    await this.followOutward(ids);
    return ids.map((id) => this.record(id));
  }

  async send(command: SendCommand): Promise<InstanceRecord | Refusal> {
    await this.load([command.instance], command.at ?? this.tx.now);
    const answer = this.apply(command);
    if (!isRefusal(answer)) await this.followOutward([command.instance]);
    return isRefusal(answer) ? answer : this.record(command.instance);
  }

  /**
   * Sends each command, in order, answering each by itself: a refused one changes nothing but what had fallen due.
   * @throws when a machine fails; then nothing of this unit may be written
   */
  async sendEach(commands: readonly SendCommand[]): Promise<readonly (InstanceRecord | Refusal)[]> {
    const ids = commands.map(({ instance }) => instance);
    const latest = commands.reduce((at, command) => Math.max(at, command.at ?? 0), this.tx.now);
    await this.load(ids, latest);
    const answers: (InstanceRecord | Refusal)[] = [];
    for (const command of commands) {
      const answer = this.apply(command);
      if (!isRefusal(answer)) await this.followOutward([command.instance]);
      answers.push(answer);
    }
    return answers;
  }

  private apply(command: SendCommand): InstanceRecord | Refusal {
    const at = command.at ?? this.tx.now;
    const target = this.progress.get(command.instance);
    if (!target)
      return refusal('unknown-instance', {
        vi: 'Không tìm thấy quy trình này.',
        en: 'There is no such instance.',
      });
    const { revision } = target.current;
    if (command.expectedRevision !== undefined && command.expectedRevision !== revision)
      return refusal(
        'stale-revision',
        {
          vi: 'Dữ liệu đã được người khác thay đổi; hãy xem bản mới rồi thao tác lại.',
          en: 'Somebody else has changed this in the meantime; look at the present state and try again.',
        },
        { currentRevision: revision },
      );
    return target.apply(command.event, command.actor, at) ?? target.current;
  }

  /**
   * Runs all due timers of claimed instances. An instance whose own machine fails leaves the batch before anything
   * is written and is reported; the others go on.
   */
  async fireDue(claimed: readonly LoadedInstance[], asOf: Instant): Promise<ClaimFailure[]> {
    const failures: ClaimFailure[] = [];
    const moved: string[] = [];
    for (const loaded of claimed) {
      const { id } = loaded.record;
      try {
        const progress = this.resume(loaded);
        progress.fireDue(asOf);
        this.progress.set(id, progress);
        moved.push(id);
      } catch (error) {
        failures.push({ instance: loaded, error });
      }
    }
    await this.followOutward(moved);
    return failures;
  }

  /** Writes everything, then lets projections follow. @throws RevisionConflict */
  async flush(): Promise<readonly InstanceChange[]> {
    const changes = this.takeChanges();
    if (changes.length === 0) return changes;
    const written = await this.tx.write(changes);
    const missed = changes.find((change) => !written.has(change.after.id));
    if (missed) throw new RevisionConflict(`instance ${missed.after.id} was changed by somebody else`);
    await this.hooks.project?.(changes, this.tx);
    return changes;
  }

  /** As `flush`, when nothing else follows in the transaction: saves the store a round trip. */
  async flushLast(): Promise<readonly InstanceChange[]> {
    if ([...this.progress.values()].some((progress) => progress.isNew)) return this.flush();
    const changes = this.takeChanges();
    if (changes.length === 0) return changes;
    await this.hooks.project?.(changes, this.tx);
    await this.tx.writeLast(changes);
    return changes;
  }

  private takeChanges(): InstanceChange[] {
    const changes = [...this.progress.values()]
      .map((progress) => progress.change())
      .filter((change) => change !== null);
    this.progress.clear();
    this.unknown.clear();
    return changes;
  }

  private record(id: string): InstanceRecord {
    const progress = this.progress.get(id);
    if (!progress) throw new Error(`instance ${id} is not part of this unit of work`);
    return progress.current;
  }

  private resume(loaded: LoadedInstance): InstanceProgress {
    const { lifecycle, version } = loaded.record;
    return InstanceProgress.loaded(this.catalogue.exact(lifecycle, version), loaded, this.tx.now, this.newId);
  }

  private begin(
    lifecycle: Lifecycle,
    id: string,
    input: StoredEvent['input'],
    actor: Actor,
    at: Instant,
  ): void {
    const identity = { organization: this.tx.organization, id };
    const start = { input, actor, at };
    this.progress.set(id, InstanceProgress.started(lifecycle, identity, start, this.tx.now, this.newId));
  }

  private async load(ids: readonly string[], dueBy: Instant): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.progress.has(id) && !this.unknown.has(id));
    if (missing.length === 0) return;
    for (const loaded of await this.tx.lock(missing, Math.max(dueBy, this.tx.now)))
      this.progress.set(loaded.record.id, this.resume(loaded));
    for (const id of missing) if (!this.progress.has(id)) this.unknown.add(id);
  }

  /** Rounds of in-transaction starts and sends, until no transition asks for another. */
  private async followOutward(from: readonly string[]): Promise<void> {
    let asking = from;
    while (asking.length > 0) {
      const asked = asking.flatMap((id) => this.progress.get(id)?.takeOutward() ?? []);
      const latest = asked.reduce((at, request) => Math.max(at, request.at), 0);
      await this.load(
        asked.map((request) => this.targetOf(request)),
        latest,
      );
      for (const request of asked) await this.carryOut(request);
      asking = [...new Set(asked.map((request) => this.targetOf(request)))];
    }
  }

  private targetOf(request: OutwardRequest): string {
    return request.kind === 'send'
      ? request.send.instance
      : this.catalogue.childId(request.from, request.start.key);
  }

  private async carryOut(request: OutwardRequest): Promise<void> {
    const id = this.targetOf(request);
    const actor: Actor = { kind: 'instance', id: request.from };
    if (request.kind === 'send') {
      // As in XState: an event that the receiver does not take in its present state has no effect.
      this.progress.get(id)?.apply(request.send.event, actor, request.at);
      return;
    }
    if (this.progress.has(id)) return;
    const { lifecycle, input } = request.start;
    const pending = { lifecycle, id, input, at: request.at, from: this.record(request.from) };
    const prepared = (await this.hooks.prepareStart?.[lifecycle]?.(pending, this.tx)) ?? input;
    this.begin(this.catalogue.latest(lifecycle), id, prepared, actor, request.at);
  }
}
