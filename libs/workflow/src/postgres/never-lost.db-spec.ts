import Redis from 'ioredis';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { describeOnEachQueue, testQueue } from '../../../../test/services/test-queue';
import { type InstanceChange } from '../engine/records';
import { isRefusal, Lifecycles, readEntry } from '../index';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import {
  BusinessClock,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  newUuid,
  QUEUE_SCHEMA,
  Queues,
  verifyStoredInstances,
  walkTo,
  WorkflowWorker,
  type PostgresRuntime,
} from '../durable/index';

const ORGANIZATION = '00000000-0000-4000-8000-000000000003';
const DAY = 86_400_000;
const lifecycles = new Lifecycles([purchaseOrder, delivery]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const actor = { kind: 'person', id: 'an' } as const;

describeOnEachQueue('nothing is lost and nothing happens twice', (kind) => {
  let database: TestDatabase;
  let superuser: DataSource;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;
  const queue = testQueue(kind);
  const closing: (() => Promise<unknown>)[] = [];
  const delivered: string[] = [];
  const cursed = new Set<string>();

  async function participant(url: string): Promise<{ runtime: PostgresRuntime; worker: WorkflowWorker }> {
    const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    const queues = new Queues({ ...queue, postgresUrl: url });
    const effects = new EffectQueue(queues, quiet);
    const hooks = {
      project: (changes: readonly InstanceChange[]) =>
        changes.some(({ after }) => cursed.has(after.id))
          ? Promise.reject(new Error('this projection fails'))
          : Promise.resolve(),
    };
    const made = createPostgresRuntime({ dataSource, lifecycles, effects, log: quiet, hooks });
    const handlers = {
      tellBuyer: inTransaction((effect) => {
        delivered.push(effect.id);
        return Promise.resolve();
      }),
    };
    closing.push(async () => {
      await effects.close();
      await dataSource.destroy();
    });
    const worker = new WorkflowWorker({
      ...made,
      dataSource,
      lifecycles,
      queues,
      handlers,
      wakeUpUrl: url,
      log: quiet,
      sweepMs: 300,
    });
    closing.unshift(() => worker.stop());
    return { runtime: made.runtime, worker };
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    ({ runtime } = await participant(database.apiUrl));
    clock = new BusinessClock(superuser);
    // Two workers from the beginning: they claim the same slices.
    for (const _ of [1, 2]) {
      const { worker } = await participant(database.workerUrl);
      await worker.start();
    }
  });

  afterAll(async () => {
    for (const close of closing) await close();
    await superuser.destroy();
    await database.drop();
  });

  async function startOrders(
    count: number,
    nudges: (now: number, index: number) => number[],
  ): Promise<string[]> {
    const now = await clock.now();
    const commands = Array.from({ length: count }, (_, index) => ({
      lifecycle: 'purchase-order',
      id: newUuid(),
      input: { buyer: 'an', answerBy: now + 300 * DAY, nudges: nudges(now, index) },
      actor,
      at: now,
    }));
    const started = await runtime.transaction(ORGANIZATION, (tx) => tx.startMany(commands));
    if (isRefusal(started)) throw new Error(started.en);
    return started.map(({ id }) => id);
  }

  async function loseTheQueue(): Promise<void> {
    if (kind === 'postgres') {
      await superuser.query(`truncate ${QUEUE_SCHEMA}.job cascade`);
      return;
    }
    const redis = new Redis(queue.url);
    await redis.flushdb();
    await redis.quit();
  }

  async function timerEntries(ids: readonly string[]) {
    const rows = await superuser.query<{ instance: string; revision: number; entry: string }[]>(
      'select instance_id as instance, revision, entry from workflow.history where instance_id = any($1) order by instance_id, revision',
      [ids],
    );
    const entries = rows.map(readEntry).filter((entry) => entry.kind === 'timer');
    return ids.map((id) => entries.filter((entry) => entry.instance === id).map((entry) => entry.at));
  }

  /** Every effect row was delivered exactly once. */
  async function expectDelivered(ids: readonly string[], perInstance: number): Promise<void> {
    const rows = await superuser.query<{ id: string }[]>(
      'select id from workflow.outbox_delivered where instance_id = any($1)',
      [ids],
    );
    expect(rows).toHaveLength(ids.length * perInstance);
    const times = rows.map(({ id }) => delivered.filter((each) => each === id).length);
    expect(new Set(times)).toEqual(new Set([1]));
  }

  it('with two workers on the same slices', async () => {
    const ids = await startOrders(300, (now) => [now + DAY, now + DAY + 1, now + 2 * DAY]);
    await walkTo(clock, (await clock.now()) + 3 * DAY);
    const fired = await timerEntries(ids);
    expect(fired.every((instants) => instants.length === 3)).toBe(true);
    expect(fired.every(([a = 0, b = 0, c = 0]) => a < b && b < c)).toBe(true);
    await expectDelivered(ids, 3);
  });

  it('when the queue is emptied while timers and effects are under way', async () => {
    const ids = await startOrders(200, (now) => [now + DAY, now + 2 * DAY]);
    const now = await clock.now();
    await clock.moveTo(now + DAY);
    await loseTheQueue();
    await clock.moveTo(now + 2 * DAY);
    await loseTheQueue();
    await superuser.query(`update workflow.outbox set next_attempt_at = now() - interval '1 hour'`);
    await walkTo(clock, now + 3 * DAY);
    expect((await timerEntries(ids)).every((instants) => instants.length === 2)).toBe(true);
    await expectDelivered(ids, 2);
  });

  it('when timers are set shortly before they are due, while their slice is active', async () => {
    const ids = (
      await Promise.all(
        Array.from({ length: 20 }, () => startOrders(10, (now, index) => [now + 50 + index * 60])),
      )
    ).flat();
    const end = (await clock.now()) + 5_000;
    for (let tries = 0; tries < 400 && (await clock.now()) < end; tries++) {
      if ((await timerEntries(ids)).every((instants) => instants.length === 1)) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect((await timerEntries(ids)).every((instants) => instants.length === 1)).toBe(true);
  });

  it('when many send to one instance at the same time, alone and sharing commits', async () => {
    const [id = ''] = await startOrders(1, () => []);
    const now = await clock.now();
    const command = (index: number) => ({
      instance: id,
      event: { type: 'postpone', answerBy: now + (index + 10) * DAY },
      actor,
    });
    const sent = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        index % 4 === 0
          ? runtime.transaction(ORGANIZATION, (tx) => tx.send(command(index)))
          : runtime.send(ORGANIZATION, command(index)),
      ),
    );
    const revisions = sent.map((answer) => (isRefusal(answer) ? Number.NaN : answer.revision));
    expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, index) => index + 2));
  });

  it('when sends that share a commit are refused or fail: each is answered by itself', async () => {
    const ids = await startOrders(6, () => []);
    const failing = ids[3] ?? '';
    cursed.add(failing);
    const answers = await Promise.allSettled(
      ids.map((instance, index) =>
        runtime.send(ORGANIZATION, {
          instance,
          event: index === 1 ? { type: 'approve', by: 'an' } : { type: 'reject', by: 'binh', reason: '' },
          actor,
        }),
      ),
    );
    cursed.delete(failing);
    expect(
      answers.map((each) =>
        each.status === 'rejected' ? 'failed' : isRefusal(each.value) ? each.value.code : each.value.status,
      ),
    ).toEqual(['done', 'approver-is-buyer', 'done', 'failed', 'done', 'done']);
  });

  it('when one instance of a batch fails: it is parked alone, and people can still act on it', async () => {
    const ids = await startOrders(40, (now) => [now + DAY, now + 2 * DAY]);
    const victim = ids[17] ?? '';
    cursed.add(victim);
    const now = await clock.now();
    await walkTo(clock, now + 3 * DAY);
    const fired = await timerEntries(ids);
    expect(fired.map((instants) => instants.length)).toEqual(ids.map((id) => (id === victim ? 0 : 2)));
    const [parked] = await superuser.query<{ parked_error: string }[]>(
      'select parked_error from workflow.timer where instance_id = $1 and parked_at is not null',
      [victim],
    );
    expect(parked).toEqual({ parked_error: 'this projection fails' });
    cursed.delete(victim);
    const acted = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: victim, event: { type: 'reject', by: 'binh', reason: 'thôi' }, actor }),
    );
    expect(acted).toMatchObject({ status: 'done' });
  });

  it('and every chain is whole and replays to what is stored', async () => {
    const { findings, instances } = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
    expect(instances).toBe(300 + 200 + 200 + 1 + 6 + 40);
    expect(findings).toEqual([]);
  });
});
