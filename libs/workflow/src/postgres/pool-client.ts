import { type ClientBase } from 'pg';
import { type DataSource } from 'typeorm';

/** What TypeORM's PostgreSQL driver lends: a client of its pool, and how to give it back. */
interface LendingDriver {
  obtainMasterConnection(): Promise<[ClientBase, (error?: Error) => void]>;
}

/** Runs `work` on a client of the pool, without a query runner of TypeORM around it. */
export async function withClient<T>(
  dataSource: DataSource,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const [client, release] = await (dataSource.driver as unknown as LendingDriver).obtainMasterConnection();
  let broken: Error | undefined;
  // A lent connection that breaks is told to nobody else; unheard, it would end the process.
  const breaks = (error: Error): void => {
    broken = error;
  };
  client.on('error', breaks);
  try {
    return await work(client);
  } finally {
    client.off('error', breaks);
    release(broken);
  }
}
