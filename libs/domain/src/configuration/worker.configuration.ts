import { z } from 'zod';
import {
  databaseUrl,
  everyProcess,
  filesDirectory,
  queueSettings,
  readEnvironment,
  wholeNumber,
  type Environment,
  type Mode,
} from './environment.configuration';

export interface WorkerConfiguration {
  readonly mode: Mode;
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly queueUrl: string;
  readonly queuePrefix: string;
  readonly filesDirectory: string;
}

const schema = z.object({
  ...everyProcess,
  ...queueSettings,
  ...filesDirectory,
  WORKER_DATABASE_URL: databaseUrl,
  WORKER_DATABASE_POOL: wholeNumber(1, 200).default(10),
});

/** @throws ConfigurationError */
export function workerConfiguration(environment: Environment = process.env): WorkerConfiguration {
  const read = readEnvironment(schema, environment);
  return {
    mode: read.DONDOC_MODE,
    logLevel: read.LOG_LEVEL,
    databaseUrl: read.WORKER_DATABASE_URL,
    databasePoolSize: read.WORKER_DATABASE_POOL,
    queueUrl: read.QUEUE_URL,
    queuePrefix: read.QUEUE_PREFIX,
    filesDirectory: read.FILES_DIRECTORY,
  };
}
