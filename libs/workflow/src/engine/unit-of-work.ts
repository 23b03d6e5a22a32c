import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { Agenda } from './agenda';
import { applyCommand } from './apply-command';
import {
  type AnswerCommand,
  type AnswerOutcome,
  type DropTimerCommand,
  type ExpectedInstance,
  type SendCommand,
  type StartCommand,
} from './commands';
import { messageOf } from './error-message';
import { migrateInstance, type MigrationAnswer, type MigrationCommand } from './instance-migration';
import { type InstanceProgress, type TimerFailure } from './instance-progress';
import { isOfAnother, notParked, staleness, unknownInstance } from './instance-refusals';
import { InstancesAtHand, type Bring } from './instances-at-hand';
import { unknownVersion, UnknownVersionError, type LifecycleCatalogue } from './lifecycle-catalogue';
import { type Actor, type InstanceChange, type InstanceRecord } from './records';
import { type NewId, type StoreTransaction } from './store.port';
import { OutwardRequests } from './outward-requests';
import { type WorkHooks } from './work-hooks';

export interface Flushed {
  readonly changes: readonly InstanceChange[];
  /** Timers whose machines failed: set aside with their errors. */
  readonly parked: readonly TimerFailure[];
}

/** Everything that one transaction does to instances: pure steps in memory, then one write. */
export class UnitOfWork<TTransaction extends StoreTransaction> {
  private readonly instances: InstancesAtHand;
  private readonly outward: OutwardRequests<TTransaction>;

  constructor(
    private readonly catalogue: LifecycleCatalogue,
    private readonly tx: TTransaction,
    private readonly hooks: WorkHooks<TTransaction>,
    newId: NewId,
    /** Locked, unless nothing will be written. */
    bring: Bring = (ids) => tx.lock(ids),
  ) {
    this.instances = new InstancesAtHand(catalogue, tx, newId, bring);
    this.outward = new OutwardRequests(catalogue, this.instances, tx, hooks);
  }

  async start(command: StartCommand): Promise<InstanceRecord | Refusal> {
    const started = await this.startMany([command]);
    return Array.isArray(started) ? (started[0] as InstanceRecord) : (started as Refusal);
  }

  /** All or none: one id that is already taken refuses the whole call. */
  async startMany(commands: readonly StartCommand[]): Promise<readonly InstanceRecord[] | Refusal> {
    const ids = commands.map((command) => command.id);
    await this.instances.load(ids);
    for (const { id, lifecycle, input, actor, at } of commands) {
      if (this.instances.isLoaded(id))
        return refusal('already-started', {
          vi: 'Quy trình này đã được bắt đầu.',
          en: 'This instance has already been started.',
        });
      this.instances.begin(this.catalogue.latest(lifecycle), id, input, actor, at ?? this.tx.now);
    }
    await this.outward.follow(ids);
    await this.settle(this.tx.now);
    return ids.map((id) => this.instances.record(id));
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
    await this.instances.load(ids);
    const answers: (InstanceRecord | Refusal)[] = [];
    for (const command of commands) {
      const at = command.at ?? this.tx.now;
      const stale = staleness(command, this.instances.find(command.instance)?.current.revision);
      if (stale === null) await this.settle(at);
      const answer = stale ?? (await this.apply(command));
      if (!isRefusal(answer)) {
        await this.outward.follow([command.instance]);
        await this.settle(at);
      }
      answers.push(isRefusal(answer) ? answer : this.instances.record(command.instance));
    }
    return answers;
  }

  /**
   * Fires what has fallen due in these instances, as a late worker would: acts can then be planned on what is true.
   * The expected revision is what was stored before that: nobody could have seen another.
   */
  async catchUp(instances: readonly ExpectedInstance[]): Promise<Refusal | null> {
    await this.instances.load(instances.map(({ instance }) => instance));
    for (const expected of instances) {
      const foreign = this.instances.findForeign(expected.instance);
      if (foreign) return unknownVersion(foreign);
      const stale = staleness(expected, this.instances.find(expected.instance)?.current.revision);
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
    await this.instances.load(commands.map(({ instance }) => instance));
    // The process that has the version has to bring it: to drop an answer is not this one's to decide.
    for (const { instance } of commands) this.instances.assertNotForeign(instance);
    await this.settle(this.tx.now);
    const outcomes: AnswerOutcome[] = [];
    for (const { instance, invocation, call, answer } of commands) {
      try {
        const isApplied =
          this.instances.find(instance)?.answer(invocation, call, answer, this.tx.now) ?? false;
        outcomes.push(isApplied ? 'answered' : 'dropped');
      } catch (fault) {
        outcomes.push({ fault });
        continue;
      }
      await this.outward.follow([instance]);
      await this.settle(this.tx.now);
    }
    return outcomes;
  }

  /** Gives up a parked timer, so that the later ones of its instance go on. */
  async dropTimer({ instance, timer, actor }: DropTimerCommand): Promise<InstanceRecord | Refusal> {
    await this.instances.load([instance]);
    const foreign = this.instances.findForeign(instance);
    if (foreign) return unknownVersion(foreign);
    if (this.instances.find(instance)?.dropParked(timer, actor) !== true) return notParked();
    await this.settle(this.tx.now);
    return this.instances.record(instance);
  }

  private async apply(command: SendCommand): Promise<InstanceRecord | Refusal> {
    const foreign = this.instances.findForeign(command.instance);
    if (foreign) return unknownVersion(foreign);
    const target = this.instances.find(command.instance);
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
    return this.instances.find(id);
  }

  /**
   * Fires the timers of one instance ahead of their time, with what they ask of others, until nothing more would
   * happen by itself or it has taken `most` steps. What the others' own timers would do is left out. Nothing of it may be
   * written.
   */
  async foresee(id: string, most: number): Promise<void> {
    const ahead = this.instances.find(id);
    const enough = (ahead?.current.revision ?? 0) + most;
    while (ahead && ahead.current.revision < enough) {
      const next = ahead.nextDue(Number.POSITIVE_INFINITY);
      if (!next) return;
      ahead.fireDue(next.dueAt);
      await this.outward.follow([id]);
    }
  }

  /** What the unit has done so far, without giving it up. */
  get changes(): readonly InstanceChange[] {
    return this.instances.all.map((progress) => progress.change()).filter((change) => change !== null);
  }

  /**
   * Runs due timers of everything that is loaded, instant by instant over all instances, each time following what the
   * timers asked of others: a worker that was down comes to what one that was awake would have come to.
   */
  private async settle(asOf: Instant): Promise<void> {
    const agenda = new Agenda();
    const note = (id: string): void => {
      const due = this.instances.find(id)?.nextDue(asOf)?.dueAt;
      if (due !== undefined) agenda.add(due, id);
    };
    for (const id of this.instances.ids) note(id);
    for (let next = agenda.take(); next; next = agenda.take()) {
      const { at, ids } = next;
      // What was noted may have been fired, cancelled or set anew since.
      const wave = ids.filter((id) => this.instances.find(id)?.nextDue(asOf)?.dueAt === at).sort();
      for (const id of wave) this.instances.find(id)?.fireDue(at);
      const asked = await this.outward.follow(wave);
      for (const id of new Set([...wave, ...asked])) note(id);
    }
  }

  /** Runs the due timers of claimed instances. One whose machine fails is parked; the others go on. */
  async fireDue(claimed: readonly InstanceRecord[], asOf: Instant): Promise<void> {
    for (const record of claimed) this.instances.resume(record);
    await this.settle(asOf);
  }

  /**
   * Fires what had fallen due under the old version, then takes each instance from version to version.
   * @returns for each what became of it; when one could not be migrated, nothing of this unit may be written
   */
  async migrate(command: MigrationCommand): Promise<readonly MigrationAnswer[]> {
    await this.instances.load(command.instances);
    await this.settle(this.tx.now);
    return command.instances.map((id): MigrationAnswer => {
      const foreign = this.instances.findForeign(id);
      if (foreign) return { instance: id, error: new UnknownVersionError(foreign) };
      const progress = this.instances.find(id);
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
    const all = this.instances.all;
    if (all.some((progress) => progress.isNew || progress.failed !== null)) return this.flush();
    const flushed = this.takeChanges();
    if (flushed.changes.length === 0) return flushed;
    await this.hooks.project?.(flushed.changes, this.tx);
    await this.tx.writeLast(flushed.changes);
    return flushed;
  }

  private takeChanges(): Flushed {
    const all = this.instances.all;
    const { changes } = this;
    this.instances.clear();
    return {
      changes,
      parked: all.map((progress) => progress.failed).filter((failure) => failure !== null),
    };
  }
}
