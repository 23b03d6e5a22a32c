import { Client } from 'pg';
import { benchTrial, printsOneObject } from './bench-trial';

const trial = benchTrial();

printsOneObject(trial, ['pending', 'lateness']);

it('bench queries tells each query beside its limit, and how much of the tables it reads', async () => {
  const { code, stdout, stderr } = await trial().bench('queries');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { name, detail } = JSON.parse(stdout) as {
    name: string;
    detail: { figure: [{ queries: { name: string; rowsRead: number; plain: object }[] }] };
  };
  expect(name).toBe('queries');
  const asked = detail.figure[0].queries;
  expect(asked.length).toBeGreaterThan(15);
  for (const query of asked) expect(query).toMatchObject({ plain: { p50: expect.any(Number) as number } });
  const client = new Client({ connectionString: trial().database.superuserUrl });
  await client.connect();
  const left = await client.query('select count(*)::int as n from dondoc.directive');
  await client.end();
  expect(left.rows).toEqual([{ n: 0 }]);
});
