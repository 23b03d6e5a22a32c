import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { queueKinds } from '../services/test-queue';

interface Answer {
  readonly number: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** PostgreSQL and Redis of one test file alone: it may stop them, and nobody else is disturbed. */
export class OwnServers {
  private asked = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /** Test databases of this file are made on this server from now on. */
  static async start(): Promise<OwnServers & { readonly redisUrl: string | null }> {
    const program = join(__dirname, 'server-keeper.mjs');
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const servers = new OwnServers(child, ended);
    const urls = (await servers.ask('start', queueKinds())) as { postgres: string; redis: string | null };
    process.env['TEST_DATABASE_ADMIN_URL'] = urls.postgres;
    return Object.assign(servers, { redisUrl: urls.redis });
  }

  /** `crash`: as if the server had failed; otherwise it ends every session and stops in order. */
  async restartPostgres(how: 'crash' | 'order'): Promise<void> {
    await this.ask('restartPostgres', how);
  }

  async pauseRedis(): Promise<void> {
    await this.ask('pauseRedis', null);
  }

  async resumeRedis(): Promise<void> {
    await this.ask('resumeRedis', null);
  }

  async stop(): Promise<void> {
    this.child.disconnect();
    await this.ended;
  }

  private ask(order: string, given: unknown): Promise<unknown> {
    const number = ++this.asked;
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null, answer?: unknown): void => {
        this.child.off('message', hear).off('exit', gone);
        if (error) reject(error);
        else resolve(answer);
      };
      const gone = () => settle(new Error('the servers of this test have ended'));
      const hear = (message: unknown) => {
        const { number: of, answer, error } = message as Answer;
        if (of === number) settle(error === undefined ? null : new Error(error), answer);
      };
      this.child.on('message', hear).on('exit', gone);
      this.child.send({ number, order, given });
    });
  }
}
