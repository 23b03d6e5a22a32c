import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Assignment, type Order, type Report } from './process-orders';

const built = join(__dirname, '..', '..', 'dist', 'test', 'faults');
const patience = 40_000;
const running = new Set<ProcessUnderTest>();

afterAll(async () => {
  await Promise.all([...running].map((one) => one.kill()));
});

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A worker under test as its parent sees it. */
export class ProcessUnderTest {
  readonly reports: Report[] = [];
  readonly ended: Promise<Ending>;
  private log = '';
  private listeners = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    running.add(this);
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (this.log += part));
    child.on('message', (report) => {
      this.reports.push(report as Report);
      this.tellListeners();
    });
    child.on('error', (error) => (this.log += String(error)));
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        running.delete(this);
        resolve({ code, signal });
        this.tellListeners();
      });
    });
  }

  /** @param clockOffMs how far its own clock is off, in milliseconds */
  static prepare(assignment: Assignment, clockOffMs = 0): ProcessUnderTest {
    const shim = ['--require', join(built, 'shifted-clock.main.js')];
    const child = fork(join(built, 'worker-under-test.js'), [JSON.stringify(assignment)], {
      execArgv: ['--enable-source-maps', ...(clockOffMs === 0 ? [] : shim)],
      env: { ...process.env, CLOCK_OFF_MS: String(clockOffMs) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new ProcessUnderTest(child);
  }

  get hasEnded(): boolean {
    return !running.has(this);
  }

  /** Nothing happens when it has ended meanwhile. */
  order(order: Order): void {
    if (this.child.connected) this.child.send(order, () => undefined);
  }

  async run(): Promise<void> {
    await this.heard('prepared');
    this.order({ do: 'run' });
  }

  /** Waits until it has said this, and answers the first report of the kind. */
  async heard<TSaid extends Report['said']>(said: TSaid): Promise<Extract<Report, { said: TSaid }>> {
    const found = () => this.reports.find((report) => report.said === said);
    await this.until(() => found() !== undefined, `says "${said}"`);
    return found() as Extract<Report, { said: TSaid }>;
  }

  /** @returns whether it has ended by then */
  async endsWithin(milliseconds: number): Promise<boolean> {
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timeout = setTimeout(resolve, milliseconds)));
    await Promise.race([this.ended, late]);
    clearTimeout(timeout);
    return this.hasEnded;
  }

  async stop(): Promise<Ending> {
    this.order({ do: 'stop' });
    if (!(await this.endsWithin(patience))) throw new Error(`the worker does not stop:\n${this.log}`);
    return this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private async until(condition: () => boolean, what: string): Promise<void> {
    const end = Date.now() + patience;
    while (!condition()) {
      if (this.hasEnded) throw new Error(`the worker ended before it ${what}:\n${this.log}`);
      if (Date.now() > end) throw new Error(`the worker never ${what}:\n${this.log}`);
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, 500);
        const listener = (): void => {
          clearTimeout(timeout);
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }

  private tellListeners(): void {
    [...this.listeners].forEach((listener) => listener());
  }
}
