import { type DataSource } from 'typeorm';
import { type Sealer } from '../audit/sealer';
import { checkHandlers, type EffectHandlers } from '../effects/effect-handler';
import { EffectWorker } from '../effects/effect-worker';
import { Outbox } from '../effects/outbox';
import { type FaultPoints } from '../engine/fault-points.port';
import { type RuntimeObserver } from '../observation/runtime-observer';
import { warnOfUnknownVersions } from '../postgres/versions';
import { hearBrokenConnections } from '../postgres/pool-client';
import { type Queues } from '../queue/queues';
import { TimerSlices } from '../timers/timer-slices';
import { type Lifecycles } from '../runtime/lifecycles';
import { newUuid, type PostgresRuntime } from './postgres.runtime';
import { type RuntimeLog } from '../runtime/runtime-log';

/** How late, at worst, something becomes when the queue loses it. */
export const SWEEP_MS = 15_000;

const UPKEEP_MS = 3_600_000;
const SEAL_EVERY_MS = 24 * 3_600_000;
const PARTITION_MONTHS_AHEAD = 3;

export interface WorkflowWorkerOptions {
  readonly runtime: PostgresRuntime;
  readonly dataSource: DataSource;
  readonly lifecycles: Lifecycles;
  readonly queues: Queues;
  readonly handlers: EffectHandlers;
  /** Connection for LISTEN; must not go through a pooler in transaction mode. */
  readonly wakeUpUrl: string;
  readonly log: RuntimeLog;
  readonly sweepMs?: number;
  /** Makes a checkpoint of what each of these organizations wrote, once a day. */
  readonly seal?: { readonly sealer: Sealer; readonly organizations: () => Promise<readonly string[]> };
  readonly observer?: RuntimeObserver | undefined;
  /** For tests only. */
  readonly faults?: FaultPoints | undefined;
}

/** Fires timers and delivers effects, woken by the queue and, whatever happens to the queue, by its own sweep. */
export class WorkflowWorker {
  private readonly slices: TimerSlices;
  private readonly effects: EffectWorker;
  private readonly timeouts = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private starting: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(private readonly options: WorkflowWorkerOptions) {
    const { runtime, dataSource, lifecycles, queues, handlers, wakeUpUrl } = options;
    const { log, observer, faults } = options;
    checkHandlers(lifecycles.effects, handlers);
    this.slices = new TimerSlices(runtime, dataSource, queues, wakeUpUrl, log, observer, faults);
    const outbox = new Outbox({
      runtime,
      dataSource,
      lifecycles,
      handlers,
      newId: newUuid,
      observer,
      faults,
    });
    this.effects = new EffectWorker(queues, outbox, log, observer, faults);
  }

  start(): Promise<void> {
    this.starting = this.begin();
    return this.starting;
  }

  /** Whether the connection that wakes it is there; without it timers come with the sweep. */
  get isListening(): boolean {
    return this.slices.isListening;
  }

  /** At any moment: what has begun, the start as well, comes to its end first. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.timeouts.forEach((timeout) => clearTimeout(timeout));
    this.slices.interrupt();
    this.effects.interrupt();
    await Promise.allSettled([this.starting, ...this.running]);
    await Promise.all([this.slices.stop(), this.effects.stop()]);
  }

  private async begin(): Promise<void> {
    const { dataSource, lifecycles, log } = this.options;
    hearBrokenConnections(dataSource);
    this.effects.start();
    await this.slices.start();
    await this.sweep();
    this.background(() => warnOfUnknownVersions(dataSource, lifecycles, log));
    this.every(this.options.sweepMs ?? SWEEP_MS, () => this.sweep());
    this.background(() => this.seal());
    this.every(UPKEEP_MS, () => this.upkeep());
  }

  private async sweep(): Promise<void> {
    await this.options.faults?.reach('sweep.begun');
    await this.slices.sweep();
    await this.effects.sweep();
  }

  private async upkeep(): Promise<void> {
    const { dataSource } = this.options;
    await dataSource.query(`delete from workflow.idempotency where expires_at < now()`);
    await dataSource.query(`select workflow.create_partitions($1)`, [PARTITION_MONTHS_AHEAD]);
    await this.seal();
  }

  private async seal(): Promise<void> {
    const { seal, log } = this.options;
    if (!seal) return;
    const made = await seal.sealer.sealDue(await seal.organizations(), SEAL_EVERY_MS);
    if (made > 0) log.info({ made }, 'sealed the history into checkpoints');
  }

  /** Runs it beside everything else; `stop` waits for it, and a failure is logged. */
  private background(run: () => Promise<void>, ended: () => void = () => undefined): void {
    const running = run()
      .catch((error: unknown) => {
        this.options.log.error({ error }, 'upkeep of the runtime failed; it will be tried again');
      })
      .then(() => {
        this.running.delete(running);
        ended();
      });
    this.running.add(running);
  }

  /** One run after the other, never two at once; a failed run is logged and the next one comes as usual. */
  private every(milliseconds: number, run: () => Promise<void>): void {
    const next = (): void => {
      if (this.stopping) return;
      const timeout = setTimeout(() => {
        this.timeouts.delete(timeout);
        this.background(run, next);
      }, milliseconds);
      this.timeouts.add(timeout);
    };
    next();
  }
}
