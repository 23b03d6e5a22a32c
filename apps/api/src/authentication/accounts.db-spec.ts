import { makeServiceAccount } from '@dondoc/domain/accounts/service-account';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { isRefusal } from '@dondoc/workflow';
import { type Someone, TestOffice } from '../testing/test-office';

interface Account {
  readonly id: string;
  readonly login: string;
}

describe('accounts over HTTP', () => {
  let office: TestOffice;
  let administrator: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    administrator = await office.as('quantri');
  });

  afterAll(() => office.end());

  const logIn = (login: string, password: string, headers: Record<string, string> = {}) =>
    office.nobody().post<{ token: string }>('/auth/login', { login, password }, { headers });
  const cookieOf = async () => {
    const { headers } = await logIn('vanthu', 'mau-vanthu');
    return headers.get('set-cookie')?.split(';')[0] ?? '';
  };

  it('are made by the administrator for somebody of the directory, who sets the password', async () => {
    const person = office.person('vanthu');
    const made = await administrator.post<{ account: Account; secret: string }>('/auth/accounts', {
      person,
      login: 'van.thu.2',
    });
    expect(made).toMatchObject({ status: 201, body: { account: { login: 'van.thu.2', active: false } } });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const again = await administrator.post('/auth/accounts', { person, login: 'VAN.THU.2' });
    expect(again).toMatchObject({ status: 422, body: { errors: [{ field: 'login', code: 'login-taken' }] } });
    const set = (password: string) =>
      office.nobody().post('/auth/set-up', { secret: made.body.secret, password });
    expect(await set('mật khẩu')).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } });
    expect((await set('thuyền neo bến vắng')).status).toBe(204);
    expect(await set('thuyền neo bến vắng')).toMatchObject({
      status: 403,
      body: { code: 'secret-not-valid' },
    });
    expect((await logIn('van.thu.2', 'thuyền neo bến vắng')).status).toBe(200);
  });

  it('show where they are open and when they are locked, and the administrator ends either', async () => {
    const listed = async () => {
      const { body } = await administrator.get<{ items: (Account & { lockedUntil: string | null })[] }>(
        '/auth/accounts',
      );
      const found = body.items.find(({ login }) => login === 'tyt-cv');
      if (!found) throw new Error('the sample office has a tyt-cv');
      return found;
    };
    await logIn('tyt-cv', 'mau-tyt-cv');
    const { id, lockedUntil } = await listed();
    expect(lockedUntil).toBeNull();
    const path = `/auth/accounts/${id}/sessions`;
    const { body } = await administrator.get<{ items: { id: string; current: boolean }[] }>(path);
    expect(body.items).toMatchObject([{ current: false }]);
    const [session] = body.items;
    expect((await administrator.send('DELETE', `/api/v1${path}/${session?.id ?? ''}`)).status).toBe(204);
    expect((await administrator.send('DELETE', `/api/v1${path}/${session?.id ?? ''}`)).status).toBe(404);
    expect((await administrator.get(path)).body).toEqual({ items: [] });
    for (let turn = 0; turn < 6; turn++) await logIn('tyt-cv', 'sai mật khẩu');
    expect((await listed()).lockedUntil).not.toBeNull();
    const freed = await administrator.post(`/auth/accounts/${id}/unlock`);
    expect(freed.body).toMatchObject({ login: 'tyt-cv', lockedUntil: null });
  });

  it('stop working at once when they are disabled or renewed', async () => {
    const { body } = await administrator.get<{ items: Account[] }>('/auth/accounts');
    const id = body.items.find(({ login }) => login === 'kt-cv')?.id ?? '';
    const first = await logIn('kt-cv', 'mau-kt-cv');
    const me = (token: string) =>
      office.nobody().get('/auth/me', { headers: { Authorization: `Bearer ${token}` } });
    expect((await me(first.body.token)).status).toBe(200);
    expect((await administrator.post(`/auth/accounts/${id}/disable`)).body).toMatchObject({ enabled: false });
    expect((await me(first.body.token)).status).toBe(401);
    expect((await logIn('kt-cv', 'mau-kt-cv')).status).toBe(401);
    expect((await administrator.post(`/auth/accounts/${id}/enable`)).body).toMatchObject({ enabled: true });
    const second = await logIn('kt-cv', 'mau-kt-cv');
    expect((await administrator.post(`/auth/accounts/${id}/renew`)).status).toBe(200);
    expect((await me(second.body.token)).status).toBe(401);
    expect((await logIn('kt-cv', 'mau-kt-cv')).status).toBe(401);
    const own = body.items.find(({ login }) => login === 'quantri')?.id ?? '';
    expect(await administrator.post(`/auth/accounts/${own}/disable`)).toMatchObject({
      status: 409,
      body: { code: 'own-account' },
    });
  });

  it('say how long to wait after too many failures, and are unlocked by the administrator', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await logIn('theodoi', 'sai');
    const blocked = await logIn('theodoi', 'mau-theodoi');
    expect(blocked).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    const { body } = await administrator.get<{ items: Account[] }>('/auth/accounts');
    const id = body.items.find(({ login }) => login === 'theodoi')?.id ?? '';
    expect((await administrator.post(`/auth/accounts/${id}/unlock`)).status).toBe(200);
    expect((await logIn('theodoi', 'mau-theodoi')).status).toBe(200);
  });

  it('let their owner see and end sessions', async () => {
    const { body } = await logIn('vanthu', 'mau-vanthu', { 'User-Agent': 'phone' });
    const clerk = await office.as('vanthu');
    const shown = await clerk.get<{ items: { id: string; userAgent: string; current: boolean }[] }>(
      '/auth/sessions',
    );
    expect(shown.body.items.filter(({ current }) => current)).toHaveLength(1);
    const phone = shown.body.items.find(({ userAgent }) => userAgent === 'phone')?.id ?? '';
    expect((await clerk.send('DELETE', `/api/v1/auth/sessions/${phone}`)).status).toBe(204);
    const header = { headers: { Authorization: `Bearer ${body.token}` } };
    expect((await office.nobody().get('/auth/me', header)).status).toBe(401);
    expect((await administrator.send('DELETE', `/api/v1/auth/sessions/${phone}`)).status).toBe(404);
  });

  describe('of programs', () => {
    interface Token {
      readonly id: string;
      readonly token: string;
      readonly lastUsedAt: string | null;
    }
    const wanted = (scopes: string[]) => ({ name: 'Bảng điện tử', scopes, days: 30 });
    const by = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

    it('do with a token what its scopes say, until it is revoked', async () => {
      const clerk = await office.as('vanthu');
      const made = await clerk.post<Token>('/auth/tokens', wanted(['read:directives']));
      expect(made).toMatchObject({ status: 201, body: { lastUsedAt: null } });
      const { token, id } = made.body;
      const statusOf = async (path: string) => (await office.nobody().get(path, by(token))).status;
      expect([await statusOf('/directives'), await statusOf('/auth/me')]).toEqual([200, 200]);
      expect([await statusOf('/inbox'), await statusOf('/auth/tokens')]).toEqual([403, 403]);
      const act = await office.nobody().post('/drafts', {}, by(token));
      expect(act).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
      const more = await office.nobody().post('/auth/tokens', wanted(['act']), by(token));
      expect(more.status).toBe(403);
      const shown = await clerk.get<{ items: Token[] }>('/auth/tokens');
      expect(JSON.stringify(shown.body)).not.toContain(token.slice(-20));
      expect(shown.body.items[0]?.lastUsedAt).not.toBeNull();
      const stored = JSON.stringify(await office.rows('select entry from dondoc.audit_entry'));
      expect(stored).toContain('token.create');
      expect(stored).not.toContain(token.slice(-20));
      expect((await clerk.send('DELETE', `/api/v1/auth/tokens/${id}`)).status).toBe(204);
      expect(await statusOf('/directives')).toBe(401);
    });

    it('name what is wrong with a wish', async () => {
      const clerk = await office.as('vanthu');
      expect(await clerk.post('/auth/tokens', wanted(['read', 'root']))).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'scopes[1]', code: 'invalid-scope' }] },
      });
      expect((await clerk.post('/auth/tokens', { ...wanted(['read']), days: 400 })).status).toBe(422);
    });

    it('hold a role like a person; administrators make and revoke their tokens, never those of people', async () => {
      const source = dondocDataSource({ url: office.database.ownerUrl, application: 'spec', poolSize: 1 });
      await source.initialize();
      const service = { login: 'cong', name: 'Cổng thông tin', role: 'clerk', agency: null } as const;
      const made = await makeServiceAccount(source, office.organization, {
        ...service,
        token: wanted(['read']),
      });
      const unknown = { ...service, login: 'cong2', agency: 'Sở Lạ', token: wanted(['read']) };
      expect(await makeServiceAccount(source, office.organization, unknown)).toMatchObject({
        field: 'agency',
      });
      await source.destroy();
      if (isRefusal(made)) throw new Error(made.en);
      expect((await office.nobody().get('/auth/me', by(made.token))).body).toMatchObject({
        name: 'Cổng thông tin',
      });
      const { body } = await administrator.get<{ items: (Account & { kind: string })[] }>('/auth/accounts');
      const id = body.items.find(({ kind }) => kind === 'service')?.id ?? '';
      const second = await administrator.post<Token>(`/auth/accounts/${id}/tokens`, wanted(['read']));
      expect((await office.nobody().get('/directives', by(second.body.token))).status).toBe(200);
      await administrator.send('DELETE', `/api/v1/auth/accounts/${id}/tokens/${made.id}`);
      expect((await office.nobody().get('/auth/me', by(made.token))).status).toBe(401);
      const clerk = body.items.find(({ login }) => login === 'vanthu')?.id ?? '';
      expect((await administrator.post(`/auth/accounts/${clerk}/tokens`, wanted(['read']))).status).toBe(404);
      expect((await administrator.post(`/auth/accounts/${id}/renew`)).status).toBe(404);
      expect((await logIn('cong', 'x')).status).toBe(401);
    });
  });

  describe('asked from another site in the name of whoever is logged in', () => {
    const source = { kind: 'oral', givenBy: 'x', givenOn: '2026-10-30' };
    const asked = async (headers: Record<string, string>) => {
      const Cookie = await cookieOf();
      const { status, body } = await office
        .nobody()
        .post('/drafts', { source, items: [] }, { headers: { Cookie, ...headers } });
      return [status, body['code']];
    };

    it.each([
      [{ 'Sec-Fetch-Site': 'cross-site' }],
      [{ 'Sec-Fetch-Site': 'same-site' }],
      [{ Origin: 'https://evil.example' }],
      [{ Origin: 'null' }],
    ])('refuse %j', async (headers) => {
      expect(await asked(headers)).toEqual([403, 'cross-site']);
    });

    it('take what the own page asks, and what a script asks with its cookie or a token', async () => {
      expect(await asked({})).toEqual([422, 'invalid-input']);
      expect(await asked({ 'Sec-Fetch-Site': 'same-origin' })).toEqual([422, 'invalid-input']);
      expect(await asked({ Origin: office.address })).toEqual([422, 'invalid-input']);
      const { body } = await logIn('vanthu', 'mau-vanthu');
      const token = { Authorization: `Bearer ${body.token}`, 'Sec-Fetch-Site': 'cross-site' };
      expect(await asked(token)).toEqual([422, 'invalid-input']);
    });

    it('log nobody in from there', async () => {
      const answer = await logIn('vanthu', 'mau-vanthu', { 'Sec-Fetch-Site': 'cross-site' });
      expect(answer).toMatchObject({ status: 403, body: { code: 'cross-site' } });
    });
  });
});
