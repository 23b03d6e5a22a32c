import { apiConfiguration } from './api.configuration';
import { ConfigurationError, type Environment } from './environment.configuration';
import { ownerConfiguration } from './owner.configuration';
import { workerConfiguration } from './worker.configuration';

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

  describe('of mail', () => {
    const worker: Environment = {
      ...enough,
      WORKER_DATABASE_URL: 'postgresql://dondoc_worker:hush@db/dondoc',
    };
    const whole = {
      SMTP_URL: 'smtps://dondoc:s3cret@mail.xa.example',
      MAIL_FROM: 'Văn phòng UBND xã <dondoc@xa.example>',
      PUBLIC_URL: 'https://dondoc.xa.example',
    };
    const problemsOfMail = (more: Environment): readonly string[] => {
      try {
        workerConfiguration({ ...worker, ...more });
        return [];
      } catch (error) {
        return (error as ConfigurationError).problems;
      }
    };

    it('is off unless it is said whole, and kept in a sandbox', () => {
      expect(workerConfiguration(worker).mail).toEqual({ kind: 'off' });
      expect(workerConfiguration({ ...worker, DONDOC_MODE: 'sandbox' }).mail).toEqual({ kind: 'kept' });
      expect(workerConfiguration({ ...worker, ...whole })).toMatchObject({
        mail: { kind: 'smtp', from: { name: 'Văn phòng UBND xã', address: 'dondoc@xa.example' } },
        publicUrl: 'https://dondoc.xa.example',
      });
      expect(problemsOfMail({ SMTP_URL: whole.SMTP_URL })).toEqual([
        'MAIL_FROM is not set',
        'PUBLIC_URL is not set',
      ]);
    });

    it.each([
      ['SMTP_URL', 'http://mail.xa.example'],
      ['MAIL_FROM', 'not an address'],
      ['MAIL_FROM', 'x <a@b.example>, <c@d.example>'],
      ['PUBLIC_URL', 'javascript:alert(1)'],
      ['PUBLIC_URL', 'https://me:s3cret@xa.example'],
    ])('refuses %s=%s, without showing it', (name, value) => {
      const problems = problemsOfMail({ ...whole, [name]: value });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is not`))]);
      expect(problems.join()).not.toContain(value);
    });
  });
});
