import { canonicalJson, type JsonValue } from '../engine/canonical-json';

/** Thrown by a handler of effects when no further attempt could succeed: an address that does not exist, a refused card. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';

  /** @param details for the machine: part of `event.error` in `onError`, and so of the history */
  constructor(
    message: string,
    readonly details?: JsonValue,
  ) {
    super(message);
  }
}

/** What `onError` finds in `event.error`: how the last attempt failed. It becomes part of the history. */
export interface EffectError {
  readonly name: string;
  /** At most 2,000 characters. */
  readonly message: string;
  /** Whether the handler said that no further attempt could succeed. */
  readonly permanent: boolean;
  readonly details?: JsonValue;
}

const MOST_CHARACTERS = 2_000;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text of an error as the database can hold it. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(0, MOST_CHARACTERS).replaceAll('\0', '\uFFFD').replace(loneSurrogate, '\uFFFD');
}

export function effectErrorOf(error: unknown): EffectError {
  const permanent = error instanceof PermanentFailure;
  const details = permanent ? storable(error.details) : undefined;
  return {
    name: error instanceof Error ? errorText(error.name) : 'Error',
    message: errorText(error),
    permanent,
    ...(details !== undefined && { details }),
  };
}

function storable(details: JsonValue | undefined): JsonValue | undefined {
  try {
    if (details !== undefined) canonicalJson(details);
    return details;
  } catch {
    return undefined;
  }
}
