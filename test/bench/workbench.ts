import { migrate } from '@dondoc/domain/persistence/migrate';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { isRefusal, type OutboxRecord, type Refusal, type StartCommand } from '@dondoc/workflow';
import {
  createPostgresRuntime,
  newUuid,
  Queues,
  type PostgresRuntime,
  type PostgresWork,
} from '@dondoc/workflow/durable/index';
import { Redis } from 'ioredis';
import { performance } from 'node:perf_hooks';
import { type DataSource } from 'typeorm';
import { ProcessorMeter } from './processor-time';
import { type Instants, type Planned, type Subject } from './subject';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Instances per transaction when many are started. */
export const BATCH = 500;

/** Milliseconds since the epoch by the clock of this process, finer than whole ones. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/** A connection pool with a runtime on it. */
export interface Part {
  readonly dataSource: DataSource;
  readonly runtime: PostgresRuntime;
}

/** Effects stay in the outbox, since the figures are about transitions; what is told of them tells of commits. */
interface CommitListener {
  onCommit(effects: readonly OutboxRecord[]): void;
}

function runtimeOn(dataSource: DataSource, subject: Subject, told: CommitListener): PostgresRuntime {
  const { lifecycles, hooks } = subject;
  const effects = {
    offer: (_: string, asked: readonly OutboxRecord[]): void => {
      told.onCommit(asked);
    },
  };
  return createPostgresRuntime({ dataSource, lifecycles, effects, log: silent, ...(hooks && { hooks }) })
    .runtime;
}

/** A disposable database at the shipped schema, with a runtime on it: walls, chain and partitions are on. */
export class Workbench {
  private constructor(
    readonly subject: Subject,
    /** Of the role that owns the tables: for what is not measured. */
    readonly owner: DataSource,
    /** What starts and sends, connected as the API is. */
    readonly api: Part,
    /** What fires timers, connected as the worker is. */
    readonly worker: Part,
    readonly queues: Queues,
    readonly redis: Redis | null,
    readonly processor: ProcessorMeter,
    readonly planned: Planned,
    private readonly told: CommitListener,
  ) {}

  static async open(subject: Subject, poolSize: number): Promise<Workbench> {
    const { ownerUrl, apiUrl, workerUrl, queueUrl } = ownerConfiguration();
    await migrate({ ownerUrl, apiUrl, workerUrl, sandbox: true });
    const owner = await subject.connect(ownerUrl, 1);
    await refuseDatabaseInUse(owner);
    await subject.prepare(owner);
    const told: CommitListener = { onCommit: () => undefined };
    const part = async (url: string): Promise<Part> => {
      const dataSource = await subject.connect(url, poolSize);
      return { dataSource, runtime: runtimeOn(dataSource, subject, told) };
    };
    const [api, worker] = [await part(apiUrl), await part(workerUrl)];
    const queues = new Queues({ url: queueUrl ?? 'postgres', postgresUrl: workerUrl, prefix: 'bench' });
    const redis = queues.kind === 'redis' && queueUrl !== undefined ? new Redis(queueUrl) : null;
    const processor = await ProcessorMeter.open(workerUrl, redis);
    const planned = granted(await api.runtime.transaction(subject.organization, (tx) => subject.plan(tx)));
    const bench = new Workbench(subject, owner, api, worker, queues, redis, processor, planned, told);
    await bench.empty().catch(async (error: unknown) => {
      await bench.leave();
      throw error;
    });
    return bench;
  }

  /** Calls `listener` after each commit with the effects that it asks for. */
  listen(listener: CommitListener['onCommit']): void {
    this.told.onCommit = listener;
  }

  /** Starts instances in transactions of 500, several abreast. `started` gets the ids of each. */
  async start(
    count: number,
    instants: (index: number) => Instants,
    options: { readonly abreast?: number; readonly started?: (ids: readonly string[]) => void } = {},
  ): Promise<void> {
    const { lifecycle, organization } = this.subject;
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        const from = next;
        next = Math.min(count, from + BATCH);
        const commands = Array.from({ length: next - from }, (_, offset) => ({
          lifecycle,
          id: newUuid(),
          input: this.planned.input(instants(from + offset)),
          actor: { kind: 'system' as const },
        }));
        granted(await this.api.runtime.transaction(organization, (tx) => this.startBatch(tx, commands)));
        options.started?.(commands.map(({ id }) => id));
      }
    };
    await Promise.all(Array.from({ length: options.abreast ?? 4 }, lane));
  }

  private async startBatch(tx: PostgresWork, commands: readonly StartCommand[]): Promise<null | Refusal> {
    await this.planned.keepRows?.(tx, commands);
    const started = await tx.startMany(commands);
    return isRefusal(started) ? started : null;
  }

  /** Emptied between runs so that every run meets the same database. */
  async empty(): Promise<void> {
    const tables = ['instance', 'history', 'outbox', 'outbox_delivered'].map((name) => `workflow.${name}`);
    // What an application hangs on its rows goes with them.
    await this.owner.query(`truncate ${[...tables, ...this.subject.tables].join(', ')} cascade`);
  }

  /** What autovacuum would do at some moment of its own is done before something is measured. */
  async settle(): Promise<void> {
    for (const table of ['workflow.instance', 'workflow.history', ...this.subject.tables])
      await this.owner.query(`vacuum (analyze) ${table}`);
  }

  /** Milliseconds by which business time is ahead of the clock of this process: the answer that came fastest. */
  async clockOffset(): Promise<number> {
    let best = { took: Infinity, offset: 0 };
    for (let attempt = 0; attempt < 20; attempt++) {
      const asked = preciseNow();
      const [{ now }] = await this.api.dataSource.query<[{ now: string }]>(
        `select extract(epoch from workflow.now()) * 1000 as now`,
      );
      const took = preciseNow() - asked;
      if (took < best.took) best = { took, offset: Number(now) - asked - took / 2 };
    }
    return best.offset;
  }

  /** Business time becomes `instant` now. */
  async moveClockTo(instant: number): Promise<void> {
    await this.owner.query(
      `update workflow.clock set "offset" = to_timestamp($1 / 1000.0) - clock_timestamp()`,
      [instant],
    );
  }

  async close(): Promise<void> {
    await this.empty();
    await this.leave();
  }

  private async leave(): Promise<void> {
    this.redis?.disconnect();
    await this.api.dataSource.destroy();
    await this.worker.dataSource.destroy();
    await this.owner.destroy();
  }
}

/** Benches empty the runtime's tables and move the clock. */
async function refuseDatabaseInUse(owner: DataSource): Promise<void> {
  const [{ used }] = await owner.query<[{ used: boolean }]>(
    `select pg_relation_size('workflow.instance') > 0 as used`,
  );
  if (!used) return;
  await owner.destroy();
  throw new Error('this database holds instances: benches run on an empty one only, which they empty again');
}

export function granted<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.en);
  return answer;
}
