import { type VouchedFor } from '@dondoc/domain/accounts/federated-log-in.service';
import { type OpenIdSettings } from '@dondoc/domain/configuration/openid.configuration';
import { checkedFetch, type Fetch } from '@dondoc/domain/outbound/checked-fetch';
import { LedInsideError } from '@dondoc/domain/outbound/checked-lookup';
import { OutboundPolicy } from '@dondoc/domain/outbound/inside-addresses';
import * as client from 'openid-client';
import { keysAt, readLogOutToken, type LogOutNotice } from './logout-token';

/** What the browser keeps between leaving for the provider and coming back. */
export interface OpenIdJourney {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 10;
const CALLBACK = '/api/v1/auth/openid/callback';

/** The provider said no, or what came back does not prove anything. */
export class OpenIdFailure extends Error {}

/** Whoever runs the installation has to be told: it looks as if the provider were away. */
function ledInside(error: unknown): LedInsideError | null {
  if (error instanceof LedInsideError) return error;
  return error instanceof Error && error.cause !== undefined ? ledInside(error.cause) : null;
}

/** The authorization code flow with PKCE against any OpenID provider. Keeps nothing between two log-ins. */
export class OpenIdClient {
  private readonly fetch: Fetch;

  constructor(readonly settings: OpenIdSettings) {
    this.fetch = checkedFetch(new OutboundPolicy(settings.insideAllowed));
  }

  /** Where to send the browser, and what it has to keep. */
  async begin(): Promise<{ readonly address: URL; readonly journey: OpenIdJourney }> {
    const provider = await this.discover();
    const journey = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const address = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.callback().href,
      scope: 'openid profile email',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    return { address, journey };
  }

  /**
   * Whom the provider vouches for: issuer, audience, signature, expiry, nonce, state and PKCE have to hold.
   * @param query of the request that came back
   * @throws OpenIdFailure
   */
  async finish(query: string, journey: OpenIdJourney): Promise<VouchedFor> {
    const provider = await this.discover();
    const returned = this.callback();
    returned.search = query;
    try {
      const tokens = await client.authorizationCodeGrant(provider, returned, {
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        pkceCodeVerifier: journey.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new OpenIdFailure('no id token');
      const { sid } = claims;
      const session = typeof sid === 'string' ? sid : null;
      return { issuer: claims.iss, subject: claims.sub, session, login: this.loginOf(claims) };
    } catch (error) {
      throw new OpenIdFailure(error instanceof Error ? error.message : 'not proved', { cause: error });
    }
  }

  /**
   * Whom the provider says to have logged out there: signature, issuer, audience, age and kind of the token have to hold.
   * @throws OpenIdFailure
   */
  async loggedOut(token: string): Promise<LogOutNotice> {
    const { issuer, jwks_uri: keys } = (await this.discover()).serverMetadata();
    try {
      if (keys === undefined) throw new OpenIdFailure('the provider shows no keys');
      const { clientId } = this.settings;
      return await readLogOutToken(token, {
        issuer,
        clientId,
        keys: keysAt(keys, this.fetch, TIMEOUT_SECONDS),
      });
    } catch (error) {
      throw new OpenIdFailure(error instanceof Error ? error.message : 'not proved', { cause: error });
    }
  }

  /** Where the provider ends its own session; null when it offers no such place. */
  async endSession(): Promise<URL | null> {
    const provider = await this.discover();
    if (provider.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(provider, { post_logout_redirect_uri: this.settings.publicUrl.href });
  }

  private callback(): URL {
    return new URL(CALLBACK, this.settings.publicUrl);
  }

  private loginOf(claims: Readonly<Record<string, unknown>>): string | null {
    const { loginClaim } = this.settings;
    if (loginClaim === 'email' && claims['email_verified'] !== true) return null;
    const login = claims[loginClaim];
    return typeof login === 'string' && login.trim() !== '' ? login : null;
  }

  /** Anew for each log-in: keys that the provider has changed are known at once. */
  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const execute = [client.enableNonRepudiationChecks];
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the configuration takes http on this machine only
    if (issuer.protocol === 'http:') execute.push(client.allowInsecureRequests);
    try {
      return await client.discovery(issuer, clientId, clientSecret, undefined, {
        execute,
        timeout: TIMEOUT_SECONDS,
        // Also for what the provider names as its other addresses.
        [client.customFetch]: this.fetch,
      });
    } catch (error) {
      const why = ledInside(error)?.message ?? 'the provider cannot be reached';
      throw new OpenIdFailure(why, { cause: error });
    }
  }
}
