import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { describeOnEachQueue, testQueue } from '../../../../test/services/test-queue';
import {
  BusinessClock,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  newUuid,
  outside,
  Queues,
  verifyStoredInstances,
  WorkflowWorker,
  type EffectHandlers,
  type OutsideCall,
  type PostgresRuntime,
} from '../durable/index';
import {
  isRefusal,
  Lifecycles,
  PermanentFailure,
  readEntry,
  type JsonValue,
  type OutboxRecord,
} from '../index';
import { booking } from '../testing/booking.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000006';
const DAY = 86_400_000;
const lifecycles = new Lifecycles([booking]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const actor = { kind: 'person', id: 'an' } as const;

type Outside = (effect: OutboxRecord, call: OutsideCall) => Promise<JsonValue>;

/** A door that a test opens: whoever comes through it waits until then. */
function door() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describeOnEachQueue('effects', (kind) => {
  let database: TestDatabase;
  let superuser: DataSource;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;
  const queue = testQueue(kind);
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    clock = new BusinessClock(superuser);
    runtime = (await participant(database.apiUrl)).runtime;
  });

  afterAll(async () => {
    for (const close of closing) await close();
    await superuser.destroy();
    await database.drop();
  });

  async function participant(url: string) {
    const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    const queues = new Queues({ ...queue, postgresUrl: url });
    const effects = new EffectQueue(queues, quiet);
    closing.push(async () => {
      await effects.close();
      await dataSource.destroy();
    });
    const made = createPostgresRuntime({ dataSource, lifecycles, effects, log: quiet });
    return { ...made, dataSource, queues };
  }

  const charged: Outside = (effect) => Promise.resolve({ receipt: `r-${effect.id}` });
  const handlersWith = (chargeCard: Outside, more: Partial<EffectHandlers> = {}): EffectHandlers => ({
    chargeCard: outside(chargeCard, { attempts: 3, firstPauseMs: 10, timeoutMs: 2_000 }),
    reserveRoom: inTransaction(() => Promise.resolve('12A')),
    tellGuest: inTransaction(() => Promise.resolve()),
    ...(more as EffectHandlers),
  });

  /** Runs a worker with these handlers while `during` runs. The sweep is rare: wake-ups have to do. */
  async function working<T>(
    handlers: EffectHandlers,
    during: () => Promise<T>,
    sweepMs = 60_000,
  ): Promise<T> {
    const { dataSource, queues, ...made } = await participant(database.workerUrl);
    const worker = new WorkflowWorker({
      ...made,
      dataSource,
      lifecycles,
      queues,
      handlers,
      wakeUpUrl: database.workerUrl,
      log: quiet,
      sweepMs,
    });
    await worker.start();
    try {
      return await during();
    } finally {
      await worker.stop();
    }
  }

  async function book(count = 1): Promise<string[]> {
    const payBy = (await clock.now()) + DAY;
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.startMany(
        Array.from({ length: count }, () => ({
          lifecycle: 'booking',
          id: newUuid(),
          input: { card: '4711', payBy },
          actor,
        })),
      ),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return started.map(({ id }) => id);
  }

  const send = (instance: string, type: string, more: Record<string, JsonValue> = {}) =>
    runtime.send(ORGANIZATION, { instance, event: { type, ...more }, actor });

  async function instanceOf(id: string) {
    const [row] = await superuser.query<
      {
        revision: number;
        snapshot: {
          value: Record<string, unknown>;
          context: { receipts: string[]; failure: unknown; room: unknown };
          invoked?: Record<string, string>;
        };
      }[]
    >('select revision, snapshot from workflow.instance where id = $1', [id]);
    if (!row) throw new Error('no such instance');
    return row;
  }

  interface Row {
    id: string;
    effect: string;
    attempts: number;
    last_error: string | null;
    answer: unknown;
    parked: boolean;
  }
  const waiting = (id: string) =>
    superuser.query<Row[]>(
      `select id, effect, attempts, last_error, answer, parked_at is not null as parked from workflow.outbox
       where instance_id = $1 order by created_at, id`,
      [id],
    );
  const gone = (id: string) =>
    superuser.query<{ id: string; effect: string; outcome: string; answer: unknown; attempts: number }[]>(
      `select id, effect, outcome, answer, attempts from workflow.outbox_delivered
       where instance_id = $1 order by delivered_at`,
      [id],
    );

  async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
    for (let tries = 0; tries < 600; tries++) {
      const seen = await look();
      if (holds(seen)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`it never came to that: ${JSON.stringify(await look())}`);
  }
  const untilPayment = (id: string, state: string) =>
    until(
      () => instanceOf(id),
      ({ snapshot }) => snapshot.value['payment'] === state,
    );

  it('bring their answer back to the state that invoked them, once, with what was asked and under a stable key', async () => {
    const seen: unknown[] = [];
    const { id } = await working(
      handlersWith((effect, { key, attempt }) => {
        seen.push([effect.invocation, effect.payload, key === effect.id, attempt]);
        return Promise.resolve({ receipt: 'r-1' });
      }),
      async () => {
        const [booked = ''] = await book();
        await untilPayment(booked, 'paid');
        return { id: booked };
      },
    );
    expect(seen).toEqual([['charge', { card: '4711' }, true, 1]]);
    const { snapshot } = await instanceOf(id);
    expect(snapshot).toMatchObject({ context: { receipts: ['r-1'] } });
    expect(snapshot.invoked).toBeUndefined();
    expect(await gone(id)).toMatchObject([
      { effect: 'chargeCard', outcome: 'answered', answer: { output: { receipt: 'r-1' } }, attempts: 1 },
    ]);
  });

  it('are tried again after a failure, and answer with the last error when none is left', async () => {
    const attempts: number[] = [];
    const refuse: Outside = (_, { attempt }) => {
      attempts.push(attempt);
      return Promise.reject(new Error('the bank is closed'));
    };
    const id = await working(handlersWith(refuse), async () => {
      const [booked = ''] = await book();
      await untilPayment(booked, 'refused');
      return booked;
    });
    expect(attempts).toEqual([1, 2, 3]);
    expect((await instanceOf(id)).snapshot.context.failure).toEqual({
      name: 'Error',
      message: 'the bank is closed',
      permanent: false,
    });
  });

  it('are not tried again after a permanent failure', async () => {
    let attempts = 0;
    const refuse: Outside = () => {
      attempts++;
      return Promise.reject(new PermanentFailure('stolen'));
    };
    await working(handlersWith(refuse), async () => {
      const [booked = ''] = await book();
      await untilPayment(booked, 'refused');
    });
    expect(attempts).toBe(1);
  });

  it('are given up at their time-out, with their signal, even when they do not listen to it', async () => {
    const signals: AbortSignal[] = [];
    const endless: Outside = (_, { signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const handlers = handlersWith(endless, { chargeCard: outside(endless, { attempts: 1, timeoutMs: 30 }) });
    const id = await working(handlers, async () => {
      const [booked = ''] = await book();
      await untilPayment(booked, 'refused');
      return booked;
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect((await instanceOf(id)).snapshot.context.failure).toMatchObject({
      message: 'no answer within 30 ms',
    });
  });

  it('are not begun when their state was left before', async () => {
    const [id = ''] = await book();
    await send(id, 'give-up');
    let begun = 0;
    const count: Outside = (effect, call) => {
      begun++;
      return charged(effect, call);
    };
    await working(handlersWith(count), () =>
      until(
        () => waiting(id),
        (rows) => rows.length === 0,
      ),
    );
    expect(begun).toBe(0);
    expect(await gone(id)).toMatchObject([{ outcome: 'dropped', answer: null, attempts: 0 }]);
  });

  it('that answer after their state was left are recorded, and never reach the next visit', async () => {
    const first = door();
    const calls: string[] = [];
    const slow: Outside = async (effect, call) => {
      calls.push(effect.id);
      if (calls.length === 1) await first.opened;
      return charged(effect, call);
    };
    const id = await working(handlersWith(slow), async () => {
      const [booked = ''] = await book();
      await until(
        () => Promise.resolve(calls.length),
        (length) => length === 1,
      );
      await send(booked, 'pay', { card: '0815' });
      await untilPayment(booked, 'paid');
      first.open();
      await until(
        () => waiting(booked),
        (rows) => rows.length === 0,
      );
      return booked;
    });
    expect((await instanceOf(id)).snapshot.context.receipts).toEqual([`r-${calls[1] ?? ''}`]);
    expect(await gone(id)).toMatchObject([
      { id: calls[1], outcome: 'answered' },
      { id: calls[0], outcome: 'dropped', answer: { output: { receipt: `r-${calls[0] ?? ''}` } } },
    ]);
  });

  it('answer after the timers that were due before, as every event does', async () => {
    const [id = ''] = await book();
    const wait = door();
    const slow: Outside = async (effect, call) => {
      await wait.opened;
      return charged(effect, call);
    };
    await working(handlersWith(slow), async () => {
      await until(
        () => waiting(id),
        ([row]) => row?.attempts === 1,
      );
      // No worker is told of the time, only the clock moves.
      await superuser.query(`update workflow.clock set "offset" = "offset" + interval '2 days'`);
      wait.open();
      await until(
        () => waiting(id),
        (rows) => rows.length === 0,
      );
    });
    expect((await instanceOf(id)).snapshot.value).toMatchObject({ payment: 'left' });
    expect(await gone(id)).toMatchObject([
      { outcome: 'dropped', answer: { output: expect.anything() as unknown } },
    ]);
  });

  it('are carried out by one worker at a time, and taken over from one that was killed', async () => {
    const [id = ''] = await book();
    // What a killed worker leaves behind: a lease that nobody will give back.
    await superuser.query(
      `update workflow.outbox set lease = gen_random_uuid(), attempts = 1, next_attempt_at = now() + interval '1 hour'
       where instance_id = $1`,
      [id],
    );
    const attempts: number[] = [];
    const counting: Outside = (effect, call) => {
      attempts.push(call.attempt);
      return charged(effect, call);
    };
    const handlers = handlersWith(counting);
    await working(handlers, () =>
      working(
        handlers,
        async () => {
          const [other = ''] = await book();
          await untilPayment(other, 'paid');
          expect(attempts).toEqual([1]);
          await superuser.query(`update workflow.outbox set next_attempt_at = now() where instance_id = $1`, [
            id,
          ]);
          await untilPayment(id, 'paid');
        },
        50,
      ),
    );
    expect(attempts).toEqual([1, 2]);
  });

  it('whose worker vanished during the last attempt answer with that', async () => {
    const [id = ''] = await book();
    await superuser.query(
      `update workflow.outbox set lease = gen_random_uuid(), attempts = 3 where instance_id = $1`,
      [id],
    );
    await working(handlersWith(charged), () => untilPayment(id, 'refused'));
    expect((await instanceOf(id)).snapshot.context.failure).toMatchObject({
      message: expect.stringContaining('vanished') as unknown,
    });
  });

  it('are given back when their worker stops, and done by the next one', async () => {
    const [id = ''] = await book();
    let begun = 0;
    const endless: Outside = () => {
      begun++;
      return new Promise(() => undefined);
    };
    await working(handlersWith(endless, { chargeCard: outside(endless) }), () =>
      until(
        () => Promise.resolve(begun),
        (count) => count === 1,
      ),
    );
    expect(await waiting(id)).toMatchObject([{ attempts: 0, parked: false }]);
    await working(handlersWith(charged), () => untilPayment(id, 'paid'));
  });

  it('inside the transaction answer as well, with what they wrote there, or with nothing of it', async () => {
    const failing = new Set<string>();
    const reserve = inTransaction(
      async (effect, tx) => {
        await tx.query(
          `insert into workflow.idempotency (organization_id, caller, key, fingerprint, expires_at)
           values ($1, 'room', $2, '', now() + interval '1 day')`,
          [tx.organization, effect.id],
        );
        if (failing.has(effect.instance)) throw new PermanentFailure('full');
        return '12A';
      },
      { firstPauseMs: 1 },
    );
    const [good = '', bad = ''] = await book(2);
    failing.add(bad);
    await working(handlersWith(charged, { reserveRoom: reserve }), async () => {
      for (const id of [good, bad]) await send(id, 'reserve');
      await until(
        () => waiting(bad),
        (rows) => rows.some(({ effect, parked }) => effect === 'reserveRoom' && parked),
      );
      await until(
        () => instanceOf(good),
        ({ snapshot }) => snapshot.context.room === '12A',
      );
    });
    const wrote = await superuser.query<{ key: string }[]>(
      `select key from workflow.idempotency where caller = 'room'`,
    );
    const answered = (await gone(good)).find(({ effect }) => effect === 'reserveRoom');
    expect(wrote).toEqual([{ key: answered?.id }]);
    // Nobody handles its error: the answer is parked, the instance is as it was.
    expect((await instanceOf(bad)).snapshot.value).toMatchObject({ room: 'reserving' });
    expect((await waiting(bad)).find(({ parked }) => parked)).toMatchObject({
      last_error: 'the machine failed: full',
      answer: { error: { message: 'full', permanent: true } },
    });
  });

  it('of a batch fail alone: the others are delivered with the first attempt', async () => {
    const ids = await book(60);
    const victim = ids[31] ?? '';
    const told: string[] = [];
    const tellGuest = inTransaction(
      async (effect, tx) => {
        if (effect.instance === victim) await tx.query('select 1 / 0');
        told.push(effect.instance);
      },
      { attempts: 2, firstPauseMs: 1 },
    );
    await runtime.transaction(ORGANIZATION, async (tx) => {
      for (const instance of ids) await tx.send({ instance, event: { type: 'tell' }, actor });
      return null;
    });
    await working(handlersWith(charged, { tellGuest }), () =>
      until(
        () => waiting(victim),
        (rows) => rows.some(({ parked }) => parked),
      ),
    );
    expect([...told].sort()).toEqual(ids.filter((id) => id !== victim).sort());
    expect((await waiting(victim)).find(({ parked }) => parked)).toMatchObject({
      effect: 'tellGuest',
      attempts: 2,
      last_error: 'division by zero',
    });
  });

  it('more than a worker carries out at once all come to their end', async () => {
    const ids = await book(90);
    let now = 0;
    let most = 0;
    const counting: Outside = async (effect, call) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return charged(effect, call);
    };
    await working(handlersWith(counting), () =>
      until(
        async () => (await Promise.all(ids.map((id) => waiting(id)))).flat(),
        (rows) => rows.length === 0,
      ),
    );
    expect(most).toBeLessThanOrEqual(32);
    for (const id of ids) expect(await gone(id)).toMatchObject([{ outcome: 'answered', attempts: 1 }]);
  });

  it('and their answers leave every chain whole, and replay to what is stored', async () => {
    const { findings, instances } = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
    expect(findings).toEqual([]);
    expect(instances).toBeGreaterThan(100);
    const rows = await superuser.query<{ instance: string; revision: number; entry: string }[]>(
      'select instance_id as instance, revision, entry from workflow.history',
    );
    const answers = rows.map(readEntry).filter((entry) => entry.kind === 'answer');
    const recorded = await superuser.query<{ id: string }[]>(
      `select id from workflow.outbox_delivered where outcome = 'answered'`,
    );
    expect(answers.map((entry) => entry.actor.id).sort()).toEqual(recorded.map(({ id }) => id).sort());
  });
});
