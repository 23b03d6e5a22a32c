import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@dondoc/workflow';

type Row = Readonly<Record<string, JsonValue>>;

/** As the database notes it (see the trigger `noted`): only columns that differ. */
interface Noted {
  readonly table: string;
  readonly key: Row;
  /** Null: there was no such row. */
  readonly before: Row | null;
  /** Null: there is no such row any more. */
  readonly after: Row | null;
  /** Columns that may have to be erased. */
  readonly personal: readonly string[];
}

/** What an entry holds of the changes of its transaction, and what stands beside it, to be erased if it has to be. */
export interface KeptChanges {
  readonly changes: JsonValue[];
  readonly personal: JsonValue[];
}

/** Beyond that an entry tells how many there were, and the hash of all. */
const MOST_CHANGES = 500;
/** Longer values are told by their hash: what they are is kept where they stand. Characters. */
const LONGEST_VALUE = 1_000;

const hashOf = (value: JsonValue): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** What an entry holds of a personal value: without the salt, which is erased with it, it tells nothing. */
export const personalHash = (salt: string, value: JsonValue): string => hashOf([salt, value]);

function shortened(value: JsonValue): JsonValue {
  const text = canonicalJson(value);
  return text.length > LONGEST_VALUE ? { sha256: hashOf(value), length: text.length } : value;
}

/**
 * Reads what the database has noted in a transaction.
 * @param text one JSON object on each line
 */
export function keptChanges(text: string, salt: string): KeptChanges {
  const noted = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Noted);
  const personal: JsonValue[] = [];
  const kept = noted.slice(0, MOST_CHANGES).map(({ table, key, before, after, personal: columns }) => {
    const open = (row: Row | null): JsonValue =>
      row &&
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          columns.includes(column) && value !== null
            ? { personal: personalHash(salt, value) }
            : shortened(value),
        ]),
      );
    const closed = (row: Row | null): JsonValue =>
      row && Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column)));
    if (columns.length > 0) personal.push({ table, key, before: closed(before), after: closed(after) });
    return { table, key, before: open(before), after: open(after) };
  });
  const isAll = noted.length <= MOST_CHANGES;
  const rest = { count: noted.length, sha256: hashOf([salt, text]) };
  return { changes: isAll ? kept : [...kept, rest], personal };
}
