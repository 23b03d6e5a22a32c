import { type InstanceChange, Lifecycles, type Lifecycle } from '@dondoc/workflow';
import {
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  outside,
  type FaultPoints,
  Queues,
  type EffectHandler,
  type PostgresRuntime,
  type PostgresTransaction,
  WorkflowWorker,
} from '@dondoc/workflow/durable/index';
import { DataSource } from 'typeorm';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type Project = (changes: readonly InstanceChange[], tx: PostgresTransaction) => Promise<void>;

export interface Employment {
  readonly databaseUrl: string;
  readonly queue: { readonly url: string; readonly prefix: string };
  readonly lifecycles: readonly Lifecycle[];
  readonly faults?: FaultPoints;
  readonly project?: Project;
  readonly sweepMs?: number;
}

/** A runtime with a worker that is not started yet, in whichever process this is. */
export interface Employed {
  readonly runtime: PostgresRuntime;
  readonly worker: WorkflowWorker;
  /** Of connections and queues; the worker is stopped before. */
  readonly close: () => Promise<void>;
}

const SWEEP_MS = 250;

/** How long an outside effect may take. */
export const OUTSIDE_MS = 5_000;

/** What a handler does is there once or not at all: it is written down in the transaction of the delivery. */
const WRITE_DOWN = 'insert into told (effect, process) values ($1, $2)';
const writeDown = inTransaction(async ({ id }, tx) => {
  await tx.query(WRITE_DOWN, [id, process.pid]);
});

/** Outside, as a mail server would: written down at once, whatever becomes of the record. */
const archiveWith = (dataSource: DataSource): EffectHandler =>
  outside(
    async ({ id }) => {
      await dataSource.query(WRITE_DOWN, [id, process.pid]);
      return `archived under ${id}`;
    },
    { timeoutMs: OUTSIDE_MS },
  );

export async function employ(employment: Employment): Promise<Employed> {
  const { databaseUrl, queue, faults, project } = employment;
  const dataSource = await new DataSource({ type: 'postgres', url: databaseUrl, poolSize: 8 }).initialize();
  const queues = new Queues({ ...queue, postgresUrl: databaseUrl });
  const lifecycles = new Lifecycles(employment.lifecycles);
  const effects = new EffectQueue(queues, silent, undefined, faults);
  const made = createPostgresRuntime({
    dataSource,
    lifecycles,
    effects,
    log: silent,
    ...(project && { hooks: { project } }),
    ...(faults && { faults }),
  });
  const worker = new WorkflowWorker({
    ...made,
    dataSource,
    lifecycles,
    queues,
    handlers: Object.fromEntries(
      lifecycles.effects.map((name) => [name, name === 'archive' ? archiveWith(dataSource) : writeDown]),
    ),
    wakeUpUrl: databaseUrl,
    log: silent,
    sweepMs: employment.sweepMs ?? SWEEP_MS,
    ...(faults && { faults }),
  });
  return {
    runtime: made.runtime,
    worker,
    close: async () => {
      await effects.close();
      await dataSource.destroy();
    },
  };
}
