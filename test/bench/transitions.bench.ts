import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { isRefusal } from '@dondoc/workflow';
import { Pool } from 'pg';
import { order } from './order.lifecycle';
import { type ProcessorMeter, type ProcessorTime } from './processor-time';
import { settings, summary, type BenchResult } from './settings';
import { emptyTables, openWorkbench, ORGANIZATION, startInstances, type Workbench } from './workbench';

export interface TransitionsOptions {
  readonly instances: number;
  readonly inFlight: number;
  readonly seconds: number;
  readonly runs: number;
}

const POOL = 16;

interface Driven {
  /** Acts per second. */
  readonly rate: number;
  readonly processor: ProcessorTime;
}

/** Runs `act` on ever new indexes with so many in flight for so long. */
async function drive(
  meter: ProcessorMeter,
  inFlight: number,
  seconds: number,
  act: (index: number) => Promise<void>,
): Promise<Driven> {
  const costOf = await meter.begin();
  const began = process.hrtime.bigint();
  const elapsed = (): number => Number(process.hrtime.bigint() - began) / 1e9;
  let done = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (elapsed() < seconds) {
      await act(next++);
      done++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const rate = done / elapsed();
  return { rate, processor: await costOf(done) };
}

/** The limit: what any engine must do, without an engine. Select, then one guarded statement that writes everything. */
const LIMIT_WRITE = `
  with updated as (
    update bench_limit.instance set version = version + 1, snapshot = $3, at = now()
    where id = $1 and version = $2 returning id, version
  ), history as (
    insert into bench_limit.history (instance, version, event) select id, version, $4 from updated
  ), outbox as (
    insert into bench_limit.outbox (instance, payload) select id, $5 from updated
  )
  insert into bench_limit.timer (instance, name, due_at, version)
  select id, 'due', now() + interval '30 days', version from updated
  on conflict (instance, name) do update set due_at = excluded.due_at, version = excluded.version`;

async function openLimit(count: number): Promise<Pool> {
  const pool = new Pool({ connectionString: ownerConfiguration().ownerUrl, max: POOL });
  await pool.query(`
    drop schema if exists bench_limit cascade;
    create schema bench_limit;
    create table bench_limit.instance (id integer primary key, version integer, snapshot jsonb, at timestamptz) with (fillfactor = 85);
    create table bench_limit.history (instance integer, version integer, event jsonb, at timestamptz default now(), unique (instance, version));
    create table bench_limit.outbox (id bigserial primary key, instance integer, payload jsonb);
    create table bench_limit.timer (instance integer, name text, due_at timestamptz, version integer, primary key (instance, name));
    create index on bench_limit.timer (due_at);`);
  await pool.query(
    `insert into bench_limit.instance select i, 1, $2::jsonb, now() from generate_series(0, $1 - 1) i`,
    [
      count,
      JSON.stringify({
        value: { open: { work: 'waiting', time: 'within', ladder: 'waiting' } },
        context: { owner: 'an', dueAt: 1, rungs: [1, 2, 3, 4, 5], sent: 0, touched: 0 },
      }),
    ],
  );
  return pool;
}

async function measureLimit(bench: Workbench, options: TransitionsOptions): Promise<Driven> {
  const pool = await openLimit(options.instances);
  const event = JSON.stringify({ type: 'touch', note: 'bench' });
  const payload = JSON.stringify({ to: 'an', rung: 0 });
  const driven = await drive(bench.processor, options.inFlight, options.seconds, async (index) => {
    const id = (index * 7_919) % options.instances;
    const { rows } = await pool.query<{ version: number; snapshot: object }>({
      name: 'read',
      text: 'select version, snapshot from bench_limit.instance where id = $1',
      values: [id],
    });
    const [row] = rows;
    await pool.query({
      name: 'write',
      text: LIMIT_WRITE,
      values: [id, row?.version, JSON.stringify(row?.snapshot), event, payload],
    });
  });
  await pool.query('drop schema bench_limit cascade');
  await pool.end();
  return driven;
}

async function measureRuntime(bench: Workbench, options: TransitionsOptions): Promise<Driven> {
  await emptyTables(bench);
  const far = Date.now() + 30 * 86_400_000;
  const ids = await startInstances(bench, options.instances, () => ({
    lifecycle: order.id,
    input: { owner: 'an', dueAt: far, rungs: [far, far + 1, far + 2, far + 3, far + 4] },
  }));
  await bench.dataSource.query('select 1');
  return drive(bench.processor, options.inFlight, options.seconds, async (index) => {
    const instance = ids[(index * 7_919) % ids.length] ?? '';
    const sent = await bench.runtime.send(ORGANIZATION, {
      instance,
      event: { type: 'touch', note: 'bench' },
      actor: { kind: 'system' },
    });
    if (isRefusal(sent)) throw new Error(sent.en);
  });
}

/** Full durable transitions per second, beside the same-run loop of select and one guarded statement. */
export async function transitions(options: TransitionsOptions): Promise<BenchResult> {
  const bench = await openWorkbench(order, POOL);
  try {
    const runs: { figure: number; limit: number }[] = [];
    const processor: { figure: ProcessorTime; limit: ProcessorTime }[] = [];
    for (let run = 0; run < options.runs; run++) {
      const limit = await measureLimit(bench, options);
      const figure = await measureRuntime(bench, options);
      runs.push({ figure: figure.rate, limit: limit.rate });
      processor.push({ figure: figure.processor, limit: limit.processor });
    }
    return summary('transitions', 'transitions/s', runs, await settings(bench.dataSource), {
      ...options,
      processor,
    });
  } finally {
    await bench.close();
  }
}
