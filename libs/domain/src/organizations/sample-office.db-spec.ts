import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { sampleOffice } from '../sample/sample-files';
import { officeFacts } from './office-facts';
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
      officeFacts({ organization: sampleOrganization, now: Date.parse('2026-11-02T01:00:00Z'), manager }),
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
