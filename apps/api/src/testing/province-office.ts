import { hashPassword } from '@dondoc/domain/accounts/password';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { defaultWorkingRules } from '@dondoc/domain/sample/sample-files';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { type WorkingCalendar } from '@dondoc/domain/working-time/working-calendar';
import { type TestOffice, type Someone } from './test-office';

const province = '0192bbbb-0000-7000-8000-00000000000a';
const agencies = {
  'van-phong': '0192bbbb-0000-7000-8000-0000000000b1',
  so: '0192bbbb-0000-7000-8000-0000000000b2',
  xa: '0192bbbb-0000-7000-8000-0000000000b3',
  'xa-khac': '0192bbbb-0000-7000-8000-0000000000b4',
} as const;
const people = {
  'tinh-chutich': '0192bbbb-0000-7000-8000-0000000000c1',
  'tinh-vanthu': '0192bbbb-0000-7000-8000-0000000000c2',
  'tinh-so': '0192bbbb-0000-7000-8000-0000000000c3',
  'tinh-chanhvp': '0192bbbb-0000-7000-8000-0000000000c4',
  'tinh-quantri': '0192bbbb-0000-7000-8000-0000000000c5',
} as const;
const PASSWORD = 'người của tỉnh';

/** A province whose department has the sample office under it as an agency: two organizations in one installation. */
export interface ProvinceOffice {
  readonly organization: string;
  readonly agency: (key: keyof typeof agencies) => string;
  readonly as: (login: keyof typeof people) => Promise<Someone>;
}

/** Its afternoons end an hour later than those of the sample office. */
const lateCalendar: WorkingCalendar = {
  ...sampleCalendar,
  id: 'tinh',
  sessions: sampleCalendar.sessions.map((season) => ({
    ...season,
    periods: season.periods.map((period) =>
      period.closes === '17:00' ? { ...period, closes: '18:00' } : period,
    ),
  })),
};

export async function openProvince(office: TestOffice): Promise<ProvinceOffice> {
  const owner = await dondocDataSource({
    url: office.database.ownerUrl,
    application: 'province spec',
    poolSize: 1,
  }).initialize();
  const hash = await hashPassword(PASSWORD);
  await inOrganization(owner, province, async (manager) => {
    await manager.query(
      `insert into dondoc.organization (id, code, name, zone, calendar_id)
       values ($1, 'tinh', 'UBND tỉnh Mẫu', 'Asia/Ho_Chi_Minh', 'tinh')`,
      [province],
    );
    const addAgency = (key: keyof typeof agencies, name: string, parent: string | null, to: string | null) =>
      manager.query(
        `insert into dondoc.agency
           (organization_id, id, name, aliases, parent_id, valid_from, is_office, points_to_id)
         values ($1, $2, $3, '{}', $4, '2025-07-01', $5, $6)`,
        [province, agencies[key], name, parent, key === 'van-phong', to],
      );
    await addAgency('van-phong', 'Văn phòng tỉnh', null, null);
    await addAgency('so', 'Sở Nông nghiệp', null, null);
    await addAgency('xa', 'Xã Mẫu', agencies.so, office.organization);
    for (const [login, person] of Object.entries(people)) {
      await manager.query('insert into dondoc.person (organization_id, id, name) values ($1, $2, $3)', [
        province,
        person,
        `Người ${login}`,
      ]);
      await manager.query(
        `insert into dondoc.account (organization_id, id, login, person_id, password_hash)
         values ($1, $2, $3, $2, $4)`,
        [province, person, login, hash],
      );
    }
    for (const [login, role, agency] of [
      ['tinh-chutich', 'chair', null],
      ['tinh-vanthu', 'clerk', agencies['van-phong']],
      ['tinh-so', 'agency-head', agencies.so],
      ['tinh-chanhvp', 'agency-head', agencies['van-phong']],
      ['tinh-quantri', 'administrator', null],
    ] as const)
      await manager.query(
        `insert into dondoc.office_held (organization_id, id, person_id, role, agency_id, held_from)
         values ($1, $2, $2, $3, $4, '2025-07-01')`,
        [province, people[login], role, agency],
      );
    const rules = { ...defaultWorkingRules(), id: 'tinh' };
    await manager.query(
      `insert into dondoc.working_rules (organization_id, version, valid_from, body) values ($1, 1, '2025-07-01', $2)`,
      [province, JSON.stringify(rules)],
    );
    await manager.query(
      `insert into dondoc.working_calendar (organization_id, id, version, body) values ($1, 'tinh', 1, $2)`,
      [province, JSON.stringify(lateCalendar)],
    );
    // An agency that claims to be an organization which knows nothing of the province.
    const stranger = '0192bbbb-0000-7000-8000-0000000000ee';
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [stranger]);
    await manager.query(
      `insert into dondoc.organization (id, code, name, zone) values ($1, 'xa-khac', 'Xã Khác', 'Asia/Ho_Chi_Minh')`,
      [stranger],
    );
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [province]);
    await addAgency('xa-khac', 'Xã Khác', agencies.so, stranger);
  });
  await inOrganization(owner, office.organization, (manager) =>
    manager.query('update dondoc.organization set parent_id = $1 where id = $2', [
      province,
      office.organization,
    ]),
  );
  await owner.destroy();
  office.alsoIn(province);
  return {
    organization: province,
    agency: (key) => agencies[key],
    as: (login) => office.logIn(login, PASSWORD),
  };
}
