import { randomUUID } from 'node:crypto';
import { TestOffice } from './testing/test-office';

describe('the API as a whole', () => {
  let office: TestOffice;

  beforeAll(async () => {
    office = await TestOffice.open();
  });

  afterAll(() => office.end());

  it('is live and ready', async () => {
    const live = await office.nobody().send('GET', '/health/live');
    expect(live).toMatchObject({ status: 200, body: { status: 'live' } });
    const ready = await office.nobody().send('GET', '/health/ready');
    expect(ready.body).toEqual({ status: 'ready', database: 'up', migrations: 'up', queue: 'up' });
  });

  it('shows its metrics on this machine, and not through a proxy', async () => {
    const clerk = await office.as('vanthu');
    expect((await clerk.get(`/directives/${randomUUID()}`)).status).toBe(404);
    const metrics = await office.nobody().send<string>('GET', '/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(metrics.body).toContain('dondoc_workflow_refusals_total{code="not-found"} 1\n');
    // What waits is read across organizations: that is the worker's to know.
    expect(metrics.body).not.toMatch(/outbox_waiting|parked_timers/);
    const forwarded = { headers: { 'X-Forwarded-For': '10.0.0.7' } };
    const refused = await office.nobody().send('GET', '/metrics', forwarded);
    expect(refused).toMatchObject({ status: 403, body: { code: 'metrics-on-this-machine-only' } });
    expect((await office.nobody().get('/metrics')).status).toBe(404);
  });

  it('sends whoever comes to the front to the documentation', async () => {
    const front = await office.nobody().send('GET', '/');
    expect([front.status, front.headers.get('location')]).toEqual([302, '/api/docs']);
    const page = await office.nobody().send<string>('GET', '/api/docs');
    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger-ui');
  });

  it('describes itself in OpenAPI 3.1, every POST with its Idempotency-Key and every operation with problems', async () => {
    const { body } = await office.nobody().send<{
      openapi: string;
      paths: Record<string, Record<string, { parameters: { name: string }[]; responses: object }>>;
    }>('GET', '/api/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(30);
    const without = operations
      .filter(
        ({ method, path }) => method === 'post' && !/\/(auth|sandbox)\/|\/(preview|check|verify)$/.test(path),
      )
      .filter(({ parameters }) => !parameters.some(({ name }) => name === 'Idempotency-Key'));
    expect(without).toEqual([]);
    const silent = operations.filter(
      ({ path, responses }) => path.startsWith('/api/v1/') && !('401' in responses),
    );
    expect(silent).toEqual([]);
  });

  it('packs what is looked up, and nothing that may hold a secret', async () => {
    const clerk = await office.as('vanthu');
    const headers = { 'Accept-Encoding': 'br' };
    const packed = (answer: { headers: Headers }) => answer.headers.get('content-encoding');
    expect(packed(await clerk.get('/agencies', { headers }))).toBe('br');
    expect(packed(await clerk.get('/agencies', { headers: { 'Accept-Encoding': 'identity' } }))).toBeNull();
    const long = await clerk.post('/drafts', { items: Array.from({ length: 20 }, () => 0) }, { headers });
    expect(JSON.stringify(long.body).length).toBeGreaterThan(1_024);
    expect(packed(long)).toBeNull();
  });

  it('lets pages load nothing from elsewhere, and be framed by nobody', async () => {
    const { headers } = await office.nobody().send('GET', '/api/docs');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy.split(';')).toContain(rule);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https:|\*/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('asks for a log-in everywhere but at the door', async () => {
    const { status, body, headers } = await office.nobody().get('/directives');
    expect([status, headers.get('content-type')]).toEqual([401, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({ code: 'login-needed', status: 401, title: 'Cần đăng nhập' });
  });

  it('speaks the language that is asked for, and says both', async () => {
    const { body, headers } = await office.nobody().get('/totals', { headers: { 'Accept-Language': 'en' } });
    expect(headers.get('content-language')).toBe('en');
    expect(body).toMatchObject({ detail: 'Log in first.', vi: { detail: 'Hãy đăng nhập.' } });
  });

  it('takes a correlation id and gives it back, in a problem too; a wild one it replaces', async () => {
    const { body, headers } = await office.nobody().get('/totals', { headers: { 'X-Request-Id': 'abc-1' } });
    expect([headers.get('x-request-id'), body['requestId']]).toEqual(['abc-1', 'abc-1']);
    const wild = await office.nobody().get('/totals', { headers: { 'X-Request-Id': 'a b{}' } });
    expect(wild.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('logs in with a cookie that scripts in the page cannot read, and out again', async () => {
    const password = 'mau-vanthu';
    const { status, headers, body } = await office
      .nobody()
      .post('/auth/login', { login: 'vanthu', password });
    const cookie = headers.get('set-cookie') ?? '';
    expect(status).toBe(200);
    expect(cookie).toMatch(/^dondoc_session=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
    expect(body).toMatchObject({ name: 'Đỗ Thị Lan', offices: [{ role: 'clerk' }] });
    const withCookie = { headers: { Cookie: cookie.split(';')[0] ?? '' } };
    expect((await office.nobody().get('/auth/me', withCookie)).status).toBe(200);
    const ownPage = { headers: { ...withCookie.headers, Origin: office.address } };
    expect((await office.nobody().post('/auth/logout', undefined, ownPage)).status).toBe(204);
    expect((await office.nobody().get('/auth/me', withCookie)).status).toBe(401);
  });

  it('refuses a wrong password without saying what was wrong', async () => {
    const answer = await office.nobody().post('/auth/login', { login: 'vanthu', password: 'x' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'wrong-login' } });
  });

  it('keeps what a role may not do from it, and the refusal in mind', async () => {
    const staff = await office.as('kt-cv');
    const answer = await staff.post('/documents', { name: 'x.txt', text: 'x' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    const rows = await office.rows<{ act: string; person_id: string }>(
      "select act, person_id from dondoc.audit_entry where outcome = 'refused' and person_id is not null",
    );
    expect(rows).toEqual([{ act: 'POST /api/v1/documents', person_id: office.person('kt-cv') }]);
  });

  it('names every field that does not fit, in both languages', async () => {
    const clerk = await office.as('vanthu');
    const { status, body } = await clerk.post<{ errors: { field: string; vi: string; en: string }[] }>(
      '/drafts',
      {
        source: { kind: 'oral', givenBy: 'x', givenOn: '2026-02-30' },
        items: [{ text: ' ', lead: [1] }],
      },
    );
    expect(status).toBe(422);
    expect(body.errors.map(({ field }) => field)).toEqual([
      'source.givenBy',
      'source.givenOn',
      'items[0].text',
      'items[0].lead[0]',
    ]);
    for (const { vi, en } of body.errors) expect(vi).not.toBe(en);
  });

  it.each([
    ['not JSON', '{', 400, 'bad-request'],
    ['too much', JSON.stringify({ name: 'x', text: 'x'.repeat(300_000) }), 413, 'too-large'],
    ['a character that cannot be kept', JSON.stringify({ name: 'a\u0000b', text: 'x' }), 422, 'not-storable'],
  ])('answers %s with a problem', async (_title, text, status, code) => {
    const response = await fetch(`${office.address}/api/v1/documents`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': 'k',
        Authorization: `Bearer ${await tokenOf('vanthu')}`,
      },
      body: text,
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  async function tokenOf(login: string): Promise<string> {
    const { body } = await office
      .nobody()
      .post<{ token: string }>('/auth/login', { login, password: `mau-${login}` });
    return body.token;
  }

  it('needs an idempotency key for everything that does something', async () => {
    const clerk = await office.as('vanthu');
    const none = await clerk.post('/documents', { name: 'x.txt', text: 'x' }, { key: null });
    expect(none).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    const wild = await clerk.post('/documents', { name: 'x.txt', text: 'x' }, { key: 'a b' });
    expect(wild).toMatchObject({ status: 400, body: { code: 'idempotency-key-malformed' } });
  });

  it('lets people look up agencies, people and who is in charge', async () => {
    const staff = await office.as('kt-cv');
    const agencies = await staff.get<{ items: { id: string; name: string; inForce: boolean }[] }>(
      '/agencies',
    );
    expect(agencies.body.items.filter(({ inForce }) => !inForce).map(({ name }) => name)).toEqual([
      'Phòng Tài chính - Kế hoạch',
    ]);
    const people = await staff.get<{ items: { id: string; offices: unknown[] }[] }>('/people');
    const chair = people.body.items.find(({ id }) => id === office.person('chutich'));
    expect(chair?.offices).toEqual([{ role: 'chair', agency: null, from: '2025-07-01', to: null }]);
    const inCharge = await staff.get<{ items: { leader: string; agency: string; field: string | null }[] }>(
      '/in-charge',
    );
    expect(inCharge.body.items).toContainEqual(
      expect.objectContaining({ leader: office.person('pct-kinhte'), agency: office.agency('kinh-te') }),
    );
  });

  it('knows no address that it does not have', async () => {
    const clerk = await office.as('vanthu');
    for (const path of ['/nothing', '/directives/x', `/drafts/${office.person('vanthu')}`])
      expect(await clerk.get(path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('moves the sandbox clock forward only', async () => {
    const clerk = await office.as('vanthu');
    const { body } = await clerk.get<{ now: string }>('/sandbox/clock');
    expect(body.now).toMatch(/^2026-11-02T01:0/);
    const walk = await clerk.post<{ now: string }>('/sandbox/clock/advance', { by: '2wd' });
    expect(walk.body.now).toMatch(/^2026-11-04T10:00/);
    expect(await clerk.post('/sandbox/clock/advance', { by: '-1wd' })).toMatchObject({
      status: 422,
      body: { code: 'clock-never-back' },
    });
    expect((await clerk.post('/sandbox/clock/advance', { by: 'soon' })).status).toBe(422);
    expect((await clerk.post('/sandbox/clock/advance', {})).status).toBe(422);
    expect((await clerk.post('/sandbox/clock/next')).status).toBe(200);
  });
});
