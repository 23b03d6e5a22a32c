import { Sealer } from '@dondoc/workflow/audit/sealer';
import { verifyCheckpoints } from '@dondoc/workflow/audit/verify-checkpoints';
import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { LogInService } from '../accounts/log-in.service';
import { LoginThrottle } from '../accounts/login-throttle';
import { SecondFactors } from '../accounts/second-factors';
import { SessionsService } from '../accounts/sessions.service';
import { keepAudit } from '../audit/audit-trail';
import { ledgers } from '../audit/ledgers';
import { loadSampleOffice, sampleId, samplePassword } from '../organizations/sample-office';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { erasePerson, ERASED_NAME } from './erase-person';
import { personalDataOf } from './personal-data';
import { PersonalDataService } from './personal-data.service';

const settings = {
  ...{ sessionHours: 1, sessionIdleMinutes: 30, passwordMinLength: 12, sandbox: true, secretsKey: null },
};
const origin = { address: '198.51.100.23', userAgent: 'Trình duyệt riêng', correlation: 'r' };
const login = 'kt-cv';
const person = sampleId('person', login);

describe('what is kept about a person', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;
  let worker: DataSource;
  let superuser: DataSource;
  let organization: string;
  let name: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) =>
      dondocDataSource({ url, application: 'personal data spec', poolSize: 2 }).initialize();
    const { ownerUrl, apiUrl, workerUrl, superuserUrl } = database;
    [owner, api, worker, superuser] = [
      await connect(ownerUrl),
      await connect(apiUrl),
      await connect(workerUrl),
      await connect(superuserUrl),
    ];
    ({ organization } = await loadSampleOffice(owner));
    const [row] = await superuser.query<{ name: string }[]>('select name from dondoc.person where id = $1', [
      person,
    ]);
    name = row?.name ?? '';
  });

  afterAll(async () => {
    for (const source of [owner, api, worker, superuser]) await source.destroy();
    await database.drop();
  });

  const logIn = async () => {
    const sessions = new SessionsService(api, settings);
    const service = new LogInService(
      api,
      settings,
      new LoginThrottle(api),
      sessions,
      new SecondFactors(null),
    );
    const session = await service.logIn({ login, password: samplePassword(login) }, origin);
    if (isRefusal(session)) throw new Error(session.en);
    return session.caller;
  };

  it('is shown to the person, with from where each act came, and that it was shown is kept', async () => {
    const caller = await logIn();
    const data = await new PersonalDataService(api).show(caller, null, origin);
    expect(data).toMatchObject({
      person: { count: 1, items: [{ id: person, name }] },
      accounts: { count: 1, items: [{ login, kind: 'person' }] },
      sessions: { items: [{ address: origin.address, userAgent: origin.userAgent }] },
      acts: { items: [{ act: 'account.log-in', outcome: 'done', address: origin.address }] },
    });
    expect(JSON.stringify(data)).not.toMatch(/argon2|token_?hash/i);
    const rows = await inOrganization(api, organization, (manager) =>
      personalDataOf(manager, organization, person),
    );
    expect(rows?.acts.items.map(({ act }) => act)).toContain('personal-data.show');
  });

  it('is not shown of somebody of another organization', async () => {
    const caller = { ...(await logIn()), organization: '0192aaaa-0000-7000-8000-00000000000b' };
    expect(await new PersonalDataService(api).show(caller, null, origin)).toMatchObject({
      code: 'not-found',
    });
  });

  it('is erased after the last office, and every chain still holds', async () => {
    const wish = { reason: 'theo yêu cầu', keepName: false };
    await logIn();
    // Somebody has changed the address of the person: the trail has kept it beside the entry.
    await inOrganization(owner, organization, async (manager) => {
      await manager.query(`update dondoc.person set email = 'rieng@example.vn' where id = $1`, [person]);
      const fact = { act: 'person.change', subject: null, outcome: 'done', code: null } as const;
      await keepAudit(manager, organization, { account: null, person: null, onBehalfOf: [] }, fact, origin);
    });
    const sealer = new Sealer({ dataSource: worker, ledgers, key: null });
    await sealer.seal(organization);
    expect(await erasePerson(owner, organization, person, wish)).toMatchObject({ code: 'still-in-office' });
    await superuser.query(`update dondoc.office_held set held_to = held_from where person_id = $1`, [person]);
    expect(await erasePerson(owner, organization, person, wish)).toMatchObject({ accounts: 1 });
    expect(await erasePerson(owner, organization, sampleId('person', 'ai-do'), wish)).toMatchObject({
      code: 'unknown-person',
    });

    const everything = await superuser.query<{ all: string }[]>(
      `select string_agg(query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text, '') as all
       from pg_tables where schemaname in ('dondoc', 'workflow')`,
    );
    const text = everything[0]?.all ?? '';
    for (const trace of [name, 'rieng@example.vn', origin.address, `>${login}<`])
      expect([trace, text.includes(trace)]).toEqual([trace, false]);
    expect(text).toContain(ERASED_NAME);
    const { findings } = await verifyCheckpoints(worker, organization, { ledgers, keys: [] });
    expect(findings).toEqual([]);
    await expect(logIn()).rejects.toThrow(/wrong/);
  });
});
