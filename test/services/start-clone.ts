import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const repository = join(__dirname, '..', '..');

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

const page: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>Đôn Đốc</title>',
  'vite.config.mjs': `
    export default {
      root: import.meta.dirname,
      build: { outDir: '../../dist/apps/web/page', emptyOutDir: true },
    };`,
};

export interface RunRecord {
  readonly state: string;
  readonly address: string;
  readonly applications: Readonly<Record<string, { readonly pid: number }>>;
}

export interface Launched {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<number | null>;
  /** As Ctrl-C in a terminal: everything of its group that runs in the foreground gets it. */
  interrupt(): void;
}

/** The environment of a person who has set nothing. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(TEST_|npm_|NODE_ENV|DONDOC_|DATABASE_URL|REDIS_URL|QUEUE_|PORT|HOST|LANG|LC_|.*_DATABASE_URL)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** A process that has ended but that nobody has asked about (an orphan, in many containers) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return platform() !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A clone with the scripts as they are and, unless said otherwise, stand-ins for the applications. */
export class StartClone {
  private readonly launched = new Set<Launched>();

  private constructor(readonly folder: string) {}

  /** `packages` takes over from linking the packages of this repository. */
  static async make(
    packages: (folder: string) => Promise<void> = linkPackages,
    { standIns = true }: { standIns?: boolean } = {},
  ): Promise<StartClone> {
    const folder = await mkdtemp(join(tmpdir(), 'dondoc-clone-'));
    // The database's own user passes through the folders above its data.
    await chmod(folder, 0o755);
    for (const path of ['scripts', 'dondoc', 'package.json', 'package-lock.json'])
      await cp(join(repository, path), join(folder, path), { recursive: true });
    await packages(folder);
    for (const [name, source] of Object.entries(standIns ? applications : {})) {
      await mkdir(join(folder, 'apps', name, 'src'), { recursive: true });
      await writeFile(join(folder, 'apps', name, 'src', 'main.ts'), source);
    }
    for (const [name, source] of Object.entries(standIns ? page : {})) {
      await mkdir(join(folder, 'apps', 'web'), { recursive: true });
      await writeFile(join(folder, 'apps', 'web', name), source);
    }
    return new StartClone(folder);
  }

  launch(
    file: string,
    args: readonly string[],
    { cwd = this.folder, environment = {} }: { cwd?: string; environment?: NodeJS.ProcessEnv } = {},
  ): Launched {
    const env = { ...plainEnvironment(), ...environment };
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const interrupt = (): void => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGINT');
    };
    const launched = { child, output: () => text, ended, interrupt };
    this.launched.add(launched);
    void ended.then(() => this.launched.delete(launched));
    return launched;
  }

  start(environment: NodeJS.ProcessEnv = {}): Launched {
    return this.launch(process.execPath, ['scripts/start.mjs'], { environment });
  }

  /** Runs an ECMAScript module text in the clone and answers the JSON that it prints. */
  async evaluate(text: string): Promise<unknown> {
    const one = this.launch(process.execPath, ['--input-type=module', '--eval', text]);
    await one.ended;
    return JSON.parse(one.output()) as unknown;
  }

  async record(): Promise<RunRecord> {
    return JSON.parse(await readFile(join(this.folder, '.dondoc', 'run.json'), 'utf8')) as RunRecord;
  }

  async ready(one: Launched, patience?: number): Promise<RunRecord> {
    await this.said(one, 'Đôn Đốc is running (', patience);
    return this.record();
  }

  async said(one: Launched, text: string, patience = 45_000): Promise<void> {
    const end = Date.now() + patience;
    while (!one.output().includes(text)) {
      if (one.child.exitCode !== null || Date.now() > end)
        throw new Error(`has not said "${text}":\n${one.output()}`);
      await sleep(20);
    }
  }

  async pidsOf(run: RunRecord): Promise<number[]> {
    const lock = join(this.folder, '.dondoc', 'postgres', 'data', 'postmaster.pid');
    const database = Number((await readFile(lock, 'utf8')).split('\n')[0]);
    return [...Object.values(run.applications).map(({ pid }) => pid), database];
  }

  /** What still runs in this clone or on its files, in words (Linux; elsewhere nothing is found). */
  /** What still runs when what was killed has had time to go. */
  async leftAfterAWhile(patience = 5_000): Promise<string[]> {
    for (const end = Date.now() + patience; Date.now() < end && this.leftRunning().length > 0;)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return this.leftRunning();
  }

  leftRunning(): string[] {
    if (platform() !== 'linux') return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isAlive(Number(name)))
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
          const here = `${command} ${readlinkSync(`/proc/${pid}/cwd`)}`.includes(this.folder);
          return here ? [`${pid}: ${command}`] : [];
        } catch {
          return [];
        }
      });
  }

  async remove(): Promise<void> {
    await Promise.all(
      [...this.launched].map((one) => {
        one.child.kill('SIGTERM');
        return one.ended;
      }),
    );
    // What a failed test may have left.
    for (const left of this.leftRunning()) process.kill(Number.parseInt(left, 10), 'SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function linkPackages(folder: string): Promise<void> {
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
}
