import { DataSource } from 'typeorm';
import { entities } from './entities';
import { ReadableNamingStrategy } from './naming.strategy';

export interface ConnectionOptions {
  readonly url: string;
  /** Shown by PostgreSQL beside each connection. */
  readonly application: string;
  /** Connections held at most. */
  readonly poolSize?: number;
  /** The server ends a statement that takes longer, in milliseconds; not given: it may take for ever. */
  readonly statementTimeoutMs?: number;
}

/** A connection pool with the tables of this library; the caller initializes and destroys it. */
export function dondocDataSource(options: ConnectionOptions): DataSource {
  const { url, application, poolSize = 10, statementTimeoutMs } = options;
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: application,
    poolSize,
    entities,
    namingStrategy: new ReadableNamingStrategy(),
    synchronize: false,
    installExtensions: false,
    connectTimeoutMS: 10_000,
    ...(statementTimeoutMs !== undefined && { extra: { statement_timeout: statementTimeoutMs } }),
    logging: false,
  });
}
