import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { TimerSlices } from '@dondoc/workflow/timers/timer-slices';
import { type ProcessorTime } from './processor-time';
import { granted, preciseNow, silent, type Workbench } from './workbench';

/** So long without a commit means that something hangs. */
const PATIENCE_MS = 60_000;

/** What a worker did with timers, seen from outside. Milliseconds. */
export interface Drained {
  /** From due to the answer of the commit that fired it, of each timer. */
  readonly lateness: readonly number[];
  /** From the first due instant to the last commit. */
  readonly took: number;
  readonly processor: ProcessorTime;
  /** Most that the process held at any moment, sampled every 50 ms. */
  readonly rssMb: number;
}

/** What filled the tables before leaves garbage that a worker in a process of its own would not have. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Looks at the memory of this process until it is asked. */
export function watchMemory(): () => number {
  collectGarbage();
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  look();
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    look();
    return Math.round(most / 1_048_576);
  };
}

/** A worker in this process, for timers alone. */
export function timerWorker({ worker, queues }: Workbench): TimerSlices {
  return new TimerSlices(worker.runtime, worker.dataSource, queues, ownerConfiguration().workerUrl, silent);
}

/** What subjects call the effect of the rung that they fire: one each. */
const reminders: ReadonlySet<string> = new Set(['remind', 'notify']);

/**
 * A worker in this process fires `count` timers, each of which asks for one reminder; it is there before the
 * first of them is due, by business time. Nothing is polled: the runtime tells of each commit.
 */
export async function drain(bench: Workbench, count: number, firstDue: number): Promise<Drained> {
  const offset = await bench.clockOffset();
  const lateness: number[] = [];
  let finish: (at: number) => void = () => undefined;
  const finished = new Promise<number>((resolve) => (finish = resolve));
  bench.listen((effects) => {
    const now = preciseNow();
    for (const { effect, at } of effects) if (reminders.has(effect)) lateness.push(now + offset - at);
    if (lateness.length >= count) finish(now);
  });
  const worker = timerWorker(bench);
  const rss = watchMemory();
  let progress = { fired: -1, at: Date.now() };
  let watch: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    watch = setInterval(() => {
      if (lateness.length !== progress.fired) progress = { fired: lateness.length, at: Date.now() };
      else if (Date.now() - progress.at > PATIENCE_MS)
        reject(new Error(`the worker has fired ${lateness.length} of ${count} timers and does not go on`));
    }, 1_000);
  });
  try {
    await worker.start();
    await new Promise((resolve) => setTimeout(resolve, firstDue - offset - 20 - preciseNow()));
    const costOf = await bench.processor.begin();
    const last = await Promise.race([finished, hangs]);
    return { lateness, took: last + offset - firstDue, processor: await costOf(count), rssMb: rss() };
  } finally {
    clearInterval(watch);
    rss();
    bench.listen(() => undefined);
    await worker.stop();
  }
}

/** @throws unless exactly so many timers were fired, each of another instance */
export async function checkFired(bench: Workbench, count: number): Promise<void> {
  const [counted] = granted(
    await bench.api.runtime.transaction(bench.subject.organization, (tx) =>
      tx.query<{ fired: string; instances: string }>(
        `select count(*) as fired, count(distinct instance_id) as instances from workflow.history
         where organization_id = $1 and revision = 2`,
        [bench.subject.organization],
      ),
    ),
  );
  const { fired, instances } = counted ?? { fired: 0, instances: 0 };
  if (Number(fired) !== count || Number(instances) !== count)
    throw new Error(`${fired} timers of ${instances} instances were fired, not ${count}`);
}

export function quantiles(values: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
    return Number(value.toFixed(1));
  };
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
