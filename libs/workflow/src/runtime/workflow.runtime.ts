import { type JsonValue } from '../engine/canonical-json';
import { type InstanceChange, type InstanceRecord, type LoadedInstance } from '../engine/records';
import { type IdempotencyKey, type NewId, type Store, type StoreTransaction } from '../engine/store.port';
import {
  messageOf,
  RevisionConflict,
  UnitOfWork,
  type LifecycleCatalogue,
  type ExpectedInstance,
  type SendCommand,
  type StartCommand,
  type WorkHooks,
} from '../engine/unit-of-work';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { SendLane, type SendAnswer } from './send-lane';

/** What application code does in one transaction: the store's own means, plus `start` and `send`. */
export type Work<TTransaction extends StoreTransaction> = TTransaction & {
  start(command: StartCommand): Promise<InstanceRecord | Refusal>;
  /** Starts many at once: one read, one write. */
  startMany(commands: readonly StartCommand[]): Promise<readonly InstanceRecord[] | Refusal>;
  send(command: SendCommand): Promise<InstanceRecord | Refusal>;
  /**
   * Fires what has fallen due in these instances, so that an act can be planned on the state that is true now. Part of
   * the transaction: a refusal undoes it, and the worker fires it later.
   */
  catchUp(instances: readonly ExpectedInstance[]): Promise<Refusal | null>;
};

export interface WorkflowRuntimeOptions<TTransaction extends StoreTransaction> {
  readonly catalogue: LifecycleCatalogue;
  readonly store: Store<TTransaction>;
  readonly newId: NewId;
  readonly hooks?: WorkHooks<TTransaction>;
  /** Called after the commit with everything that was written: wake-ups and metrics, never state. */
  readonly committed?: (changes: readonly InstanceChange[]) => void;
  /** Whether an error of the store means "try the transaction again" (deadlock, serialization). */
  readonly isTransient?: (error: unknown) => boolean;
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

export class WorkflowRuntime<TTransaction extends StoreTransaction> {
  private readonly catalogue: LifecycleCatalogue;
  private readonly hooks: WorkHooks<TTransaction>;
  private readonly lanes = new Map<string, SendLane>();

  constructor(private readonly options: WorkflowRuntimeOptions<TTransaction>) {
    this.catalogue = options.catalogue;
    this.hooks = options.hooks ?? {};
  }

  /**
   * Runs `work` in one transaction of one organization. A refusal that `work` returns rolls everything back and is
   * the answer. Deadlocks and lost races are tried again, so `work` must not do anything outside the transaction.
   */
  transaction<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return this.run(organization, work);
  }

  private async run<T>(
    organization: string,
    work: (tx: Work<TTransaction>, written: InstanceChange[]) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    for (let attempt = 1; ; attempt++) {
      const written: InstanceChange[] = [];
      try {
        const result = await this.options.store.transaction(organization, async (tx) => {
          const answer = await work(this.withCommands(tx, written), written);
          if (isRefusal(answer)) throw new Refused(answer);
          return answer;
        });
        if (written.length > 0) this.options.committed?.(written);
        return result;
      } catch (error) {
        if (error instanceof Refused) return error.refusal;
        if (!this.isWorthRetrying(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Sends one event in a transaction of its own, shared with other sends that arrive meanwhile: each is answered by
   * itself, and a refused or failing one leaves the others alone.
   */
  send(organization: string, command: SendCommand): Promise<InstanceRecord | Refusal> {
    const lane =
      this.lanes.get(organization) ??
      new SendLane((commands) => this.sendTogether(organization, commands), SENDS_TOGETHER, LANES);
    this.lanes.set(organization, lane);
    return lane.add(command);
  }

  private async sendTogether(
    organization: string,
    commands: readonly SendCommand[],
  ): Promise<readonly SendAnswer[]> {
    const ids = [...new Set(commands.map(({ instance }) => instance))];
    try {
      let written: readonly InstanceChange[] = [];
      const answers = await this.options.store.transaction(
        organization,
        async (tx) => {
          const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
          const each: SendAnswer[] = [];
          for (const answer of await unit.sendEach(commands)) each.push({ answer });
          ({ changes: written } = await unit.flushLast());
          return each;
        },
        ids,
      );
      if (written.length > 0) this.options.committed?.(written);
      return answers;
    } catch (error) {
      const [only] = commands;
      if (commands.length > 1) {
        // Somebody among them fails: everyone goes alone.
        const alone = commands.map((command) => this.sendTogether(organization, [command]));
        return (await Promise.all(alone)).flat();
      }
      if (only && this.isWorthRetrying(error))
        return [await this.settle(this.transaction(organization, (tx) => tx.send(only)))];
      return [{ error }];
    }
  }

  private async settle(answer: Promise<InstanceRecord | Refusal>): Promise<SendAnswer> {
    try {
      return { answer: await answer };
    } catch (error) {
      return { error };
    }
  }

  private isWorthRetrying(error: unknown): boolean {
    return error instanceof RevisionConflict || this.options.isTransient?.(error) === true;
  }

  /**
   * `transaction` under an idempotency key: the first answer is kept and given again to the same request, which
   * then has no second effect. Refusals are not kept: asked again, the question is decided anew.
   */
  async once<T extends JsonValue>(
    organization: string,
    key: IdempotencyKey,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
  ): Promise<{ readonly answer: T; readonly replayed: boolean } | Refusal> {
    return this.transaction(organization, async (tx) => {
      const recalled = await tx.recall(key);
      if (recalled.kind === 'seen') return { answer: recalled.answer as T, replayed: true };
      if (recalled.kind === 'reused')
        return refusal('idempotency-key-reused', {
          vi: 'Khóa chống gửi lặp này đã dùng cho một yêu cầu khác.',
          en: 'This idempotency key was already used for another request.',
        });
      const answer = await work(tx);
      if (isRefusal(answer)) return answer;
      await tx.remember(key, answer);
      return { answer, replayed: false };
    });
  }

  /**
   * Claims instances with due timers and runs those timers. A batch that fails in the store or in a projection is
   * halved until the culprit stands alone; its timer is then parked.
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
    try {
      await this.run(organization, async (tx, written) => {
        claimed = await tx.claimDue({ ...claim, ...(only && { only }) });
        const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
        await unit.fireDue(claimed, this.coherent(claimed, claim.limit, tx.now));
        const flushed = await unit.flushLast();
        parked = flushed.parked.length;
        fired = claimed.length - parked;
        written.push(...flushed.changes);
        return null;
      });
      return { claimed: claimed.length, fired, parked };
    } catch (error) {
      if (claimed.length === 0) throw error;
      const ids = claimed.map((instance) => instance.record.id);
      if (ids.length === 1) {
        const [culprit] = claimed;
        await this.transaction(organization, async (tx) => {
          if (culprit) await this.park(tx, culprit, error);
          return null;
        });
        return { claimed: 1, fired: 0, parked: 1 };
      }
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

  /** A full claim leaves more behind: nothing later than what it has seen may fire before that. */
  private coherent(claimed: readonly LoadedInstance[], limit: number, now: Instant): Instant {
    if (claimed.length < limit) return now;
    return claimed.reduce((latest, { due }) => Math.max(latest, due[0]?.dueAt ?? 0), 0);
  }

  private async park(tx: StoreTransaction, instance: LoadedInstance, error: unknown): Promise<void> {
    const timer = instance.due[0];
    if (timer) await tx.park(instance.record.id, timer.id, messageOf(error));
  }

  private withCommands(tx: TTransaction, written: InstanceChange[]): Work<TTransaction> {
    const within = async <T>(
      command: (unit: UnitOfWork<TTransaction>) => Promise<T | Refusal>,
    ): Promise<T | Refusal> => {
      const unit = new UnitOfWork(this.catalogue, tx, this.hooks, this.options.newId);
      const answer = await command(unit);
      if (!isRefusal(answer)) written.push(...(await unit.flush()).changes);
      return answer;
    };
    return Object.assign(tx, {
      start: (command: StartCommand) => within((unit) => unit.start(command)),
      startMany: (commands: readonly StartCommand[]) => within((unit) => unit.startMany(commands)),
      send: (command: SendCommand) => within((unit) => unit.send(command)),
      catchUp: (instances: readonly ExpectedInstance[]) => within((unit) => unit.catchUp(instances)),
    });
  }
}
