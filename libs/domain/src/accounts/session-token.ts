import { createHash, randomBytes } from 'node:crypto';

const form = /^(?:ddt_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[\w-]{43}$/;

/** `<organization>.<256 random bits>`: the organization says behind which wall the session is looked for. */
export function newSessionToken(organization: string): string {
  return `${organization}.${randomBytes(32).toString('base64url')}`;
}

/** A token for programs; by its beginning one that was published by mistake is found. */
export function newApiToken(organization: string): string {
  return `ddt_${newSessionToken(organization)}`;
}

export const isApiToken = (token: string): boolean => token.startsWith('ddt_');

/** The organization that a token names, or null when it is no token. */
export function organizationOf(token: string): string | null {
  return form.exec(token)?.[1] ?? null;
}

/** What is kept of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
