import { messageOf } from '../engine/error-message';
import { UnknownVersionError, type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { type FaultPoints } from '../engine/fault-points.port';
import { type InstanceChange, type InstanceRecord, type LoadedInstance } from '../engine/records';
import {
  ConnectionLost,
  RevisionConflict,
  StoreUnavailable,
  type NewId,
  type Store,
  type StoreTransaction,
  type TimeLimit,
} from '../engine/store.port';
import { UnitOfWork, type SendCommand, type WorkHooks } from '../engine/unit-of-work';
import { sendUnlocked } from '../engine/unlocked-sends';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { type ObservedCommit, type RetryCause, type RuntimeObserver } from '../observation/runtime-observer';
import { Watch } from '../observation/watch';
import { type RepeatableCall, type TimedCall } from './call';
import { CallLimit, sharedLimit } from './call-limit';
import {
  InstanceMigrations,
  type MigrateInstancesOptions,
  type MigrationPort,
  type MigrationReport,
} from './instance-migrations';
import { RuntimeCalls } from './runtime-calls';
import { SendLane, type LimitedCommand, type SendAnswer } from './send-lane';
import { workIn, type Work } from './work';

export interface WorkflowRuntimeOptions<TTransaction extends StoreTransaction> {
  readonly catalogue: LifecycleCatalogue;
  readonly store: Store<TTransaction>;
  readonly newId: NewId;
  readonly hooks?: WorkHooks<TTransaction>;
  /** Called after the commit with everything that was written: wake-ups, never state. */
  readonly committed?: (changes: readonly InstanceChange[]) => void;
  /** Whether an error of the store means "try the transaction again" (deadlock, serialization). */
  readonly isTransient?: (error: unknown) => boolean;
  /** Whether such an error means that somebody else has changed the instance meanwhile. */
  readonly isConflict?: (error: unknown) => boolean;
  readonly observer?: RuntimeObserver | undefined;
  /** The refusal that an error of the store stands for, if it stands for one. */
  readonly declined?: (error: unknown) => Refusal | null;
  /** For tests only. */
  readonly faults?: FaultPoints | undefined;
}

type Batch = { -readonly [K in 'source' | 'size']: ObservedCommit[K] };

interface Attempted {
  readonly batch?: Batch;
  readonly limit?: TimeLimit | undefined;
}

const ATTEMPTS = 8;

/** Sends of one organization that share a commit at most, and how many such commits run side by side. */
const SENDS_TOGETHER = 128;
const LANES = 2;

/** Carries a refusal out of a transaction so that everything in it is rolled back. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

export interface BatchOutcome {
  readonly claimed: number;
  readonly fired: number;
  readonly parked: number;
}

/** The runtime over one store: transactions, sends that share a commit, due timers. */
export class WorkflowRuntime<TTransaction extends StoreTransaction> extends RuntimeCalls<TTransaction> {
  private readonly lanes = new Map<string, SendLane>();
  private readonly watch: Watch;

  constructor(private readonly options: WorkflowRuntimeOptions<TTransaction>) {
    super(options.catalogue, options.store, options.hooks ?? {});
    this.watch = new Watch(options.observer);
  }

  /**
   * Runs `work` in one transaction of one organization. A refusal that `work` returns rolls everything back and is
   * the answer. Deadlocks and lost races are tried again, so `work` must not do anything outside the transaction.
   */
  transaction<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    { timeLimitMs }: TimedCall = {},
  ): Promise<T | Refusal> {
    return this.watch.request('transaction', () => {
      if (timeLimitMs === undefined) return this.answering(organization, work);
      const limit = new CallLimit(timeLimitMs);
      return limit.around(this.answering(organization, work, { limit }));
    });
  }

  /** As `transaction`, for workers that carry out effects: nobody waits for it, so it is no request. */
  background<T>(organization: string, work: (tx: Work<TTransaction>) => Promise<T>): Promise<T> {
    // Nothing here answers with a refusal.
    return this.run(organization, work, { batch: { source: 'effects', size: 0 } }) as Promise<T>;
  }

  private answering<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    attempted: Attempted = {},
  ): Promise<T | Refusal> {
    return this.run(organization, work, attempted).catch((error: unknown) => {
      const declined = this.declined(error);
      if (declined) return declined;
      throw error;
    });
  }

  /**
   * Takes the open instances of an organization that are on lower versions to another one, in batches that are each a
   * transaction, in the order of their ids. One that cannot go there is reported and stays as it is. Run again, it goes
   * on with what is left.
   */
  migrateInstances(
    organization: string,
    lifecycle: string,
    options: MigrateInstancesOptions,
  ): Promise<MigrationReport> {
    const transaction: MigrationPort['transaction'] = (of, work) =>
      this.run(of, async (tx, written) => {
        const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
        return { answer: await work(tx, unit, written) };
      }).then((outcome) => (outcome as { answer: Awaited<ReturnType<typeof work>> }).answer);
    const port = { catalogue: this.catalogue, transaction };
    return new InstanceMigrations(port, organization, lifecycle, options).run();
  }

  /** What another process can do, and this one cannot, is a refusal. */
  private declined(error: unknown): Refusal | null {
    if (error instanceof UnknownVersionError) return error.refusal;
    return this.options.declined?.(error) ?? null;
  }

  private async run<T>(
    organization: string,
    work: (tx: Work<TTransaction>, written: InstanceChange[]) => Promise<T | Refusal>,
    { batch = { source: 'transaction', size: 1 }, limit }: Attempted = {},
  ): Promise<T | Refusal> {
    const kind = batch.source === 'timers' ? 'timers' : 'act';
    for (let attempt = 1; ; attempt++) {
      const written: InstanceChange[] = [];
      let began = 0;
      let result: T;
      try {
        const within = async (tx: TTransaction): Promise<T> => {
          began = performance.now();
          const answer = await work(this.workIn(tx, written), written);
          if (isRefusal(answer)) throw new Refused(answer);
          await this.options.faults?.reach(`${kind}.written`);
          return answer;
        };
        result = await this.store.transaction(organization, within, undefined, limit);
      } catch (error) {
        if (error instanceof Refused) return error.refusal;
        if (!this.isWorthRetrying(error) || attempt === ATTEMPTS) throw error;
        this.watch.retried(this.causeOf(error));
        continue;
      }
      await this.options.faults?.reach(`${kind}.committed`);
      this.wrote({ ...batch, changes: written }, began);
      return result;
    }
  }

  private wrote(commit: Omit<ObservedCommit, 'tookMs'>, began: number): void {
    if (commit.changes.length > 0) this.options.committed?.(commit.changes);
    this.watch.committed(commit, began);
  }

  /**
   * Sends one event in a transaction of its own, shared with other sends that arrive meanwhile: each is answered by
   * itself, and a refused or failing one leaves the others alone. Under an idempotency key it goes by itself.
   * @throws TimeLimitExceeded
   */
  async send(
    organization: string,
    command: SendCommand,
    { idempotency, timeLimitMs }: RepeatableCall = {},
  ): Promise<InstanceRecord | Refusal> {
    const timed = timeLimitMs === undefined ? {} : { timeLimitMs };
    if (idempotency)
      return this.repeatable(organization, (tx) => tx.send(command), { idempotency, ...timed });
    const limit = timeLimitMs === undefined ? undefined : new CallLimit(timeLimitMs);
    const lane =
      this.lanes.get(organization) ??
      new SendLane(
        (limited) =>
          this.watch.sharing(
            limited.map(({ command: sent }) => sent),
            () => this.sendTogether(organization, limited),
          ),
        SENDS_TOGETHER,
        LANES,
      );
    this.lanes.set(organization, lane);
    const add = () => lane.add(command, limit);
    return this.watch.request('send', () => (limit ? limit.around(add()) : add()), command);
  }

  /** Most sends need nothing but their own instance; the others, and those that lose a race, go under locks. */
  private async sendTogether(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly SendAnswer[]> {
    const answers: (SendAnswer | null)[] = [...(await this.tryUnlocked(organization, limited))];
    const left = limited.filter((_, place) => answers[place] === null);
    if (left.length === 0) return answers.filter((answer) => answer !== null);
    const locked = await this.sendLocked(organization, left);
    let next = 0;
    return answers.map((answer) => answer ?? locked[next++] ?? { error: new Error('unanswered') });
  }

  /** Who has to be asked about, and who has no time to lose, goes under locks. */
  private mayGoUnlocked({ command, limit }: LimitedCommand): boolean {
    const isAskedAbout = this.hooks.authorize !== undefined && command.actor.kind === 'person';
    return !this.hooks.project && !isAskedAbout && limit === undefined;
  }

  /** @returns `null` for each command that has to go under locks */
  private async tryUnlocked(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly (SendAnswer | null)[]> {
    const free = limited.filter((each) => this.mayGoUnlocked(each));
    if (free.length === 0) return limited.map(() => null);
    const sent = new Map<LimitedCommand, SendAnswer>();
    const commands = free.map(({ command }) => command);
    const ids = [...new Set(commands.map(({ instance }) => instance))];
    let changes: readonly InstanceChange[] = [];
    let answers: readonly (InstanceRecord | Refusal | null)[] = [];
    let began = 0;
    try {
      await this.store.unlocked(organization, ids, (reading) => {
        began = performance.now();
        ({ changes, answers } = sendUnlocked(this.catalogue, reading, commands, this.options.newId));
        return changes;
      });
    } catch (error) {
      if (this.isWorthRetrying(error)) this.watch.retried(this.causeOf(error));
      const isLost = error instanceof ConnectionLost;
      return limited.map((each) => (isLost && free.includes(each) ? { error } : null));
    }
    await this.options.faults?.reach('send.committed');
    answers.forEach((answer, place) => {
      const of = free[place];
      if (of && answer !== null) sent.set(of, { answer });
    });
    this.wrote({ source: 'sends', size: sent.size, changes }, began);
    return limited.map((each) => sent.get(each) ?? null);
  }

  private async sendLocked(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly SendAnswer[]> {
    const commands = limited.map(({ command }) => command);
    const ids = [...new Set(commands.map(({ instance }) => instance))];
    let written: readonly InstanceChange[] = [];
    let began = 0;
    let answers: readonly SendAnswer[];
    try {
      answers = await this.store.transaction(
        organization,
        async (tx) => {
          began = performance.now();
          await this.options.faults?.reach('send.read');
          const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
          const each: SendAnswer[] = [];
          for (const answer of await unit.sendEach(commands)) each.push({ answer });
          await this.options.faults?.reach('send.stepped');
          ({ changes: written } = await unit.flushLast());
          await this.options.faults?.reach('send.written');
          return each;
        },
        ids,
        sharedLimit(limited.map(({ limit }) => limit)),
      );
    } catch (error) {
      // Perhaps all of it was carried out: who asked must look before asking again.
      if (error instanceof ConnectionLost || error instanceof StoreUnavailable)
        return limited.map(() => ({ error }));
      const [only] = limited;
      if (limited.length > 1) {
        // Somebody among them fails, or has no more time: everyone goes alone.
        this.watch.retried('alone');
        const alone = limited.map((command) => this.sendLocked(organization, [command]));
        return (await Promise.all(alone)).flat();
      }
      if (only && this.isWorthRetrying(error)) {
        this.watch.retried(this.causeOf(error));
        const { command, limit } = only;
        return [await this.settle(this.answering(organization, (tx) => tx.send(command), { limit }))];
      }
      const declined = this.declined(error);
      if (declined) return [{ answer: declined }];
      return [{ error }];
    }
    await this.options.faults?.reach('send.committed');
    this.wrote({ source: 'sends', size: commands.length, changes: written }, began);
    return answers;
  }

  private async settle(answer: Promise<InstanceRecord | Refusal>): Promise<SendAnswer> {
    try {
      return { answer: await answer };
    } catch (error) {
      return { error };
    }
  }

  private causeOf(error: unknown): RetryCause {
    const isConflict = error instanceof RevisionConflict || this.options.isConflict?.(error) === true;
    return isConflict ? 'conflict' : 'store';
  }

  private isWorthRetrying(error: unknown): boolean {
    return error instanceof RevisionConflict || this.options.isTransient?.(error) === true;
  }

  /**
   * Claims instances with due timers and runs those timers. A batch that fails in the store or in a projection is
   * halved until the culprit stands alone; its timer is then parked.
   * @throws what is nobody's fault: a lost connection, a store that cannot work, or races that were lost too often.
   * Nothing is parked for it.
   */
  async fireDue(
    organization: string,
    claim: { readonly limit: number; readonly shard?: number },
  ): Promise<BatchOutcome> {
    return this.fireClaim(organization, claim, undefined);
  }

  private async fireClaim(
    organization: string,
    claim: { readonly limit: number; readonly shard?: number },
    only: readonly string[] | undefined,
  ): Promise<BatchOutcome> {
    let claimed: LoadedInstance[] = [];
    let parked = 0;
    let fired = 0;
    const batch: Batch = { source: 'timers', size: 0 };
    try {
      const work = async (tx: Work<TTransaction>, written: InstanceChange[]): Promise<null> => {
        claimed = await tx.claimDue({ ...claim, ...(only && { only }) });
        batch.size = claimed.length;
        await this.options.faults?.reach('timers.claimed');
        const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
        await unit.fireDue(claimed, this.coherent(claimed, claim.limit, only !== undefined, tx.now));
        await this.options.faults?.reach('timers.stepped');
        const flushed = await unit.flushLast();
        parked = flushed.parked.length;
        fired = claimed.length - parked;
        written.push(...flushed.changes);
        return null;
      };
      await this.watch.batch(() => this.run(organization, work, { batch }));
      this.watch.parked(parked);
      return { claimed: claimed.length, fired, parked };
    } catch (error) {
      if (claimed.length === 0 || error instanceof StoreUnavailable) throw error;
      const dueFirst = (instance: LoadedInstance): Instant => instance.due[0]?.dueAt ?? 0;
      const ids = [...claimed].sort((a, b) => dueFirst(a) - dueFirst(b)).map(({ record }) => record.id);
      if (ids.length === 1) {
        if (error instanceof ConnectionLost || this.isWorthRetrying(error)) throw error;
        // Another worker can fire it: it is left to that one.
        if (this.declined(error)) return { claimed: 1, fired: 0, parked: 0 };
        const [culprit] = claimed;
        const isParked = await this.run(organization, (tx) => this.park(tx, culprit, error));
        this.watch.parked(isParked === true ? 1 : 0);
        return { claimed: 1, fired: 0, parked: isParked === true ? 1 : 0 };
      }
      this.watch.retried('halved');
      const middle = Math.ceil(ids.length / 2);
      const first = await this.fireClaim(organization, claim, ids.slice(0, middle));
      const second = await this.fireClaim(organization, claim, ids.slice(middle));
      return {
        claimed: ids.length,
        fired: first.fired + second.fired,
        parked: first.parked + second.parked,
      };
    }
  }

  /**
   * A full claim leaves more behind, as one half of a batch does: nothing later than what it has seen may fire before
   * that. A claim is full when it has found as many timers, of however many instances.
   */
  private coherent(claimed: readonly LoadedInstance[], limit: number, half: boolean, now: Instant): Instant {
    const timers = claimed.reduce((count, { due }) => count + due.length, 0);
    if (timers < limit && !half) return now;
    return claimed.reduce((latest, { due }) => Math.max(latest, due[0]?.dueAt ?? 0), 0);
  }

  /** @returns false when the timer has been fired, cancelled, set anew or parked since it failed */
  private async park(
    tx: StoreTransaction,
    culprit: LoadedInstance | undefined,
    error: unknown,
  ): Promise<boolean> {
    const failed = culprit?.due[0];
    if (!culprit || !failed) return false;
    const [present] = await tx.lock([culprit.record.id], tx.now);
    const first = present?.due[0];
    if (first?.id !== failed.id || first.sequence !== failed.sequence || first.parked) return false;
    await tx.park(culprit.record.id, failed.id, messageOf(error));
    return true;
  }

  private workIn(tx: TTransaction, written: InstanceChange[]): Work<TTransaction> {
    const newUnit = () => new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
    return workIn(tx, newUnit, (changes) => written.push(...changes));
  }
}
