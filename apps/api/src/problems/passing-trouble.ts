import { type ProblemDescription } from './problem';

/** PostgreSQL, when a statement takes longer than it may. */
const STATEMENT_ENDED = '57014';

/**
 * PostgreSQL, when the transaction came to nothing and the same request may well be carried out later: deadlock, lock not
 * given, no room for another connection, a server that is stopping, starting or gone.
 */
const passing = /^(?:40001|40P01|55P03|53\w{3}|57P0[1-5]|08\w{3})$/;

/** Node and the pool of connections, where the database does not answer. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
const withoutCode =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

const tooSlow: ProblemDescription = {
  code: 'too-slow',
  vi: 'Yêu cầu mất quá nhiều thời gian nên đã dừng, chưa có gì thay đổi; hãy thử lại sau.',
  en: 'The request took too long and was stopped; nothing has changed. Try again later.',
};

const unavailable: ProblemDescription = {
  code: 'try-again',
  vi: 'Cơ sở dữ liệu tạm thời chưa phục vụ được; hãy gửi lại yêu cầu này (cùng Idempotency-Key) sau ít giây.',
  en: 'The database is not available for the moment; send the same request again (same Idempotency-Key) in some seconds.',
  retryAfter: 5,
};

/** What went wrong for now and may go right later; null: it is something else. */
export function passingTrouble(error: unknown): ProblemDescription | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as Error & { readonly code?: unknown };
  if (code === STATEMENT_ENDED) return tooSlow;
  if (typeof code === 'string') return passing.test(code) || unreachable.has(code) ? unavailable : null;
  return withoutCode.test(error.message) ? unavailable : null;
}
