import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const repository = join(__dirname, '..', '..');

/** Stand-ins for the applications: what is tried here is how they are started and stopped. */
const applications = {
  api: `
    import { createServer } from 'node:http';
    const server = createServer((request, response) => {
      if (request.url === '/crash') process.exit(3);
      response.end(JSON.stringify({ mode: process.env['DONDOC_MODE'], files: process.env['FILES_DIRECTORY'] }));
    });
    server.listen(Number(process.env['PORT']), '127.0.0.1');
    process.on('SIGTERM', () => { server.close(); server.closeAllConnections(); });`,
  worker: `
    const timer = setInterval(() => undefined, 1000);
    process.on('SIGTERM', () => clearInterval(timer));`,
  cli: `
    import { Client } from 'pg';
    async function main() {
      const client = new Client({ connectionString: process.env['MIGRATE_DATABASE_URL'] });
      await client.connect();
      await client.query('create table if not exists kept (starts int)');
      if (process.argv[2] === 'migrate') await client.query('insert into kept values (1)');
      const { rowCount } = await client.query('select from kept');
      process.stdout.write(\`starts so far: \${rowCount}; asked for \${process.argv.slice(2).join(' ')} in \${process.cwd()}\\n\`);
      await client.end();
    }
    void main();`,
};

interface RunRecord {
  readonly state: string;
  readonly address: string;
  readonly applications: Readonly<Record<string, { readonly pid: number }>>;
}

let clone: string;
const started = new Set<ChildProcess>();

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'dondoc-clone-'));
  // The database's own user passes through the folders above its data.
  await chmod(clone, 0o755);
  for (const path of ['scripts', 'dondoc', 'package.json', 'package-lock.json']) {
    await cp(join(repository, path), join(clone, path), { recursive: true });
  }
  await symlink(join(repository, 'node_modules'), join(clone, 'node_modules'));
  for (const [name, source] of Object.entries(applications)) {
    await mkdir(join(clone, 'apps', name, 'src'), { recursive: true });
    await writeFile(join(clone, 'apps', name, 'src', 'main.ts'), source);
  }
});

afterAll(async () => {
  await Promise.all([...started].map(end));
  await rm(clone, { recursive: true, force: true });
});

/** The environment of a person who has set nothing. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(TEST_|npm_|NODE_ENV|DONDOC_|DATABASE_URL|REDIS_URL|QUEUE_|PORT|HOST|LANG|LC_|.*_DATABASE_URL)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

interface Start {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function launch(file: string, args: readonly string[], cwd = clone): Start {
  const child = spawn(file, args, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      started.delete(child);
      resolve(code);
    });
  });
  return { child, output: () => text, ended };
}

const start = () => launch(process.execPath, ['scripts/start.mjs']);

async function record(): Promise<RunRecord> {
  return JSON.parse(await readFile(join(clone, '.dondoc', 'run.json'), 'utf8')) as RunRecord;
}

async function ready(one: Start): Promise<RunRecord> {
  const end = Date.now() + 45_000;
  while (!one.output().includes('Đôn Đốc is running (')) {
    if (one.child.exitCode !== null || Date.now() > end) throw new Error(`not ready:\n${one.output()}`);
    await sleep(50);
  }
  return record();
}

async function end(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await closed;
}

/** A process that has ended but that nobody has asked about (an orphan, in many containers) is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return platform() !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function databasePid(): Promise<number> {
  return Number(
    (await readFile(join(clone, '.dondoc', 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
}

async function pidsOf(run: RunRecord): Promise<number[]> {
  return [...Object.values(run.applications).map(({ pid }) => pid), await databasePid()];
}

describe('npm start', () => {
  it('brings everything up, says no to a second start, and leaves nothing behind when it is stopped', async () => {
    const first = start();
    const run = await ready(first);
    const pids = await pidsOf(run);
    expect(pids).toHaveLength(3);
    expect(await (await fetch(run.address)).json()).toEqual({
      mode: 'sandbox',
      files: join(clone, '.dondoc', 'files'),
    });

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running in this clone at ${run.address}`);
    expect(pids.every(isAlive)).toBe(true);

    const command = launch(join(clone, 'dondoc'), ['explain', '1'], tmpdir());
    expect(await command.ended).toBe(0);
    expect(command.output()).toContain(`asked for explain 1 in ${tmpdir()}`);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(record()).rejects.toThrow('ENOENT');
  });

  it('clears away what a killed start has left, and keeps its data', async () => {
    const killed = start();
    const left = await pidsOf(await ready(killed));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(left.every(isAlive)).toBe(true);

    const next = start();
    await ready(next);
    expect(next.output()).toContain('an earlier start was killed');
    expect(left.filter(isAlive)).toEqual([]);
    const command = launch(join(clone, 'dondoc'), ['show']);
    await command.ended;
    expect(command.output()).toContain('starts so far: 3');

    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
  });

  it('reports an application that ends by itself, and stops the rest', async () => {
    const one = start();
    const run = await ready(one);
    const pids = await pidsOf(run);
    await expect(fetch(`${run.address}/crash`)).rejects.toThrow();
    expect(await one.ended).toBe(1);
    expect(one.output()).toContain('api ended with exit code 3 and should not have');
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
