import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { describeOnEachQueue, testQueue } from '../../../../test/services/test-queue';
import { type OutboxRecord } from '../engine/records';
import { eventOf, isRefusal, Lifecycles, readEntry, type InstanceRecord } from '../index';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import {
  BusinessClock,
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  newUuid,
  Queues,
  WorkflowWorker,
  type PostgresRuntime,
} from '../durable/index';
import { verifyStoredInstances } from './verify-instances';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const STRANGER = '00000000-0000-4000-8000-000000000002';
const DAY = 86_400_000;
const buyer = { kind: 'person', id: 'an' } as const;
const lifecycles = new Lifecycles([purchaseOrder, delivery]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const hooks = {
  prepareStart: {
    delivery: ({ input, from }: { input: Record<string, unknown>; from: { id: string } }) =>
      Promise.resolve({ for: String(input['for']), order: from.id }),
  },
};

describeOnEachQueue('the runtime on PostgreSQL', (kind) => {
  let database: TestDatabase;
  let api: DataSource;
  let worker: DataSource;
  let superuser: DataSource;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;
  let running: WorkflowWorker | null = null;
  const closing: (() => Promise<unknown>)[] = [];
  const told: { effect: OutboxRecord; organization: string }[] = [];
  const failing = new Set<string>();
  const queue = testQueue(kind);

  const connect = async (url: string): Promise<DataSource> => {
    const source = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    closing.push(() => source.destroy());
    return source;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    [api, worker, superuser] = (await Promise.all(
      [database.apiUrl, database.workerUrl, database.superuserUrl].map(connect),
    )) as [DataSource, DataSource, DataSource];
    const queues = new Queues({ ...queue, postgresUrl: database.apiUrl });
    const effects = new EffectQueue(queues, quiet);
    closing.unshift(() => effects.close());
    runtime = createPostgresRuntime({ dataSource: api, lifecycles, effects, log: quiet, hooks }).runtime;
    clock = new BusinessClock(api);
  });

  async function startWorker(): Promise<void> {
    const queues = new Queues({ ...queue, postgresUrl: database.workerUrl });
    const effects = new EffectQueue(queues, quiet);
    const made = createPostgresRuntime({ dataSource: worker, lifecycles, effects, log: quiet, hooks });
    const handlers = {
      tellBuyer: inTransaction(async (effect, tx): Promise<void> => {
        await tx.query('select 1');
        if (failing.has(effect.instance)) throw new Error('the post office is closed');
        told.push({ effect, organization: tx.organization });
      }),
    };
    running = new WorkflowWorker({
      ...made,
      dataSource: worker,
      lifecycles,
      queues,
      handlers,
      wakeUpUrl: database.workerUrl,
      log: quiet,
      sweepMs: 200,
    });
    await running.start();
    const stop = running;
    closing.unshift(async () => {
      await stop.stop();
      await effects.close();
    });
  }

  afterAll(async () => {
    for (const close of closing) await close();
    await database.drop();
  });

  const start = async (answerInDays: number, nudgeDays: number[] = [], organization = ORGANIZATION) => {
    const now = await clock.now();
    const input = {
      buyer: 'an',
      answerBy: now + answerInDays * DAY,
      nudges: nudgeDays.map((days) => now + days * DAY),
    };
    const started = await runtime.transaction(organization, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id: newUuid(), input, actor: buyer, at: now }),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return { id: started.id, now };
  };

  const historyOf = async (id: string) =>
    (
      await superuser.query<{ instance: string; revision: number; entry: string }[]>(
        'select instance_id as instance, revision, entry from workflow.history where instance_id = $1 order by revision',
        [id],
      )
    ).map(readEntry);

  async function settle(): Promise<void> {
    for (let tries = 0; !(await clock.isQuiet()); tries++) {
      if (tries > 400) throw new Error('the worker never came to rest');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  it('keeps the structure of a released version', async () => {
    await checkDefinitions(api, lifecycles);
    await checkDefinitions(worker, lifecycles);
    const changed = { ...purchaseOrder, hash: 'another' };
    await expect(checkDefinitions(api, new Lifecycles([changed, delivery]))).rejects.toThrow(
      /purchase-order@1/,
    );
  });

  it('writes state, history, timers and effects together, or nothing', async () => {
    const { id } = await start(5, [1]);
    const refused = await runtime.transaction(ORGANIZATION, async (tx) => {
      await tx.send({
        instance: id,
        event: eventOf(purchaseOrder, { type: 'postpone', answerBy: 1 }),
        actor: buyer,
      });
      return tx.send({
        instance: id,
        event: eventOf(purchaseOrder, { type: 'approve', by: 'an' }),
        actor: buyer,
      });
    });
    expect(refused).toMatchObject({ refused: true });
    expect((await historyOf(id)).map((entry) => entry.event.type)).toEqual(['xstate.init']);
    const [{ count }] = await superuser.query<[{ count: string }]>(
      'select count(*) from workflow.timer where instance_id = $1',
      [id],
    );
    expect(Number(count)).toBe(2);
  });

  it('answers a repeated key with the first answer and does nothing twice', async () => {
    const { id } = await start(5);
    const key = { key: 'k-1', caller: 'an', fingerprint: 'postpone' };
    const ask = (fingerprint = key.fingerprint) =>
      runtime.once(ORGANIZATION, { ...key, fingerprint }, async (tx) => {
        const event = eventOf(purchaseOrder, { type: 'postpone', answerBy: tx.now + DAY });
        const sent = await tx.send({ instance: id, event, actor: buyer });
        return isRefusal(sent) ? sent : { revision: sent.revision };
      });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect([first, second]).toEqual(
      expect.arrayContaining([
        { answer: { revision: 2 }, replayed: false },
        { answer: { revision: 2 }, replayed: true },
      ]),
    );
    expect(await ask('something else')).toMatchObject({ refused: true, code: 'idempotency-key-reused' });
    expect(await historyOf(id)).toHaveLength(2);
  });

  it('shows an organization nothing of another, with or without the first wall', async () => {
    const { id } = await start(5);
    const sent = await runtime.transaction(STRANGER, (tx) =>
      tx.send({ instance: id, event: { type: 'reject' }, actor: buyer }),
    );
    expect(sent).toMatchObject({ refused: true, code: 'unknown-instance' });
    for (const table of ['instance', 'history', 'outbox', 'outbox_delivered', 'idempotency'])
      expect(await worker.query(`select * from workflow.${table} limit 1`)).toEqual([]);
    await expect(api.query(`update workflow.history set entry = ''`)).rejects.toThrow(/permission denied/);
  });

  it('fires what fell due while no worker ran, each at its own instant, and delivers its effects once', async () => {
    const { id, now } = await start(3, [1, 2]);
    await clock.moveTo(now + 4 * DAY);
    await startWorker();
    await settle();
    const history = await historyOf(id);
    expect(history.map(({ kind: what, at }) => `${what} +${(at - now) / DAY}`)).toEqual([
      'start +0',
      'timer +1',
      'timer +2',
      'timer +3',
    ]);
    expect(history.slice(1).every((entry) => entry.processedAt >= now + 4 * DAY)).toBe(true);
    const inOrder = told
      .filter(({ effect }) => effect.instance === id)
      .sort((a, b) => a.effect.revision - b.effect.revision);
    expect(inOrder.map(({ effect }) => effect.payload)).toEqual([
      { to: 'an', nudge: 0 },
      { to: 'an', nudge: 1 },
      { to: 'an', nudge: 2 },
    ]);
  });

  it('fires a timer that becomes due while the worker waits, in every organization', async () => {
    const orders = [await start(1), await start(1, [], STRANGER)];
    await clock.moveTo((orders[1]?.now ?? 0) + 2 * DAY);
    await settle();
    for (const { id } of orders)
      expect((await historyOf(id)).map((entry) => entry.kind)).toEqual(['start', 'timer']);
  });

  it('parks an effect after its last attempt without holding up the others', async () => {
    const { id, now } = await start(1);
    failing.add(id);
    await clock.moveTo(now + DAY);
    const other = await start(0);
    const parked = async () =>
      superuser.query<{ attempts: number; last_error: string }[]>(
        'select attempts, last_error from workflow.outbox where instance_id = $1 and parked_at is not null',
        [id],
      );
    // Attempts are hurried: each waits longer than the one before.
    for (let tries = 0; (await parked()).length === 0 && tries < 400; tries++) {
      await superuser.query(`update workflow.outbox set next_attempt_at = now() - interval '1 hour'`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await parked()).toEqual([{ attempts: 6, last_error: 'the post office is closed' }]);
    expect(told.filter(({ effect }) => effect.instance === other.id)).toHaveLength(1);
  });

  it('leaves every chain whole', async () => {
    for (const organization of [ORGANIZATION, STRANGER]) {
      const found = await verifyStoredInstances(worker, lifecycles, organization);
      expect(found.instances).toBeGreaterThan(0);
      expect(found.findings).toEqual([]);
    }
    const [victim] = await superuser.query<InstanceRecord[]>(
      `select id from workflow.instance where organization_id = $1 and revision > 2 limit 1`,
      [ORGANIZATION],
    );
    await superuser.query(`delete from workflow.history where instance_id = $1 and revision = 2`, [
      victim?.id,
    ]);
    const { findings } = await verifyStoredInstances(worker, lifecycles, ORGANIZATION);
    expect(findings.map(({ instance, code }) => ({ instance, code }))).toEqual([
      { instance: victim?.id, code: 'missing-entry' },
    ]);
  });
});
