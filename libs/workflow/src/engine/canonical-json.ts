/** What can be stored: JSON, nothing else. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** A value that JSON (or PostgreSQL's JSON) cannot hold, with where it stands. */
export class NotStorableError extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path || 'value'}: ${reason}`);
  }
}

/** Characters that need a closer look; almost no text has any. */
const suspicious = /[^\u0020-\uD7FF\uE000-\uFFFF]/;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function text(value: string, path: string): string {
  if (suspicious.test(value)) {
    if (value.includes('\u0000')) throw new NotStorableError(path, 'holds a NUL character');
    if (loneSurrogate.test(value)) throw new NotStorableError(path, 'holds half a surrogate pair');
  }
  return JSON.stringify(value);
}

/**
 * Canonical text of a JSON value (RFC 8785): keys in UTF-16 order, ECMAScript numbers, no white space. Members that
 * are `undefined` are left out, as `JSON.stringify` does.
 * @throws NotStorableError naming the path of what JSON cannot hold.
 */
export function canonicalJson(value: unknown, path = ''): string {
  switch (typeof value) {
    case 'string':
      return text(value, path);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new NotStorableError(path, `is ${String(value)}, not a number`);
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value))
        return `[${value.map((item: unknown, index) => canonicalJson(item, `${path}[${index}]`)).join(',')}]`;
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null)
        throw new NotStorableError(path, 'is an object that is not plain JSON');
      const members: string[] = [];
      for (const key of Object.keys(value).sort()) {
        const member = (value as Record<string, unknown>)[key];
        if (member === undefined) continue;
        const memberPath = path ? `${path}.${key}` : key;
        members.push(`${text(key, memberPath)}:${canonicalJson(member, memberPath)}`);
      }
      return `{${members.join(',')}}`;
    }
    default:
      throw new NotStorableError(path, `is a ${typeof value}, which JSON cannot hold`);
  }
}
