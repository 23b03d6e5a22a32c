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

const isText = (value: string): boolean =>
  !suspicious.test(value) || !(value.includes('\u0000') || loneSurrogate.test(value));

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** `ordered`: `JSON.stringify` gives the canonical text as it is, since every key stands in order. */
type Shape = 'ordered' | 'unordered' | 'not-storable';

function shapeOf(value: unknown): Shape {
  switch (typeof value) {
    case 'string':
      return isText(value) ? 'ordered' : 'not-storable';
    case 'boolean':
      return 'ordered';
    case 'number':
      return Number.isFinite(value) ? 'ordered' : 'not-storable';
    case 'object':
      if (value === null) return 'ordered';
      return Array.isArray(value) ? shapeOfArray(value) : shapeOfObject(value);
    default:
      return 'not-storable';
  }
}

function shapeOfArray(value: readonly unknown[]): Shape {
  let shape: Shape = 'ordered';
  for (const item of value) {
    const found = shapeOf(item);
    if (found === 'not-storable') return found;
    if (found === 'unordered') shape = found;
  }
  return shape;
}

function shapeOfObject(value: object): Shape {
  if (!isPlain(value)) return 'not-storable';
  let shape: Shape = 'ordered';
  let before = '';
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (key < before) shape = 'unordered';
    before = key;
    if (member === undefined) continue;
    const found = isText(key) ? shapeOf(member) : 'not-storable';
    if (found === 'not-storable') return found;
    if (found === 'unordered') shape = found;
  }
  return shape;
}

/** Where and why a value cannot be stored: looked for only once it is known that it cannot. */
function problemOf(value: unknown, path: string): NotStorableError | undefined {
  if (typeof value === 'string')
    return isText(value)
      ? undefined
      : new NotStorableError(
          path,
          value.includes('\u0000') ? 'holds a NUL character' : 'holds half a surrogate pair',
        );
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? undefined
      : new NotStorableError(path, `is ${String(value)}, not a number`);
  if (typeof value === 'boolean' || value === null) return undefined;
  if (typeof value !== 'object')
    return new NotStorableError(path, `is a ${typeof value}, which JSON cannot hold`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const problem = problemOf(item, `${path}[${index}]`);
      if (problem) return problem;
    }
    return undefined;
  }
  if (!isPlain(value)) return new NotStorableError(path, 'is an object that is not plain JSON');
  for (const [key, member] of Object.entries(value)) {
    const within = path ? `${path}.${key}` : key;
    const problem = problemOf(key, within) ?? (member === undefined ? undefined : problemOf(member, within));
    if (problem) return problem;
  }
  return undefined;
}

/** The same value with its keys in order. Expects what can be stored. */
function ordered(value: unknown): string {
  if (typeof value === 'number') return `${value}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return orderedArray(value);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${ordered(member)}`;
  }
  return `{${members}}`;
}

function orderedArray(value: readonly unknown[]): string {
  let items = '';
  for (const item of value) items += `${items === '' ? '' : ','}${ordered(item)}`;
  return `[${items}]`;
}

/**
 * Canonical text of a JSON value (RFC 8785): keys in UTF-16 order, ECMAScript numbers, no white space. Members that
 * are `undefined` are left out, as `JSON.stringify` does.
 * @throws NotStorableError naming the path of what JSON cannot hold.
 */
export function canonicalJson(value: unknown, path = ''): string {
  return assertStorable(value, path) === 'ordered' ? JSON.stringify(value) : ordered(value);
}

/** @throws NotStorableError naming the path of what JSON cannot hold. */
export function assertStorable(value: unknown, path = ''): Exclude<Shape, 'not-storable'> {
  const shape = shapeOf(value);
  if (shape !== 'not-storable') return shape;
  throw problemOf(value, path) ?? new NotStorableError(path, 'cannot be stored');
}
