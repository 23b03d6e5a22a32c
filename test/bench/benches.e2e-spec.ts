import { Client } from 'pg';
import { benchTrial, printsOneObject } from './bench-trial';

const trial = benchTrial();

printsOneObject(trial, ['transitions', 'storm']);

it('bench intake needs no database and tells time and memory in the same form', async () => {
  const { code, stdout, stderr } = await trial().system.command([
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
  const client = new Client({ connectionString: trial().database.superuserUrl });
  await client.connect();
  await client.query(
    `insert into workflow.instance
       (organization_id, id, lifecycle, version, revision, status, at, started_at, snapshot, head)
     select gen_random_uuid(), gen_random_uuid(), 'order', 1, 1, 'active', now(), now(), '{}', ''`,
  );
  await client.end();
  const { code, stdout, stderr } = await trial().bench('storm');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('this database holds instances');
});
