import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { Pool } from 'pg';

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

/** The tables of the limit, full, and how to move one instance of them. */
export interface PlainLoop {
  act(id: number): Promise<void>;
  close(): Promise<void>;
}

export async function openPlainLoop(count: number, poolSize: number): Promise<PlainLoop> {
  const pool = new Pool({ connectionString: ownerConfiguration().ownerUrl, max: poolSize });
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
  await pool.query('vacuum (analyze) bench_limit.instance');
  const event = JSON.stringify({ type: 'touch', note: 'bench' });
  const payload = JSON.stringify({ to: 'an', rung: 0 });
  return {
    act: async (id) => {
      const { rows } = await pool.query<{ version: number; snapshot: object }>({
        name: 'read',
        text: 'select version, snapshot from bench_limit.instance where id = $1',
        values: [id],
      });
      const [row] = rows;
      const values = [id, row?.version, JSON.stringify(row?.snapshot), event, payload];
      await pool.query({ name: 'write', text: LIMIT_WRITE, values });
    },
    close: async () => {
      await pool.query('drop schema bench_limit cascade');
      await pool.end();
    },
  };
}
