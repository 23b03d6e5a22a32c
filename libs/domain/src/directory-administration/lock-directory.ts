import { type PostgresTransaction } from '@dondoc/workflow/durable/index';

/** What was added or changed. */
export interface Changed {
  readonly id: string;
}

/** Two who change the directory at the same time would each judge by what was before both. */
export async function lockDirectory(tx: PostgresTransaction): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`directory/${tx.organization}`]);
}
