import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase } from './test-database';
import { type TestQueue } from './test-queue';

const root = join(__dirname, '..', '..');
const readyPatience = 30_000;
const stopPatience = 15_000;
/** The line that the worker writes once it takes jobs. */
const workerReady = /\bready\b/i;

/** What a finished command left: `code` is null when a signal ended it. */
export interface CommandOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real process of ours, built and started as in operation. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Everything that it has written so far. */
  log(): string;
  isRunning(): boolean;
  /** Asks it to end (SIGTERM) and answers its exit code; fails when it does not end. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would (SIGKILL): it cannot tidy up. */
  kill(): Promise<void>;
}

/** API, worker and command line on one database and one queue. */
export interface TestSystem {
  /** `http://127.0.0.1:<port>` of the API; the port stays when the API is started again. */
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  startApi(): Promise<RunningProcess>;
  startWorker(): Promise<RunningProcess>;
  /** Runs `dondoc` with these arguments to its end. */
  command(args: readonly string[]): Promise<CommandOutcome>;
  /** Stops what still runs and removes the files. */
  stop(): Promise<void>;
}

export interface TestSystemOptions {
  readonly database: TestDatabase;
  readonly queue: TestQueue;
  /** `sandbox` unless said otherwise. */
  readonly mode?: 'sandbox' | 'production';
  /** Further variables; they win. */
  readonly environment?: Readonly<Record<string, string>>;
}

const running = new Set<RunningProcess>();

afterAll(async () => {
  const left = [...running].map(({ name, pid }) => `${name} (${pid})`);
  await Promise.all([...running].map((one) => one.kill()));
  if (left.length > 0) throw new Error(`left running by this test file: ${left.join(', ')}`);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}

function launch(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const entry = join(root, 'dist', 'apps', name, 'src', 'main.js');
  return spawn(process.execPath, ['--enable-source-maps', entry, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): { stdout: string; stderr: string; all: string } {
  const text = { stdout: '', stderr: '', all: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (part: string) => {
      text[stream] += part;
      text.all += part;
    });
  }
  return text;
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code);
    });
  });
}

async function within<T>(milliseconds: number, promise: Promise<T>, complaint: () => string): Promise<T> {
  const abort = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: abort.signal }).then(() => {
    throw new Error(complaint());
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    abort.abort();
    late.catch(() => undefined);
  }
}

async function start(
  name: 'api' | 'worker',
  environment: Readonly<Record<string, string>>,
  isReady: (log: string) => Promise<boolean>,
): Promise<RunningProcess> {
  const child = launch(name, [], environment);
  const text = collect(child);
  const ended = ending(child);
  let alive = true;
  const process: RunningProcess = {
    name,
    pid: child.pid ?? 0,
    log: () => text.all,
    isRunning: () => alive,
    stop: () => {
      child.kill('SIGTERM');
      return within(stopPatience, ended, () => `${name} does not end on SIGTERM:\n${text.all}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
  running.add(process);
  const gone = () => {
    alive = false;
    running.delete(process);
  };
  ended.then(gone, gone);
  const end = Date.now() + readyPatience;
  while (!(await isReady(text.all))) {
    if (!process.isRunning()) throw new Error(`${name} has ended before it was ready:\n${text.all}`);
    if (Date.now() > end) {
      await process.kill();
      throw new Error(`${name} does not get ready:\n${text.all}`);
    }
    await sleep(25);
  }
  return process;
}

async function answersReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health/ready`)).status === 200;
  } catch {
    return false;
  }
}

/** Prepares the surroundings of API and worker; nothing runs until it is started. */
export async function createTestSystem(options: TestSystemOptions): Promise<TestSystem> {
  const { database, queue } = options;
  const files = await mkdtemp(join(tmpdir(), 'dondoc-files-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const environment = {
    DONDOC_MODE: options.mode ?? 'sandbox',
    MIGRATE_DATABASE_URL: database.ownerUrl,
    API_DATABASE_URL: database.apiUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    QUEUE_URL: queue.url,
    QUEUE_PREFIX: queue.prefix,
    PORT: String(port),
    FILES_DIRECTORY: files,
    LOG_LEVEL: 'info',
    // Decisions take effect at once, as in the simulation, unless a test is about taking them back.
    UNDO_SECONDS: '0',
    ...options.environment,
  };
  const mine = new Set<RunningProcess>();
  const keep = async (starting: Promise<RunningProcess>) => {
    const process = await starting;
    mine.add(process);
    return process;
  };
  return {
    address,
    environment,
    startApi: () => keep(start('api', environment, () => answersReady(address))),
    startWorker: () => keep(start('worker', environment, (log) => Promise.resolve(workerReady.test(log)))),
    command: async (args) => {
      const child = launch('cli', args, environment);
      const text = collect(child);
      const code = await ending(child);
      return { code, stdout: text.stdout, stderr: text.stderr };
    },
    stop: async () => {
      await Promise.all([...mine].filter((one) => one.isRunning()).map((one) => one.stop()));
      await rm(files, { recursive: true, force: true });
    },
  };
}
