import { z } from 'zod';
import { derivedUrl } from '../persistence/database-roles';
import {
  databaseUrl,
  everyProcess,
  queueUrl,
  readEnvironment,
  type Environment,
  type Mode,
} from './environment.configuration';

/** What the operator's commands read: they act as the owner of the tables. */
export interface OwnerConfiguration {
  readonly mode: Mode;
  readonly logLevel: string;
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly queueUrl: string | undefined;
}

const schema = z.object({
  ...everyProcess,
  MIGRATE_DATABASE_URL: databaseUrl,
  API_DATABASE_URL: databaseUrl.optional(),
  WORKER_DATABASE_URL: databaseUrl.optional(),
  QUEUE_URL: queueUrl.optional(),
});

/**
 * Addresses of the two processes that are not given follow from the owner's.
 * @throws ConfigurationError
 */
export function ownerConfiguration(environment: Environment = process.env): OwnerConfiguration {
  const read = readEnvironment(schema, environment);
  return {
    mode: read.DONDOC_MODE,
    logLevel: read.LOG_LEVEL,
    ownerUrl: read.MIGRATE_DATABASE_URL,
    apiUrl: read.API_DATABASE_URL ?? derivedUrl(read.MIGRATE_DATABASE_URL, 'dondoc_api'),
    workerUrl: read.WORKER_DATABASE_URL ?? derivedUrl(read.MIGRATE_DATABASE_URL, 'dondoc_worker'),
    queueUrl: read.QUEUE_URL,
  };
}
