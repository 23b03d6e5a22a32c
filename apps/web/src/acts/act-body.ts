import type { ActField } from './act-forms';

export type FieldValue = string | readonly string[];
export type FormValues = Readonly<Record<string, FieldValue>>;

/** The body of the request: what was filled in, at its path. Nothing filled in, no body. */
export function bodyOf(fields: readonly ActField[], values: FormValues): object | undefined {
  const body: Record<string, unknown> = {};
  for (const { path, kind } of fields) {
    const value = values[path] ?? '';
    if (value.length === 0) continue;
    const names = path.split('.');
    const last = names.pop() ?? path;
    let place = body;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = kind === 'one-agency' ? [value] : value;
  }
  return fields.length === 0 ? undefined : body;
}

/** Paths of the fields that are needed and empty. */
export function missingOf(fields: readonly ActField[], values: FormValues): string[] {
  const isEmpty = (value: FieldValue | undefined) =>
    value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);
  return fields.filter(({ path, isRequired }) => isRequired && isEmpty(values[path])).map(({ path }) => path);
}
