// A real OpenID provider for the tests, in a process of its own: OPENID_PORT, OPENID_ISSUER, OPENID_JWKS, OPENID_REDIRECT.
// Whoever types a name is that person; says "ready" when it listens.
import Provider from 'oidc-provider';

const { OPENID_PORT, OPENID_ISSUER, OPENID_JWKS, OPENID_REDIRECT } = process.env;

const provider = new Provider(OPENID_ISSUER, {
  jwks: JSON.parse(OPENID_JWKS),
  clients: [
    {
      client_id: 'dondoc',
      client_secret: 'the client and the provider share this',
      redirect_uris: [OPENID_REDIRECT],
      backchannel_logout_uri: new URL('/api/v1/auth/openid/back-channel-logout', OPENID_REDIRECT).href,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: [new URL('/', OPENID_REDIRECT).href],
    },
  ],
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'preferred_username'], email: ['email', 'email_verified'], profile: [] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: `subject-of-${id}`,
      preferred_username: id.split('+')[0],
      email: `${id}@example.vn`,
      email_verified: false,
    }),
  }),
  // It would not tell an address of this machine of a log-out.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  cookies: { keys: ['only for tests'] },
});
provider.listen(Number(OPENID_PORT), '127.0.0.1', () => process.send?.('ready'));
