import { type ApiLimits } from '@dondoc/domain/configuration/limits.configuration';
import { type NextFunction, type Request, type Response } from 'express';
import { type Server } from 'node:http';
import { Problem } from '../problems/problem';
import { type RequestRates } from '../security/request-rates';

/** Node's own default is half a minute: a limit of one second would then mean thirty. Read when it begins to listen. */
interface ChecksConnections {
  connectionsCheckingInterval: number;
}

/** Whoever sends headers or a body drop by drop does not hold a connection for long. */
export function limitSlowness(
  server: Server,
  { headersMs, arrivalMs, idleMs, lookEveryMs }: ApiLimits,
): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = arrivalMs;
  server.keepAliveTimeout = idleMs;
  server.maxHeadersCount = 100;
  (server as Server & ChecksConnections).connectionsCheckingInterval = lookEveryMs;
}

/**
 * No request is without an answer for ever. What it asked for may still be going on: the answer says so, and the same
 * request under the same Idempotency-Key gives its outcome.
 */
export function limitAnswers({ answerMs }: ApiLimits) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const seconds = Math.ceil(answerMs / 1_000);
    const timer = setTimeout(() => {
      if (response.headersSent) return;
      next(
        new Problem(503, {
          code: 'no-answer-in-time',
          vi: `Quá ${seconds} giây chưa xong; thao tác có thể vẫn đang chạy. Gửi lại đúng yêu cầu này với cùng Idempotency-Key để biết kết quả.`,
          en: `Not done within ${seconds} seconds, and perhaps still going on. Send the same request with the same Idempotency-Key to learn the outcome.`,
          retryAfter: 10,
        }),
      );
    }, answerMs);
    timer.unref();
    response.once('close', () => clearTimeout(timer));
    next();
  };
}

/** Before a body is read or anybody is looked for: a flood costs as little as it can. */
export function limitAddresses(rates: RequestRates) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    rates.ofAddress(request.ip).then((crowded) => {
      if (crowded) next(new Problem(429, crowded));
      else next();
    }, next);
  };
}
