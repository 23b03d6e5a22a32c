/** Words in the two languages every answer to a person is given in. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/**
 * An expected "no": a stable kebab-case code, the reason in both languages, and what would be allowed.
 * Refusals are returned, never thrown, and change nothing.
 */
export interface Refusal extends Bilingual {
  readonly refused: true;
  readonly code: string;
  /** The input field the reason is about, as a dotted path, where there is one. */
  readonly field?: string;
  /** Event types that the instance would accept now. */
  readonly allowed?: readonly string[];
  /** The instance's present revision, where the caller's was stale. */
  readonly currentRevision?: number;
}

export function refusal(
  code: string,
  reason: Bilingual,
  more: Pick<Refusal, 'field' | 'allowed' | 'currentRevision'> = {},
): Refusal {
  return { refused: true, code, vi: reason.vi, en: reason.en, ...more };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}
