import { type Queue, type Worker } from 'bullmq';
import { type DataSource } from 'typeorm';
import { type FaultPoints } from '../engine/fault-points.port';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type RuntimeLog } from '../runtime/runtime-log';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { allShards, SHARDS } from '../postgres/shards';
import { NEXT_DUE, NEXT_KNOWN_DUE } from '../postgres/statements';
import { type Queues } from '../queue/queues';
import { type BatchOutcome } from '../runtime/timer-firing';
import { type WorkflowRuntime } from '../runtime/workflow.runtime';
import { InterruptibleSleep } from './interruptible-sleep';
import { announce, WakeUpListener } from './wake-ups';

/** A timer due within this many milliseconds is near enough for a worker to hold its shard and wait for it. */
export const HORIZON_MS = 60_000;

/** Instances per transaction. */
const BATCH = 250;
const AFTER_FAILURE_MS = 1_000;
/** Pause before a shard is handed on in which only other versions have something due. */
const NOT_OURS_MS = 500;

export const SLICE_QUEUE = 'timers';

export interface SliceJob {
  readonly shard: number;
}

/** Options of a slice job: one per shard at a time, gone when done or failed, so that it can be added again. */
export const sliceJobOptions = (shard: number) => ({
  jobId: `slice-${shard}`,
  removeOnComplete: true,
  removeOnFail: true,
});

interface NextDue {
  readonly organization_id: string;
  readonly wait: number;
}

/**
 * Fires timers. A worker that gets the slice job of a shard holds the shard while something is due within the
 * horizon, sleeping until the next due instant; a wake-up cuts the sleep short. The job is only a wake-up: the sweep
 * fires overdue timers without it.
 */
export class TimerSlices {
  private readonly held = new Map<number, InterruptibleSleep>();
  /** Shards whose offer is on its way, and whether somebody asked for another meanwhile. */
  private readonly offering = new Map<number, { again: boolean }>();
  /**
   * Shard and organization where something was due and nothing could be claimed: while that lasts, the question is asked
   * again for the lifecycle versions that this process has. Without it, a timer of another version keeps the holder busy.
   */
  private readonly elsewhere = new Set<string>();
  /** Shards that were let go of because only other versions have something near in them. */
  private readonly handedOn = new Set<number>();
  private readonly listener: WakeUpListener;
  private readonly queue: Queue;
  private worker: Worker | null = null;
  private stopping = false;

  constructor(
    private readonly runtime: WorkflowRuntime<PostgresTransaction>,
    private readonly dataSource: DataSource,
    private readonly queues: Queues,
    wakeUpUrl: string,
    private readonly log: RuntimeLog,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {
    this.queue = queues.queue(SLICE_QUEUE, {});
    this.queue.on('error', (error) => this.log.warn({ error }, 'the queue of timer slices is away'));
    this.listener = new WakeUpListener(
      wakeUpUrl,
      (shard) => this.wake(shard),
      (error) => this.log.warn({ error }, 'wake-ups interrupted'),
    );
  }

  async start(): Promise<void> {
    const hold = (job: { data: SliceJob }): Promise<void> => this.hold(job.data.shard);
    this.worker = this.queues.worker(SLICE_QUEUE, hold, { concurrency: SHARDS });
    this.worker.on('error', (error) => this.log.warn({ error }, 'the queue of timer slices is away'));
    this.worker.on('completed', (job) => void this.letGo((job.data as SliceJob).shard));
    await this.listener.start();
  }

  get isListening(): boolean {
    return this.listener.isConnected;
  }

  /** Ends every drain after the batch that is under way, and every sleep. */
  interrupt(): void {
    this.stopping = true;
    this.held.forEach((sleep) => sleep.signal());
  }

  async stop(): Promise<void> {
    this.interrupt();
    await this.listener.stop();
    if (this.worker) await this.queues.closeWorker(this.worker);
    await this.queues.closeQueue(this.queue);
  }

  /** Fires what is overdue by itself, and offers shards with near timers to whoever is free. */
  async sweep(): Promise<void> {
    for (const shard of allShards) {
      const next = await this.nextDue(shard);
      const own = await this.own(shard, next);
      if (own.some(({ wait }) => wait <= 0)) {
        const found = await this.fire(shard, own);
        tell(this.observer, (observer) => observer.swept('timers', found));
      }
      // Not awaited: a queue that is away may answer never.
      if (own.length > 0) void this.offer(shard);
    }
  }

  private async hold(shard: number): Promise<void> {
    const alreadyHeld = this.held.get(shard);
    if (alreadyHeld) {
      alreadyHeld.signal();
      return;
    }
    const sleep = new InterruptibleSleep();
    this.held.set(shard, sleep);
    try {
      await this.faults?.reach('slice.held');
      while (!this.stopping) {
        // A wake-up that comes while the next due instant is being read must not be lost.
        sleep.reset();
        const near = await this.nextDue(shard);
        const next = await this.own(shard, near);
        const first = next[0];
        if (!first) {
          // What is near is for other versions: the shard is handed on when its job is done.
          if (near.length > 0) this.handedOn.add(shard);
          if (near.length > 0) await sleep.sleep(NOT_OURS_MS);
          return;
        }
        if (first.wait > 0) await sleep.sleep(Math.min(first.wait, HORIZON_MS));
        else if ((await this.fire(shard, next)) === 0) await sleep.sleep(AFTER_FAILURE_MS);
      }
    } finally {
      this.held.delete(shard);
      await this.faults?.reach('slice.released');
    }
  }

  /** What was committed between the last look and the removal of the job is seen by the look that an offer takes. */
  private async letGo(shard: number): Promise<void> {
    if (!this.handedOn.delete(shard)) return this.offer(shard);
    // Workers that have the versions for it offer the shard when they hear of it.
    await announce(this.dataSource, [shard]).catch((error: unknown) => {
      this.log.warn({ error, shard }, 'a slice could not be handed on; the sweep will see to it');
    });
  }

  /**
   * Drains every organization of the shard that has something due, a batch of each in turn: a large one does not hold
   * up the others. @returns how many instances were dealt with
   */
  private async fire(shard: number, next: readonly NextDue[]): Promise<number> {
    let dealtWith = 0;
    const reached = new Set<string>();
    let waiting = next.filter(({ wait }) => wait <= 0).map(({ organization_id }) => organization_id);
    while (waiting.length > 0) {
      const left: string[] = [];
      for (const organization of waiting) {
        if (this.stopping) return dealtWith;
        const batch = await this.fireBatch(shard, organization);
        const done = batch ? batch.fired + batch.parked : 0;
        if (batch && done === 0 && !reached.has(organization)) this.elsewhere.add(`${shard} ${organization}`);
        if (done === 0) continue;
        dealtWith += done;
        reached.add(organization);
        left.push(organization);
      }
      waiting = left;
    }
    return dealtWith;
  }

  private async fireBatch(shard: number, organization: string): Promise<BatchOutcome | null> {
    try {
      const batch = await this.runtime.fireDue(organization, { limit: BATCH, shard });
      if (batch.parked > 0) this.log.error({ organization, shard, parked: batch.parked }, 'timers parked');
      return batch;
    } catch (error) {
      this.log.error({ error, organization, shard }, 'timers could not be fired; they will be tried again');
      return null;
    }
  }

  private nextDue(shard: number): Promise<NextDue[]> {
    return this.dataSource.query<NextDue[]>(NEXT_DUE, [shard, HORIZON_MS]);
  }

  /** Of what is near, what this process can fire as far as it knows. */
  private async own(shard: number, next: readonly NextDue[]): Promise<readonly NextDue[]> {
    if (this.elsewhere.size === 0) return next;
    const own: NextDue[] = [];
    for (const due of next) own.push(...(await this.ownDue(shard, due)));
    return own.sort((a, b) => a.wait - b.wait);
  }

  /** What this process itself can fire in an organization: other versions are left to other workers. */
  private async ownDue(shard: number, due: NextDue): Promise<NextDue[]> {
    const key = `${shard} ${due.organization_id}`;
    if (!this.elsewhere.has(key)) return [due];
    if (due.wait > 0) {
      this.elsewhere.delete(key);
      return [due];
    }
    const versions = this.runtime.catalogue.all;
    const found = await this.dataSource.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.organization', $1, true)`, [due.organization_id]);
      return manager.query<{ wait: number }[]>(NEXT_KNOWN_DUE, [
        due.organization_id,
        shard,
        versions.map(({ id }) => id),
        versions.map(({ version }) => version),
      ]);
    });
    const near = found.filter(({ wait }) => wait <= HORIZON_MS);
    return near.map(({ wait }) => ({ ...due, wait }));
  }

  private async offer(shard: number): Promise<void> {
    if (this.stopping || this.held.has(shard)) return;
    const underWay = this.offering.get(shard);
    if (underWay) {
      underWay.again = true;
      return;
    }
    const offer = { again: false };
    this.offering.set(shard, offer);
    try {
      if ((await this.own(shard, await this.nextDue(shard))).length === 0) return;
      await this.queue.add('slice', { shard } satisfies SliceJob, sliceJobOptions(shard));
      await this.faults?.reach('slice.offered');
    } catch (error) {
      this.log.warn({ error, shard }, 'a slice could not be offered; the sweep will see to it');
      tell(this.observer, (observer) => observer.wakeUpsLost('slice', 1));
    } finally {
      this.offering.delete(shard);
      if (offer.again) void this.offer(shard);
    }
  }

  private wake(shard: number | null): void {
    for (const each of shard === null ? allShards : [shard]) {
      const sleeping = this.held.get(each);
      if (sleeping) sleeping.signal();
      else void this.offer(each);
    }
  }
}
