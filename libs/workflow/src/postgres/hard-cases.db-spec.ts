import { assign, setup } from 'xstate';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { Outbox } from '../effects/outbox';
import { defineLifecycle, isRefusal, Lifecycles, until } from '../index';
import { sendToInstance } from '../lifecycle/durable-actions';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import {
  BusinessClock,
  createPostgresRuntime,
  inTransaction,
  newUuid,
  Queues,
  verifyStoredInstances,
  WorkflowWorker,
  type EffectHandlers,
  type PostgresRuntime,
} from '../durable/index';

const ORGANIZATION = '00000000-0000-4000-8000-000000000004';
const DAY = 86_400_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const actor = { kind: 'person', id: 'an' } as const;

/** Tells a friend at each of its instants; the friend writes down what it hears and when it woke by itself. */
const herald = defineLifecycle({
  id: 'herald',
  version: 1,
  machine: setup({
    types: {
      input: {} as { name: string; instants: readonly number[]; friend: string | null },
      context: {} as {
        name: string;
        instants: readonly number[];
        friend: string | null;
        log: readonly string[];
      },
      events: {} as { type: 'TOLD'; at: number; by: string },
    },
    guards: {
      hasMore: ({ context }) => context.instants.length > 0,
      hasFriend: ({ context }) => context.friend !== null,
    },
    delays: {
      next: until(({ context }: { context: { instants: readonly number[] } }) => context.instants[0]),
    },
    actions: {
      note: assign({
        instants: ({ context }) => context.instants.slice(1),
        log: ({ context }) => [...context.log, `self`],
      }),
      noteTold: assign({
        log: ({ context, event }) => [...context.log, event.by],
      }),
      tell: sendToInstance(({ context }: { context: { name: string; friend: string | null } }) => ({
        instance: context.friend ?? '',
        event: { type: 'TOLD', by: context.name },
      })),
    },
  }).createMachine({
    id: 'herald',
    context: ({ input }) => ({ ...input, log: [] }),
    initial: 'looking',
    on: { TOLD: { actions: 'noteTold' } },
    states: {
      looking: { always: [{ guard: 'hasMore', target: 'waiting' }, { target: 'rested' }] },
      waiting: {
        after: {
          next: [
            { guard: 'hasFriend', target: 'looking', actions: ['tell', 'note'] },
            { target: 'looking', actions: 'note' },
          ],
        },
      },
      rested: {},
    },
  }),
});

const lifecycles = new Lifecycles([purchaseOrder, delivery, herald]);

describe('hard cases on PostgreSQL', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let worker: DataSource;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    worker = await new DataSource({ type: 'postgres', url: database.workerUrl, poolSize: 6 }).initialize();
    clock = new BusinessClock(superuser);
    const effects = { offer: () => undefined };
    ({ runtime } = createPostgresRuntime({ dataSource: worker, lifecycles, effects, log: quiet }));
  });

  afterAll(async () => {
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  });

  async function start(lifecycle: string, id: string, input: Record<string, never>): Promise<void>;
  async function start(lifecycle: string, id: string, input: object): Promise<void>;
  async function start(lifecycle: string, id: string, input: object): Promise<void> {
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle, id, input: input as Record<string, never>, actor }),
    );
    if (isRefusal(started)) throw new Error(started.en);
  }

  async function startOrder(nudges: readonly number[], answerBy: number): Promise<string> {
    const id = newUuid();
    await start('purchase-order', id, { buyer: 'an', answerBy, nudges });
    return id;
  }

  it('a full claim fires nothing that comes after what it left behind', async () => {
    const now = await clock.now();
    const [listener, teller] = [newUuid(), newUuid()].sort() as [string, string];
    const instants = (...days: number[]) => days.map((day) => now + day * DAY);
    await start('herald', listener, { name: 'listener', instants: instants(1, 5), friend: null });
    await start('herald', teller, { name: 'teller', instants: instants(3), friend: listener });
    await clock.moveTo(now + 6 * DAY);
    while ((await runtime.fireDue(ORGANIZATION, { limit: 1 })).claimed > 0);
    const [row] = await superuser.query<{ log: string[] }[]>(
      `select snapshot -> 'context' -> 'log' as log from workflow.instance where id = $1`,
      [listener],
    );
    expect(row?.log).toEqual(['self', 'teller', 'self']);
    await superuser.query('delete from workflow.instance where id = any($1)', [[listener, teller]]);
    await superuser.query('delete from workflow.history where instance_id = any($1)', [[listener, teller]]);
  });

  it('an effect that this process has no handler for waits for one that has', async () => {
    const now = await clock.now();
    const id = await startOrder([now], now + 30 * DAY);
    await runtime.fireDue(ORGANIZATION, { limit: 10 });
    const [effect] = await superuser.query<{ id: string }[]>(
      'select id from workflow.outbox where instance_id = $1',
      [id],
    );
    const told: string[] = [];
    const outbox = (handlers: EffectHandlers) =>
      new Outbox({ runtime, dataSource: worker, lifecycles, handlers, newId: newUuid });
    const older = outbox({});
    expect(await older.organizations()).toEqual([]);
    expect(await older.deliver(ORGANIZATION, 10)).toEqual({ claimed: 0, failures: [] });
    expect(await superuser.query('select attempts, parked_at from workflow.outbox')).toEqual([
      { attempts: 0, parked_at: null },
    ]);
    const newer = outbox({ tellBuyer: inTransaction(({ id: of }) => Promise.resolve(void told.push(of))) });
    expect(await newer.organizations()).toEqual([ORGANIZATION]);
    await newer.deliver(ORGANIZATION, 10);
    expect(told).toEqual([effect?.id]);
  });

  describe('what is not as the history says', () => {
    /** Sets one member of the first timer of the instance `$1`, and for when it is looked for. */
    const ofFirstTimer = (member: number, value: string, dueAt = 'due_at'): string =>
      `update workflow.instance set timers = jsonb_set(timers::jsonb, '{0,${member}}', ${value})::json, due_at = ${dueAt}
       where id = $1`;

    const tampering: readonly (readonly [what: string, sql: string, code: string])[] = [
      ['the status', `update workflow.instance set status = 'done' where id = $1`, 'record-differs'],
      [
        'the lifecycle',
        `update workflow.instance set lifecycle = 'delivery' where id = $1`,
        'record-differs',
      ],
      ['the version', `update workflow.instance set version = 2 where id = $1`, 'record-differs'],
      [
        'the instant',
        `update workflow.instance set at = at - interval '1 day' where id = $1`,
        'record-differs',
      ],
      [
        'the first instant',
        `update workflow.instance set started_at = started_at + interval '1 ms' where id = $1`,
        'record-differs',
      ],
      [
        'when a timer is due',
        ofFirstTimer(1, `to_jsonb((timers -> 0 ->> 1)::bigint + 1)`, `due_at + interval '1 ms'`),
        'timers-differ',
      ],
      ['what a timer brings', ofFirstTimer(3, `'{"type": "other"}'`), 'timers-differ'],
      ['the order of a timer', ofFirstTimer(2, `to_jsonb((timers -> 0 ->> 2)::bigint + 1)`), 'timers-differ'],
      [
        'when a worker looks for a timer',
        `update workflow.instance set due_at = due_at + interval '1 ms' where id = $1`,
        'timers-differ',
      ],
      [
        'whether a timer is parked',
        'update workflow.instance set has_parked = true where id = $1',
        'timers-differ',
      ],
      [
        'the instant of a row',
        `update workflow.history set at = at + interval '1 day' where instance_id = $1`,
        'changed-entry',
      ],
    ];

    it.each(tampering)('is found: %s', async (_what, sql, code) => {
      const id = await startOrder([], (await clock.now()) + 30 * DAY);
      const before = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
      expect(before.findings.filter(({ instance }) => instance === id)).toEqual([]);
      await superuser.query(sql, [id]);
      const after = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
      expect(after.findings.filter(({ instance }) => instance === id).map((found) => found.code)).toEqual([
        code,
      ]);
    });

    it('is found: a timer that fired although it was changed before', async () => {
      const now = await clock.now();
      const id = await startOrder([], now + 30 * DAY);
      await superuser.query(ofFirstTimer(1, `to_jsonb(${now})`, `to_timestamp(${now} / 1000.0)`), [id]);
      await runtime.fireDue(ORGANIZATION, { limit: 10 });
      const { findings } = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
      expect(findings.filter(({ instance }) => instance === id).map(({ code }) => code)).toEqual([
        'timers-differ',
      ]);
    });
  });

  it('a worker that starts while Redis is away fires timers by its sweep, and stops', async () => {
    const queues = new Queues({
      url: 'redis://127.0.0.1:9',
      postgresUrl: database.workerUrl,
      prefix: 'away',
    });
    const made = createPostgresRuntime({
      dataSource: worker,
      lifecycles,
      effects: { offer: () => undefined },
      log: quiet,
    });
    const running = new WorkflowWorker({
      ...made,
      dataSource: worker,
      lifecycles,
      queues,
      handlers: { tellBuyer: inTransaction(() => Promise.resolve()) },
      wakeUpUrl: database.workerUrl,
      log: quiet,
      sweepMs: 50,
    });
    // Something is near, so that its slice is offered to a queue that does not answer.
    const soon = await startOrder([], (await clock.now()) + 30_000);
    const started = running.start();
    const fired = async () => {
      const [row] = await superuser.query<{ revision: number }[]>(
        'select revision from workflow.instance where id = $1',
        [soon],
      );
      return row?.revision === 2;
    };
    await new Promise((resolve) => setTimeout(resolve, 500));
    await clock.moveTo((await clock.now()) + 60_000);
    for (let tries = 0; tries < 120 && !(await fired()); tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await fired()).toBe(true);
    await started;
    await running.stop();
  });
});
