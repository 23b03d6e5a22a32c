import { apiConfiguration } from './api.configuration';
import { ConfigurationError, type Environment } from './environment.configuration';
import { ownerConfiguration } from './owner.configuration';

const enough: Environment = {
  API_DATABASE_URL: 'postgresql://dondoc_api:hush@db/dondoc',
  QUEUE_URL: 'postgres',
  FILES_DIRECTORY: '/var/lib/dondoc/files',
};

function problemsOf(environment: Environment): readonly string[] {
  try {
    apiConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration from the environment', () => {
  it('takes production mode and sane limits where nothing is said', () => {
    expect(apiConfiguration(enough)).toMatchObject({
      mode: 'production',
      port: 3000,
      accounts: { sessionHours: 12, sessionIdleMinutes: 120, passwordMinLength: 12, sandbox: false },
    });
  });

  it('names every variable that is missing or wrong, and never shows a value', () => {
    const problems = problemsOf({
      ...enough,
      API_DATABASE_URL: 'mysql://me:s3cret@db',
      QUEUE_URL: '',
      PORT: '70000',
    });
    expect(problems).toEqual([
      'QUEUE_URL is not set',
      expect.stringMatching(/^API_DATABASE_URL is not an address/),
      'PORT is not a whole number between 0 and 65535',
    ]);
    expect(problems.join()).not.toMatch(/s3cret|70000|mysql/);
  });

  it('takes no token for the metrics that could be guessed', () => {
    expect(problemsOf({ ...enough, METRICS_TOKEN: 'hush' })).toEqual([
      expect.stringMatching(/^METRICS_TOKEN is not a token of 16 to 200/),
    ]);
    expect(apiConfiguration(enough).metricsToken).toBeNull();
  });

  it('takes a key of 32 bytes in base64 or hexadecimal, and never shows it', () => {
    const key = 'ab'.repeat(32);
    const base64 = Buffer.from(key, 'hex').toString('base64');
    for (const ACCOUNT_SECRETS_KEY of [key, base64])
      expect(apiConfiguration({ ...enough, ACCOUNT_SECRETS_KEY }).accounts.secretsKey?.toString('hex')).toBe(
        key,
      );
    expect(problemsOf({ ...enough, ACCOUNT_SECRETS_KEY: 'tooshort' })).toEqual([
      'ACCOUNT_SECRETS_KEY is not 32 bytes in base64 or hexadecimal',
    ]);
  });

  it('knows two modes only', () => {
    expect(problemsOf({ ...enough, DONDOC_MODE: 'test' })).toEqual([
      'DONDOC_MODE is neither "sandbox" nor "production"',
    ]);
  });

  it('derives the addresses of the processes from the owner', () => {
    const { apiUrl, workerUrl } = ownerConfiguration({
      MIGRATE_DATABASE_URL: 'postgresql://owner:pw@db/dondoc',
    });
    expect(new URL(apiUrl).username).toBe('dondoc_api');
    expect(new URL(apiUrl).password).toMatch(/^[0-9a-f]{64}$/);
    expect(new URL(apiUrl).password).not.toBe(new URL(workerUrl).password);
  });
});
