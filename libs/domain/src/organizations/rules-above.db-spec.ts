import { isRefusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { defaultWorkingRules } from '../sample/sample-files';
import { officeFacts } from './office-facts';
import { readNextRules } from './rules-document';
import { rulesOfVersion } from './rules-version';
import { listRules } from './rules-versions';
import { loadSampleOffice, sampleOrganization } from './sample-office';

const province = '00000000-0000-4000-8000-0000000000aa';
const stranger = '00000000-0000-4000-8000-0000000000bb';
const now = Date.parse('2026-11-02T01:00:00Z');

const document = (inherits: string, days: number) => `
id: xa
version: 2
validFrom: '2026-11-02'
title: { vi: Quy chế xã, en: Commune rules }
inherits: { id: ${inherits}, version: 1 }
returnWindow:
  value: { amount: ${days}, unit: wd }
  article: Điều 9
  legalBasis: { text: Thử, document: null, article: null, verified: false }
`;

describe('rules of the organization above', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) =>
      dondocDataSource({ url, application: 'rules spec', poolSize: 2 }).initialize();
    [owner, api] = await Promise.all([connect(database.ownerUrl), connect(database.apiUrl)]);
    await loadSampleOffice(owner);
    const most = { amount: 3, unit: 'wd' as const };
    const { article, legalBasis } = defaultWorkingRules().returnWindow;
    const limits = [{ path: 'returnWindow', most, article, legalBasis }];
    for (const [organization, id] of [
      [province, 'tinh'],
      [stranger, 'tinh-khac'],
    ] as const)
      await inOrganization(owner, organization, async (manager) => {
        await manager.query(
          `insert into dondoc.organization (id, code, name, zone) values ($1, $2, $2, 'Asia/Ho_Chi_Minh')`,
          [organization, id],
        );
        await manager.query(
          `insert into dondoc.working_rules (organization_id, version, valid_from, body) values ($1, 1, '2025-07-01', $2)`,
          [organization, JSON.stringify({ ...defaultWorkingRules(), id, limits })],
        );
      });
    await inOrganization(owner, sampleOrganization, (manager) =>
      manager.query('update dondoc.organization set parent_id = $1', [province]),
    );
  });

  afterAll(async () => {
    await Promise.all([owner.destroy(), api.destroy()]);
    await database.drop();
  });

  const within = <T>(work: (manager: EntityManager) => Promise<T>) =>
    inOrganization(api, sampleOrganization, work);
  const next = (text: string) =>
    within((manager) => readNextRules({ organization: sampleOrganization, now, manager }, text));

  it('are inherited, within their limits', async () => {
    const read = await next(document('tinh', 3));
    if (isRefusal(read)) throw new Error(read.en);
    expect(read.rules.returnWindow.value.amount).toBe(3);
    expect(read.rules.ladders).toEqual(defaultWorkingRules().ladders);
    expect(await next(document('tinh', 4))).toMatchObject({
      errors: [{ code: 'beyond-limit', field: 'returnWindow.value', line: 8 }],
    });
  });

  it('are seen by whoever is below, and nobody else’s are', async () => {
    expect(await next(document('tinh-khac', 1))).toMatchObject({ errors: [{ code: 'unknown-parent' }] });
    const seen = await within((manager) =>
      manager.query<{ id: string }[]>(`select body ->> 'id' as id from dondoc.working_rules order by 1`),
    );
    expect(seen.map(({ id }) => id)).toEqual(['default', 'tinh']);
    const below = await inOrganization(api, province, (manager) =>
      manager.query<{ id: string }[]>(`select body ->> 'id' as id from dondoc.working_rules`),
    );
    expect(below).toEqual([{ id: 'tinh' }]);
  });

  it('tell those below of a newer version', async () => {
    const tx = (manager: EntityManager) => ({ organization: sampleOrganization, now, manager });
    const read = await next(document('tinh', 2));
    if (isRefusal(read)) throw new Error(read.en);
    await inOrganization(owner, sampleOrganization, (manager) =>
      manager.query(
        `insert into dondoc.working_rules (organization_id, version, valid_from, body) values ($1, 2, '2026-11-02', $2)`,
        [sampleOrganization, JSON.stringify(read.rules)],
      ),
    );
    const newerAbove = async () =>
      (await within((manager) => listRules(tx(manager)))).map((version) => version.newerAbove);
    expect(await newerAbove()).toEqual([null, null]);
    await inOrganization(owner, province, (manager) =>
      manager.query(
        `insert into dondoc.working_rules (organization_id, version, valid_from, body) values ($1, 2, '2026-12-01', $2)`,
        [province, JSON.stringify({ ...defaultWorkingRules(), id: 'tinh', version: 2 })],
      ),
    );
    expect(await newerAbove()).toEqual([2, null]);
  });

  it('are enforced from the organization’s own day, whatever the version', async () => {
    await inOrganization(owner, sampleOrganization, (manager) =>
      manager.query(`update dondoc.organization set rules_enforced_from = '2026-11-16'`),
    );
    const days = await within(async (manager) => {
      const tx = { organization: sampleOrganization, now, manager };
      const versions = [(await officeFacts(tx, 'rules')).rules, await rulesOfVersion(tx, 'default@1')];
      return versions.map(({ enforcedFrom }) => enforcedFrom.value);
    });
    expect(days).toEqual(['2026-11-16', '2026-11-16']);
  });

  it('end at a top: no organization is above itself, over however many others', async () => {
    const under = (organization: string, above: string | null) =>
      inOrganization(owner, organization, (manager) =>
        manager.query('update dondoc.organization set parent_id = $1', [above]),
      );
    await under(province, stranger);
    for (const lowest of [province, sampleOrganization])
      await expect(under(stranger, lowest)).rejects.toThrow(
        /trên tạo thành vòng .*circle: tinh-khac → .*tinh-khac/,
      );
    await under(province, null);
    // Neither sees what the other is about to do: the second waits, and then finds the circle.
    const both = await Promise.allSettled([under(province, stranger), under(stranger, province)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await under(province, null);
    await under(stranger, null);
  });

  it('cannot be written from below', async () => {
    await expect(
      within((manager) =>
        manager.query(
          `insert into dondoc.working_rules (organization_id, version, valid_from, body) values ($1, 2, '2026-11-02', '{}')`,
          [province],
        ),
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      inOrganization(owner, province, (manager) =>
        manager.query('update dondoc.organization set parent_id = id'),
      ),
    ).rejects.toThrow('ck_organization_parent');
  });
});
