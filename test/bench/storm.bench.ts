import { comparison, inTurn, measure, type BenchResult, type Measured } from './comparison';
import { drainJobs } from './queue-jobs.limit';
import { type BenchOptions } from './settings';
import { checkFired, drain, quantiles, type Drained } from './timer-worker';
import { preciseNow, type Workbench } from './workbench';

const HOUR = 3_600_000;
const IDLE_BEFORE_MS = 1_500;

const asMeasured = (count: number, { lateness, took, processor, rssMb }: Drained): Measured => ({
  value: count / (took / 1_000),
  detail: {
    drainSeconds: Number((took / 1_000).toFixed(2)),
    latenessMs: quantiles(lateness),
    processor,
    rssMb,
  },
});

/** Instances with a timer due at one instant of business time, which is then moved to just before it. */
async function measureStorm(bench: Workbench, count: number): Promise<Measured> {
  await bench.empty();
  const due = Math.floor(preciseNow() + (await bench.clockOffset())) + HOUR;
  await bench.start(count, () => ({ first: due, later: due + 24 * 30 * HOUR }));
  await bench.settle();
  await bench.moveClockTo(due - IDLE_BEFORE_MS);
  const drained = await drain(bench, count, due);
  await checkFired(bench, count);
  return asMeasured(count, drained);
}

/** Timers of one instant, from due to committed, beside one BullMQ job per timer in the same run. */
export function storm(options: BenchOptions): Promise<BenchResult> {
  return measure(
    {
      name: 'storm',
      unit: 'timers/s',
      poolSize: 16,
      compare: async (bench, { instances, runs }) => {
        const delays = new Array<number>(instances).fill(0);
        return comparison(
          await inTurn(
            runs,
            () => measureStorm(bench, instances),
            async () => asMeasured(instances, await drainJobs(bench, delays)),
          ),
        );
      },
    },
    options,
  );
}
