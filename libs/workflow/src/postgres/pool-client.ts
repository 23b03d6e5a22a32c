import { type ClientBase } from 'pg';
import { type DataSource } from 'typeorm';

/** What TypeORM's PostgreSQL driver has and lends: a client of its pool, and how to give it back. */
interface LendingDriver {
  readonly master: { on(event: 'connect', connected: (client: ClientBase) => void): void };
  obtainMasterConnection(): Promise<[ClientBase, (error?: Error) => void]>;
}

const heard = new WeakSet<DataSource>();

/**
 * Listens to each new connection for as long as it lives. Between the pool and whoever borrows a client nobody else does
 * for a moment, and the word of a server that shuts down just then would end the process.
 */
export function hearBrokenConnections(dataSource: DataSource): void {
  if (heard.has(dataSource)) return;
  heard.add(dataSource);
  const { master } = dataSource.driver as unknown as LendingDriver;
  // The pool drops a broken client by itself, and who works on it is told by the query.
  master.on('connect', (client) => client.on('error', () => undefined));
}

/** Runs `work` on a client of the pool, without a query runner of TypeORM around it. */
export async function withClient<T>(
  dataSource: DataSource,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  hearBrokenConnections(dataSource);
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
