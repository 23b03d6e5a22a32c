import { comparison, inTurn, measure, type BenchResult, type Measured } from './comparison';
import { drainJobs } from './queue-jobs.limit';
import { type BenchOptions } from './settings';
import { checkFired, drain, quantiles, type Drained } from './timer-worker';
import { preciseNow, type Workbench } from './workbench';

const BEFORE_FIRST_MS = 1_500;
const MONTH = 30 * 86_400_000;

function asMeasured({ lateness, processor }: Drained): Measured {
  const { p50, p99, max } = quantiles(lateness);
  return { value: p50, detail: { p50, p99, max, processor } };
}

async function measureLateness(bench: Workbench, delays: readonly number[]): Promise<Measured> {
  await bench.empty();
  const firstDue = Math.floor(preciseNow() + (await bench.clockOffset())) + 60_000;
  await bench.start(delays.length, (index) => {
    const first = firstDue + Math.floor(delays[index] ?? 0);
    return { first, later: firstDue + MONTH };
  });
  await bench.moveClockTo(firstDue - BEFORE_FIRST_MS);
  const drained = await drain(bench, delays.length, firstDue);
  await checkFired(bench, delays.length);
  return asMeasured(drained);
}

/** Timers spread over some seconds: from due to committed, the median, beside one delayed BullMQ job each. */
export function lateness(options: BenchOptions): Promise<BenchResult> {
  const delays = Array.from({ length: options.instances }, (_, index) =>
    Math.floor((index * options.seconds * 1_000) / options.instances),
  );
  return measure(
    {
      name: 'lateness',
      unit: 'ms (p50; less is better)',
      poolSize: 10,
      compare: async (bench, { runs }) =>
        comparison(
          await inTurn(
            runs,
            () => measureLateness(bench, delays),
            async () => asMeasured(await drainJobs(bench, delays)),
          ),
          { clock: 'from the due instant to the answer of the commit, by the clock of the database' },
        ),
    },
    options,
  );
}
