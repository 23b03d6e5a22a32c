import { z } from 'zod';
import { type AccountSettings } from '../accounts/account-settings';
import { type ReaderLimits } from '../documents/reader/document-reader';
import { type FileQuota } from '../files/file-storage.port';
import {
  ConfigurationError,
  databaseUrl,
  everyProcess,
  filesDirectory,
  keyBytes,
  metricsAccess,
  outboundVariables,
  queueSettings,
  readEnvironment,
  wholeNumber,
  type Environment,
  type Mode,
} from './environment.configuration';
import { apiLimits, limitVariables, type ApiLimits } from './limits.configuration';
import {
  missingForOpenId,
  openIdSettings,
  openIdVariables,
  type OpenIdSettings,
} from './openid.configuration';

export interface ApiConfiguration {
  readonly mode: Mode;
  readonly logLevel: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly queueUrl: string;
  readonly queuePrefix: string;
  readonly host: string;
  readonly port: number;
  readonly filesDirectory: string;
  /** Largest uploaded file, in bytes. */
  readonly filesMaxBytes: number;
  readonly filesQuota: FileQuota;
  /** Largest JSON body, in bytes. */
  readonly bodyMaxBytes: number;
  readonly accounts: AccountSettings;
  /** Seconds after which the database gives up a statement of a request. */
  readonly statementSeconds: number;
  /** Requests of one account in a minute, over all processes; from one address five times as many. 0: no limit. */
  readonly requestsPerMinute: number;
  readonly limits: ApiLimits;
  /** What reading one document may take. */
  readonly reading: ReaderLimits;
  /** Null: people log in by password only. */
  readonly openId: OpenIdSettings | null;
  /** Proxies in front of the API that are believed about where a request came from. */
  readonly trustedProxies: number;
  /** Whether browsers may send the session cookie over https only. */
  readonly secureCookie: boolean;
  /** For how long a leader can take a decision back; 0: it takes effect at once. */
  readonly undoSeconds: number;
  /** Whoever reads the metrics has to show it; `null`: they are read on this machine only. */
  readonly metricsToken: string | null;
}

const MEGABYTE = 1_048_576;

const schema = z.object({
  ...everyProcess,
  ...queueSettings,
  ...filesDirectory,
  ...metricsAccess,
  ...openIdVariables,
  ...limitVariables,
  ...outboundVariables,
  API_DATABASE_URL: databaseUrl,
  API_DATABASE_POOL: wholeNumber(1, 200).default(10),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  BODY_MAX_BYTES: wholeNumber(1_024, 104_857_600).default(2 * 1024 * 1024),
  SESSION_HOURS: wholeNumber(1, 720).default(12),
  SESSION_IDLE_MINUTES: wholeNumber(5, 10_080).default(120),
  PASSWORD_MIN_LENGTH: wholeNumber(8, 64).default(12),
  ACCOUNT_SECRETS_KEY: keyBytes(32).optional(),
  UNDO_SECONDS: wholeNumber(0, 60).default(10),
  STATEMENT_SECONDS: wholeNumber(1, 600).default(20),
  REQUESTS_PER_MINUTE: wholeNumber(0, 1_000_000).optional(),
  READING_SECONDS: wholeNumber(1, 600).default(20),
  READING_MEMORY_MB: wholeNumber(64, 16_384).default(512),
  READING_PROCESSES: wholeNumber(1, 64).default(2),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  COOKIE_SECURE: z.enum(['true', 'false'], 'is neither "true" nor "false"').default('false'),
});

/** @throws ConfigurationError */
export function apiConfiguration(environment: Environment = process.env): ApiConfiguration {
  const read = readEnvironment(schema, environment);
  const missing = missingForOpenId(read);
  if (missing.length > 0)
    throw new ConfigurationError(missing.map((name) => `${name} is not set, and OIDC_ISSUER is`));
  return {
    mode: read.DONDOC_MODE,
    logLevel: read.LOG_LEVEL,
    databaseUrl: read.API_DATABASE_URL,
    databasePoolSize: read.API_DATABASE_POOL,
    queueUrl: read.QUEUE_URL,
    queuePrefix: read.QUEUE_PREFIX,
    host: read.HOST,
    port: read.PORT,
    filesDirectory: read.FILES_DIRECTORY,
    filesMaxBytes: read.FILES_MAX_BYTES,
    filesQuota: {
      organization: read.FILES_QUOTA_ORGANIZATION_MB * MEGABYTE,
      person: read.FILES_QUOTA_PERSON_MB * MEGABYTE,
    },
    bodyMaxBytes: read.BODY_MAX_BYTES,
    accounts: {
      sessionHours: read.SESSION_HOURS,
      sessionIdleMinutes: read.SESSION_IDLE_MINUTES,
      passwordMinLength: read.PASSWORD_MIN_LENGTH,
      sandbox: read.DONDOC_MODE === 'sandbox',
      secretsKey: read.ACCOUNT_SECRETS_KEY ?? null,
    },
    statementSeconds: read.STATEMENT_SECONDS,
    undoSeconds: read.UNDO_SECONDS,
    requestsPerMinute: read.REQUESTS_PER_MINUTE ?? (read.DONDOC_MODE === 'production' ? 1_200 : 0),
    limits: apiLimits(read),
    reading: {
      timeMs: read.READING_SECONDS * 1_000,
      memoryMb: read.READING_MEMORY_MB,
      processes: read.READING_PROCESSES,
    },
    openId: openIdSettings(read, read.DONDOC_MODE),
    trustedProxies: read.TRUSTED_PROXIES,
    secureCookie: read.COOKIE_SECURE === 'true',
    metricsToken: read.METRICS_TOKEN ?? null,
  };
}
