import { type InstanceChange, Lifecycles, type Lifecycle } from '@dondoc/workflow';
import {
  inTransaction,
  createPostgresRuntime,
  EffectQueue,
  type FaultPoints,
  Queues,
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

/** What a handler does is there once or not at all: it is written down in the transaction of the delivery. */
const writeDown = inTransaction(async ({ id }, tx) => {
  await tx.query('insert into told (effect, process) values ($1, $2)', [id, process.pid]);
});

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
    handlers: Object.fromEntries(lifecycles.effects.map((name) => [name, writeDown])),
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
