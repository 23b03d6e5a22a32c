import { type Request } from 'express';
import { type ProblemDescription } from '../problems/problem';
import { credentialOf } from './session-cookie';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function isSameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

const refused: ProblemDescription = {
  code: 'cross-site',
  vi: 'Yêu cầu đến từ một trang khác nên không được thực hiện.',
  en: 'The request came from another site and is not carried out.',
};

/**
 * Whether a change is asked for by another site in the name of whoever is logged in (CSRF), or logs somebody in from
 * there. Browsers say where a change comes from, in `Sec-Fetch-Site` or at least in `Origin`, and no page can keep them
 * from it; what says neither is a script of whoever holds the cookie. Tokens in pages would need a place to be kept and a
 * request to fetch them; the cookie is `SameSite=Strict` besides.
 */
export function crossSiteProblem(request: Request): ProblemDescription | null {
  if (safe.has(request.method)) return null;
  if (credentialOf(request)?.from === 'header') return null;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? null : refused;
  const { origin, host } = request.headers;
  return origin === undefined || isSameHost(origin, host) ? null : refused;
}
