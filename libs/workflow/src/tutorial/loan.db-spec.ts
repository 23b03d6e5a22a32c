import { isRefusal, Lifecycles } from '@dondoc/workflow';
import {
  BusinessClock,
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  grantWorkflow,
  inTransaction,
  migrateQueueSchema,
  newUuid,
  Queues,
  verifyStoredInstances,
  walkTo,
  workflowMigrations,
  WorkflowWorker,
  type EffectHandlers,
  type PostgresRuntime,
} from '@dondoc/workflow/durable';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { createEmptyTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { testQueue } from '../../../../test/services/test-queue';
import { fine, hooks, loan } from './loan.lifecycle';

const DAY = 24 * 60 * 60 * 1000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const roles = { application: 'dondoc_api', worker: 'dondoc_worker', sandbox: true };

async function prepareDatabase(ownerUrl: string): Promise<void> {
  const owner = await new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: workflowMigrations,
    installExtensions: false,
  }).initialize();
  await owner.runMigrations();
  await owner.transaction(({ queryRunner }) =>
    queryRunner ? grantWorkflow(queryRunner, roles) : Promise.resolve(),
  );
  await owner.destroy();
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await migrateQueueSchema(client, roles);
  await client.end();
}

const lifecycles = new Lifecycles([loan, fine]);

const letters: unknown[] = [];
const handlers: EffectHandlers = {
  writeToReader: inTransaction(async (letter, tx) => {
    // Whatever is written here is committed together with the delivery: exactly once.
    await tx.query('insert into letter (id, reader, text) values ($1, $2, $3)', [
      letter.id,
      letter.payload['to'],
      letter.payload['letter'],
    ]);
    letters.push(letter.payload['letter']);
  }),
};

describe('a loan on PostgreSQL', () => {
  const organization = newUuid();
  const reader = { kind: 'person', id: 'an' } as const;
  const closing: (() => Promise<unknown>)[] = [];
  let database: TestDatabase;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createEmptyTestDatabase();
    await prepareDatabase(database.ownerUrl);
    const onlooker = new Client({ connectionString: database.ownerUrl });
    await onlooker.connect();
    await onlooker.query(
      `create table letter (id uuid primary key, reader text, text text);
       grant insert on letter to dondoc_worker; grant usage on schema public to dondoc_worker`,
    );
    await onlooker.end();
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await database.drop();
  });

  it('is kept, fires by itself, and can be checked', async () => {
    const url = database.workerUrl;
    dataSource = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    await checkDefinitions(dataSource, lifecycles);
    const queues = new Queues({ ...testQueue(), postgresUrl: url });
    const effects = new EffectQueue(queues, log);
    const made = createPostgresRuntime({ dataSource, lifecycles, effects, log, hooks });
    closing.push(
      () => dataSource.destroy(),
      () => effects.close(),
    );
    runtime = made.runtime;

    const worker = new WorkflowWorker({
      ...made,
      dataSource,
      lifecycles,
      queues,
      handlers,
      wakeUpUrl: url,
      log,
    });
    await worker.start();
    closing.push(() => worker.stop());

    clock = new BusinessClock(dataSource);
    const now = await clock.now();
    const loans = runtime.of(loan);
    const started = await loans.start(organization, {
      id: newUuid(),
      input: { reader: 'an', book: 'Truyện Kiều', dueAt: now + 30 * DAY },
      actor: reader,
    });
    if (isRefusal(started)) throw new Error(started.en);

    // A sandbox may move business time; elsewhere one waits a month.
    const { stops } = await walkTo(clock, now + 40 * DAY);
    expect(stops.map((at) => Math.round((at - now) / DAY))).toEqual([28, 30, 37]);
    expect(letters).toEqual(['reminder', 'overdue']);

    const returned = await loans.send(organization, {
      instance: started.id,
      event: { type: 'return' },
      actor: reader,
    });
    expect(returned).toMatchObject({ snapshot: { value: { fined: { book: 'back', fine: 'open' } } } });

    const { instances, findings } = await verifyStoredInstances(dataSource, lifecycles, organization);
    expect({ instances, findings }).toEqual({ instances: 2, findings: [] });
  });
});
