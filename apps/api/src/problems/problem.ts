import { isRefusal, type Bilingual, type Refusal } from '@dondoc/workflow';

/** One field of the request and what is wrong with it, in both languages. */
export interface FieldProblem extends Bilingual {
  /** Dotted path, for example `items[2].lead`. */
  readonly field: string;
  readonly code: string;
  /** Where it stands in a text that was sent, from 1. */
  readonly line?: number | null;
  readonly column?: number | null;
}

export interface ProblemDescription extends Bilingual {
  readonly code: string;
  readonly errors?: readonly FieldProblem[];
  readonly allowed?: readonly string[];
  readonly currentRevision?: number;
  /** What already exists in place of what was asked for. */
  readonly existing?: Readonly<Record<string, string>>;
  /** Bytes that may be kept, and that are. */
  readonly quota?: { readonly limit: number; readonly used: number };
  /** Seconds to wait before the next try; also the header `Retry-After`. */
  readonly retryAfter?: number;
}

/** An answer other than success (RFC 9457). Thrown by the shell only: the library returns refusals. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly description: ProblemDescription,
  ) {
    super(description.en);
  }
}

const statuses: Readonly<Record<string, number>> = {
  'not-found': 404,
  'unknown-instance': 404,
  'not-permitted': 403,
  'not-addressed-to-you': 403,
  'wrong-login': 401,
  'second-factor-needed': 401,
  'wrong-second-factor': 401,
  'secret-not-valid': 403,
  'too-many-attempts': 429,
  'stale-revision': 412,
  // They name a field of the thing itself, and nothing that was entered.
  'open-children': 409,
  'verifier-is-reporter': 409,
  'requester-decides': 409,
  'idempotency-key-reused': 422,
  'file-empty': 422,
  'file-too-large': 413,
  'file-quota-organization': 413,
  'file-quota-person': 413,
};

/** What a refusal is over HTTP: one that names a field is about the input, any other about the state. */
export function problemOf(refused: Refusal & Partial<ProblemDescription>): Problem {
  const { code, vi, en, field, allowed, currentRevision, existing, quota, retryAfter } = refused;
  const errors = refused.errors ?? (field === undefined ? undefined : [{ field, code, vi, en }]);
  return new Problem(statuses[code] ?? (errors ? 422 : 409), {
    code,
    vi,
    en,
    ...(errors && { errors }),
    ...(allowed && { allowed }),
    ...(currentRevision !== undefined && { currentRevision }),
    ...(existing && { existing }),
    ...(quota && { quota }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/** The value, or its refusal thrown as a problem. */
export function orProblem<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw problemOf(answer);
  return answer;
}
