import { type SendCommand } from '../engine/commands';
import { type InstanceRecord } from '../engine/records';
import { type StoreTransaction } from '../engine/store.port';
import { type Refusal } from '../lifecycle/refusal';
import { type RepeatableCall, type TimedCall } from './call';
import { CallLimit } from './call-limit';
import {
  InstanceMigrations,
  type MigrateInstancesOptions,
  type MigrationPort,
  type MigrationReport,
} from './instance-migrations';
import { RuntimeCalls } from './runtime-calls';
import { type WorkflowRuntimeOptions } from './runtime-options';
import { SharedSends } from './shared-sends';
import { TimerFiring, type BatchOutcome } from './timer-firing';
import { Transactions } from './transactions';
import { type Work } from './work';

/** The runtime over one store: transactions, sends that share a commit, due timers. */
export class WorkflowRuntime<TTransaction extends StoreTransaction> extends RuntimeCalls<TTransaction> {
  private readonly transactions: Transactions<TTransaction>;
  private readonly sends: SharedSends<TTransaction>;
  private readonly timers: TimerFiring<TTransaction>;

  constructor(options: WorkflowRuntimeOptions<TTransaction>) {
    super(options.catalogue, options.store, options.hooks ?? {});
    this.transactions = new Transactions(options);
    this.sends = new SharedSends(this.transactions);
    this.timers = new TimerFiring(this.transactions);
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
    return this.transactions.watch.request('transaction', () => {
      if (timeLimitMs === undefined) return this.transactions.answering(organization, work);
      const limit = new CallLimit(timeLimitMs);
      return limit.around(this.transactions.answering(organization, work, { limit }));
    });
  }

  /** As `transaction`, for workers that carry out effects: nobody waits for it, so it is no request. */
  background<T>(organization: string, work: (tx: Work<TTransaction>) => Promise<T>): Promise<T> {
    // Nothing here answers with a refusal.
    return this.transactions.run(organization, work, { batch: { source: 'effects', size: 0 } }) as Promise<T>;
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
      this.transactions
        .run(of, async (tx, written) => {
          const unit = this.transactions.newUnit(tx);
          return { answer: await work(tx, unit, written) };
        })
        .then((outcome) => (outcome as { answer: Awaited<ReturnType<typeof work>> }).answer);
    const port = { catalogue: this.transactions.options.catalogue, transaction };
    return new InstanceMigrations(port, organization, lifecycle, options).run();
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
    const add = () => this.sends.add(organization, command, limit);
    return this.transactions.watch.request('send', () => (limit ? limit.around(add()) : add()), command);
  }

  /**
   * Claims instances with due timers and runs those timers. A batch that fails in the store or in a projection is
   * halved until the culprit stands alone; its timer is then parked.
   * @throws what is nobody's fault: a lost connection, a store that cannot work, or races that were lost too often.
   * Nothing is parked for it.
   */
  fireDue(
    organization: string,
    claim: { readonly limit: number; readonly shard?: number },
  ): Promise<BatchOutcome> {
    return this.timers.fireDue(organization, claim);
  }
}
