import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { type Problem } from '../problems/problem';
import { limitAnswers } from './connection-limits';

const limits = {
  ...{ headersMs: 1, arrivalMs: 1, idleMs: 1, lookEveryMs: 1, answerMs: 30 },
  ...{ streamsPerAccount: 1, streamsPerAddress: 1, strangersKeptDays: 90, streams: 1 },
};

describe('the limit of an answer', () => {
  it('answers for what never does, and leaves streams alone that have begun', async () => {
    const application = express();
    application.use(limitAnswers(limits));
    application.get('/never', () => undefined);
    application.get('/stream', (_request, response) => {
      response.write('begun ');
      // The limit of the other has passed when this one ends.
      setTimeout(() => response.end('ended'), 100);
    });
    application.use((problem: Problem, _request: Request, response: Response, _next: NextFunction) => {
      response.status(problem.status).json(problem.description);
    });
    const server = application.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const [never, stream] = await Promise.all([fetch(`${address}/never`), fetch(`${address}/stream`)]);
      expect([never.status, await never.json()]).toMatchObject([503, { code: 'no-answer-in-time' }]);
      expect([stream.status, await stream.text()]).toEqual([200, 'begun ended']);
    } finally {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });
});
