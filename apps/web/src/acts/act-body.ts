import type { ActField } from './act-forms';

/** One part that a directive is handed on as. */
export interface PartValue {
  readonly lead: string;
  readonly text: string;
  readonly date: string;
}

export type FieldValue = string | readonly string[] | readonly PartValue[];
export type FormValues = Readonly<Record<string, FieldValue>>;

export const isParts = (value: FieldValue): value is readonly PartValue[] =>
  Array.isArray(value) && value.some((one) => typeof one === 'object');

const partOf = ({ lead, text, date }: PartValue) => ({
  lead: [lead],
  ...(text.trim() !== '' && { text: text.trim() }),
  ...(date !== '' && { deadline: { date } }),
});

function bodyValue(kind: ActField['kind'], value: FieldValue): unknown {
  if (kind === 'one-agency') return [value];
  return isParts(value) ? value.map(partOf) : value;
}

/** The body of the request: what was filled in, at its path. Nothing to fill in, no body. */
export function bodyOf(fields: readonly ActField[], values: FormValues): object | undefined {
  const body: Record<string, unknown> = {};
  for (const { path, kind } of fields) {
    const value = values[path] ?? '';
    if (value.length === 0) continue;
    const names = path.split('.');
    const last = names.pop() ?? path;
    let place = body;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = bodyValue(kind, value);
  }
  return fields.length === 0 ? undefined : body;
}

/** Paths of the fields that are needed and empty. */
export function missingOf(fields: readonly ActField[], values: FormValues): string[] {
  const isEmpty = (value: FieldValue | undefined) =>
    value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);
  return fields.filter(({ path, isRequired }) => isRequired && isEmpty(values[path])).map(({ path }) => path);
}
