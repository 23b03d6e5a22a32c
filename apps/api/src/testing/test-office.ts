import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { beginDigests } from '@dondoc/domain/messages/begin-digests';
import { type Channel } from '@dondoc/domain/messages/channel.port';
import { messageHandlers } from '@dondoc/domain/messages/message-handlers';
import { loadSampleOffice, sampleId, samplePassword } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import {
  BusinessClock,
  createPostgresRuntime,
  EffectQueue,
  newUuid,
  Queues,
  type FaultPoints,
  type PostgresRuntime,
} from '@dondoc/workflow/durable/index';
import { Outbox } from '@dondoc/workflow/effects/outbox';
import { OutsideCalls } from '@dondoc/workflow/effects/outside-calls';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { createApplication } from '../application';

/** An answer with its body read. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Sending {
  readonly body?: unknown;
  readonly form?: FormData;
  /** Sent as it is, as JSON unless the headers say otherwise. */
  readonly text?: string;
  readonly key?: string | null;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands in for a worker. */
export interface OfficeWorker {
  readonly channels?: readonly Channel[];
  readonly faults?: FaultPoints | undefined;
}

/** No pauses worth waiting for. */
const retrying = { attempts: 3, firstPauseMs: 0, longestPauseMs: 0 };

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- the spec knows the shape of the answer it asks for */
/** Somebody of the sample office at their keyboard. */
export class Someone {
  constructor(
    private readonly address: string,
    private readonly token: string | null,
  ) {}

  async send<T = Record<string, unknown>>(method: string, path: string, sending: Sending = {}) {
    const { body, form, text, key, ifMatch, headers } = sending;
    const idempotency = method === 'POST' && key !== null ? { 'Idempotency-Key': key ?? randomUUID() } : {};
    const response = await fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.token !== null && { Authorization: `Bearer ${this.token}` }),
        ...((body !== undefined || text !== undefined) && { 'Content-Type': 'application/json' }),
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
        ...idempotency,
        ...headers,
      },
      ...(form
        ? { body: form }
        : text !== undefined
          ? { body: text }
          : body !== undefined
            ? { body: JSON.stringify(body) }
            : {}),
    });
    const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isEndless) await response.body?.cancel();
    const said = isEndless ? '' : await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(said) : said) as T,
    } satisfies Answer<T>;
  }

  /** An answer that goes on: its body is left to be read. */
  open(path: string): Promise<Response> {
    const headers = this.token === null ? {} : { Authorization: `Bearer ${this.token}` };
    return fetch(`${this.address}/api/v1${path}`, { headers });
  }

  get<T = Record<string, unknown>>(path: string, sending: Sending = {}) {
    return this.send<T>('GET', `/api/v1${path}`, sending);
  }

  post<T = Record<string, unknown>>(path: string, body?: unknown, sending: Sending = {}) {
    return this.send<T>('POST', `/api/v1${path}`, { ...sending, body: sending.form ? undefined : body });
  }

  patch<T = Record<string, unknown>>(path: string, body: unknown, ifMatch?: string) {
    return this.send<T>('PATCH', `/api/v1${path}`, { body, ...(ifMatch !== undefined && { ifMatch }) });
  }
}

/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

/** The API on the sample office, in this process, with a clock that the test moves. No worker runs. */
export class TestOffice {
  private readonly sessions = new Map<string, Someone>();
  private readonly organizations = new Set<string>();

  private constructor(
    readonly database: TestDatabase,
    readonly application: NestExpressApplication,
    readonly address: string,
    readonly organization: string,
    private readonly worker: DataSource,
    readonly runtime: PostgresRuntime,
    private readonly outbox: Outbox,
    private readonly calls: OutsideCalls,
    readonly clock: BusinessClock,
    private readonly close: () => Promise<void>,
  ) {
    this.organizations.add(organization);
  }

  /** From now on time passes and messages are handed over in this organization as well. */
  alsoIn(organization: string): void {
    this.organizations.add(organization);
  }

  static async open(
    settings: Partial<ApiConfiguration> = {},
    { channels = [], faults }: OfficeWorker = {},
  ): Promise<TestOffice> {
    const database = await createTestDatabase();
    const filesDirectory = await mkdtemp(join(tmpdir(), 'dondoc-api-'));
    const connect = (url: string) =>
      dondocDataSource({ url, application: 'api spec', poolSize: 2 }).initialize();
    const owner = await connect(database.ownerUrl);
    const { organization } = await loadSampleOffice(owner);
    await owner.destroy();
    const application = await createApplication({
      mode: 'sandbox',
      logLevel: 'silent',
      databaseUrl: database.apiUrl,
      databasePoolSize: 4,
      queueUrl: 'postgres',
      queuePrefix: 'api-spec',
      host: '127.0.0.1',
      port: 0,
      filesDirectory,
      filesMaxBytes: 100_000,
      filesQuota: { organization: 0, person: 0 },
      bodyMaxBytes: 200_000,
      accounts: {
        sessionHours: 1,
        sessionIdleMinutes: 30,
        passwordMinLength: 12,
        sandbox: true,
        secretsKey: Buffer.alloc(32, 7),
      },
      statementSeconds: 20,
      undoSeconds: 0,
      requestsPerMinute: 0,
      limits: {
        ...{ headersMs: 15_000, arrivalMs: 300_000, idleMs: 10_000, lookEveryMs: 5_000, answerMs: 60_000 },
        ...{ streamsPerAccount: 8, streamsPerAddress: 100, streams: 100, strangersKeptDays: 90 },
      },
      reading: { timeMs: 20_000, memoryMb: 256, processes: 1 },
      openId: null,
      trustedProxies: 0,
      secureCookie: false,
      metricsToken: null,
      ...settings,
    });
    await application.listen(settings.port ?? 0, '127.0.0.1');
    const address = (await application.getUrl()).replace('[::1]', '127.0.0.1');
    const worker = await connect(database.workerUrl);
    const queues = new Queues({ url: 'postgres', postgresUrl: database.workerUrl, prefix: 'api-spec' });
    const effects = new EffectQueue(queues, quiet);
    const { runtime } = createPostgresRuntime({
      dataSource: worker,
      lifecycles,
      effects,
      log: quiet,
      hooks: directiveHooks,
    });
    const close = async () => {
      await application.close();
      await effects.close();
      await worker.destroy();
      await rm(filesDirectory, { recursive: true, force: true });
      await database.drop();
    };
    const clock = new BusinessClock(worker);
    const outbox = new Outbox({
      runtime,
      dataSource: worker,
      lifecycles,
      handlers: messageHandlers({
        runtime,
        dataSource: worker,
        channels,
        publicUrl: 'http://page.example',
        retrying,
      }),
      newId: newUuid,
      faults,
    });
    const calls = new OutsideCalls(outbox, 8, quiet, () => undefined, faults);
    return new TestOffice(
      database,
      application,
      address,
      organization,
      worker,
      runtime,
      outbox,
      calls,
      clock,
      close,
    );
  }

  /** Somebody who has logged in. */
  async as(login: string): Promise<Someone> {
    const known = this.sessions.get(login);
    if (known) return known;
    const password = samplePassword(login);
    const { body } = await this.nobody().post<{ token: string }>('/auth/login', { login, password });
    const someone = new Someone(this.address, body.token);
    this.sessions.set(login, someone);
    return someone;
  }

  /** Somebody of any organization. */
  async logIn(login: string, password: string): Promise<Someone> {
    const { body } = await this.nobody().post<{ token: string }>('/auth/login', { login, password });
    return new Someone(this.address, body.token);
  }

  /** What a query of one column gives to whoever sees every row. */
  async picture(sql: string): Promise<unknown> {
    const source = dondocDataSource({
      url: this.database.superuserUrl,
      application: 'api spec picture',
      poolSize: 1,
    });
    await source.initialize();
    try {
      return await source.query<unknown>(sql);
    } finally {
      await source.destroy();
    }
  }

  /** Somebody who has not. */
  nobody(): Someone {
    return new Someone(this.address, null);
  }

  agency(key: string): string {
    return sampleId('agency', key);
  }

  person(login: string): string {
    return sampleId('person', login);
  }

  /** Moves the clock to an instant; what is due on the way happens at its own instant, messages included. */
  async goTo(instant: string): Promise<void> {
    const target = Date.parse(instant);
    await this.deliver();
    for (
      let due = await this.clock.nextDue();
      due !== null && due <= target;
      due = await this.clock.nextDue()
    ) {
      await this.clock.moveTo(due);
      for (const organization of this.organizations) await this.runtime.fireDue(organization, { limit: 100 });
      await this.deliver();
    }
    await this.clock.moveTo(target);
  }

  /** Hands every waiting message to its inbox, and what leaves besides to its channel. */
  async deliver(): Promise<void> {
    for (let handled = 1; handled > 0;) {
      handled = 0;
      for (const organization of this.organizations) handled += await this.deliverIn(organization);
    }
  }

  private async deliverIn(organization: string): Promise<number> {
    const { claimed } = await this.outbox.deliver(organization, 500);
    const { leased } = await this.outbox.lease(organization, 8);
    leased.forEach((effect) => this.calls.begin(effect));
    while (this.calls.free < 8) await new Promise((resolve) => setImmediate(resolve));
    return claimed + leased.length;
  }

  /** Lets the leases of a process that is gone run out. */
  async endLeases(): Promise<void> {
    for (const organization of this.organizations)
      await this.worker.transaction(async (manager) => {
        await manager.query(`select set_config('dondoc.organization', $1, true)`, [organization]);
        await manager.query('update workflow.outbox set next_attempt_at = now() where lease is not null');
      });
  }

  /** Begins the digest of the organization, as a worker does at its start. */
  async beginDigests(): Promise<void> {
    await beginDigests(this.worker, this.runtime);
  }

  /** Rows of the organization, as the worker may read them. */
  async rows<T>(sql: string): Promise<T[]> {
    return this.worker.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.organization', $1, true)`, [this.organization]);
      return manager.query<T[]>(sql);
    });
  }

  /** Changes rows of the organization, as the worker may change them. */
  async asWorker(sql: string): Promise<void> {
    await this.rows(sql);
  }

  /** Runs `work` while another transaction holds an instance. */
  async whileLocked<T>(instance: string, work: () => Promise<T>): Promise<T> {
    return this.worker.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.organization', $1, true)`, [this.organization]);
      await manager.query('select from workflow.instance where id = $1 for update', [instance]);
      return work();
    });
  }

  async end(): Promise<void> {
    await this.close();
  }
}
