import type { components } from './schema';

export type ProblemBody = components['schemas']['ProblemDto'];

interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** Why something was not done: the API's refusal, or `unreachable` when no answer came. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly words: Bilingual,
    readonly body: ProblemBody | null,
  ) {
    super(`${status} ${code}`);
  }

  /** No answer came: what was asked may have been done or not. */
  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  /** Reasons by the path of the field that they concern. */
  errorsOf(field: string): readonly Bilingual[] {
    return (this.body?.errors ?? []).filter((error) => error.field === field);
  }

  /** Reasons that concern a part of the field: "parts[0].lead" within "parts". */
  errorsWithin(field: string): readonly Bilingual[] {
    return (this.body?.errors ?? []).filter((error) => error.field.startsWith(`${field}[`));
  }
}

const unreachable: Bilingual = {
  vi: 'Không kết nối được máy chủ. Nội dung đã nhập vẫn còn; hãy thử lại.',
  en: 'The server cannot be reached. What you typed is still here; try again.',
};

const failed: Bilingual = {
  vi: 'Máy chủ gặp lỗi. Nội dung đã nhập vẫn còn; hãy thử lại sau ít phút.',
  en: 'The server failed. What you typed is still here; try again in a moment.',
};

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'vi' in value && 'en' in value;
}

export function problemOf(response: Response | null, body: unknown): ApiProblem {
  if (response && isProblem(body))
    return new ApiProblem(response.status, body.code, { vi: body.vi.detail, en: body.en.detail }, body);
  if (response && response.status < 502) return new ApiProblem(response.status, 'failed', failed, null);
  return new ApiProblem(response?.status ?? 0, 'unreachable', unreachable, null);
}

interface Outcome<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What a request gave, or the problem, thrown. */
export async function answerOf<T>(asked: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw problemOf(null, null);
  }
  if (!outcome.response.ok) throw problemOf(outcome.response, outcome.error);
  return outcome.data as T;
}
