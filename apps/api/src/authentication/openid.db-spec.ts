import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { TestOffice } from '../testing/test-office';
import { Browser, TestOpenIdProvider } from '../testing/test-openid-provider';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('logging in by an OpenID provider', () => {
  let office: TestOffice;
  let provider: TestOpenIdProvider;
  let address: string;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    provider = await TestOpenIdProvider.start(`${address}/api/v1/auth/openid/callback`);
    office = await TestOffice.open({
      port,
      openId: {
        issuer: new URL(provider.issuer),
        clientId: 'dondoc',
        clientSecret: 'the client and the provider share this',
        label: 'Đăng nhập tỉnh',
        loginClaim: 'preferred_username',
        publicUrl: new URL(address),
        insideAllowed: ['127.0.0.1'],
      },
    });
  });

  afterAll(async () => {
    await office.end();
    await provider.end();
  });

  /** To the provider, where one says who one is, and to the moment of coming back. */
  async function goThere(name: string, browser = new Browser()) {
    const callback = `${address}/api/v1/auth/openid/callback`;
    const form = await browser.follow(`${address}/api/v1/auth/openid/start`, callback);
    const consent = await browser.follow(form, callback, { prompt: 'login', login: name, password: 'x' });
    const back = consent.startsWith(callback)
      ? consent
      : await browser.follow(consent, callback, { prompt: 'consent' });
    return { browser, back };
  }

  async function logIn(name: string, browser = new Browser()) {
    const { back } = await goThere(name, browser);
    const answer = await browser.go(back);
    const session = browser.cookie(address, 'dondoc_session');
    return { location: answer.headers.get('location'), session, browser, back };
  }

  const nameOf = async (session: string | undefined) => {
    const headers = { Authorization: `Bearer ${session ?? ''}` };
    return (await office.nobody().get('/auth/me', { headers })).body['name'];
  };

  it('is offered beside the password', async () => {
    expect((await office.nobody().get('/auth/ways')).body).toEqual({
      password: true,
      openId: { label: 'Đăng nhập tỉnh', start: '/api/v1/auth/openid/start' },
    });
  });

  it('goes there with PKCE, state and nonce, and comes back to a session of the account of that name', async () => {
    const start = await office.nobody().get('/auth/openid/start');
    const away = new URL(start.headers.get('location') ?? '');
    expect(Object.fromEntries(away.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: expect.stringMatching(/.{20}/) as string,
      nonce: expect.stringMatching(/.{20}/) as string,
    });
    expect(start.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/);
    const { location, session } = await logIn('vanthu');
    expect([location, await nameOf(session)]).toEqual(['/', 'Đỗ Thị Lan']);
  });

  it('knows the account by the subject afterwards, whatever it is called there', async () => {
    await logIn('theodoi');
    // The same name, and somebody else.
    const { location, session } = await logIn('theodoi+2');
    expect([location, session]).toEqual(['/?login-problem=no-account', undefined]);
  });

  it('makes no account for anybody', async () => {
    expect(await logIn('nguoi-la')).toMatchObject({
      location: '/?login-problem=no-account',
      session: undefined,
    });
  });

  it('lets nobody in whose account is disabled', async () => {
    const administrator = await office.as('quantri');
    const { body } = await administrator.get<{ items: { id: string; login: string }[] }>('/auth/accounts');
    const id = body.items.find(({ login }) => login === 'tyt-cv')?.id ?? '';
    await administrator.post(`/auth/accounts/${id}/disable`);
    expect((await logIn('tyt-cv')).location).toBe('/?login-problem=no-account');
  });

  it('goes on when the provider has changed its keys', async () => {
    await provider.rotate();
    expect((await logIn('vanthu')).location).toBe('/');
  });

  const hour = 3_600;
  const stolen = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

  it.each<[string, NonNullable<TestOpenIdProvider['forge']>]>([
    ['signed by another key', (claims, sign) => sign(claims, stolen)],
    [
      'not signed at all',
      (claims, sign) => {
        const [, body] = sign(claims).split('.');
        return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body ?? ''}.`;
      },
    ],
    [
      'changed after it was signed',
      (claims, sign) => {
        const [head, , signature] = sign(claims).split('.');
        const other = Buffer.from(JSON.stringify({ ...claims, sub: 'subject-of-chutich' })).toString(
          'base64url',
        );
        return `${head ?? ''}.${other}.${signature ?? ''}`;
      },
    ],
    [
      'out of date',
      (claims, sign) =>
        sign({ ...claims, iat: Number(claims['iat']) - 2 * hour, exp: Number(claims['exp']) - 2 * hour }),
    ],
    ['for somebody else', (claims, sign) => sign({ ...claims, aud: 'another-client' })],
    ['by another issuer', (claims, sign) => sign({ ...claims, iss: 'https://elsewhere.example' })],
    ['of another journey', (claims, sign) => sign({ ...claims, nonce: 'of-somebody-else' })],
  ])('takes no token that is %s', async (_what, forge) => {
    provider.forge = forge;
    const { location, session } = await logIn('vanthu');
    expect([location, session]).toEqual(['/?login-problem=openid-not-proved', undefined]);
  });

  it('is taken up by the browser that began it, and once', async () => {
    const { back, browser } = await goThere('vanthu');
    const other = new Browser();
    expect((await other.go(back)).headers.get('location')).toBe('/?login-problem=openid-journey-lost');
    await other.go(`${address}/api/v1/auth/openid/start`);
    expect((await other.go(back)).headers.get('location')).toBe('/?login-problem=openid-not-proved');
    expect((await browser.go(back)).headers.get('location')).toBe('/');
    expect((await browser.go(back)).headers.get('location')).toBe('/?login-problem=openid-journey-lost');
  });

  it('ends here, and says where it ends there', async () => {
    const { session } = await logIn('vanthu');
    const headers = { Authorization: `Bearer ${session ?? ''}` };
    const { body } = await office.nobody().post('/auth/openid/logout', undefined, { headers });
    const there = new URL(body['redirect'] as string);
    expect(there.origin).toBe(provider.issuer);
    expect(there.searchParams.get('post_logout_redirect_uri')).toBe(`${address}/`);
    expect((await office.nobody().get('/auth/me', { headers })).status).toBe(401);
  });

  describe('when the provider says that somebody has logged out there', () => {
    const event = 'http://schemas.openid.net/event/backchannel-logout';
    const claimsOf = (name: string) => {
      const now = Math.floor(Date.now() / 1_000);
      const events = { [event]: {} };
      const names = { iss: provider.issuer, aud: 'dondoc', sub: name, jti: randomUUID() };
      return { ...names, iat: now, exp: now + 120, events };
    };
    const tell = async (token: string) => {
      const response = await fetch(`${address}/api/v1/auth/openid/back-channel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      });
      const text = await response.text();
      return {
        status: response.status,
        code: text === '' ? null : (JSON.parse(text) as { code: string }).code,
      };
    };

    it('ends the session that it has opened, and no other', async () => {
      const { session, browser } = await logIn('vanthu');
      const elsewhere = await logIn('vanthu');
      const byPassword = await office.as('vanthu');
      const page = await (await browser.go(`${provider.issuer}/session/end`)).text();
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const end = `${provider.issuer}/session/end/confirm`;
      await (await browser.go(end, { xsrf, logout: 'yes' })).arrayBuffer();
      expect(await nameOf(session)).toBeUndefined();
      expect(await nameOf(elsewhere.session)).toBe('Đỗ Thị Lan');
      expect((await byPassword.get('/auth/me')).status).toBe(200);
      const kept = await office.rows<{ entry: string }>(
        `select entry from dondoc.audit_entry where act = 'account.log-out-by-provider'`,
      );
      expect(kept.map(({ entry }) => JSON.parse(entry) as object)).toMatchObject([
        { details: { issuer: provider.issuer, sessions: 1 } },
      ]);
    });

    it('ends all that were opened for a person, once for one token', async () => {
      const { session } = await logIn('vanthu');
      const token = provider.signed(claimsOf('vanthu'));
      expect((await tell(token)).status).toBe(200);
      expect(await nameOf(session)).toBeUndefined();
      const again = await logIn('vanthu');
      expect(await tell(token)).toEqual({ status: 400, code: 'logout-token-not-valid' });
      expect(await nameOf(again.session)).toBe('Đỗ Thị Lan');
    });

    it.each<[string, (claims: ReturnType<typeof claimsOf>) => string]>([
      ['is signed by another key', (claims) => provider.signed(claims, { key: stolen })],
      ['is an id token', (claims) => provider.signed({ ...claims, nonce: 'x' }, { typ: 'JWT' })],
      ['is an access token', (claims) => provider.signed(claims, { typ: 'at+jwt' })],
      ['tells of no log-out', (claims) => provider.signed({ ...claims, events: {} })],
      ['is for somebody else', (claims) => provider.signed({ ...claims, aud: 'another-client' })],
      ['is of another issuer', (claims) => provider.signed({ ...claims, iss: 'https://elsewhere.example' })],
      ['is out of date', (claims) => provider.signed({ ...claims, exp: claims.iat - hour })],
      ['is old', (claims) => provider.signed({ ...claims, iat: claims.iat - hour })],
      ['names nobody', ({ sub: _, ...claims }) => provider.signed(claims)],
      ['has no id', ({ jti: _, ...claims }) => provider.signed(claims)],
      ['is no token', () => 'x'],
    ])('believes nothing that %s', async (_what, forge) => {
      expect(await tell(forge(claimsOf('vanthu')))).toEqual({ status: 400, code: 'logout-token-not-valid' });
    });

    it('takes such a form nowhere else', async () => {
      const response = await fetch(`${address}/api/v1/auth/login`, {
        method: 'POST',
        body: new URLSearchParams({ login: 'vanthu', password: 'x' }),
      });
      expect(response.status).toBe(415);
    });
  });

  it('says so when the provider cannot be reached', async () => {
    await provider.halt();
    expect(await office.nobody().get('/auth/openid/start')).toMatchObject({
      status: 503,
      body: { code: 'openid-unreachable' },
    });
  });
});
