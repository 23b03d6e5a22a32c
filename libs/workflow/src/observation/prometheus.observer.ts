import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type HistoryEntry } from '../engine/records';
import {
  type ObservedCommit,
  type RequestKind,
  type RetryCause,
  type RuntimeObserver,
} from './runtime-observer';
import { type WaitingWork, type WaitingWorkReader } from './waiting-work';

const PREFIX = 'dondoc_workflow_';

/** From a commit on a fast disk to a request that waited for a lock. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Woken in time, woken by the sweep (15 s), and after an hour, a day, a week with no worker. */
const LAG_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30, 60, 300, 3_600, 86_400, 604_800];
const TOGETHER = [1, 2, 4, 8, 16, 32, 64, 128];
const PER_BATCH = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** Refusal codes come from the application: more than these, or oddly shaped ones, count as `other`. */
const MOST_CODES = 200;
const codeForm = /^[a-z][a-z0-9-]{0,63}$/;

type EntryKind = HistoryEntry['kind'];

/**
 * Keeps what the runtime tells as Prometheus metrics in a registry of its own. Labels are names of definitions
 * (lifecycles, effects, refusal codes) and fixed words: their number does not grow with data, and they name nobody.
 */
export class PrometheusObserver implements RuntimeObserver {
  readonly registry = new Registry();
  private readonly codes = new Set<string>();
  private readonly transitions = this.counter('transitions_total', 'Macrosteps committed', [
    'lifecycle',
    'kind',
  ]);
  private readonly refusals = this.counter('refusals_total', 'Requests answered by a refusal', ['code']);
  private readonly retries = this.counter('retries_total', 'Work done again', ['cause']);
  private readonly requests = this.histogram(
    'request_seconds',
    'From the call of send or transaction to its answer',
    REQUEST_SECONDS,
    ['kind', 'outcome'],
  );
  private readonly commits = this.histogram(
    'commit_seconds',
    'From the begin of a transaction to the answer to its commit',
    REQUEST_SECONDS,
    ['source'],
  );
  private readonly shared = this.histogram('commit_sends', 'Sends that shared a commit', TOGETHER);
  private readonly batchInstances = this.histogram(
    'batch_instances',
    'Instances claimed by a batch',
    PER_BATCH,
  );
  private readonly batchTimers = this.histogram('batch_timers', 'Timers fired by a batch', PER_BATCH);
  private readonly lag = this.histogram(
    'timer_lag_seconds',
    'From the due instant of a timer to the commit of its transition, in business time',
    LAG_SECONDS,
  );
  private readonly effects = this.histogram(
    'effect_seconds',
    'Transaction that hands an effect to its handler',
    REQUEST_SECONDS,
    ['effect', 'outcome'],
  );
  private readonly parkings = this.counter('parkings_total', 'Set aside for a person', ['kind']);
  private readonly lost = this.counter('wake_ups_lost_total', 'Wake-ups not handed over', ['kind']);
  private readonly found = this.counter('swept_total', 'Found by the sweep, not woken for', ['kind']);

  /** @param waiting reads what waits at the moment; without it there are no gauges */
  constructor(waiting?: WaitingWorkReader) {
    for (const cause of ['conflict', 'store', 'alone', 'halved']) this.retries.inc({ cause }, 0);
    for (const kind of ['timer', 'effect']) this.parkings.inc({ kind }, 0);
    for (const kind of ['notification', 'slice', 'effect']) this.lost.inc({ kind }, 0);
    for (const kind of ['timers', 'effects']) this.found.inc({ kind }, 0);
    if (waiting) this.watchWaiting(waiting);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The exposition text. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  committed({ source, size, changes, tookMs }: ObservedCommit): void {
    const steps = new Map<string, Record<EntryKind, number>>();
    let timers = 0;
    for (const { after, entries } of changes) {
      let of = steps.get(after.lifecycle);
      if (!of)
        steps.set(after.lifecycle, (of = { start: 0, event: 0, timer: 0, answer: 0, drop: 0, migrate: 0 }));
      for (const { kind, at, processedAt } of entries) {
        of[kind]++;
        if (kind !== 'timer') continue;
        timers++;
        this.lag.observe(Math.max(0, processedAt - at + tookMs) / 1_000);
      }
    }
    for (const [lifecycle, of] of steps)
      for (const kind of ['start', 'event', 'timer', 'answer', 'drop', 'migrate'] as const)
        if (of[kind] > 0) this.transitions.inc({ lifecycle, kind }, of[kind]);
    this.commits.observe({ source }, tookMs / 1_000);
    if (source === 'sends') this.shared.observe(size);
    if (source !== 'timers') return;
    this.batchInstances.observe(size);
    this.batchTimers.observe(timers);
  }

  answered(kind: RequestKind, outcome: string, tookMs: number): void {
    this.requests.observe({ kind, outcome }, tookMs / 1_000);
  }

  refused(code: string): void {
    const isCounted = this.codes.has(code) || (this.codes.size < MOST_CODES && codeForm.test(code));
    if (isCounted) this.codes.add(code);
    this.refusals.inc({ code: isCounted ? code : 'other' });
  }

  retried(cause: RetryCause): void {
    this.retries.inc({ cause });
  }

  parked(kind: 'timer' | 'effect', count: number): void {
    this.parkings.inc({ kind }, count);
  }

  delivered(effect: string, outcome: string, tookMs: number): void {
    this.effects.observe({ effect, outcome }, tookMs / 1_000);
  }

  wakeUpsLost(kind: string, count: number): void {
    this.lost.inc({ kind }, count);
  }

  swept(kind: string, count: number): void {
    this.found.inc({ kind }, count);
  }

  /** What cannot be read is left out, rather than told as it was some time ago. */
  private watchWaiting(waiting: WaitingWorkReader): void {
    const gauge = (name: string, help: string, value: (work: WaitingWork) => number): void => {
      const made = new Gauge({
        name: PREFIX + name,
        help,
        registers: [this.registry],
        collect: async () => {
          const work = await waiting.read();
          if (work) made.set(value(work));
          else made.remove();
        },
      });
    };
    gauge('outbox_waiting', 'Effects that wait, counted up to 10000', (work) => work.outboxWaiting);
    gauge(
      'outbox_age_seconds',
      'How long the effect that waits longest has been due for delivery',
      (work) => work.outboxAgeSeconds,
    );
    gauge(
      'timer_overdue_seconds',
      'By how much the earliest timer that could fire is overdue, in business time',
      (work) => work.timerOverdueSeconds,
    );
    gauge('parked_timers', 'Timers set aside, counted up to 10000', (work) => work.parkedTimers);
    gauge('parked_effects', 'Effects set aside, counted up to 10000', (work) => work.parkedEffects);
    const readable: Gauge = new Gauge({
      name: `${PREFIX}waiting_readable`,
      help: 'Whether the database told what waits: 1 or 0',
      registers: [this.registry],
      collect: async (): Promise<void> => readable.set((await waiting.read()) ? 1 : 0),
    });
  }

  private counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] });
  }

  private histogram<T extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly T[] = [],
  ): Histogram<T> {
    return new Histogram({ name: PREFIX + name, help, buckets, labelNames, registers: [this.registry] });
  }
}
