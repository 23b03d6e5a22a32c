import { comparison, inTurn, measure, type BenchResult, type Measured } from './comparison';
import { openPlainLoop } from './plain-loop.limit';
import { type ProcessorMeter } from './processor-time';
import { type BenchOptions } from './settings';
import { granted, preciseNow, type Workbench } from './workbench';

const POOL = 16;
const MONTH = 30 * 86_400_000;

/** Both figures of one population. */
interface Both {
  readonly many: Measured;
  readonly one: Measured;
}

/** Runs `act` on ever new indexes with so many in flight for so long. */
async function drive(
  meter: ProcessorMeter,
  inFlight: number,
  seconds: number,
  act: (index: number) => Promise<void>,
): Promise<Measured> {
  const costOf = await meter.begin();
  const began = preciseNow();
  const elapsed = (): number => (preciseNow() - began) / 1_000;
  let done = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (elapsed() < seconds) {
      await act(next++);
      done++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const value = done / elapsed();
  return { value, detail: { processor: await costOf(done) } };
}

async function driveBoth(
  bench: Workbench,
  { inFlight, seconds, instances }: BenchOptions,
  act: (index: number) => Promise<void>,
): Promise<Both> {
  // Far apart, so that neighbours in time are none in the tables.
  const scattered = (index: number): Promise<void> => act((index * 7_919) % instances);
  return {
    many: await drive(bench.processor, inFlight, seconds, scattered),
    one: await drive(bench.processor, 1, seconds, scattered),
  };
}

async function measureLimit(bench: Workbench, options: BenchOptions): Promise<Both> {
  const loop = await openPlainLoop(options.instances, POOL);
  const both = await driveBoth(bench, options, (index) => loop.act(index));
  await loop.close();
  return both;
}

async function measureRuntime(bench: Workbench, options: BenchOptions): Promise<Both> {
  await bench.empty();
  const far = Math.floor(preciseNow() + (await bench.clockOffset())) + MONTH;
  const ids: string[] = [];
  await bench.start(options.instances, () => ({ first: far, later: far + 1 }), {
    started: (some) => ids.push(...some),
  });
  await bench.settle();
  const { api, subject, planned } = bench;
  const actor = { kind: 'system' } as const;
  return driveBoth(bench, options, async (index) => {
    const instance = ids[index] ?? '';
    granted(await api.runtime.send(subject.organization, { instance, event: planned.event, actor }));
  });
}

/** Full durable transitions per second, beside the same-run loop of select and one guarded statement. */
export function transitions(options: BenchOptions): Promise<BenchResult> {
  return measure(
    {
      name: 'transitions',
      unit: 'transitions/s',
      poolSize: POOL,
      compare: async (bench, given) => {
        const pairs = await inTurn(
          given.runs,
          () => measureRuntime(bench, given),
          () => measureLimit(bench, given),
        );
        const of = (which: keyof Both) =>
          pairs.map(({ figure, limit }) => ({ figure: figure[which], limit: limit[which] }));
        return comparison(of('many'), { oneInFlight: comparison(of('one')) });
      },
    },
    options,
  );
}
