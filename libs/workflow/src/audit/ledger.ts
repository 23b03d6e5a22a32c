/**
 * A table of the application whose rows are written once and never changed: its rows are sealed with the history. Names
 * and expressions go into statements as they are: they are code, never input.
 */
export interface Ledger {
  readonly name: string;
  /** With schema; its columns are reached as `row`. It has `organization_id` and `id`. */
  readonly table: string;
  /** What of a row is sealed, as SQL that gives the same text for ever; instants are rendered in UTC. */
  readonly text: string;
  /** When the row was written, by the clock of the database. */
  readonly writtenAt: string;
}

const NAME = /^[a-z][a-z-]*$/;
const TABLE = /^[a-z][a-z_]*\.[a-z][a-z_]*$/;

/** @throws when a ledger could not be told from the history or from another */
export function checkLedgers(ledgers: readonly Ledger[]): void {
  const names = new Set(['history']);
  for (const { name, table } of ledgers) {
    if (!NAME.test(name) || !TABLE.test(table))
      throw new Error(`ledger "${name}" of "${table}": no plain name`);
    if (names.has(name)) throw new Error(`there are two ledgers "${name}"`);
    names.add(name);
  }
}

/** SQL of the hash of a row. */
export const rowHash = ({ text }: Ledger): string => `sha256(convert_to(${text}, 'utf8'))`;
