import { type Fetch } from '@dondoc/domain/outbound/checked-fetch';
import { createRemoteJWKSet, customFetch, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** By which a provider says that somebody has logged out there (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
export interface LogOutNotice {
  readonly issuer: string;
  /** At least one of the two is there: everywhere of a person, or one session at the provider. */
  readonly subject: string | null;
  readonly session: string | null;
  /** Unlike that of any other token of the issuer. */
  readonly id: string;
  /** Technical instant in seconds since the epoch, from which on the token says nothing. */
  readonly expires: number;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const SKEW_SECONDS = 60;
/** However long the provider says: what is older is not news. */
const OLDEST_SECONDS = 600;
const short = z.string().min(1).max(255);

/** Section 2.6: what else has to be there, and what must not. */
const claims = z
  .object({
    iss: z.string(),
    sub: short.optional(),
    sid: short.optional(),
    jti: short,
    exp: z.number(),
    iat: z.number(),
    events: z.record(z.string(), z.unknown()).refine((events) => {
      const event = events[EVENT];
      return typeof event === 'object' && event !== null && !Array.isArray(event);
    }),
    // There must be none, or an id token would pass.
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** Signed by a key that only the provider has; a secret shared with it, or no signature at all, proves nothing here. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

export interface ExpectedToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
}

/** The provider's keys as they are now. */
export function keysAt(address: string, fetch: Fetch, timeoutSeconds: number): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(address), {
    timeoutDuration: timeoutSeconds * 1_000,
    [customFetch]: fetch,
  });
}

/** @throws when anything about the token is not as it has to be. */
export async function readLogOutToken(
  token: string,
  { issuer, clientId, keys }: ExpectedToken,
): Promise<LogOutNotice> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms,
    clockTolerance: SKEW_SECONDS,
    maxTokenAge: OLDEST_SECONDS,
    requiredClaims: ['exp', 'iat', 'jti', 'events'],
  });
  const { typ } = protectedHeader;
  if (typ !== undefined && !['logout+jwt', 'jwt'].includes(typ.toLowerCase()))
    throw new Error('it is a token of another kind');
  const { iss, sub, sid, jti, exp } = claims.parse(payload);
  return { issuer: iss, subject: sub ?? null, session: sid ?? null, id: jti, expires: exp + SKEW_SECONDS };
}
