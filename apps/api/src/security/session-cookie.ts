import { type CookieOptions, type Request } from 'express';

export const SESSION_COOKIE = 'dondoc_session';

export function cookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/** The session token of a request: from `Authorization: Bearer`, else from the cookie. */
export function tokenOf(request: Request): string | null {
  const bearer = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === SESSION_COOKIE && value !== undefined) return value.trim();
  }
  return null;
}
