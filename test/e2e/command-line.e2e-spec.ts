import { spawn } from 'node:child_process';
import { join } from 'node:path';

const main = join(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');
const notice = join(__dirname, '..', '..', 'libs', 'domain', 'src', 'sample', 'notices');

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

/** Runs a command whose reader goes away before it has read anything, as `| head` does. */
function unread(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stdout.destroy();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('close', (code) => {
      resolve({ code, errors });
    });
  });
}

describe('a command whose output nobody reads to the end', () => {
  it('ends quietly, and well', async () => {
    const file = join(notice, 'thong-bao-12-giao-ban-thang-11.txt');
    expect(await unread('intake', file, file)).toEqual({ code: 0, errors: '' });
    expect(await unread('--help')).toEqual({ code: 0, errors: '' });
  });

  it('still says by its exit code that it failed', async () => {
    expect((await unread('intake', join(notice, 'missing.txt'))).code).toBe(1);
  });

  it('tells of a date that no calendar reaches in one line', async () => {
    const { code, errors } = await unread('calendar', 'due', '--from', '9999-12-31T08:00', '--add', '5wd');
    expect([code, errors.trim().split('\n').length]).toEqual([1, 1]);
  });
});
