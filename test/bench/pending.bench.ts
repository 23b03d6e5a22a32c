import { QUEUE_SCHEMA } from '@dondoc/workflow/durable/index';
import { comparison, inTurn, measure, type BenchResult, type Measured } from './comparison';
import { insertPlainRows } from './plain-rows.limit';
import { type BenchOptions } from './settings';
import { type Instants } from './subject';
import { timerWorker, watchMemory } from './timer-worker';
import { preciseNow, type Workbench } from './workbench';

const ABREAST = 4;
const MONTH = 30 * 86_400_000;

/** What an instance waits for, from an instant far away. */
type Waiting = (far: number) => Instants;

/** A timer each, as the rows of the limit have one. */
const forOneTimer: Waiting = (far) => ({ first: null, later: far });
/** The next rung of a ladder and what follows it. */
const forTheNextRung: Waiting = (far) => ({ first: far, later: far + MONTH });

const counted =
  'pg_total_relation_size (heap, indexes, TOAST, maps) of every table that grows with the instances, as the inserts ' +
  'left them: before any vacuum; what the empty tables take is taken off';

/** Bytes of every table of the runtime and of the application, partitions under their parent. */
async function tableSizes(bench: Workbench): Promise<Map<string, number>> {
  const rows = await bench.owner.query<{ name: string; bytes: string }[]>(
    `select coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid)) as bytes
     from pg_class c
     left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
     where c.relkind = 'r'
       and (c.relnamespace = 'workflow'::regnamespace or c.oid = any(array(select unnest($1::text[])::regclass::oid)))
     group by 1`,
    [bench.subject.tables],
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

/** What the queue holds: memory of Redis, or disk of its schema in PostgreSQL. */
async function queueBytes({ redis, owner }: Workbench): Promise<number> {
  if (redis) return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  const [{ bytes }] = await owner.query<[{ bytes: string }]>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes from pg_class c
     where c.relkind = 'r' and c.relnamespace = $1::regnamespace`,
    [QUEUE_SCHEMA],
  );
  return Number(bytes);
}

/** Beside a worker that is there all the time, so that whatever it would put into the queue is counted. */
async function measurePending(bench: Workbench, count: number, waiting: Waiting): Promise<Measured> {
  await bench.empty();
  const worker = timerWorker(bench);
  await worker.start();
  const before = { tables: await tableSizes(bench), queue: await queueBytes(bench) };
  const far = Math.floor(preciseNow() + (await bench.clockOffset())) + MONTH;
  const rss = watchMemory();
  const costOf = await bench.processor.begin();
  const began = preciseNow();
  await bench.start(count, () => waiting(far), { abreast: ABREAST });
  const value = count / ((preciseNow() - began) / 1_000);
  const processor = await costOf(count);
  const rssMb = rss();
  const after = await tableSizes(bench);
  await worker.sweep();
  const queue = await queueBytes(bench);
  await worker.stop();
  const grown = [...after].map(([name, bytes]) => [name, bytes - (before.tables.get(name) ?? 0)] as const);
  const perInstance = (bytes: number): number => Math.round(bytes / count);
  return {
    value,
    detail: {
      bytesPerInstance: perInstance(grown.reduce((sum, [, bytes]) => sum + bytes, 0)),
      ofWhich: Object.fromEntries(
        grown.filter(([, bytes]) => bytes > 0).map(([name, bytes]) => [name, perInstance(bytes)]),
      ),
      queueBytes: { before: before.queue, after: queue },
      processor,
      rssMb,
    },
  };
}

/** Instances that wait for a timer: how fast they are started, and what they take while they wait. */
export function pending(options: BenchOptions): Promise<BenchResult> {
  return measure(
    {
      name: 'pending',
      unit: 'instances/s',
      poolSize: 10,
      directives: (instances) => Math.ceil(instances / 10),
      compare: async (bench, { instances, runs }) => {
        const pairs = await inTurn(
          runs,
          () => measurePending(bench, instances, forOneTimer),
          () => insertPlainRows(bench, instances, ABREAST),
        );
        const withLadder = await measurePending(bench, Math.ceil(instances / 10), forTheNextRung);
        return comparison(pairs, { abreast: ABREAST, counted, withLadder });
      },
    },
    options,
  );
}
