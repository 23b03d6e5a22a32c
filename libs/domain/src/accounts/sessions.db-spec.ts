import { isRefusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { type Origin } from '../audit/audit-entry';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { type AccountSettings } from './account-settings';
import { hashPassword } from './password';
import { LogInService } from './log-in.service';
import { LoginThrottle } from './login-throttle';
import { issueSecret } from './one-time-secret';
import { PasswordsService } from './passwords.service';
import { SecondFactors } from './second-factors';
import { SessionsService, type NewSession } from './sessions.service';
import { codeOf, stepOf } from './time-code';

const organization = '00000000-0000-7000-8000-00000000000a';
const nil = '00000000-0000-0000-0000-000000000000';
const [lan, minh] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

const settings: AccountSettings = {
  sessionHours: 1,
  sessionIdleMinutes: 30,
  passwordMinLength: 12,
  sandbox: false,
  secretsKey: Buffer.alloc(32, 5),
};
const from: Origin = { address: '203.0.113.7', userAgent: 'spec', correlation: 'spec' };

describe('log-ins', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;
  let sessions: SessionsService;
  let logIns: LogInService;
  let passwords: PasswordsService;
  let throttle: LoginThrottle;
  const factors = new SecondFactors(settings.secretsKey);

  const asOwner = (sql: string, parameters: readonly unknown[] = []) =>
    inOrganization(owner, organization, (manager) => manager.query(sql, [...parameters]));

  beforeAll(async () => {
    database = await createTestDatabase();
    [owner, api] = (await Promise.all(
      [database.ownerUrl, database.apiUrl].map((url) =>
        dondocDataSource({ url, application: 'sessions spec', poolSize: 2 }).initialize(),
      ),
    )) as [DataSource, DataSource];
    throttle = new LoginThrottle(api);
    sessions = new SessionsService(api, settings);
    logIns = new LogInService(api, settings, throttle, sessions, factors);
    passwords = new PasswordsService(api, settings, throttle, sessions, factors);
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

  const tryIn = (password: string, more: { login?: string; code?: string; address?: string } = {}) =>
    logIns.logIn(
      { login: more.login ?? 'lan', password, code: more.code },
      { ...from, address: more.address ?? from.address },
    );
  const codes = async (attempts: number, password: string, more: object = {}) => {
    const seen: string[] = [];
    for (let attempt = 0; attempt < attempts; attempt++) {
      const answer = await tryIn(password, more);
      seen.push(isRefusal(answer) ? answer.code : 'in');
    }
    return seen;
  };
  const unblock = () =>
    inOrganization(api, nil, (manager) => manager.query('delete from dondoc.login_throttle'));
  /** As much earlier as it takes for every wait to be over. */
  const waitOver = () =>
    inOrganization(api, nil, (manager) =>
      manager.query(`update dondoc.login_throttle set blocked_until = now() - interval '1 second'
                     where blocked_until is not null`),
    );

  const logIn = async (): Promise<NewSession> => {
    const session = await logIns.logIn({ login: ' LAN ', password: 'đúng mật khẩu' }, from);
    if (isRefusal(session)) throw new Error(session.en);
    return session;
  };

  it('gives a session with the offices held today, and only its hash is kept', async () => {
    const { token, caller } = await logIn();
    expect(caller).toMatchObject({
      organization,
      person: lan,
      name: 'Lan',
      offices: [{ role: 'clerk', agency: null, ofOffice: false, onBehalfOf: null }],
    });
    expect(await sessions.callerOf(token)).toEqual(caller);
    const rows: unknown = await asOwner('select token_hash from dondoc.session');
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
  });

  it('refuses a wrong password and an unknown log-in in the same words', async () => {
    const wrong = await tryIn('sai');
    expect(wrong).toMatchObject({ refused: true, code: 'wrong-login' });
    expect(await tryIn('sai', { login: 'khong-co' })).toEqual(wrong);
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
    expect(await tryIn('đúng mật khẩu')).toMatchObject({ code: 'wrong-login' });
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
      { role: 'clerk', agency: null, ofOffice: false, onBehalfOf: null },
      { role: 'chair', agency: null, ofOffice: false, onBehalfOf: minh },
    ]);
  });

  it('end a session that nobody uses, and keep in mind when one was used', async () => {
    const { token } = await logIn();
    await asOwner(`update dondoc.session set last_seen_at = now() - interval '29 minutes'`);
    expect(await sessions.callerOf(token)).not.toBeNull();
    const [seen] = (await asOwner(
      `select now() - max(last_seen_at) < '1 minute' as now from dondoc.session`,
    )) as {
      now: boolean;
    }[];
    expect(seen?.now).toBe(true);
    await asOwner(`update dondoc.session set last_seen_at = now() - interval '31 minutes'`);
    expect(await sessions.callerOf(token)).toBeNull();
  });

  it('give a new session in place of the one that the browser held', async () => {
    const held = await logIn();
    const next = await logIns.logIn({ login: 'lan', password: 'đúng mật khẩu' }, from, held.token);
    expect(isRefusal(next)).toBe(false);
    expect(await sessions.callerOf(held.token)).toBeNull();
  });

  it('show their owner every open session, and end the one that is named', async () => {
    const [phone, desk] = [await logIn(), await logIn()];
    const shown = await sessions.list(desk.caller, desk.token);
    expect(shown[0]).toMatchObject({ address: '203.0.113.7', userAgent: 'spec' });
    expect(shown.filter(({ current }) => current)).toHaveLength(1);
    const others = shown.filter(({ current }) => !current);
    for (const { id } of others) expect(await sessions.end(desk.caller, id)).toBeNull();
    expect(await sessions.callerOf(phone.token)).toBeNull();
    expect(await sessions.callerOf(desk.token)).not.toBeNull();
    expect(await sessions.end(desk.caller, others[0]?.id ?? '')).toMatchObject({ code: 'not-found' });
  });

  describe('that fail', () => {
    beforeEach(unblock);
    afterAll(unblock);

    it('have to wait after the fifth, even with the right password, longer each time, and only from there', async () => {
      expect(await codes(5, 'sai')).toEqual(Array<string>(5).fill('wrong-login'));
      const blocked = await tryIn('đúng mật khẩu');
      expect(blocked).toMatchObject({ code: 'too-many-attempts' });
      const waitOf = (answer: unknown) => (answer as { retryAfter: number }).retryAfter;
      expect(waitOf(blocked)).toBeGreaterThan(25);
      expect(waitOf(blocked)).toBeLessThanOrEqual(30);
      expect(isRefusal(await tryIn('đúng mật khẩu', { address: '198.51.100.1' }))).toBe(false);
      await codes(5, 'sai', { address: '203.0.113.9' });
      await waitOver();
      expect(await codes(2, 'sai', { address: '203.0.113.9' })).toEqual(['wrong-login', 'too-many-attempts']);
      expect(waitOf(await tryIn('sai', { address: '203.0.113.9' }))).toBeGreaterThan(30);
    });

    it('are counted for unknown log-ins alike: nobody learns which exist', async () => {
      expect(await codes(6, 'sai', { login: 'khong-co' })).toEqual(await codes(6, 'sai'));
    });

    it('are counted before they are tried: many at once are no way around', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => tryIn('sai')));
      const tried = answers.filter((answer) => isRefusal(answer) && answer.code === 'wrong-login');
      expect(tried).toHaveLength(5);
    });

    it('block a log-in from everywhere after fifty, until the wait is over or somebody unlocks it', async () => {
      for (let network = 0; network < 50; network++)
        await tryIn('sai', { address: `2001:db8:${network}::1` });
      const fresh = { address: '2001:db8:ffff::1' };
      expect(await tryIn('đúng mật khẩu', fresh)).toMatchObject({ code: 'too-many-attempts' });
      await throttle.release('lan');
      expect(isRefusal(await tryIn('đúng mật khẩu', fresh))).toBe(false);
    });

    it('forget what was counted once the owner is in', async () => {
      await codes(4, 'sai');
      expect(await codes(1, 'đúng mật khẩu')).toEqual(['in']);
      expect(await codes(5, 'sai')).toEqual(Array<string>(5).fill('wrong-login'));
    });

    it('are kept with the address in a row of its own, and nothing secret', async () => {
      await tryIn('bí mật không được lưu');
      const [row] = (await asOwner(
        `select e.entry, o.address from dondoc.audit_entry e
         join dondoc.audit_origin o on o.entry_id = e.id where e.outcome = 'refused' order by e.recorded_at desc limit 1`,
      )) as { entry: string; address: string }[];
      expect(row?.address).toBe('203.0.113.7');
      expect(JSON.parse(row?.entry ?? '')).toMatchObject({
        act: 'account.log-in',
        subject: lan,
        code: 'wrong-login',
      });
      expect(row?.entry).not.toMatch(/203\.0\.113|bí mật/);
    });
  });

  it('of an account with a known password are refused where real time counts', async () => {
    await asOwner('update dondoc.account set sandbox = true where id = $1', [lan]);
    expect(await tryIn('đúng mật khẩu')).toMatchObject({ code: 'wrong-login' });
    const trial = new SessionsService(api, { ...settings, sandbox: true });
    const inSandbox = new LogInService(api, { ...settings, sandbox: true }, throttle, trial, factors);
    const session = await inSandbox.logIn({ login: 'lan', password: 'đúng mật khẩu' }, from);
    if (isRefusal(session)) throw new Error(session.en);
    expect(await trial.callerOf(session.token)).not.toBeNull();
    expect(await sessions.callerOf(session.token)).toBeNull();
    await asOwner('update dondoc.account set sandbox = false where id = $1', [lan]);
    await unblock();
  });

  it('take a code of the app once, and each recovery code once', async () => {
    const { caller } = await logIn();
    expect(await passwords.beginFactor(caller, 'sai', from)).toMatchObject({ code: 'wrong-password' });
    const begun = await passwords.beginFactor(caller, 'đúng mật khẩu', from);
    if (isRefusal(begun)) throw new Error(begun.en);
    const secret = decode(begun.secret);
    const code = (later: number) => codeOf(secret, stepOf(Date.now()) + later);
    const recovery = await passwords.confirmFactor(caller, code(-1), from);
    if (isRefusal(recovery)) throw new Error(recovery.en);
    expect(recovery).toHaveLength(10);
    const kept: unknown = await asOwner('select sealed_secret from dondoc.second_factor');
    expect(JSON.stringify(kept)).not.toContain(begun.secret);

    expect(await codes(1, 'đúng mật khẩu')).toEqual(['second-factor-needed']);
    expect(await codes(1, 'đúng mật khẩu', { code: '000000' })).toEqual(['wrong-second-factor']);
    expect(await codes(1, 'sai', { code: code(0) })).toEqual(['wrong-login']);
    const now = code(0);
    expect(await codes(2, 'đúng mật khẩu', { code: now })).toEqual(['in', 'wrong-second-factor']);
    expect(await codes(2, 'đúng mật khẩu', { code: recovery[3] })).toEqual(['in', 'wrong-second-factor']);
    await passwords.removeFactor(caller, 'đúng mật khẩu', from);
    expect(await codes(1, 'đúng mật khẩu')).toEqual(['in']);
  });

  it('change with the password, which ends every other session', async () => {
    const [phone, desk] = [await logIn(), await logIn()];
    const change = (current: string, next: string) =>
      passwords.change(desk.caller, desk.token, current, next, from);
    expect(await change('sai', 'cây đa giếng nước sân đình')).toMatchObject({ code: 'wrong-password' });
    expect(await change('đúng mật khẩu', 'Lan 123456789')).toMatchObject({ code: 'password-guessable' });
    expect(await sessions.callerOf(phone.token)).not.toBeNull();
    expect(await change('đúng mật khẩu', 'cây đa giếng nước sân đình')).toBeNull();
    expect(await sessions.callerOf(phone.token)).toBeNull();
    expect(await sessions.callerOf(desk.token)).not.toBeNull();
    expect(await codes(1, 'cây đa giếng nước sân đình'.normalize('NFD'))).toEqual(['in']);
  });

  it('are set up by a secret that is good once and for three days', async () => {
    const issue = () =>
      inOrganization(api, organization, (manager) => issueSecret(manager, { organization, account: lan }));
    const { token } = await tryIn('cây đa giếng nước sân đình').then((answer) => {
      if (isRefusal(answer)) throw new Error(answer.en);
      return answer;
    });
    const first = await issue();
    const { secret } = await issue();
    expect(await passwords.setUp(first.secret, 'đúng mật khẩu mới', from)).toMatchObject({
      code: 'secret-not-valid',
    });
    expect(await passwords.setUp(secret, 'ngắn', from)).toMatchObject({ code: 'password-too-short' });
    expect(await passwords.setUp(secret, 'thuyền neo bến vắng', from)).toBeNull();
    expect(await passwords.setUp(secret, 'thuyền neo bến khác', from)).toMatchObject({
      code: 'secret-not-valid',
    });
    expect(await sessions.callerOf(token)).toBeNull();
    expect(await codes(1, 'thuyền neo bến vắng')).toEqual(['in']);
    const late = await issue();
    await asOwner(`update dondoc.account_secret set expires_at = now() - interval '1 second'`);
    expect(await passwords.setUp(late.secret, 'thuyền neo bến khác', from)).toMatchObject({
      code: 'secret-not-valid',
    });
  });
});

function decode(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text)
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
