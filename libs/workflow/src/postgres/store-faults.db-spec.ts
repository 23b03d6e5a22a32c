import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { ConnectionLost } from '../engine/store.port';
import { isRefusal, Lifecycles } from '../index';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import {
  BusinessClock,
  createPostgresRuntime,
  newUuid,
  PostgresStore,
  verifyStoredInstances,
  type PostgresRuntime,
  type PostgresTransaction,
} from '../durable/index';

const ORGANIZATION = '00000000-0000-4000-8000-000000000005';
const DAY = 86_400_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const actor = { kind: 'person', id: 'an' } as const;
const lifecycles = new Lifecycles([purchaseOrder, delivery]);

describe('a transaction on PostgreSQL', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let worker: DataSource;
  let runtime: PostgresRuntime;
  let store: PostgresStore;
  let clock: BusinessClock;
  let interfere: ((tx: PostgresTransaction) => Promise<void>) | null = null;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    worker = await new DataSource({ type: 'postgres', url: database.workerUrl, poolSize: 4 }).initialize();
    clock = new BusinessClock(superuser);
    const hooks = { project: (_: unknown, tx: PostgresTransaction) => interfere?.(tx) ?? Promise.resolve() };
    const effects = { offer: () => undefined };
    const made = createPostgresRuntime({ dataSource: worker, lifecycles, effects, log: quiet, hooks });
    ({ runtime, store } = made);
  });

  afterAll(async () => {
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  });

  async function startOrder(answerBy: number, nudges: readonly number[] = []): Promise<string> {
    const id = newUuid();
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id, input: { buyer: 'an', answerBy, nudges }, actor }),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return id;
  }

  it('does not say that it was committed when PostgreSQL answered the commit with a rollback', async () => {
    const id = newUuid();
    const answer = (await clock.now()) + DAY;
    const started = runtime.transaction(ORGANIZATION, async (tx) => {
      const input = { buyer: 'an', answerBy: answer, nudges: [] };
      const record = await tx.start({ lifecycle: 'purchase-order', id, input, actor });
      await tx.query('select 1 / 0').catch(() => undefined);
      return record;
    });
    await expect(started).rejects.toThrow();
    expect(await superuser.query('select from workflow.instance where id = $1', [id])).toEqual([]);
  });

  it('can be begun after statements could not be prepared the first time', async () => {
    const impatient = await new DataSource({
      type: 'postgres',
      url: database.workerUrl,
      poolSize: 1,
      extra: { options: '-c lock_timeout=50' },
    }).initialize();
    const other = new PostgresStore(impatient, lifecycles.all);
    const runner = superuser.createQueryRunner();
    await runner.startTransaction();
    await runner.query('lock table workflow.clock in access exclusive mode');
    const begin = () => other.transaction(ORGANIZATION, (tx) => Promise.resolve(tx.now));
    await expect(begin()).rejects.toThrow(/lock timeout/);
    await runner.rollbackTransaction();
    await runner.release();
    expect(await begin()).toEqual(expect.any(Number));
    await impatient.destroy();
  });

  it('whose connection is lost is nobody’s fault: no timer is parked, and it fires the next time', async () => {
    const now = await clock.now();
    const id = await startOrder(now + DAY);
    await clock.moveTo(now + DAY);
    interfere = async (tx) => {
      interfere = null;
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await superuser.query('select pg_terminate_backend($1, 1000)', [row?.pid]);
    };
    await expect(runtime.fireDue(ORGANIZATION, { limit: 10 })).rejects.toThrow(ConnectionLost);
    const parked = 'select from workflow.timer where instance_id = $1 and parked_at is not null';
    expect(await superuser.query(parked, [id])).toEqual([]);
    expect(await runtime.fireDue(ORGANIZATION, { limit: 10 })).toMatchObject({ fired: 1, parked: 0 });
    expect(await store.transaction(ORGANIZATION, (tx) => Promise.resolve(tx.now))).toBeGreaterThan(now);
  });

  it('keeps instants to the millisecond, also a last day of all', async () => {
    const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
    const ids: string[] = [];
    for (let before = 0; before < 20; before++) ids.push(await startOrder(last - before));
    const loaded = await store.transaction(ORGANIZATION, (tx) => tx.lock(ids));
    const dueAt = new Map(loaded.map(({ id, timers: [first] }) => [id, first?.dueAt]));
    expect(ids.map((id) => dueAt.get(id))).toEqual(ids.map((_, before) => last - before));
    const { findings } = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
    expect(findings).toEqual([]);
  });
});
