import { type JobsOptions, type Queue } from 'bullmq';
import { type FaultPoints } from '../engine/fault-points.port';
import { type OutboxRecord } from '../engine/records';
import { type Queues } from '../queue/queues';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type RuntimeLog } from '../runtime/runtime-log';

export const EFFECT_QUEUE = 'effects';

/** What a job says: this organization has effects that wait. Which ones stands in PostgreSQL alone. */
export interface EffectJob {
  readonly organization: string;
}

/** Wake-ups of one organization that may wait or be at work at the same time: so many workers can share its effects. */
const LANES = 4;

const jobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** Is told after a commit what the transitions in it asked for. */
export interface EffectOffers {
  offer(organization: string, asked: readonly OutboxRecord[]): void;
}

/** Wakes workers after a commit that brought effects. A job that is lost, or never got there, is the sweep's to find. */
export class EffectQueue implements EffectOffers {
  private readonly queue: Queue;
  private readonly waiting = new Set<string>();
  private lane = 0;

  constructor(
    private readonly queues: Queues,
    private readonly log: RuntimeLog,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {
    this.queue = queues.queue(EFFECT_QUEUE, jobOptions);
    this.queue.on('error', (error) => this.log.warn({ error }, 'the queue of effects is away'));
  }

  /** Commits that come together share a wake-up. */
  offer(organization: string): void {
    if (this.waiting.size === 0) setImmediate(() => this.wake());
    this.waiting.add(organization);
  }

  async close(): Promise<void> {
    await this.queues.closeQueue(this.queue);
  }

  private wake(): void {
    const organizations = [...this.waiting];
    this.waiting.clear();
    this.lane = (this.lane + 1) % LANES;
    // Not addBulk: on the PostgreSQL backend that creates a sequence, which our roles may not.
    const offers = organizations.map((organization) =>
      this.queue.add('effects', { organization } satisfies EffectJob, {
        jobId: `effects-${organization}-${this.lane}`,
      }),
    );
    const offered = Promise.all(offers).then(() => this.faults?.reach('effects.offered'));
    offered.catch((error: unknown) => {
      this.log.warn({ error, organizations }, 'workers could not be woken; the sweep will see to it');
      tell(this.observer, (observer) => observer.wakeUpsLost('effect', organizations.length));
    });
  }
}
