import compression from 'compression';
import { type RequestHandler } from 'express';

/**
 * What is looked up goes packed: a page of a list is a tenth of its size. Only answers to GET: those to POST may hold a
 * secret beside words that a stranger chose, and the length of the two together would tell of it. Files and the stream of
 * news go as they are.
 */
export function compressAnswers(): RequestHandler {
  return compression({
    filter: ({ method }, response) =>
      method === 'GET' && /\bjson\b/.test(String(response.getHeader('Content-Type') ?? '')),
  });
}
