import { type BilingualText } from './working-calendar';

/** An error at a field, in both languages. */
export interface FieldError extends BilingualText {
  readonly code: string;
  readonly field: string;
}

/** Reads fields of outside data, collecting every error rather than stopping at the first. */
export interface FieldReader {
  readonly errors: readonly FieldError[];
  fail(code: string, field: string, vi: string, en: string): void;
  /** A non-empty text, or '' after an error. */
  text(value: unknown, field: string): string;
  wholeNumber(value: unknown, field: string, least: number, most: number): number;
  flag(value: unknown, field: string): boolean;
  /** The object with only the named fields, or an empty one after an error. */
  record(value: unknown, field: string, fields: readonly string[]): Readonly<Record<string, unknown>>;
  onlyFields(value: Readonly<Record<string, unknown>>, field: string, fields: readonly string[]): void;
}

const longestText = 500;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function reader(): FieldReader {
  const errors: FieldError[] = [];
  const fail: FieldReader['fail'] = (code, field, vi, en) => {
    errors.push({ code, field, vi, en });
  };
  const onlyFields: FieldReader['onlyFields'] = (value, field, fields) => {
    for (const key of Object.keys(value)) {
      if (fields.includes(key)) continue;
      const at = `${field === '' ? '' : `${field}.`}${key.slice(0, 60)}`;
      fail('unknown-field', at, `Không có trường "${at}".`, `There is no field "${at}".`);
    }
  };
  return {
    errors,
    fail,
    onlyFields,
    text(value, field) {
      if (typeof value === 'string' && value.trim() !== '' && value.length <= longestText) return value;
      fail(
        'bad-text',
        field,
        `Phải là chữ, không để trống, tối đa ${longestText} ký tự.`,
        `Must be text, not empty, at most ${longestText} characters.`,
      );
      return '';
    },
    wholeNumber(value, field, least, most) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
        return value;
      fail(
        'bad-number',
        field,
        `Phải là số nguyên từ ${least} đến ${most}.`,
        `Must be a whole number from ${least} to ${most}.`,
      );
      return least;
    },
    flag(value, field) {
      if (typeof value === 'boolean') return value;
      fail('bad-flag', field, 'Phải là true hoặc false.', 'Must be true or false.');
      return false;
    },
    record(value, field, fields) {
      if (isRecord(value)) {
        onlyFields(value, field, fields);
        return value;
      }
      fail('not-an-object', field, 'Phải là một đối tượng.', 'Must be an object.');
      return {};
    },
  };
}

/** A list read entry by entry; too long a list is refused unread. */
export function readArray<T>(
  read: FieldReader,
  value: unknown,
  field: string,
  most: number,
  readEntry: (read: FieldReader, value: unknown, field: string) => T,
): readonly T[] {
  if (!Array.isArray(value) || value.length > most) {
    read.fail(
      'bad-list',
      field,
      `Phải là danh sách tối đa ${most} mục.`,
      `Must be a list of at most ${most} entries.`,
    );
    return [];
  }
  return value.map((each: unknown, index) => readEntry(read, each, `${field}[${index}]`));
}
