import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { hashPassword } from './password';
import { SessionsService, type NewSession } from './sessions.service';

const organization = '00000000-0000-7000-8000-00000000000a';
const [lan, minh] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

describe('log-ins', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;
  let sessions: SessionsService;

  const asOwner = (sql: string, parameters: readonly unknown[] = []) =>
    inOrganization(owner, organization, (manager) => manager.query(sql, [...parameters]));

  beforeAll(async () => {
    database = await createTestDatabase();
    [owner, api] = (await Promise.all(
      [database.ownerUrl, database.apiUrl].map((url) =>
        dondocDataSource({ url, application: 'sessions spec', poolSize: 2 }).initialize(),
      ),
    )) as [DataSource, DataSource];
    sessions = new SessionsService(api, 1);
    await asOwner(`insert into dondoc.organization values ($1, 'o', 'O', 'Asia/Ho_Chi_Minh', '2025-07-01')`, [
      organization,
    ]);
    for (const [person, name, role] of [
      [lan, 'Lan', 'clerk'],
      [minh, 'Minh', 'chair'],
    ] as const) {
      await asOwner('insert into dondoc.person values ($1, $2, $3)', [organization, person, name]);
      await asOwner(`insert into dondoc.office_held values ($1, $2, $2, $3, null, '2025-07-01', null)`, [
        organization,
        person,
        role,
      ]);
    }
    await asOwner(
      `insert into dondoc.account (organization_id, id, login, person_id, password_hash) values ($1, $2, 'lan', $2, $3)`,
      [organization, lan, await hashPassword('đúng mật khẩu')],
    );
  });

  afterAll(async () => {
    await Promise.all([owner.destroy(), api.destroy()]);
    await database.drop();
  });

  const logIn = async (): Promise<NewSession> => {
    const session = await sessions.logIn(' LAN ', 'đúng mật khẩu');
    if (isRefusal(session)) throw new Error(session.en);
    return session;
  };

  it('gives a session with the offices held today, and only its hash is kept', async () => {
    const { token, caller } = await logIn();
    expect(caller).toMatchObject({
      organization,
      person: lan,
      name: 'Lan',
      offices: [{ role: 'clerk', agency: null, onBehalfOf: null }],
    });
    expect(await sessions.callerOf(token)).toEqual(caller);
    const rows: unknown = await asOwner('select token_hash from dondoc.session');
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
  });

  it('refuses a wrong password and an unknown log-in in the same words', async () => {
    const wrong = await sessions.logIn('lan', 'sai');
    expect(wrong).toMatchObject({ refused: true, code: 'wrong-login' });
    expect(await sessions.logIn('khong-co', 'sai')).toEqual(wrong);
  });

  it('ends with the log-out, the expiry, and the account', async () => {
    const first = await logIn();
    await sessions.logOut(first.token);
    expect(await sessions.callerOf(first.token)).toBeNull();

    const second = await logIn();
    await asOwner(`update dondoc.session set expires_at = now() - interval '1 second'`);
    expect(await sessions.callerOf(second.token)).toBeNull();

    const third = await logIn();
    await asOwner('update dondoc.account set enabled = false');
    expect(await sessions.callerOf(third.token)).toBeNull();
    expect(await sessions.logIn('lan', 'đúng mật khẩu')).toMatchObject({ code: 'wrong-login' });
    await asOwner('update dondoc.account set enabled = true');
  });

  it('takes no token of another form or another organization', async () => {
    const { token } = await logIn();
    const elsewhere = token.replace(organization, '00000000-0000-7000-8000-00000000000b');
    for (const forged of ['', 'x', `${organization}.x`, elsewhere, `${token}x`])
      expect(await sessions.callerOf(forged)).toBeNull();
  });

  it('adds the offices of whoever delegated theirs for the day', async () => {
    await asOwner(
      `insert into dondoc.delegation values ($1, $2, $3, $2, current_date - 1, current_date + 1)`,
      [organization, lan, minh],
    );
    const { caller } = await logIn();
    expect(caller.offices).toEqual([
      { role: 'clerk', agency: null, onBehalfOf: null },
      { role: 'chair', agency: null, onBehalfOf: minh },
    ]);
  });
});
