import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { operatorsOrigin } from '../audit/audit-entry';
import { loadSampleOffice } from '../organizations/sample-office';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { resetAccount } from './account-reset';
import { makeFirstAdministrator, type FirstAdministrator } from './first-administrator';
import { LogInService } from './log-in.service';
import { LoginThrottle } from './login-throttle';
import { PasswordsService } from './passwords.service';
import { refuseSandboxAccounts } from './sandbox-accounts';
import { SecondFactors } from './second-factors';
import { SessionsService } from './sessions.service';

const wish: FirstAdministrator = {
  code: 'xa-moi',
  organization: 'Ủy ban nhân dân xã Mới',
  zone: 'Asia/Ho_Chi_Minh',
  name: 'Trần Văn Bình',
  login: 'Binh.TV',
};
const settings = {
  sessionHours: 1,
  sessionIdleMinutes: 30,
  passwordMinLength: 12,
  sandbox: false,
  secretsKey: null,
};

describe('the first administrator', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;
  let worker: DataSource;

  const find = async (code: string) => {
    const [row] = await worker.query<{ id: string }[]>('select id from dondoc.organization where code = $1', [
      code,
    ]);
    return row?.id ?? null;
  };
  const make = async (change: Partial<FirstAdministrator> = {}) =>
    makeFirstAdministrator(owner, { ...wish, ...change }, find);
  const secretOf = async (change: Partial<FirstAdministrator> = {}) => {
    const made = await make(change);
    if (isRefusal(made)) throw new Error(made.en);
    return made.secret;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) =>
      dondocDataSource({ url, application: 'administrator spec', poolSize: 2 }).initialize();
    [owner, api, worker] = (await Promise.all(
      [database.ownerUrl, database.apiUrl, database.workerUrl].map(connect),
    )) as [DataSource, DataSource, DataSource];
  });

  afterAll(async () => {
    await Promise.all([owner.destroy(), api.destroy(), worker.destroy()]);
    await database.drop();
  });

  it.each([
    [{ code: 'Xã Mới' }, 'code'],
    [{ organization: ' ' }, 'organization'],
    [{ zone: 'Asia/Nowhere' }, 'zone'],
    [{ name: '' }, 'name'],
    [{ login: 'bình' }, 'login'],
  ])('is not made of %j', async (change, field) => {
    expect(await make(change)).toMatchObject({ refused: true, field });
    expect(await find('xa-moi')).toBeNull();
  });

  it('is made with its organization, logs in with a password of its own, and is the first once only', async () => {
    const lost = await secretOf();
    const secret = await secretOf();
    const throttle = new LoginThrottle(api);
    const sessions = new SessionsService(api, settings);
    const factors = new SecondFactors(null);
    const passwords = new PasswordsService(api, settings, throttle, sessions, factors);
    const password = 'thuyền neo bến vắng';
    expect(await passwords.setUp(lost, password, operatorsOrigin)).toMatchObject({
      code: 'secret-not-valid',
    });
    expect(await passwords.setUp(secret, password, operatorsOrigin)).toBeNull();
    const logIns = new LogInService(api, settings, throttle, sessions, factors);
    expect(await logIns.logIn({ login: 'binh.tv', password }, operatorsOrigin)).toMatchObject({
      caller: { name: 'Trần Văn Bình', zone: 'Asia/Ho_Chi_Minh', offices: [{ role: 'administrator' }] },
    });
    expect(await make({ login: 'binh2' })).toMatchObject({ code: 'administrator-there' });
  });

  it('gets back in by the operator when the password is lost, and nobody by what was before', async () => {
    const organization = (await find('xa-moi')) ?? '';
    const throttle = new LoginThrottle(api);
    const sessions = new SessionsService(api, settings);
    const factors = new SecondFactors(null);
    const logIns = new LogInService(api, settings, throttle, sessions, factors);
    const passwords = new PasswordsService(api, settings, throttle, sessions, factors);
    const before = 'thuyền neo bến vắng';
    const session = await logIns.logIn({ login: 'binh.tv', password: before }, operatorsOrigin);
    const token = isRefusal(session) ? '' : session.token;
    // Somebody has guessed until nobody may try any more.
    for (let time = 0; time < 6; time++)
      await logIns.logIn({ login: 'binh.tv', password: `sai ${time}` }, operatorsOrigin);
    expect(await resetAccount(owner, organization, 'ai-do')).toMatchObject({ code: 'unknown-account' });
    const made = await resetAccount(owner, organization, 'Binh.TV');
    expect(await sessions.callerOf(token)).toBeNull();
    expect(await logIns.logIn({ login: 'binh.tv', password: before }, operatorsOrigin)).toMatchObject({
      code: 'wrong-login',
    });
    const password = 'đò sang sông lúc sớm';
    const secret = isRefusal(made) ? '' : made.secret;
    expect(await passwords.setUp(secret, password, operatorsOrigin)).toBeNull();
    expect(await logIns.logIn({ login: 'binh.tv', password }, operatorsOrigin)).toHaveProperty('token');
    const kept = await inOrganization(worker, organization, (manager) =>
      manager.query<object[]>(`select outcome from dondoc.audit_entry where act = 'account.reset'`),
    );
    expect(kept).toEqual([{ outcome: 'done' }]);
  });

  it('takes no log-in of another organization, and leaves nothing behind when it tries', async () => {
    expect(await make({ code: 'xa-khac' })).toMatchObject({ code: 'login-taken', field: 'login' });
    expect(await find('xa-khac')).toBeNull();
  });

  it('finds no sample office where real time counts', async () => {
    await expect(refuseSandboxAccounts(api)).resolves.toBeUndefined();
    await loadSampleOffice(owner);
    await expect(refuseSandboxAccounts(api)).rejects.toThrow(/sample office/);
  });
});
