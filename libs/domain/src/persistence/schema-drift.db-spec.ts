import { type DataSource } from 'typeorm';
import {
  createEmptyTestDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../../../test/services/test-database';
import { dondocDataSource } from './data-source';
import { migrate } from './migrate';

describe('the schema that migrations build', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = dondocDataSource({ url: database.ownerUrl, application: 'drift spec', poolSize: 1 });
    await source.initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('is the one that the entities describe: columns, types, keys, indexes and checks', async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('would show a difference', async () => {
    await source.query('alter table dondoc.person alter column name drop not null');
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.query('alter table dondoc.person alter column name set not null');
    expect(upQueries.map(({ query }) => query)).toEqual([expect.stringContaining('"person"')]);
  });

  it('keeps the organization first in every primary key', async () => {
    const rows = await source.query<{ table: string; first: string }[]>(`
      select c.relname as table, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = 'dondoc' and i.indisprimary and c.relname not in ('migration', 'organization')`);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(({ first }) => first !== 'organization_id')).toEqual([]);
  });

  it('forces row security on every table, with a policy on each', async () => {
    const rows = await source.query<{ table: string }[]>(`
      select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'dondoc' and c.relkind in ('r', 'p') and c.relname <> 'migration'
        and not (c.relrowsecurity and c.relforcerowsecurity
                 and exists (select from pg_policy p where p.polrelid = c.oid))`);
    expect(rows).toEqual([]);
  });
});

describe('migrate', () => {
  it('may be run again, and by two at the same time', async () => {
    const database = await createEmptyTestDatabase();
    const { ownerUrl, apiUrl, workerUrl } = database;
    await Promise.all([
      migrate({ ownerUrl, apiUrl, workerUrl }),
      migrate({ ownerUrl, apiUrl, workerUrl, sandbox: false }),
    ]);
    await migrate({ ownerUrl, apiUrl, workerUrl });
    const source = dondocDataSource({ url: ownerUrl, application: 'migrate spec', poolSize: 1 });
    await source.initialize();
    try {
      const [count] = await source.query<{ count: string }[]>('select count(*) from dondoc.migration');
      expect(Number(count?.count)).toBeGreaterThanOrEqual(4);
    } finally {
      await source.destroy();
    }
    await database.drop();
  });
});
