import { type CookieOptions, type Request } from 'express';

export const SESSION_COOKIE = 'dondoc_session';

export function cookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/** What a request shows to say who sends it, and whether a browser adds it by itself. */
export interface Credential {
  readonly token: string;
  readonly from: 'header' | 'cookie';
}

export function cookieOf(request: Request, wanted: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === wanted && value !== undefined) return value.trim();
  }
  return null;
}

/** From `Authorization: Bearer`, else from the cookie. */
export function credentialOf(request: Request): Credential | null {
  const bearer = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, from: 'header' };
  const cookie = cookieOf(request, SESSION_COOKIE);
  return cookie === null ? null : { token: cookie, from: 'cookie' };
}

/** The session token of a request: from `Authorization: Bearer`, else from the cookie. */
export const tokenOf = (request: Request): string | null => credentialOf(request)?.token ?? null;
