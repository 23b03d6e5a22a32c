import { messageOf } from '../engine/error-message';
import { type InstanceChange, type LoadedInstance } from '../engine/records';
import { ConnectionLost, StoreUnavailable, type StoreTransaction } from '../engine/store.port';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Batch, type Transactions } from './transactions';
import { type Work } from './work';

export interface BatchOutcome {
  readonly claimed: number;
  readonly fired: number;
  readonly parked: number;
}

/** Fires due timers in batches; what fails stands alone in the end, and is parked. */
export class TimerFiring<TTransaction extends StoreTransaction> {
  constructor(private readonly transactions: Transactions<TTransaction>) {}

  /** See `WorkflowRuntime.fireDue`. */
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
        await this.transactions.options.faults?.reach('timers.claimed');
        const unit = this.transactions.newUnit(tx);
        await unit.fireDue(claimed, this.coherent(claimed, claim.limit, only !== undefined, tx.now));
        await this.transactions.options.faults?.reach('timers.stepped');
        const flushed = await unit.flushLast();
        parked = flushed.parked.length;
        fired = claimed.length - parked;
        written.push(...flushed.changes);
        return null;
      };
      await this.transactions.watch.batch(() => this.transactions.run(organization, work, { batch }));
      this.transactions.watch.parked(parked);
      return { claimed: claimed.length, fired, parked };
    } catch (error) {
      if (claimed.length === 0 || error instanceof StoreUnavailable) throw error;
      const dueFirst = (instance: LoadedInstance): Instant => instance.due[0]?.dueAt ?? 0;
      const ids = [...claimed].sort((a, b) => dueFirst(a) - dueFirst(b)).map(({ record }) => record.id);
      if (ids.length === 1) {
        if (error instanceof ConnectionLost || this.transactions.isWorthRetrying(error)) throw error;
        // Another worker can fire it: it is left to that one.
        if (this.transactions.declined(error)) return { claimed: 1, fired: 0, parked: 0 };
        const [culprit] = claimed;
        const isParked = await this.transactions.run(organization, (tx) => this.park(tx, culprit, error));
        this.transactions.watch.parked(isParked === true ? 1 : 0);
        return { claimed: 1, fired: 0, parked: isParked === true ? 1 : 0 };
      }
      this.transactions.watch.retried('halved');
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
}
