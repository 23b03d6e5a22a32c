import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(root, 'test', 'services', 'leaking-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A spec of its own in a jest of its own. */
async function run(body: string): Promise<{ code: number | null; said: string }> {
  const file = join(folder, 'trial.e2e-spec.ts');
  await writeFile(file, body);
  return new Promise((resolve) => {
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const child = spawn(process.execPath, [jest, '--selectProjects', 'services', '--forceExit', file], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', (code) => resolve({ code, said }));
  });
}

const clients = `
  import { Client } from 'pg';
  import { Redis } from 'ioredis';
  const client = new Client({ connectionString: process.env['TEST_DATABASE_ADMIN_URL'] });`;

describe('the leak check', () => {
  it('fails a test file that leaves things open although its tests pass, and names them', async () => {
    const { code, said } = await run(`
      import { spawn } from 'node:child_process';
      import { createServer } from 'node:net';
      ${clients}
      it('passes', async () => {
        await client.connect();
        spawn('sleep', ['1000']);
        createServer().listen(0, '127.0.0.1');
        setInterval(() => undefined, 1000);
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
      afterAll(() => {
        // So that nothing outlives the trial; the check has looked by then.
        process.once('exit', () => { for (const one of (process as any)._getActiveHandles()) one.kill?.(); });
      });`);
    expect(code).toBe(1);
    for (const named of [
      'a connection to PostgreSQL',
      'sleep 1000',
      'a server listening at {"address":"127.0.0.1"',
      'a setInterval made at',
    ])
      expect(said).toContain(named);
    expect(said).toContain('1 passed');
    expect(said).toContain('trial.e2e-spec.ts:');
  });

  it('lets one pass that closes what it opened, also when the closing takes a moment', async () => {
    const { code, said } = await run(`
      import { promisify } from 'node:util';
      ${clients}
      it('passes', async () => {
        await client.connect();
        await promisify(setTimeout)(5);
        setInterval(() => undefined, 1000).unref();
        const timer = setTimeout(() => undefined, 100_000);
        clearTimeout(timer);
        const answer = await fetch('http://127.0.0.1:9').catch(() => 'nobody there');
        expect(answer).toBe('nobody there');
      });
      afterAll(() => { setTimeout(() => void client.end(), 200); });`);
    expect({ code, said }).toMatchObject({ code: 0 });
  });
});
