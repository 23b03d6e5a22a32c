import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { testQueue } from '../../../../test/services/test-queue';
import {
  BusinessClock,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  newUuid,
  Queues,
} from '../durable/index';
import { Outbox } from '../effects/outbox';
import { type InstanceChange } from '../engine/records';
import { eventOf, isRefusal, Lifecycles } from '../index';
import { samplesOf } from '../testing/exposition';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { TimerSlices } from '../timers/timer-slices';
import { PrometheusObserver } from './prometheus.observer';
import { WaitingWorkReader } from './waiting-work';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const SECRET = 'Trần-Thị-Mật-0912345678';
const DAY = 86_400_000;
const ATTEMPTS = 6;
const actor = { kind: 'person', id: SECRET } as const;
const lifecycles = new Lifecycles([purchaseOrder, delivery]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('metrics of the runtime on PostgreSQL', () => {
  let database: TestDatabase;
  let source: DataSource;
  let superuser: Client;
  let clock: BusinessClock;
  const closing: (() => Promise<unknown>)[] = [];
  const cursed = new Set<string>();
  const queue = testQueue();

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource({ type: 'postgres', url: database.workerUrl, poolSize: 6 }).initialize();
    superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    clock = new BusinessClock(source);
  });

  afterAll(async () => {
    for (const close of closing) await close();
    await superuser.end();
    await source.destroy();
    await database.drop();
  });

  afterEach(async () => {
    cursed.clear();
    await superuser.query('truncate workflow.instance, workflow.history, workflow.outbox');
  });

  /** A process of its own, as far as metrics go. Without a projection, sends go without locks. */
  function open({ isProjected = true, patienceMs = 30_000 } = {}) {
    const observer = new PrometheusObserver(new WaitingWorkReader(source, { keepMs: 0, patienceMs }));
    const queues = new Queues({ ...queue, postgresUrl: database.workerUrl });
    const effects = new EffectQueue(queues, quiet, observer);
    closing.push(() => effects.close());
    const project = (changes: readonly InstanceChange[]) =>
      changes.some(({ after }) => cursed.has(after.id))
        ? Promise.reject(new Error(`${SECRET} is not to be projected`))
        : Promise.resolve();
    const { runtime } = createPostgresRuntime({
      dataSource: source,
      lifecycles,
      effects,
      log: quiet,
      hooks: isProjected ? { project } : {},
      observer,
    });
    const handlers = {
      tellBuyer: inTransaction(
        (): Promise<void> => (cursed.size > 0 ? Promise.reject(new Error(SECRET)) : Promise.resolve()),
        { attempts: ATTEMPTS, firstPauseMs: 0 },
      ),
    };
    const outbox = new Outbox({
      runtime,
      dataSource: source,
      lifecycles,
      handlers,
      newId: newUuid,
      observer,
    });
    const read = async () => samplesOf(await observer.text());
    return { observer, queues, effects, runtime, outbox, read };
  }

  type Opened = ReturnType<typeof open>;

  async function start({ runtime }: Opened, count: number, nudges: number[] = [DAY]): Promise<string[]> {
    const now = await clock.now();
    const ids = Array.from({ length: count }, () => newUuid());
    const input = { buyer: SECRET, answerBy: now + 9 * DAY, nudges: nudges.map((after) => now + after) };
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.startMany(ids.map((id) => ({ lifecycle: 'purchase-order', id, input, actor }))),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return ids;
  }

  it('count what happened: transitions, refusals, shared commits, batches, lag, effects', async () => {
    const opened = open({ isProjected: false });
    const ids = await start(opened, 3);
    const [first = ''] = ids;
    const reject = eventOf(purchaseOrder, { type: 'reject', by: SECRET, reason: SECRET });
    const approve = eventOf(purchaseOrder, { type: 'approve', by: SECRET });
    const send = (instance: string, event: typeof reject) =>
      opened.runtime.send(ORGANIZATION, { instance, event, actor });

    const answerBy = (await clock.now()) + 9 * DAY;
    const postpone = eventOf(purchaseOrder, { type: 'postpone', answerBy });
    await Promise.all(Array.from({ length: 40 }, (_, index) => send(ids[index % 3] ?? '', postpone)));
    expect(await send(first, approve)).toMatchObject({ code: 'approver-is-buyer' });
    expect(await send(first, reject)).toMatchObject({ status: 'done' });
    await clock.moveTo((await clock.now()) + DAY + 3_600_000);
    const batch = await opened.runtime.fireDue(ORGANIZATION, { limit: 100 });
    expect(batch).toEqual({ claimed: 2, fired: 2, parked: 0 });
    expect(await opened.runtime.fireDue(ORGANIZATION, { limit: 100 })).toMatchObject({ claimed: 0 });
    await opened.outbox.deliver(ORGANIZATION, 100);

    const samples = await opened.read();
    const value = (name: string) => samples.get(`dondoc_workflow_${name}`);
    expect({
      starts: value('transitions_total{lifecycle="purchase-order",kind="start"}'),
      events: value('transitions_total{lifecycle="purchase-order",kind="event"}'),
      timers: value('transitions_total{lifecycle="purchase-order",kind="timer"}'),
      refusals: value('refusals_total{code="approver-is-buyer"}'),
      transactions: value('request_seconds_count{kind="transaction",outcome="done"}'),
      sends: value('request_seconds_count{kind="send",outcome="done"}'),
      refusedSends: value('request_seconds_count{kind="send",outcome="refused"}'),
      shared: value('commit_sends_sum'),
      batches: value('batch_instances_count'),
      batchInstances: value('batch_instances_sum'),
      batchTimers: value('batch_timers_sum'),
      lags: value('timer_lag_seconds_count'),
      lagsWithinAnHour: value('timer_lag_seconds_bucket{le="300"}'),
      delivered: value('effect_seconds_count{effect="tellBuyer",outcome="delivered"}'),
    }).toEqual({
      starts: 3,
      events: 41,
      timers: 2,
      refusals: 1,
      transactions: 1,
      sends: 41,
      refusedSends: 1,
      shared: 42,
      batches: 1,
      batchInstances: 2,
      batchTimers: 2,
      lags: 2,
      lagsWithinAnHour: 0,
      delivered: 2,
    });
    expect(value('commit_seconds_count{source="sends"}')).toBe(value('commit_sends_count'));
    expect(value('commit_sends_count')).toBeLessThan(42);
    expect(value('timer_lag_seconds_sum')).toBeGreaterThanOrEqual(2 * 3_600);
  });

  it('count what failed, what was tried again and what was parked, and show how much is parked', async () => {
    const opened = open();
    const ids = await start(opened, 4);
    await clock.moveTo((await clock.now()) + DAY);
    cursed.add(ids[2] ?? '');
    expect(await opened.runtime.fireDue(ORGANIZATION, { limit: 100 })).toEqual({
      claimed: 4,
      fired: 3,
      parked: 1,
    });
    await superuser.query(`
      update workflow.outbox set next_attempt_at = now() + interval '1 hour'
      where id <> (select id from workflow.outbox order by id limit 1)`);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++)
      expect((await opened.outbox.deliver(ORGANIZATION, 1)).failures).toMatchObject([{ error: SECRET }]);
    const event = eventOf(purchaseOrder, { type: 'reject', by: 'bình', reason: SECRET });
    await expect(opened.runtime.send(ORGANIZATION, { instance: ids[2] ?? '', event, actor })).rejects.toThrow(
      SECRET,
    );
    // Two go at once, each by itself; the culprit is among those that wait for them and then go together.
    const answerBy = (await clock.now()) + 9 * DAY;
    const postpone = eventOf(purchaseOrder, { type: 'postpone', answerBy });
    const together = [0, 1, 3, 2, 0, 1].map((index) =>
      opened.runtime.send(ORGANIZATION, { instance: ids[index] ?? '', event: postpone, actor }),
    );
    const statuses = (await Promise.allSettled(together)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'rejected')).toHaveLength(1);

    const samples = await opened.read();
    const value = (name: string) => samples.get(`dondoc_workflow_${name}`);
    expect({
      halved: value('retries_total{cause="halved"}'),
      alone: value('retries_total{cause="alone"}'),
      parkedTimers: value('parkings_total{kind="timer"}'),
      parkedEffects: value('parkings_total{kind="effect"}'),
      failed: value('effect_seconds_count{effect="tellBuyer",outcome="failed"}'),
      delivered: value('effect_seconds_count{effect="tellBuyer",outcome="delivered"}'),
      failedSends: value('request_seconds_count{kind="send",outcome="failed"}'),
      parkedTimersNow: value('parked_timers'),
      parkedEffectsNow: value('parked_effects'),
      outboxWaiting: value('outbox_waiting'),
    }).toEqual({
      halved: 2,
      alone: 1,
      parkedTimers: 1,
      parkedEffects: 1,
      failed: ATTEMPTS,
      delivered: undefined,
      failedSends: 2,
      parkedTimersNow: 1,
      parkedEffectsNow: 1,
      outboxWaiting: 2,
    });
  });

  it('show how long what waits has been waiting', async () => {
    const opened = open();
    await start(opened, 2, [DAY, 2 * DAY]);
    const before = await opened.read();
    expect(before.get('dondoc_workflow_timer_overdue_seconds')).toBe(0);
    expect(before.get('dondoc_workflow_outbox_age_seconds')).toBe(0);
    await clock.moveTo((await clock.now()) + DAY);
    await opened.runtime.fireDue(ORGANIZATION, { limit: 100 });
    await superuser.query(`update workflow.outbox set next_attempt_at = now() - interval '1 hour'`);
    await clock.moveTo((await clock.now()) + DAY + 600_000);
    const samples = await opened.read();
    expect(samples.get('dondoc_workflow_outbox_waiting')).toBe(2);
    expect(samples.get('dondoc_workflow_outbox_age_seconds')).toBeGreaterThanOrEqual(3_600);
    expect(samples.get('dondoc_workflow_timer_overdue_seconds')).toBeGreaterThanOrEqual(600);
    expect(samples.get('dondoc_workflow_waiting_readable')).toBe(1);
  });

  it('answer also while the database does not, without what they cannot know', async () => {
    const opened = open({ patienceMs: 300 });
    await superuser.query('begin');
    await superuser.query('lock table workflow.outbox in access exclusive mode');
    const blocked = await opened.read();
    await superuser.query('rollback');
    expect(blocked.get('dondoc_workflow_waiting_readable')).toBe(0);
    expect(blocked.has('dondoc_workflow_outbox_waiting')).toBe(false);
    expect(blocked.get('dondoc_workflow_parkings_total{kind="timer"}')).toBe(0);
    let again = await opened.read();
    while (again.get('dondoc_workflow_waiting_readable') !== 1) again = await opened.read();
    expect(again.get('dondoc_workflow_outbox_waiting')).toBe(0);
  });

  it('ask the database once for many scrapes', async () => {
    const queries: string[] = [];
    const counting = new Proxy(source, {
      get: (target, name) => {
        if (name === 'transaction') queries.push('transaction');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const observer = new PrometheusObserver(new WaitingWorkReader(counting, { keepMs: 60_000 }));
    await Promise.all([observer.text(), observer.text()]);
    await observer.text();
    expect(queries).toEqual(['transaction']);
  });

  it('count wake-ups that were lost, and what the sweep found in their place', async () => {
    const opened = open();
    await start(opened, 3);
    await opened.effects.close();
    await clock.moveTo((await clock.now()) + DAY);
    const { runtime, queues, observer } = opened;
    const slices = new TimerSlices(runtime, source, queues, database.workerUrl, quiet, observer);
    await slices.sweep();
    await slices.stop();
    let samples = await opened.read();
    while (samples.get('dondoc_workflow_wake_ups_lost_total{kind="effect"}') === 0)
      samples = await opened.read();
    expect(samples.get('dondoc_workflow_swept_total{kind="timers"}')).toBe(3);
    expect(samples.get('dondoc_workflow_transitions_total{lifecycle="purchase-order",kind="timer"}')).toBe(3);
  });

  it('name nobody and nothing but definitions, and do not grow with data', async () => {
    const opened = open();
    const work = async () => {
      const [one = '', two = '', three = ''] = await start(opened, 3);
      const reject = eventOf(purchaseOrder, { type: 'reject', by: SECRET, reason: SECRET });
      await opened.runtime.send(ORGANIZATION, { instance: one, event: reject, actor });
      await opened.runtime.send(ORGANIZATION, { instance: one, event: reject, actor });
      await opened.runtime.send(ORGANIZATION, { instance: newUuid(), event: reject, actor });
      await opened.runtime.send(ORGANIZATION, { instance: two, event: { ...reject, type: SECRET }, actor });
      await clock.moveTo((await clock.now()) + DAY);
      cursed.add(three);
      await opened.runtime.fireDue(ORGANIZATION, { limit: 100 });
      await opened.outbox.deliver(ORGANIZATION, 100);
      cursed.clear();
      return [one, two, three];
    };
    const ids = await work();
    const text = await opened.observer.text();
    const names = [...samplesOf(text).keys()].sort();
    for (const hidden of [SECRET, ORGANIZATION, ...ids]) expect(text).not.toContain(hidden);
    for (let again = 0; again < 3; again++) await work();
    expect([...samplesOf(await opened.observer.text()).keys()].sort()).toEqual(names);
    expect(names.length).toBeLessThan(300);
  });
});
