import { messageOf } from '../engine/error-message';
import { firstToFire, type InstanceChange, type InstanceRecord } from '../engine/records';
import { ConnectionLost, StoreUnavailable, type StoreTransaction } from '../engine/store.port';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Batch, type Transactions } from './transactions';
import { type Work } from './work';

export interface BatchOutcome {
  readonly claimed: number;
  readonly fired: number;
  readonly parked: number;
}

const dueFirst = ({ timers: [first] }: InstanceRecord): Instant => first?.dueAt ?? 0;

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
    let claimed: InstanceRecord[] = [];
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
      const ids = [...claimed].sort((a, b) => dueFirst(a) - dueFirst(b)).map(({ id }) => id);
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
   * that.
   */
  private coherent(claimed: readonly InstanceRecord[], limit: number, half: boolean, now: Instant): Instant {
    if (claimed.length < limit && !half) return now;
    return Math.max(...claimed.map(dueFirst));
  }

  /** @returns false when the timer has been fired, cancelled, set anew or parked since it failed */
  private async park(
    tx: StoreTransaction,
    culprit: InstanceRecord | undefined,
    error: unknown,
  ): Promise<boolean> {
    const failed = culprit && firstToFire(culprit);
    if (!failed) return false;
    const [present] = await tx.lock([culprit.id]);
    const first = present && firstToFire(present);
    if (first?.id !== failed.id || first.sequence !== failed.sequence) return false;
    await tx.park(culprit.id, failed.id, messageOf(error));
    return true;
  }
}
