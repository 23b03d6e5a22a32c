import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { sampleOffice } from '../sample/sample-files';
import { officeFacts, type OfficeFacts } from './office-facts';
import { loadSampleOffice, sampleId, sampleOrganization } from './sample-office';

describe('the sample office', () => {
  let database: TestDatabase;
  let owner: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await dondocDataSource({
      url: database.ownerUrl,
      application: 'sample spec',
      poolSize: 1,
    }).initialize();
  });

  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  const clock = async (): Promise<number> => {
    const [row] = await owner.query<{ now: Date }[]>('select workflow.now() as now');
    return row?.now.getTime() ?? 0;
  };

  it('is loaded with its log-ins, and sets the clock to where the sample begins', async () => {
    const { logIns } = await loadSampleOffice(owner);
    expect(logIns).toHaveLength(sampleOffice().directory.people.length);
    expect(logIns.find(({ login }) => login === 'vanthu')).toMatchObject({
      name: 'Đỗ Thị Lan',
      offices: [{ role: 'clerk', agency: 'Văn phòng HĐND và UBND xã' }],
    });
    expect(new Date(await clock()).toISOString()).toMatch(/^2026-11-02T01:00/);
  });

  it('is found again as it was written, under ids of its own', async () => {
    const facts = await inOrganization(owner, sampleOrganization, (manager) =>
      officeFacts(
        { organization: sampleOrganization, now: Date.parse('2026-11-02T01:00:00Z'), manager },
        ...(['directory', 'rules', 'calendar'] as const),
      ),
    );
    const { directory } = sampleOffice();
    const sorted = (ids: readonly string[]) => [...ids].sort();
    expect(sorted(facts.directory.agencies.map(({ id }) => id))).toEqual(
      sorted(directory.agencies.map(({ id }) => sampleId('agency', id))),
    );
    expect(facts.directory.offices).toHaveLength(directory.offices.length);
    expect(facts.directory.inCharge).toHaveLength(directory.inCharge.length);
    expect(facts.rules.version).toBe(1);
    expect(facts.calendar.zone).toBe('Asia/Ho_Chi_Minh');
  });

  it('is asked only for what is needed, once in a transaction, and anew as soon as something changes', async () => {
    const read = (parts: readonly [keyof OfficeFacts, ...(keyof OfficeFacts)[]], change = '') =>
      inOrganization(owner, sampleOrganization, async (manager) => {
        if (change) await manager.query(change);
        const asked = jest.spyOn(manager, 'query');
        const tx = { organization: sampleOrganization, now: Date.parse('2026-11-02T01:00:00Z'), manager };
        await officeFacts(tx, ...parts);
        const facts = await officeFacts(tx, ...parts);
        return { facts, statements: asked.mock.calls.length };
      });
    await read(['directory', 'rules', 'calendar']);
    expect(await read(['zone'])).toEqual({ facts: { zone: 'Asia/Ho_Chi_Minh' }, statements: 1 });
    expect(await read(['calendar', 'zone', 'rules'])).toMatchObject({ statements: 1 });
    expect(await read(['directory'])).toMatchObject({ statements: 1 });
    const rename = (name: string) => `update dondoc.person set name = '${name}' where name = 'Đỗ Thị Lan'`;
    const nobody = await read(['directory'], rename('Đỗ Thị Lan'));
    expect(nobody).toMatchObject({ statements: 1 });
    const { facts } = await read(['directory'], rename('Đỗ Thị Lan Anh'));
    expect(facts.directory.people.map(({ name }) => name)).toContain('Đỗ Thị Lan Anh');
    await read(['directory'], `update dondoc.person set name = 'Đỗ Thị Lan' where name = 'Đỗ Thị Lan Anh'`);
    const longer = await read(
      ['calendar'],
      `update dondoc.working_calendar set body = jsonb_set(body, '{noticedYears}', '[2026]')`,
    );
    expect(longer).toMatchObject({ statements: 2, facts: { calendar: { noticedYears: [2026] } } });
  });

  it('may be loaded again: nothing doubles, nobody gets another password, the clock stays', async () => {
    await owner.query(`update workflow.clock set "offset" = "offset" + interval '5 days'`);
    const before = await counts();
    await loadSampleOffice(owner);
    expect(await counts()).toEqual(before);
    expect(new Date(await clock()).toISOString()).toMatch(/^2026-11-07T01:00/);
  });

  function counts(): Promise<unknown> {
    return inOrganization(owner, sampleOrganization, (manager) =>
      manager.query(
        `select (select count(*) from dondoc.agency) as agencies, (select count(*) from dondoc.person) as people,
           (select count(*) from dondoc.office_held) as offices,
           (select json_agg(password_hash order by login) from dondoc.account) as passwords`,
      ),
    );
  }
});
