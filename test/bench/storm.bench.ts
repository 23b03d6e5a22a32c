import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { TimerSlices } from '@dondoc/workflow/timers/timer-slices';
import { Pool } from 'pg';
import { order } from './order.lifecycle';
import { type ProcessorTime } from './processor-time';
import { settings, summary, type BenchResult } from './settings';
import { emptyTables, openWorkbench, silent, startInstances, type Workbench } from './workbench';

export interface StormOptions {
  readonly instances: number;
  readonly runs: number;
}

interface Jobs {
  /** Timers per second. */
  readonly rate: number;
  readonly processor: ProcessorTime;
}

const waitUntil = async (done: () => Promise<boolean>): Promise<void> => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** One BullMQ job per timer with one transaction each: how it is usually done. */
async function measureJobs(bench: Workbench, count: number): Promise<Jobs> {
  const pool = new Pool({ connectionString: ownerConfiguration().ownerUrl, max: 16 });
  await pool.query(`
    drop schema if exists bench_limit cascade;
    create schema bench_limit;
    create table bench_limit.instance (id integer primary key, version integer) with (fillfactor = 85);
    create table bench_limit.effect (instance integer, at timestamptz default clock_timestamp());`);
  await pool.query('insert into bench_limit.instance select i, 1 from generate_series(0, $1 - 1) i', [count]);
  const queue = bench.queues.queue('storm', { removeOnComplete: true, removeOnFail: true });
  const dueAt = Date.now() + Math.max(3_000, count / 10);
  for (let from = 0; from < count; from += 1_000)
    // Not addBulk: on the PostgreSQL backend that creates a sequence, which our roles may not.
    await Promise.all(
      Array.from({ length: Math.min(1_000, count - from) }, (_, offset) =>
        queue.add(
          'due',
          { instance: from + offset },
          { delay: Math.max(0, dueAt - Date.now()), jobId: `storm-${from + offset}` },
        ),
      ),
    );
  let done = 0;
  const worker = bench.queues.worker(
    'storm',
    async (job: { data: { instance: number } }) => {
      await pool.query({
        name: 'fire',
        text: `with moved as (update bench_limit.instance set version = version + 1 where id = $1 returning id)
               insert into bench_limit.effect (instance) select id from moved`,
        values: [job.data.instance],
      });
      done++;
    },
    { concurrency: 50 },
  );
  await new Promise((resolve) => setTimeout(resolve, dueAt - 50 - Date.now()));
  const costOf = await bench.processor.begin();
  await waitUntil(() => Promise.resolve(done >= count));
  const ended = Date.now();
  const processor = await costOf(count);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  await pool.query('drop schema bench_limit cascade');
  await pool.end();
  return { rate: count / ((ended - dueAt) / 1_000), processor };
}

interface Storm {
  readonly rate: number;
  readonly processor: ProcessorTime;
  readonly rssMb: number;
}

/** Instances whose `after` falls due at one instant, fired by one worker in this process. */
async function measureStorm(bench: Workbench, count: number): Promise<Storm> {
  await emptyTables(bench);
  const dueAt = Date.now() + Math.max(15_000, count / 3);
  const later = dueAt + 30 * 86_400_000;
  await startInstances(bench, count, () => ({
    lifecycle: order.id,
    input: { owner: 'an', dueAt: later, rungs: [dueAt, later, later + 1, later + 2, later + 3] },
  }));
  if (Date.now() > dueAt - 1_000) throw new Error('starting the instances took too long for the due instant');
  const { runtime, dataSource, queues } = bench;
  const worker = new TimerSlices(runtime, dataSource, queues, ownerConfiguration().workerUrl, silent);
  await worker.start();
  await new Promise((resolve) => setTimeout(resolve, dueAt - Date.now()));
  const costOf = await bench.processor.begin();
  await waitUntil(async () => {
    const [{ left }] = await bench.dataSource.query<[{ left: boolean }]>(
      `select exists (select from workflow.timer where due_at <= workflow.now() and timer_id like '%ladder%') as left`,
    );
    return !left;
  });
  const seconds = (Date.now() - dueAt) / 1_000;
  const processor = await costOf(count);
  const rss = process.memoryUsage().rss;
  await worker.stop();
  return {
    rate: count / seconds,
    processor,
    rssMb: rss / 1_048_576,
  };
}

/** Timers of one instant, from due to committed, beside one BullMQ job per timer in the same run. */
export async function storm(options: StormOptions): Promise<BenchResult> {
  const bench = await openWorkbench(order, 16);
  try {
    const runs: { figure: number; limit: number }[] = [];
    const detail: { figure: Storm; limit: Jobs }[] = [];
    for (let run = 0; run < options.runs; run++) {
      const limit = await measureJobs(bench, options.instances);
      const measured = await measureStorm(bench, options.instances);
      detail.push({ figure: measured, limit });
      runs.push({ figure: measured.rate, limit: limit.rate });
    }
    return summary('storm', 'timers/s', runs, await settings(bench.dataSource), {
      ...options,
      queue: bench.queues.kind,
      processor: detail.map(({ figure, limit }) => ({ figure: figure.processor, limit: limit.processor })),
      rssMb: detail.map(({ figure }) => Math.round(figure.rssMb)),
    });
  } finally {
    await bench.close();
  }
}
