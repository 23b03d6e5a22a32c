import { type Queue, type Worker } from 'bullmq';
import { type DataSource } from 'typeorm';
import { type RuntimeLog } from '../runtime/runtime-log';
import { type PostgresTransaction } from '../postgres/postgres.store';
import { allShards, SHARDS } from '../postgres/shards';
import { NEXT_DUE } from '../postgres/statements';
import { type Queues } from '../queue/queues';
import { type WorkflowRuntime } from '../runtime/workflow.runtime';
import { InterruptibleSleep } from './interruptible-sleep';
import { WakeUpListener } from './wake-ups';

/** A timer due within this many milliseconds is near enough for a worker to hold its shard and wait for it. */
export const HORIZON_MS = 60_000;

/** Instances per transaction. */
const BATCH = 500;
const AFTER_FAILURE_MS = 1_000;

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
    this.worker = this.queues.worker(SLICE_QUEUE, hold, {
      concurrency: SHARDS,
      lockDuration: 15_000,
      stalledInterval: 15_000,
    });
    this.worker.on('error', (error) => this.log.warn({ error }, 'the queue of timer slices is away'));
    // What was committed between the last look and the removal of the job is seen by this look.
    this.worker.on('completed', (job) => void this.offer((job.data as SliceJob).shard));
    await this.listener.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.held.forEach((sleep) => sleep.signal());
    await this.listener.stop();
    await this.worker?.close();
    await this.queue.close();
  }

  /** Fires what is overdue by itself, and offers shards with near timers to whoever is free. */
  async sweep(): Promise<void> {
    for (const shard of allShards) {
      const next = await this.nextDue(shard);
      if (next.some(({ wait }) => wait <= 0)) await this.fire(shard, next);
      if (next.length > 0) await this.offer(shard);
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
      while (!this.stopping) {
        // A wake-up that comes while the next due instant is being read must not be lost.
        sleep.reset();
        const next = await this.nextDue(shard);
        const first = next[0];
        if (!first) return;
        if (first.wait > 0) await sleep.sleep(Math.min(first.wait, HORIZON_MS));
        else if ((await this.fire(shard, next)) === 0) await sleep.sleep(AFTER_FAILURE_MS);
      }
    } finally {
      this.held.delete(shard);
    }
  }

  /** Drains every organization of the shard that has something due. @returns how many instances were dealt with */
  private async fire(shard: number, next: readonly NextDue[]): Promise<number> {
    let dealtWith = 0;
    for (const { organization_id: organization, wait } of next) {
      if (wait > 0) continue;
      try {
        for (;;) {
          const batch = await this.runtime.fireDue(organization, { limit: BATCH, shard });
          if (batch.parked > 0)
            this.log.error({ organization, shard, parked: batch.parked }, 'timers parked');
          dealtWith += batch.fired + batch.parked;
          if (batch.claimed === 0) break;
        }
      } catch (error) {
        this.log.error({ error, organization, shard }, 'timers could not be fired; they will be tried again');
      }
    }
    return dealtWith;
  }

  private nextDue(shard: number): Promise<NextDue[]> {
    return this.dataSource.query<NextDue[]>(NEXT_DUE, [shard, HORIZON_MS]);
  }

  private async offer(shard: number): Promise<void> {
    if (this.stopping || this.held.has(shard)) return;
    try {
      if ((await this.nextDue(shard)).length === 0) return;
      await this.queue.add('slice', { shard } satisfies SliceJob, sliceJobOptions(shard));
    } catch (error) {
      this.log.warn({ error, shard }, 'a slice could not be offered; the sweep will see to it');
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
