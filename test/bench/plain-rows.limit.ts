import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { newUuid } from '@dondoc/workflow/durable/index';
import { Pool } from 'pg';
import { type Measured } from './comparison';
import { BATCH, preciseNow, type Workbench } from './workbench';

const INSERT = `
  with started as (
    insert into bench_limit.instance (id, version, snapshot) select id, 1, $2::jsonb from unnest($1::uuid[]) as id
    returning id
  )
  insert into bench_limit.timer (instance, name, due_at) select id, 'due', $3 from started`;

/** The least that remembers so many waiting instances: a row and a timer each, by unnest, in batches of 500. */
export async function insertPlainRows(bench: Workbench, count: number, abreast: number): Promise<Measured> {
  const pool = new Pool({ connectionString: ownerConfiguration().ownerUrl, max: abreast });
  await pool.query(`
    drop schema if exists bench_limit cascade;
    create schema bench_limit;
    create table bench_limit.instance (id uuid primary key, version integer, snapshot jsonb) with (fillfactor = 85);
    create table bench_limit.timer (instance uuid, name text, due_at timestamptz, primary key (instance, name));
    create index on bench_limit.timer (due_at);`);
  const snapshot = JSON.stringify({
    value: { open: { work: 'waiting', time: 'within', ladder: 'waiting' } },
    context: { owner: 'an', dueAt: 1, rungs: [1, 2, 3, 4, 5], sent: 0, touched: 0 },
  });
  const costOf = await bench.processor.begin();
  const began = preciseNow();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const size = Math.min(BATCH, count - next);
      next += size;
      const ids = Array.from({ length: size }, newUuid);
      await pool.query({ name: 'insert', text: INSERT, values: [ids, snapshot, '2100-01-01'] });
    }
  };
  await Promise.all(Array.from({ length: abreast }, lane));
  const value = count / ((preciseNow() - began) / 1_000);
  const processor = await costOf(count);
  const { rows } = await pool.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c
     where c.relnamespace = 'bench_limit'::regnamespace and c.relkind = 'r'`,
  );
  await pool.query('drop schema bench_limit cascade');
  await pool.end();
  return { value, detail: { processor, bytesPerInstance: Math.round(Number(rows[0]?.bytes) / count) } };
}
