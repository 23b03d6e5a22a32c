import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { describeOnEachQueue, testQueue } from '../../../../test/services/test-queue';
import {
  checkDefinitions,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  BusinessClock,
  newUuid,
  openInstances,
  Queues,
  retireVersion,
  verifyStoredInstances,
  versionCounts,
  walkTo,
  WorkflowWorker,
  type PostgresRuntime,
} from '../durable/index';
import { type InstanceChange } from '../engine/records';
import { isRefusal, Lifecycles, readEntry } from '../index';
import { purchaseOrderTo2, purchaseOrderV2 } from '../testing/purchase-order-v2.lifecycle';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { SLICE_QUEUE } from '../timers/timer-slices';

const ORGANIZATION = '00000000-0000-4000-8000-000000000007';
const OTHER = '00000000-0000-4000-8000-000000000008';
const DAY = 86_400_000;
const actor = { kind: 'person', id: 'an' } as const;
const admin = { kind: 'system', id: 'release' } as const;
const before = new Lifecycles([purchaseOrder, delivery]);
const after = new Lifecycles([purchaseOrder, purchaseOrderV2, delivery], [purchaseOrderTo2]);
const reject = { type: 'reject', by: 'binh', reason: 'thôi' };

interface Warning {
  readonly fields: object;
  readonly message: string;
}

describeOnEachQueue('several versions of a lifecycle', (kind) => {
  let database: TestDatabase;
  let owner: DataSource;
  let superuser: DataSource;
  let clock: BusinessClock;
  let oldRuntime: PostgresRuntime;
  let newRuntime: PostgresRuntime;
  const queue = testQueue(kind);
  const closing: (() => Promise<unknown>)[] = [];
  const warnings: Warning[] = [];
  const cursed = new Set<string>();
  const log = {
    info: () => undefined,
    warn: (fields: object, message: string) => void warnings.push({ fields, message }),
    error: () => undefined,
  };
  const hooks = {
    project: (changes: readonly InstanceChange[]) =>
      changes.some(({ after: { id } }) => cursed.has(id))
        ? Promise.reject(new Error('this projection fails'))
        : Promise.resolve(),
  };

  const connect = async (url: string): Promise<DataSource> => {
    const source = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    closing.push(() => source.destroy());
    return source;
  };

  async function process(url: string, lifecycles: Lifecycles) {
    const dataSource = await connect(url);
    const queues = new Queues({ ...queue, postgresUrl: url });
    const effects = new EffectQueue(queues, log);
    closing.unshift(() => effects.close());
    await checkDefinitions(dataSource, lifecycles);
    return {
      dataSource,
      queues,
      lifecycles,
      ...createPostgresRuntime({ dataSource, lifecycles, effects, log, hooks }),
    };
  }

  async function startWorker(lifecycles: Lifecycles, sweepMs: number): Promise<() => Promise<void>> {
    const worker = new WorkflowWorker({
      ...(await process(database.workerUrl, lifecycles)),
      handlers: { tellBuyer: inTransaction(() => Promise.resolve()) },
      wakeUpUrl: database.workerUrl,
      log,
      sweepMs,
    });
    await worker.start();
    let stopped: Promise<void> | null = null;
    const stop = () => (stopped ??= worker.stop());
    closing.unshift(stop);
    return stop;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    [owner, superuser] = [await connect(database.ownerUrl), await connect(database.superuserUrl)];
    clock = new BusinessClock(superuser);
    oldRuntime = (await process(database.apiUrl, before)).runtime;
    newRuntime = (await process(database.apiUrl, after)).runtime;
  });

  afterEach(() => cursed.clear());

  afterAll(async () => {
    for (const close of closing) await close();
    await database.drop();
  });

  async function startOrders(
    runtime: PostgresRuntime,
    count: number,
    days: readonly number[],
    of = ORGANIZATION,
  ) {
    const now = await clock.now();
    const commands = Array.from({ length: count }, () => ({
      lifecycle: 'purchase-order',
      id: newUuid(),
      input: { buyer: 'an', answerBy: now + 300 * DAY, nudges: days.map((day) => now + day * DAY) },
      actor,
      at: now,
    }));
    const started = await runtime.transaction(of, (tx) => tx.startMany(commands));
    if (isRefusal(started)) throw new Error(started.en);
    return started.map(({ id }) => id).sort();
  }

  async function entriesOf(id: string) {
    const rows = await superuser.query<{ instance: string; revision: number; entry: string }[]>(
      'select instance_id as instance, revision, entry from workflow.history where instance_id = $1 order by revision',
      [id],
    );
    return rows.map(readEntry).map(({ kind: of, version }) => `${of} ${version}`);
  }

  const contents = () =>
    Promise.all(
      ['instance', 'history', 'outbox', 'outbox_delivered'].map((table) =>
        superuser.query<unknown[]>(`select t.*, t.ctid from workflow.${table} t order by t::text`),
      ),
    );

  const migrate = (more: object = {}) =>
    newRuntime.migrateInstances(ORGANIZATION, 'purchase-order', { actor: admin, ...more });

  it('are carried out side by side, each by a worker that has it, while instances move to the next', async () => {
    const stopOld = await startWorker(before, 300);
    await startWorker(after, 300);
    const first = await startOrders(oldRuntime, 60, [1, 2, 3]);
    const second = await startOrders(newRuntime, 40, [1, 2, 3]);
    const now = await clock.now();
    await walkTo(clock, now + 1.5 * DAY);
    const acting = first.slice(0, 10).map((instance) =>
      oldRuntime.send(ORGANIZATION, {
        instance,
        event: { type: 'postpone', answerBy: now + 200 * DAY },
        actor,
      }),
    );
    const [report, ...answers] = await Promise.all([migrate({ batch: 7 }), ...acting]);
    expect(report).toMatchObject({ found: 60, migrated: 60, failed: [] });
    const codes = answers.map((answer) => (isRefusal(answer) ? answer.code : 'done'));
    expect(codes.filter((code) => !['done', 'unknown-version'].includes(code))).toEqual([]);
    await walkTo(clock, now + 2.5 * DAY);
    await stopOld();
    await walkTo(clock, now + 3.5 * DAY);
    for (const id of first) {
      const kinds = (await entriesOf(id)).filter((entry) => !entry.startsWith('event'));
      expect(kinds).toEqual(['start 1', 'timer 1', 'migrate 2', 'timer 2', 'timer 2']);
    }
    for (const id of second)
      expect(await entriesOf(id)).toEqual(['start 2', 'timer 2', 'timer 2', 'timer 2']);
    const { findings, instances } = await verifyStoredInstances(superuser, after, ORGANIZATION);
    expect([instances, findings]).toEqual([100, []]);
    const parked = await superuser.query<unknown[]>(
      'select 1 from workflow.timer where parked_at is not null',
    );
    expect(parked).toEqual([]);
  });

  it('of which a worker has only some: it warns, fires its own, and does not sit on what is due elsewhere', async () => {
    await Promise.all(closing.splice(0, 2).map((close) => close()));
    const [foreign = ''] = await startOrders(newRuntime, 1, [1]);
    // In the same shard, so that one holder meets both.
    let own = '';
    while (!own.endsWith(foreign.slice(-2))) own = newUuid();
    const now = await clock.now();
    await oldRuntime.transaction(ORGANIZATION, (tx) =>
      tx.start({
        lifecycle: 'purchase-order',
        id: own,
        input: { buyer: 'an', answerBy: now + 300 * DAY, nudges: [now + 2 * DAY] },
        actor,
      }),
    );
    warnings.length = 0;
    await clock.moveTo(now + 1.5 * DAY);
    // No sweep comes in the course of this test: only the holder of the slice works.
    const stop = await startWorker(before, 3_600_000);
    const slices = new Queues({ ...queue, postgresUrl: database.workerUrl }).queue(SLICE_QUEUE, {});
    closing.unshift(() => slices.close());
    const until = async (what: () => Promise<boolean>) => {
      for (let tries = 0; !(await what()); tries++) {
        if (tries === 400) throw new Error('it does not come to rest');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    };
    await until(async () => (await slices.getJobCountByTypes('active', 'waiting')) === 0);
    await clock.moveTo(now + 2.5 * DAY);
    await until(async () => (await entriesOf(own)).includes('timer 1'));
    expect(await entriesOf(foreign)).toEqual(['start 2']);
    await until(async () => (await slices.getJobCountByTypes('active', 'waiting')) === 0);
    expect(warnings).toContainEqual({
      fields: expect.objectContaining({ lifecycle: 'purchase-order', version: 2, open: 101 }) as object,
      message: expect.stringContaining('does not have') as string,
    });
    await stop();
    for (const instance of [foreign, own])
      await newRuntime.send(ORGANIZATION, { instance, event: reject, actor });
  });

  it('can be left in a rehearsal that changes no row', async () => {
    await startOrders(oldRuntime, 12, [1, 2]);
    const stored = await contents();
    const report = await migrate({ dryRun: true, batch: 5, sample: 2 });
    expect(report).toMatchObject({ found: 12, migrated: 12, failed: [] });
    expect(report.samples).toMatchObject([{ after: { version: 2 } }, { after: { version: 2 } }]);
    expect(await contents()).toEqual(stored);
  });

  it('and for good: stopped in the middle it goes on, and one that fails is left alone', async () => {
    const open = await superuser.query<{ id: string }[]>(
      `select id from workflow.instance where version = 1 and lifecycle = 'purchase-order' and status = 'active'
       order by id`,
    );
    const culprit = open[7]?.id ?? '';
    cursed.add(culprit);
    const stop = new AbortController();
    const half = await migrate({ batch: 5, signal: stop.signal, progress: () => stop.abort() });
    expect(half).toMatchObject({ stopped: true, migrated: 5, failed: [] });
    const failed = [{ instance: culprit, reason: 'this projection fails' }];
    expect(await migrate({ batch: 5 })).toMatchObject({ found: 7, migrated: 6, failed });
    cursed.clear();
    expect(await migrate()).toMatchObject({ found: 1, migrated: 1, failed: [] });
    const { findings } = await verifyStoredInstances(superuser, after, ORGANIZATION);
    expect(findings).toEqual([]);
  });

  it('are closed only when nothing is open on them in any organization, and then for every process', async () => {
    const [elsewhere = ''] = await startOrders(oldRuntime, 1, [], OTHER);
    const retire = (version: number) => retireVersion(owner, 'purchase-order', version);
    expect(await retire(1)).toMatchObject({ code: 'version-has-open-instances' });
    expect(await retire(2)).toMatchObject({ code: 'version-is-newest' });
    expect(await retire(9)).toMatchObject({ code: 'unknown-version' });
    await oldRuntime.send(OTHER, { instance: elsewhere, event: reject, actor });
    expect(await retire(1)).toEqual({ retired: true });
    expect(await retire(1)).toEqual({ retired: true });
    const now = await clock.now();
    const started = await oldRuntime.transaction(OTHER, (tx) =>
      tx.start({
        lifecycle: 'purchase-order',
        id: newUuid(),
        input: { buyer: 'an', answerBy: now + DAY, nudges: [] },
        actor,
      }),
    );
    expect(isRefusal(started) && started.code).toBe('version-retired');
    await startOrders(newRuntime, 1, [], OTHER);
  });

  it('are counted over all organizations by the worker, and by nobody who serves people', async () => {
    const worker = await connect(database.workerUrl);
    const api = await connect(database.apiUrl);
    expect(await openInstances(worker)).toMatchObject([
      { lifecycle: 'delivery', version: 1, open: 0, done: 0, oldest: null, retired: false },
      { lifecycle: 'purchase-order', version: 1, open: 0, retired: true },
      { lifecycle: 'purchase-order', version: 2, open: 113, retired: false },
    ]);
    const organizations = (await versionCounts(worker)).map(({ organization }) => organization);
    expect(new Set(organizations)).toEqual(new Set([ORGANIZATION, OTHER]));
    await expect(openInstances(api)).rejects.toThrow(/permission denied/);
    expect(await worker.query('select id from workflow.instance')).toEqual([]);
  });
});
