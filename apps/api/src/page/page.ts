import { type NestExpressApplication } from '@nestjs/platform-express';
import { type NextFunction, type Request, type Response } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';

/** Where the build puts the page, beside the compiled API. In a run from the sources there is none. */
const built = join(__dirname, '..', '..', '..', 'web', 'page');

/** Addresses that are not the page's: what is not found there is a problem, not the page. */
const others = [/^\/api(\/|$)/, /^\/health(\/|$)/, /^\/metrics$/, /^\/assets\//];

const YEAR = 31_536_000;

/**
 * Serves the page, packed as the browser takes it, at every address that is nobody else's: deep links are its own. Files of
 * `/assets` are named by their content and kept for good; the page itself is asked for anew each time.
 */
export function servePage(application: NestExpressApplication): void {
  if (!existsSync(built)) return;
  const serve = sirv(built, {
    brotli: true,
    gzip: true,
    etag: true,
    single: true,
    ignores: others,
    setHeaders: (response, pathname) => {
      const kept = pathname.startsWith('/assets/');
      response.setHeader('Cache-Control', kept ? `public, max-age=${YEAR}, immutable` : 'no-cache');
    },
  });
  application.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'GET' || request.method === 'HEAD') serve(request, response, next);
    else next();
  });
}
