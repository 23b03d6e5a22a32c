import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { createTestSystem, type TestSystem } from '../services/processes';
import { testQueue } from '../services/test-queue';

let database: TestDatabase;
let system: TestSystem;

beforeAll(async () => {
  database = await createTestDatabase();
  system = await createTestSystem({ database, queue: testQueue() });
});

afterAll(async () => {
  await system.stop();
  await database.drop();
});

/** As few as give a figure: what is tried is that it runs to its end, not how fast. */
const bench = (name: string, ...more: string[]) =>
  system.command(['bench', name, '--instances', '60', '--runs', '1', '--seconds', '1', '--json', ...more]);

const processor = { node: expect.any(Number) as number };

describe.each(['transitions', 'storm', 'pending', 'lateness'])('bench %s', (name) => {
  it('prints one object with figure, limit and what each of them cost, and leaves the database empty', async () => {
    const { code, stdout, stderr } = await bench(name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const measured = { figure: expect.any(Number) as number, limit: expect.any(Number) as number };
    const costs = [expect.objectContaining({ processor: expect.objectContaining(processor) as object })];
    const detail = expect.objectContaining({ figure: costs, limit: costs }) as object;
    const compared = { ...measured, ratio: expect.any(Number) as number, runs: [measured] };
    const told = { node: process.versions.node, fsync: expect.any(String) as string };
    expect(JSON.parse(stdout)).toEqual({
      name,
      unit: expect.any(String) as string,
      ...compared,
      settings: expect.objectContaining(told) as object,
      detail: expect.objectContaining({
        figure: costs,
        limit: costs,
        directive: { ...compared, detail },
      }) as object,
    });
  });
});

it('bench queries tells each query beside its limit, and how much of the tables it reads', async () => {
  const { code, stdout, stderr } = await bench('queries');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { name, detail } = JSON.parse(stdout) as {
    name: string;
    detail: { figure: [{ queries: { name: string; rowsRead: number; plain: object }[] }] };
  };
  expect(name).toBe('queries');
  const asked = detail.figure[0].queries;
  expect(asked.length).toBeGreaterThan(15);
  for (const query of asked) expect(query).toMatchObject({ plain: { p50: expect.any(Number) as number } });
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  const left = await client.query('select count(*)::int as n from dondoc.directive');
  await client.end();
  expect(left.rows).toEqual([{ n: 0 }]);
});

it('bench intake needs no database and tells time and memory in the same form', async () => {
  const { code, stdout, stderr } = await system.command([
    'bench',
    'intake',
    '--instances',
    '20',
    '--runs',
    '1',
    '--json',
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const number = expect.any(Number) as number;
  const told = expect.objectContaining({ p50: number, p99: number, heapAfterMb: number }) as object;
  expect(JSON.parse(stdout)).toMatchObject({
    ...{
      name: 'intake',
      figure: number,
      limit: number,
      ratio: number,
      runs: [{ figure: number, limit: number }],
    },
    settings: { node: process.versions.node },
    detail: { aimMs: 30, kilobytes: expect.any(Number) as number, figure: [told], limit: [told] },
  });
});

it('says no on a database that holds instances', async () => {
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client.query(
    `insert into workflow.instance
       (organization_id, id, lifecycle, version, revision, status, at, started_at, snapshot, head)
     select gen_random_uuid(), gen_random_uuid(), 'order', 1, 1, 'active', now(), now(), '{}', ''`,
  );
  await client.end();
  const { code, stdout, stderr } = await bench('storm');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('this database holds instances');
});
