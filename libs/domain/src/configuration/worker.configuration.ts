import { type SigningKey } from '@dondoc/workflow/audit/signing-key';
import { z } from 'zod';
import {
  auditSigning,
  databaseUrl,
  everyProcess,
  filesDirectory,
  metricsAccess,
  queueSettings,
  readEnvironment,
  wholeNumber,
  type Environment,
  type Mode,
} from './environment.configuration';
import {
  mailConfiguration,
  mailSettings,
  requireWholeMail,
  type MailConfiguration,
} from './mail.configuration';

export interface WorkerConfiguration {
  readonly mode: Mode;
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  /** How often it looks for what the queue has lost: nothing is later than this for its sake. */
  readonly sweepSeconds: number;
  readonly queueUrl: string;
  readonly queuePrefix: string;
  readonly filesDirectory: string;
  /** Where metrics and health are shown; `null`: nowhere. Port 0 takes a free one. */
  readonly metricsPort: number | null;
  readonly metricsHost: string;
  /** Whoever reads the metrics has to show it; `null`: they are read on this machine only. */
  readonly metricsToken: string | null;
  /** Signs the checkpoints of the audit; `null`: they are made, and not signed. */
  readonly auditSigningKey: SigningKey | null;
  readonly mail: MailConfiguration;
  /** Where people open the page: for the links in messages. */
  readonly publicUrl: string;
}

const schema = z
  .object({
    ...everyProcess,
    ...queueSettings,
    ...filesDirectory,
    ...metricsAccess,
    ...auditSigning,
    ...mailSettings,
    WORKER_METRICS_PORT: wholeNumber(0, 65_535).optional(),
    WORKER_METRICS_HOST: z.string().default('127.0.0.1'),
    WORKER_DATABASE_URL: databaseUrl,
    WORKER_DATABASE_POOL: wholeNumber(1, 200).default(10),
    SWEEP_SECONDS: wholeNumber(1, 300).default(15),
  })
  .superRefine(requireWholeMail);

/** @throws ConfigurationError */
export function workerConfiguration(environment: Environment = process.env): WorkerConfiguration {
  const read = readEnvironment(schema, environment);
  return {
    mode: read.DONDOC_MODE,
    logLevel: read.LOG_LEVEL,
    databaseUrl: read.WORKER_DATABASE_URL,
    databasePoolSize: read.WORKER_DATABASE_POOL,
    sweepSeconds: read.SWEEP_SECONDS,
    queueUrl: read.QUEUE_URL,
    queuePrefix: read.QUEUE_PREFIX,
    filesDirectory: read.FILES_DIRECTORY,
    metricsPort: read.WORKER_METRICS_PORT ?? null,
    metricsHost: read.WORKER_METRICS_HOST,
    metricsToken: read.METRICS_TOKEN ?? null,
    auditSigningKey: read.AUDIT_SIGNING_KEY ?? null,
    mail: mailConfiguration(read, read.DONDOC_MODE),
    publicUrl: read.PUBLIC_URL ?? 'http://127.0.0.1:3000',
  };
}
