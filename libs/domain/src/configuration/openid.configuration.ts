import { z } from 'zod';
import { insideAllowed, type Mode } from './environment.configuration';

/** The OpenID provider by which people may log in beside passwords. */
export interface OpenIdSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button of the log-in page. */
  readonly label: string;
  /** The claim that names the account at the first log-in; `email` counts only when it is verified. */
  readonly loginClaim: string;
  /** Where people reach this installation: the provider sends them back there. */
  readonly publicUrl: URL;
  /** Networks inside to which asking the provider may lead, in CIDR form. */
  readonly insideAllowed: readonly string[];
}

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

const outsideAddress = z
  .string()
  .transform((value, context) => {
    try {
      const url = new URL(value);
      if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
    } catch {
      // Said below.
    }
    context.addIssue({ code: 'custom', message: 'is not an address that begins with https://' });
    return z.NEVER;
  })
  .optional();

export const openIdVariables = {
  OIDC_ISSUER: outsideAddress,
  OIDC_CLIENT_ID: z.string().max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().max(1_000).optional(),
  OIDC_LABEL: z.string().max(100).default('OpenID Connect'),
  OIDC_LOGIN_CLAIM: z
    .string()
    .regex(/^[\w:/.-]{1,100}$/, 'is not the name of a claim')
    .default('preferred_username'),
  PUBLIC_URL: outsideAddress,
};

interface Read {
  readonly OIDC_ISSUER?: URL | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_LABEL: string;
  readonly OIDC_LOGIN_CLAIM: string;
  readonly PUBLIC_URL?: URL | undefined;
  readonly INSIDE_ADDRESSES_ALLOWED?: readonly string[] | undefined;
}

/** The variables that are missing where OIDC_ISSUER is set. */
export function missingForOpenId(read: Read): string[] {
  if (!read.OIDC_ISSUER) return [];
  return (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const).filter(
    (name) => read[name] === undefined,
  );
}

export function openIdSettings(read: Read, mode: Mode): OpenIdSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read;
  const { PUBLIC_URL: publicUrl } = read;
  if (!issuer || clientId === undefined || clientSecret === undefined || !publicUrl) return null;
  return {
    issuer,
    clientId,
    clientSecret,
    publicUrl,
    label: read.OIDC_LABEL,
    loginClaim: read.OIDC_LOGIN_CLAIM,
    insideAllowed: insideAllowed(read, mode),
  };
}
