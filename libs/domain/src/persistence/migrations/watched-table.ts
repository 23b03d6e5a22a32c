import { type QueryRunner } from 'typeorm';

export interface Watched {
  readonly table: string;
  /** What names a row within its organization. */
  readonly key: readonly string[];
  /** Columns of which nothing is ever noted: secrets, and technical marks. */
  readonly silent?: readonly string[];
  /** Columns that may have to be erased. */
  readonly personal?: readonly string[];
}

const list = (columns: readonly string[] = []): string => `'${columns.join(',')}'`;

/**
 * Every change of such a table is noted in its transaction, and the audit trail keeps what was noted with the act. What the
 * API's role changes without keeping it is not committed.
 */
export async function watch(runner: QueryRunner, ...tables: readonly Watched[]): Promise<void> {
  for (const { table, key, silent, personal } of tables)
    await runner.query(`
      create trigger noted after insert or update or delete on dondoc.${table}
        for each row execute function dondoc.note_change(${list(key)}, ${list(silent)}, ${list(personal)});
      create constraint trigger noted_is_kept after insert or update or delete on dondoc.${table}
        deferrable initially deferred for each row execute function dondoc.noted_is_kept();
    `);
}
