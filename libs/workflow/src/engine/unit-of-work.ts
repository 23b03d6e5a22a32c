import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { Agenda } from './agenda';
import { applyCommand } from './apply-command';
import { LifecycleFault } from './machine-step';
import { messageOf } from './error-message';
import { migrateInstance, type MigrationAnswer, type MigrationCommand } from './instance-migration';
import { InstanceProgress, type OutwardRequest, type TimerFailure } from './instance-progress';
import { unknownVersion, UnknownVersionError, type LifecycleCatalogue } from './lifecycle-catalogue';
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

/** An instance, and the revision that the caller has seen of it. */
export interface ExpectedInstance {
  readonly instance: string;
  /** Refuses with `stale-revision` when the instance has moved on. */
  readonly expectedRevision?: number | undefined;
}

export interface SendCommand extends ExpectedInstance {
  /** Refuses with `unknown-instance` what is an instance of another lifecycle. */
  readonly lifecycle?: string;
  readonly event: StoredEvent;
  readonly actor: Actor;
  readonly at?: Instant;
}

/** The answer of an effect that a state invoked. */
export interface AnswerCommand {
  readonly instance: string;
  /** The child's id in the machine. */
  readonly invocation: string;
  /** Id of the outbox row: of another visit to the state it would be another one. */
  readonly call: string;
  readonly answer: CallAnswer;
}

/** `dropped`: the state was left before. A fault of the machine leaves the instance as it was. */
export type AnswerOutcome = 'answered' | 'dropped' | { readonly fault: unknown };

export interface DropTimerCommand {
  readonly instance: string;
  readonly timer: string;
  readonly actor: Actor;
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

/** What a person is about to do, or asks whether they could. */
export interface AuthorizationRequest {
  readonly actor: Actor;
  /** Event type; what is entered with it is the machine's business. */
  readonly event: string;
  /** As it is at `at`, with what had fallen due before. */
  readonly instance: InstanceRecord;
  readonly lifecycle: Lifecycle;
  readonly at: Instant;
}

/** What an application adds to a unit of work; everything runs in the same transaction. */
export interface WorkHooks<TTransaction extends StoreTransaction> {
  /**
   * Whether this person may do this at all: asked for actors of kind `person` when they send, before the machine is
   * asked, and once for every event when somebody asks what is possible. It must write nothing, and say the same for the
   * same facts. What timers, other instances and the system do is not asked about; nor is starting, which is a decision of
   * the application that starts. A refusal changes nothing.
   */
  readonly authorize?: (
    request: AuthorizationRequest,
    tx: TTransaction,
  ) => Refusal | null | Promise<Refusal | null>;
  /**
   * By lifecycle: completes the input of an instance that a transition starts (a machine looks nothing up). It only
   * reads: it is also asked when somebody looks at what would happen.
   */
  readonly prepareStart?: Readonly<
    Record<string, (start: PendingStart, tx: TTransaction) => Promise<StoredEvent['input']>>
  >;
  /** Keeps projections in step with what was written. */
  readonly project?: (changes: readonly InstanceChange[], tx: TTransaction) => Promise<void>;
}

export interface Flushed {
  readonly changes: readonly InstanceChange[];
  /** Timers whose machines failed: set aside with their errors. */
  readonly parked: readonly TimerFailure[];
}

function unknownReceiver(request: Exclude<OutwardRequest, { kind: 'start' }>, id: string): string {
  const who =
    request.kind === 'send-child'
      ? `it started nothing under the key "${request.send.key}"`
      : 'there is none';
  return `action "${request.action}" of instance ${request.from} sends to an unknown instance (${id}): ${who}`;
}
/** Somebody else has decided on it, it was cancelled meanwhile, or it never was parked. */
export const notParked = (): Refusal =>
  refusal('not-parked', {
    vi: 'Việc này không còn bị treo lại.',
    en: 'This work is not parked, or not any more.',
  });

/** Later than every timer: an instance loaded with what is due by then has all its timers. */
const LAST_INSTANT = 8_640_000_000_000_000;

export const unknownInstance = (): Refusal =>
  refusal('unknown-instance', { vi: 'Không tìm thấy quy trình này.', en: 'There is no such instance.' });

/** Whether the command is meant for an instance of another lifecycle. */
export const isOfAnother = ({ lifecycle }: SendCommand, record: InstanceRecord): boolean =>
  lifecycle !== undefined && lifecycle !== record.lifecycle;

/** Refuses when the instance has moved on since the caller saw it. */
export function staleness(
  { expectedRevision }: ExpectedInstance,
  revision: number | undefined,
): Refusal | null {
  if (revision === undefined || expectedRevision === undefined || expectedRevision === revision) return null;
  return refusal(
    'stale-revision',
    {
      vi: 'Dữ liệu đã được người khác thay đổi; hãy xem bản mới rồi thao tác lại.',
      en: 'Somebody else has changed this in the meantime; look at the present state and try again.',
    },
    { currentRevision: revision },
  );
}

/** Everything that one transaction does to instances: pure steps in memory, then one write. */
export class UnitOfWork<TTransaction extends StoreTransaction> {
  private readonly progress = new Map<string, InstanceProgress>();
  private readonly unknown = new Set<string>();
  /** Instances of versions that this process does not have: locked, never touched. */
  private readonly foreign = new Map<string, InstanceRecord>();

  constructor(
    private readonly catalogue: LifecycleCatalogue,
    private readonly tx: TTransaction,
    private readonly hooks: WorkHooks<TTransaction>,
    private readonly newId: NewId,
    /** How instances are brought in: locked, unless nothing will be written. */
    private readonly bring: (ids: readonly string[], dueBy: Instant) => Promise<readonly LoadedInstance[]> = (
      ids,
      dueBy,
    ) => tx.lock(ids, dueBy),
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
      if (this.progress.has(id) || this.foreign.has(id))
        return refusal('already-started', {
          vi: 'Quy trình này đã được bắt đầu.',
          en: 'This instance has already been started.',
        });
      this.begin(this.catalogue.latest(lifecycle), id, input, actor, at ?? this.tx.now);
    }
    await this.followOutward(ids);
    await this.settle(this.tx.now);
    return ids.map((id) => this.record(id));
  }

  /** Fires what had fallen due, follows what that asked for, and only then applies the event. */
  async send(command: SendCommand): Promise<InstanceRecord | Refusal> {
    const [answer] = await this.sendEach([command]);
    return answer as InstanceRecord | Refusal;
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
      const at = command.at ?? this.tx.now;
      const stale = staleness(command, this.progress.get(command.instance)?.current.revision);
      if (stale === null) await this.settle(at);
      const answer = stale ?? (await this.apply(command));
      if (!isRefusal(answer)) {
        await this.followOutward([command.instance]);
        await this.settle(at);
      }
      answers.push(isRefusal(answer) ? answer : this.record(command.instance));
    }
    return answers;
  }

  /**
   * Fires what has fallen due in these instances, as a late worker would: acts can then be planned on what is true.
   * The expected revision is what was stored before that: nobody could have seen another.
   */
  async catchUp(instances: readonly ExpectedInstance[]): Promise<Refusal | null> {
    await this.load(
      instances.map(({ instance }) => instance),
      this.tx.now,
    );
    for (const expected of instances) {
      const foreign = this.foreign.get(expected.instance);
      if (foreign) return unknownVersion(foreign);
      const stale = staleness(expected, this.progress.get(expected.instance)?.current.revision);
      if (stale) return stale;
    }
    await this.settle(this.tx.now);
    return null;
  }

  /**
   * Brings each answer to its instance, after what had fallen due there; one that the machine fails at changes nothing.
   * The answer of a call that nobody waits for any more has no effect.
   */
  async answerEach(commands: readonly AnswerCommand[]): Promise<readonly AnswerOutcome[]> {
    await this.load(
      commands.map(({ instance }) => instance),
      this.tx.now,
    );
    // The process that has the version has to bring it: to drop an answer is not this one's to decide.
    for (const { instance } of commands) this.assertNotForeign(instance);
    await this.settle(this.tx.now);
    const outcomes: AnswerOutcome[] = [];
    for (const { instance, invocation, call, answer } of commands) {
      try {
        const isApplied = this.progress.get(instance)?.answer(invocation, call, answer, this.tx.now) ?? false;
        outcomes.push(isApplied ? 'answered' : 'dropped');
      } catch (fault) {
        outcomes.push({ fault });
        continue;
      }
      await this.followOutward([instance]);
      await this.settle(this.tx.now);
    }
    return outcomes;
  }

  /** Gives up a parked timer, so that the later ones of its instance go on. */
  async dropTimer({ instance, timer, actor }: DropTimerCommand): Promise<InstanceRecord | Refusal> {
    await this.load([instance], this.tx.now);
    const foreign = this.foreign.get(instance);
    if (foreign) return unknownVersion(foreign);
    if (this.progress.get(instance)?.dropParked(timer, actor) !== true) return notParked();
    await this.settle(this.tx.now);
    return this.record(instance);
  }

  private async apply(command: SendCommand): Promise<InstanceRecord | Refusal> {
    const foreign = this.foreign.get(command.instance);
    if (foreign) return unknownVersion(foreign);
    const target = this.progress.get(command.instance);
    if (!target || isOfAnother(command, target.current)) return unknownInstance();
    const at = command.at ?? this.tx.now;
    const refused = await this.authorize(target, command.actor, command.event.type, at);
    return refused ?? applyCommand(target, command, at) ?? target.current;
  }

  /** Why this person may not do this, or `null`. */
  async authorize(
    { current: instance, lifecycle }: InstanceProgress,
    actor: Actor,
    event: string,
    requestedAt: Instant,
  ): Promise<Refusal | null> {
    if (actor.kind !== 'person' || !this.hooks.authorize) return null;
    const at = Math.max(requestedAt, instance.at);
    return this.hooks.authorize({ actor, event, instance, lifecycle, at }, this.tx);
  }

  /** How an instance stands in this unit of work. */
  standing(id: string): InstanceProgress | undefined {
    return this.progress.get(id);
  }

  /**
   * Fires the timers of one instance ahead of their time, with what they ask of others, until nothing more would
   * happen by itself or it has taken `most` steps. What the others' own timers would do is left out. Nothing of it may be
   * written.
   */
  async foresee(id: string, most: number): Promise<void> {
    const ahead = this.progress.get(id);
    const enough = (ahead?.current.revision ?? 0) + most;
    while (ahead && ahead.current.revision < enough) {
      const next = ahead.nextDue(Number.POSITIVE_INFINITY);
      if (!next) return;
      ahead.fireDue(next.dueAt);
      await this.followOutward([id]);
    }
  }

  /** What the unit has done so far, without giving it up. */
  get changes(): readonly InstanceChange[] {
    return [...this.progress.values()]
      .map((progress) => progress.change())
      .filter((change) => change !== null);
  }

  /**
   * Runs due timers of everything that is loaded, instant by instant over all instances, each time following what the
   * timers asked of others: a worker that was down comes to what one that was awake would have come to.
   */
  private async settle(asOf: Instant): Promise<void> {
    const agenda = new Agenda();
    const note = (id: string): void => {
      const due = this.progress.get(id)?.nextDue(asOf)?.dueAt;
      if (due !== undefined) agenda.add(due, id);
    };
    for (const id of this.progress.keys()) note(id);
    for (let next = agenda.take(); next; next = agenda.take()) {
      const { at, ids } = next;
      // What was noted may have been fired, cancelled or set anew since.
      const wave = ids.filter((id) => this.progress.get(id)?.nextDue(asOf)?.dueAt === at).sort();
      for (const id of wave) this.progress.get(id)?.fireDue(at);
      const asked = await this.followOutward(wave);
      for (const id of new Set([...wave, ...asked])) note(id);
    }
  }

  /** Runs the due timers of claimed instances. One whose machine fails is parked; the others go on. */
  async fireDue(claimed: readonly LoadedInstance[], asOf: Instant): Promise<void> {
    for (const loaded of claimed) this.resume(loaded);
    await this.settle(asOf);
  }

  /**
   * Fires what had fallen due under the old version, then takes each instance from version to version.
   * @returns for each what became of it; when one could not be migrated, nothing of this unit may be written
   */
  async migrate(command: MigrationCommand): Promise<readonly MigrationAnswer[]> {
    await this.load(command.instances, LAST_INSTANT);
    await this.settle(this.tx.now);
    return command.instances.map((id): MigrationAnswer => {
      const foreign = this.foreign.get(id);
      if (foreign) return { instance: id, error: new UnknownVersionError(foreign) };
      const progress = this.progress.get(id);
      if (!progress) return { instance: id, error: new Error('there is no such instance') };
      return migrateInstance(this.catalogue, progress, command, this.tx.now);
    });
  }

  /** Writes everything, then lets projections follow. */
  async flush(): Promise<Flushed> {
    const flushed = this.takeChanges();
    const { changes, parked } = flushed;
    if (changes.length > 0) {
      await this.tx.write(changes);
      await this.hooks.project?.(changes, this.tx);
    }
    for (const { instance, timer, error } of parked) await this.tx.park(instance, timer, messageOf(error));
    return flushed;
  }

  /** As `flush`, when nothing else follows in the transaction: saves the store a round trip. */
  async flushLast(): Promise<Flushed> {
    const all = [...this.progress.values()];
    if (all.some((progress) => progress.isNew || progress.failed !== null)) return this.flush();
    const flushed = this.takeChanges();
    if (flushed.changes.length === 0) return flushed;
    await this.hooks.project?.(flushed.changes, this.tx);
    await this.tx.writeLast(flushed.changes);
    return flushed;
  }

  private takeChanges(): Flushed {
    const all = [...this.progress.values()];
    const { changes } = this;
    this.progress.clear();
    this.unknown.clear();
    this.foreign.clear();
    return {
      changes,
      parked: all.map((progress) => progress.failed).filter((failure) => failure !== null),
    };
  }

  private record(id: string): InstanceRecord {
    const progress = this.progress.get(id);
    if (!progress) throw new Error(`instance ${id} is not part of this unit of work`);
    return progress.current;
  }

  private resume(loaded: LoadedInstance): void {
    const { id, lifecycle, version } = loaded.record;
    const known = this.catalogue.find(lifecycle, version);
    if (known) this.progress.set(id, InstanceProgress.loaded(known, loaded, this.tx.now, this.newId));
    else this.foreign.set(id, loaded.record);
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
    const missing = [...new Set(ids)].filter((id) => !this.isLoaded(id) && !this.unknown.has(id));
    if (missing.length === 0) return;
    for (const loaded of await this.bring(missing, Math.max(dueBy, this.tx.now))) this.resume(loaded);
    for (const id of missing) if (!this.isLoaded(id)) this.unknown.add(id);
  }

  /** @throws UnknownVersionError */
  private assertNotForeign(id: string): void {
    const foreign = this.foreign.get(id);
    if (foreign) throw new UnknownVersionError(foreign);
  }

  private isLoaded(id: string): boolean {
    return this.progress.has(id) || this.foreign.has(id);
  }

  /**
   * Rounds of in-transaction starts and sends, until no transition asks for another.
   * @returns the instances that were asked
   */
  private async followOutward(from: readonly string[]): Promise<readonly string[]> {
    const reached: string[] = [];
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
      reached.push(...asking);
    }
    return reached;
  }

  private targetOf(request: OutwardRequest): string {
    switch (request.kind) {
      case 'start':
        return this.catalogue.childId(request.from, request.start.key);
      case 'send':
        return request.send.instance;
      case 'send-child':
        return this.catalogue.childId(request.from, request.send.key);
      case 'send-parent':
        // Whoever has none cannot have asked for it.
        return this.record(request.from).parent ?? request.from;
    }
  }

  private async carryOut(request: OutwardRequest): Promise<void> {
    const id = this.targetOf(request);
    const actor: Actor = { kind: 'instance', id: request.from };
    if (request.kind !== 'start') {
      this.assertNotForeign(id);
      const target = this.progress.get(id);
      if (!target) throw new LifecycleFault(unknownReceiver(request, id));
      target.fireDue(request.at);
      // As in XState: an event that the receiver does not take in its present state has no effect.
      target.apply(request.kind === 'send-parent' ? request.event : request.send.event, actor, request.at);
      return;
    }
    if (this.isLoaded(id)) return;
    const { lifecycle, input } = request.start;
    const pending = { lifecycle, id, input, at: request.at, from: this.record(request.from) };
    const prepared = (await this.hooks.prepareStart?.[lifecycle]?.(pending, this.tx)) ?? input;
    this.begin(this.catalogue.latest(lifecycle), id, prepared, actor, request.at);
  }
}
