import { type ChildProcess } from 'node:child_process';
import { Server, Socket } from 'node:net';
import { type Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

/** What is closed leaves the list a little later. */
const PATIENCE_MS = 3_000;

interface PendingTimer {
  readonly kind: string;
  /** Its stack is put into words only when it is asked for, which takes longer than most timers last. */
  readonly made: Error;
}

/** Of the process: what keeps it from ending. Node tells of no other way to see the things themselves. */
const openHandles = (): object[] =>
  (process as unknown as { _getActiveHandles(): object[] })._getActiveHandles();

const isDestroyed = (timer: NodeJS.Timeout): boolean =>
  (timer as unknown as { _destroyed: boolean })._destroyed;

const isPending = (timer: NodeJS.Timeout): boolean => timer.hasRef() && !isDestroyed(timer);

function servicePorts(): Map<string, string> {
  const services = { PostgreSQL: 'TEST_DATABASE_ADMIN_URL', Redis: 'TEST_REDIS_URL' };
  return new Map(
    Object.entries(services).flatMap(([name, variable]) => {
      const url = process.env[variable];
      return url ? [[new URL(url).port, name] as const] : [];
    }),
  );
}

/** In words, or null for what is no test's to close: the pipes of a child process are told of with the child. */
function describeHandle(handle: object): string | null {
  if (handle instanceof Socket) {
    if (handle.remotePort === undefined) return null;
    const service = servicePorts().get(String(handle.remotePort));
    return `a connection to ${service ?? `${handle.remoteAddress ?? '?'}:${handle.remotePort}`}`;
  }
  if (handle instanceof Server) return `a server listening at ${JSON.stringify(handle.address())}`;
  if ('spawnargs' in handle) {
    const { pid, spawnargs } = handle as ChildProcess;
    return `the process ${pid ?? '?'}: ${spawnargs.join(' ').slice(0, 160)}`;
  }
  return null;
}

/** The line of a test or of our sources, else of whoever called. */
function callerOf({ stack = '' }: Error): string {
  const lines = stack.split('\n').slice(2);
  const ours = lines.find((line) => !line.includes('node_modules') && !line.includes('node:'));
  return (ours ?? lines[0] ?? 'somewhere').trim();
}

/**
 * Fails a test file that leaves something open at its end: connections, servers, child processes, timers. What was open
 * before the file is jest's own.
 */
export default class LeakCheckEnvironment extends TestEnvironment {
  private readonly before = new WeakSet(openHandles());
  private readonly timers = new Map<NodeJS.Timeout, PendingTimer>();

  override async setup(): Promise<void> {
    await super.setup();
    for (const kind of ['setTimeout', 'setInterval'] as const) this.watch(kind);
  }

  async handleTestEvent(event: Circus.AsyncEvent, state: Circus.State): Promise<void> {
    if (event.name !== 'run_finish') return;
    const left = await this.leftOpen();
    if (left.length > 0)
      state.unhandledErrors.push(new Error(`left open by this test file:\n  ${left.join('\n  ')}`));
  }

  /** Remembers where each timer was made, for as long as it waits. */
  private watch(kind: 'setTimeout' | 'setInterval'): void {
    const make = this.global[kind] as (...args: unknown[]) => NodeJS.Timeout;
    const { timers } = this;
    const watched = (run: (...args: unknown[]) => void, ...rest: unknown[]): NodeJS.Timeout => {
      const ended = (...args: unknown[]): void => {
        if (kind === 'setTimeout') timers.delete(timer);
        run(...args);
      };
      const timer = make(ended, ...rest);
      timers.set(timer, { kind, made: new Error(kind) });
      // Those that were cleared have told nobody.
      if (timers.size % 1_000 === 0)
        for (const one of timers.keys()) if (isDestroyed(one)) timers.delete(one);
      return timer;
    };
    // With what hangs on it: `util.promisify` looks for its own there.
    Object.defineProperties(watched, Object.getOwnPropertyDescriptors(make));
    Object.assign(this.global, { [kind]: watched });
  }

  private async leftOpen(): Promise<string[]> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const left = this.look();
      if (left.length === 0 || Date.now() > end) return left;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  private look(): string[] {
    const handles = openHandles()
      .filter((handle) => !this.before.has(handle))
      .map(describeHandle)
      .filter((said) => said !== null);
    const timers = [...this.timers]
      .filter(([timer]) => isPending(timer))
      .map(([, { kind, made }]) => `a ${kind} made ${callerOf(made)}`);
    return [...handles, ...timers];
  }
}
