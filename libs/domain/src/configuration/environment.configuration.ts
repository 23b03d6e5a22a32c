import { SigningKey, VerifyingKey, WrongKeyError } from '@dondoc/workflow/audit/signing-key';
import { z } from 'zod';
import { isNetwork } from '../outbound/inside-addresses';

/** The environment lacks or misspells something. Names the variables, never their values: those may be secrets. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment by a schema; a variable that is empty counts as not set. */
export function readEnvironment<TSchema extends z.ZodType>(
  schema: TSchema,
  environment: Environment = process.env,
): z.output<TSchema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return given[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
  });
  throw new ConfigurationError([...new Set(problems)]);
}

const reads = (protocols: readonly string[]) => (value: string) => {
  try {
    return protocols.includes(new URL(value).protocol);
  } catch {
    return false;
  }
};

export const databaseUrl = z
  .string()
  .refine(reads(['postgresql:', 'postgres:']), 'is not an address that begins with postgresql://');

export const queueUrl = z
  .string()
  .refine(
    (value) => value === 'postgres' || reads(['redis:', 'rediss:'])(value),
    'is neither "postgres" nor an address that begins with redis:// or rediss://',
  );

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const message = `is not a whole number between ${least} and ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

export const mode = z.enum(['sandbox', 'production'], 'is neither "sandbox" nor "production"');
export type Mode = z.output<typeof mode>;

export const logLevel = z.enum(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  'is not one of fatal, error, warn, info, debug, trace, silent',
);

/** What every process reads. */
export const everyProcess = {
  DONDOC_MODE: mode.default('production'),
  LOG_LEVEL: logLevel.default('info'),
};

/** What the processes that use the queue read. */
export const queueSettings = {
  QUEUE_URL: queueUrl,
  /** Sets several installations on one Redis apart. */
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'is not a short name of letters, digits, "-" and "_"')
    .default('dondoc'),
};

/** What the processes that show metrics read. */
export const metricsAccess = {
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/, 'is not a token of 16 to 200 letters, digits and . _ ~ + / = -')
    .optional(),
};

/** A key as it stands in the environment; what was given is never told: it may be the secret half. */
function keyOf<T>(read: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return read(text.trim());
    } catch (error) {
      if (!(error instanceof WrongKeyError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

/** Networks inside to which connections may lead all the same; in a sandbox this machine unless something is said. */
export const outboundVariables = {
  INSIDE_ADDRESSES_ALLOWED: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((networks) => networks.every(isNetwork), 'is not a list of networks such as 10.0.0.0/8,fd00::/8')
    .optional(),
};

export function insideAllowed(
  read: { readonly INSIDE_ADDRESSES_ALLOWED?: readonly string[] | undefined },
  mode: Mode,
): readonly string[] {
  return read.INSIDE_ADDRESSES_ALLOWED ?? (mode === 'sandbox' ? ['127.0.0.0/8', '::1'] : []);
}

/** With what checkpoints of the audit are signed; `./dondoc audit key` makes one. */
export const auditSigning = {
  AUDIT_SIGNING_KEY: keyOf((text) => SigningKey.read(text)).optional(),
};

/** Who may have signed them: former keys too, set apart by commas. */
export const auditVerifying = {
  AUDIT_PUBLIC_KEYS: keyOf((text) => text.split(',').map((one) => VerifyingKey.read(one.trim()))).optional(),
};

export const filesDirectory = {
  FILES_DIRECTORY: z
    .string()
    .min(1)
    .refine((value) => !value.includes('\0'), 'is not a path'),
  FILES_MAX_BYTES: wholeNumber(1_024, 1_073_741_824).default(20 * 1024 * 1024),
  /** 0: no limit. */
  FILES_QUOTA_ORGANIZATION_MB: wholeNumber(0, 1_000_000_000).default(100 * 1024),
  FILES_QUOTA_PERSON_MB: wholeNumber(0, 1_000_000_000).default(5 * 1024),
};

/** Bytes in base64 or hexadecimal; the message never shows them. */
export function keyBytes(length: number) {
  const message = `is not ${length} bytes in base64 or hexadecimal`;
  return z
    .string()
    .transform((value) =>
      Buffer.from(value, /^[0-9a-f]+$/i.test(value) && value.length === length * 2 ? 'hex' : 'base64'),
    )
    .refine((bytes) => bytes.length === length, message);
}
