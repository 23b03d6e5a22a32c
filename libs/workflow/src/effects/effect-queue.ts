import { type JobsOptions, type Queue, type Worker } from 'bullmq';
import { type FaultPoints } from '../engine/fault-points.port';
import { type OutboxRecord } from '../engine/records';
import { type Queues } from '../queue/queues';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type RuntimeLog } from '../runtime/runtime-log';
import { MOST_ATTEMPTS, type EffectAddress, type Outbox } from './outbox';

const EFFECT_QUEUE = 'effects';
const CONCURRENCY = 8;

/** An effect whose job has not come within this time is delivered by the sweep itself. */
const LATE_MS = 10_000;
const SWEEP_MOST = 500;

const jobOptions: JobsOptions = {
  attempts: MOST_ATTEMPTS,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
};

/** Hands committed effects to the workers. A job that is lost, or never got there, is the sweep's to find. */
export class EffectQueue {
  private readonly queue: Queue;

  constructor(
    private readonly queues: Queues,
    private readonly log: RuntimeLog,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {
    this.queue = queues.queue(EFFECT_QUEUE, jobOptions);
    this.queue.on('error', (error) => this.log.warn({ error }, 'the queue of effects is away'));
  }

  offer(organization: string, effects: readonly OutboxRecord[]): void {
    // Not addBulk: on the PostgreSQL backend that creates a sequence, which our roles may not.
    const offers = effects.map(({ id, effect }) =>
      this.queue.add(effect, { organization, id } satisfies EffectAddress, { jobId: `effect-${id}` }),
    );
    const offered = Promise.all(offers).then(() => this.faults?.reach('effects.offered'));
    offered.catch((error: unknown) => {
      this.log.warn(
        { error, effects: effects.length },
        'effects could not be offered; the sweep will see to it',
      );
      tell(this.observer, (observer) => observer.wakeUpsLost('effect', effects.length));
    });
  }

  async close(): Promise<void> {
    await this.queues.closeQueue(this.queue);
  }
}

/** Takes effects from the queue and delivers them. */
export class EffectWorker {
  private worker: Worker | null = null;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly log: RuntimeLog,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {}

  start(): void {
    this.worker = this.queues.worker(
      EFFECT_QUEUE,
      async (job: { data: EffectAddress }) => {
        await this.faults?.reach('effects.taken');
        await this.outbox.deliver(job.data);
      },
      { concurrency: CONCURRENCY },
    );
    this.worker.on('error', (error) => this.log.warn({ error }, 'the queue of effects is away'));
    this.worker.on('failed', (job, error) =>
      this.log.warn({ error, effect: job?.data as unknown, attempt: job?.attemptsMade }, 'an effect failed'),
    );
  }

  async stop(): Promise<void> {
    if (this.worker) await this.queues.closeWorker(this.worker);
  }

  /** Delivers what the queue has lost. */
  async sweep(): Promise<void> {
    const found = await this.outbox.overdue(LATE_MS, SWEEP_MOST);
    tell(this.observer, (observer) => observer.swept('effects', found.length));
    for (const address of found)
      await this.outbox.deliver(address).catch((error: unknown) => {
        this.log.warn({ error, effect: address }, 'an effect failed');
      });
  }
}
