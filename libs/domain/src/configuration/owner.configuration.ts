import { type SigningKey, type VerifyingKey } from '@dondoc/workflow/audit/signing-key';
import { z } from 'zod';
import { derivedUrl } from '../persistence/database-roles';
import {
  auditSigning,
  auditVerifying,
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
  readonly auditSigningKey: SigningKey | null;
  /** Of those who may have signed a checkpoint; the own one is among them. */
  readonly auditVerifyingKeys: readonly VerifyingKey[];
}

const schema = z.object({
  ...everyProcess,
  MIGRATE_DATABASE_URL: databaseUrl,
  API_DATABASE_URL: databaseUrl.optional(),
  WORKER_DATABASE_URL: databaseUrl.optional(),
  QUEUE_URL: queueUrl.optional(),
  ...auditSigning,
  ...auditVerifying,
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
    auditSigningKey: read.AUDIT_SIGNING_KEY ?? null,
    auditVerifyingKeys: [
      ...(read.AUDIT_PUBLIC_KEYS ?? []),
      ...(read.AUDIT_SIGNING_KEY ? [read.AUDIT_SIGNING_KEY.verifying] : []),
    ],
  };
}
