import { RequestMethod } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Params } from 'nestjs-pino';

const idForm = /^[\w.:-]{1,100}$/;

/** The correlation id: the caller's own when it is a plain one, else a new one; it is in the answer as well. */
function correlation(request: IncomingMessage, response: ServerResponse): string {
  const known = (request as { id?: unknown }).id;
  if (typeof known === 'string') return known;
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && idForm.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

/** Gives a request its id before anything can fail on it: what cannot even be read is answered with one as well. */
export function correlate(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  (request as { id?: unknown }).id = correlation(request, response);
  next();
}

/** One structured line per request, without secrets: of a request only its id, method and path are kept. */
export function requestLog(level: string): Params {
  return {
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    pinoHttp: {
      level,
      base: { process: 'api' },
      genReqId: correlation,
      autoLogging: { ignore: (request) => /^\/(health\/|metrics$)/.test(request.url ?? '') },
      redact: ['req.headers', 'res.headers'],
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          path: url.split('?', 1)[0],
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      customLogLevel: (_request, response, error) =>
        error !== undefined || response.statusCode >= 500 ? 'error' : 'info',
    },
  };
}
