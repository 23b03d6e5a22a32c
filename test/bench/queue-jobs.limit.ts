import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { Pool } from 'pg';
import { type Drained, watchMemory } from './timer-worker';
import { preciseNow, type Workbench } from './workbench';

/** BullMQ on a queue in PostgreSQL takes longer to be given a job. */
const ENQUEUED_PER_MS = { redis: 10, postgres: 1 };

/**
 * How timers are usually done: one BullMQ job each, which does its one transaction.
 * @param delays milliseconds from the moment at which the first one is due, ascending
 */
export async function drainJobs(bench: Workbench, delays: readonly number[]): Promise<Drained> {
  const count = delays.length;
  const pool = new Pool({ connectionString: ownerConfiguration().ownerUrl, max: 16 });
  await pool.query(`
    drop schema if exists bench_limit cascade;
    create schema bench_limit;
    create table bench_limit.instance (id integer primary key, version integer) with (fillfactor = 85);
    create table bench_limit.effect (instance integer, at timestamptz default clock_timestamp());`);
  await pool.query('insert into bench_limit.instance select i, 1 from generate_series(0, $1 - 1) i', [count]);
  await pool.query('vacuum (analyze) bench_limit.instance');
  const queue = bench.queues.queue('jobs', { removeOnComplete: true, removeOnFail: true });
  const firstDue = Date.now() + Math.max(1_500, count / ENQUEUED_PER_MS[bench.queues.kind]);
  const dueOf = (instance: number): number => firstDue + (delays[instance] ?? 0);
  for (let from = 0; from < count; from += 1_000)
    // Not addBulk: on the PostgreSQL backend that creates a sequence, which our roles may not.
    await Promise.all(
      Array.from({ length: Math.min(1_000, count - from) }, (_, offset) => {
        const instance = from + offset;
        const delay = Math.max(0, dueOf(instance) - Date.now());
        return queue.add('due', { instance }, { delay, jobId: `due-${instance}` });
      }),
    );
  const lateness: number[] = [];
  let finish: (at: number) => void = () => undefined;
  const finished = new Promise<number>((resolve) => (finish = resolve));
  const worker = bench.queues.worker(
    'jobs',
    async ({ data: { instance } }: { data: { instance: number } }) => {
      await pool.query({
        name: 'fire',
        text: `with moved as (update bench_limit.instance set version = version + 1 where id = $1 returning id)
               insert into bench_limit.effect (instance) select id from moved`,
        values: [instance],
      });
      const now = preciseNow();
      lateness.push(now - dueOf(instance));
      if (lateness.length === count) finish(now);
    },
    { concurrency: 50 },
  );
  const rss = watchMemory();
  await new Promise((resolve) => setTimeout(resolve, firstDue - 20 - preciseNow()));
  // When giving the jobs took longer than thought, its time is not the worker's.
  const began = Math.max(firstDue, preciseNow());
  const costOf = await bench.processor.begin();
  const last = await finished;
  const processor = await costOf(count);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  await pool.query('drop schema bench_limit cascade');
  await pool.end();
  return { lateness, took: last - began, processor, rssMb: rss() };
}
