import { migrate } from '@dondoc/domain/persistence/migrate';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { isRefusal, Lifecycles, type Lifecycle, type StartCommand } from '@dondoc/workflow';
import { createPostgresRuntime, newUuid, Queues, type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { type PostgresStore } from '@dondoc/workflow/postgres/postgres.store';
import { DataSource } from 'typeorm';
import { ProcessorMeter } from './processor-time';

export const ORGANIZATION = '00000000-0000-4000-8000-0000000000be';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A disposable database at the shipped schema, with a runtime on it: walls, chain and partitions are on. */
export interface Workbench {
  readonly dataSource: DataSource;
  readonly queues: Queues;
  readonly lifecycles: Lifecycles;
  readonly runtime: PostgresRuntime;
  readonly store: PostgresStore;
  readonly processor: ProcessorMeter;
  close(): Promise<void>;
}

export async function openWorkbench(lifecycle: Lifecycle, poolSize: number): Promise<Workbench> {
  const { ownerUrl, workerUrl, queueUrl } = ownerConfiguration();
  await migrate({ ownerUrl, sandbox: true });
  const dataSource = await new DataSource({ type: 'postgres', url: workerUrl, poolSize }).initialize();
  const queues = new Queues({ url: queueUrl ?? 'postgres', postgresUrl: workerUrl, prefix: 'bench' });
  // Effects are written to the outbox but not delivered: the figures are about transitions.
  const effects = { offer: () => undefined };
  const lifecycles = new Lifecycles([lifecycle]);
  const made = createPostgresRuntime({ dataSource, lifecycles, effects, log: silent });
  const processor = await ProcessorMeter.open(workerUrl, queueUrl);
  return {
    dataSource,
    queues,
    lifecycles,
    ...made,
    processor,
    close: async () => {
      await processor.close();
      await dataSource.destroy();
    },
  };
}

/** Starts instances in transactions of 500 and gives their ids. */
export async function startInstances(
  bench: Workbench,
  count: number,
  command: (index: number) => Omit<StartCommand, 'id' | 'actor'>,
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += 500) {
    const commands = Array.from({ length: Math.min(500, count - from) }, (_, offset) => ({
      ...command(from + offset),
      id: newUuid(),
      actor: { kind: 'system' as const },
    }));
    const started = await bench.runtime.transaction(ORGANIZATION, (tx) => tx.startMany(commands));
    if (isRefusal(started)) throw new Error(started.en);
    ids.push(...started.map(({ id }) => id));
  }
  return ids;
}

/** Emptied between runs so that every run meets the same database. */
export async function emptyTables(bench: Workbench): Promise<void> {
  const { ownerUrl } = ownerConfiguration();
  const owner = await new DataSource({ type: 'postgres', url: ownerUrl, poolSize: 1 }).initialize();
  await owner.query(
    'truncate workflow.instance, workflow.history, workflow.timer, workflow.outbox, workflow.outbox_delivered',
  );
  await owner.destroy();
  await bench.dataSource.query('select 1');
}
