import { type Worker } from 'bullmq';
import { type FaultPoints } from '../engine/fault-points.port';
import { type Queues } from '../queue/queues';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type RuntimeLog } from '../runtime/runtime-log';
import { EFFECT_QUEUE, type EffectJob } from './effect-queue';
import { type FailedAttempt } from './conclusion';
import { type Outbox } from './outbox';
import { OutsideCalls } from './outside-calls';

const CONCURRENCY = 8;

/** Effects in one transaction: so many savepoints cost PostgreSQL little. */
const BATCH = 50;

/** Outside effects that one process carries out at the same time. */
const MOST_OUTSIDE = 32;

/** Carries out the effects of the organizations it is woken for, and by its sweep those that nobody woke it for. */
export class EffectWorker {
  private worker: Worker | null = null;
  private stopping = false;
  private readonly draining = new Set<Promise<void>>();
  private readonly calls: OutsideCalls;
  /** Slots that are kept free for what is being leased. */
  private leasing = 0;
  /** Organizations with more outside effects than there was room for. */
  private readonly hungry = new Set<string>();
  private readonly retries = new Map<string, { readonly at: number; readonly timeout: NodeJS.Timeout }>();

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly log: RuntimeLog,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {
    const ended = (organization: string, failures: readonly FailedAttempt[]): void => {
      this.tell(organization, failures);
      this.feed();
    };
    this.calls = new OutsideCalls(outbox, MOST_OUTSIDE, log, ended, faults);
  }

  start(): void {
    const work = async (job: { data: EffectJob }): Promise<void> => {
      await this.faults?.reach('effects.taken');
      await this.drain(job.data.organization);
    };
    this.worker = this.queues.worker(EFFECT_QUEUE, work, { concurrency: CONCURRENCY });
    this.worker.on('error', (error) => this.log.warn({ error }, 'the queue of effects is away'));
    // A wake-up is lost while its job is at work: what came after the last look is found by this one.
    this.worker.on('completed', (job) => void this.drain((job.data as EffectJob).organization));
  }

  /** Ends every drain after the batch that is under way. */
  interrupt(): void {
    this.stopping = true;
    this.retries.forEach(({ timeout }) => clearTimeout(timeout));
    this.retries.clear();
  }

  async stop(): Promise<void> {
    this.interrupt();
    if (this.worker) await this.queues.closeWorker(this.worker);
    await Promise.all(this.draining);
    await this.calls.stop();
  }

  /** Carries out what the queue has lost, what comes again after a failure, and what a killed process had taken. */
  async sweep(): Promise<void> {
    let found = 0;
    const count = (taken: number): void => void (found += taken);
    for (const organization of await this.outbox.organizations()) await this.drain(organization, count);
    tell(this.observer, (observer) => observer.swept('effects', found));
  }

  /** @param taken told how many effects it found */
  private drain(organization: string, taken?: (effects: number) => void): Promise<void> {
    const drained = this.deliver(organization, taken)
      .then(() => this.lease(organization, taken))
      .catch((error: unknown) => {
        this.log.error({ error, organization }, 'effects could not be carried out; they will be tried again');
      })
      .finally(() => this.draining.delete(drained));
    this.draining.add(drained);
    return drained;
  }

  private async deliver(organization: string, taken?: (effects: number) => void): Promise<void> {
    while (!this.stopping) {
      const { claimed, failures } = await this.outbox.deliver(organization, BATCH);
      this.tell(organization, failures);
      taken?.(claimed);
      if (claimed < BATCH) return;
    }
  }

  /** Takes as many outside effects as there is room for; they go on by themselves. */
  private async lease(organization: string, taken?: (effects: number) => void): Promise<void> {
    if (this.stopping) return;
    const room = this.calls.free - this.leasing;
    if (room <= 0) {
      this.hungry.add(organization);
      return;
    }
    this.leasing += room;
    try {
      const { leased, failures } = await this.outbox.lease(organization, room);
      await this.faults?.reach('outside.leased');
      leased.forEach((effect) => this.calls.begin(effect));
      this.tell(organization, failures);
      taken?.(leased.length + failures.length);
      if (leased.length + failures.length === room) this.hungry.add(organization);
    } finally {
      this.leasing -= room;
    }
  }

  private feed(): void {
    const [organization] = this.hungry;
    if (organization === undefined || this.stopping) return;
    this.hungry.delete(organization);
    void this.drain(organization);
  }

  private tell(organization: string, failures: readonly FailedAttempt[]): void {
    for (const { parked, ...failure } of failures)
      if (parked) this.log.error({ organization, ...failure }, 'an effect was parked');
      else this.log.warn({ organization, ...failure }, 'an effect failed');
    const pauses = failures.filter(({ parked }) => !parked).map(({ pauseMs }) => pauseMs);
    if (pauses.length > 0) this.retryIn(organization, Math.min(...pauses));
  }

  /** Should this process not live to see it, the sweep of another one does. */
  private retryIn(organization: string, pauseMs: number): void {
    const at = Date.now() + pauseMs;
    const known = this.retries.get(organization);
    if (this.stopping || (known && known.at <= at)) return;
    if (known) clearTimeout(known.timeout);
    const timeout = setTimeout(() => {
      this.retries.delete(organization);
      void this.drain(organization);
    }, pauseMs);
    this.retries.set(organization, { at, timeout });
  }
}
