import { assign, setup } from 'xstate';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import {
  BusinessClock,
  createPostgresRuntime,
  inTransaction,
  newUuid,
  outside,
  ParkedWork,
  verifyStoredInstances,
  type EffectHandlers,
  type ParkedItem,
  type PostgresRuntime,
} from '../durable/index';
import { Outbox } from '../effects/outbox';
import {
  defineLifecycle,
  isRefusal,
  Lifecycles,
  PermanentFailure,
  readEntry,
  type JsonValue,
} from '../index';
import { booking } from '../testing/booking.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000007';
const STRANGER = '00000000-0000-4000-8000-000000000008';
const HOUR = 3_600_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const actor = { kind: 'person', id: 'an' } as const;

/** A parcel whose scale is broken until somebody mends it; its desk is reminded later. */
let isMended = false;
const parcel = defineLifecycle({
  id: 'parcel',
  version: 1,
  machine: setup({
    types: { context: {} as { weight: number } },
    delays: { weighing: () => HOUR, reminding: () => 2 * HOUR },
    actions: { keepWeight: assign({ weight: () => (isMended ? 1 : Number.NaN) }) },
  }).createMachine({
    id: 'parcel',
    context: { weight: 0 },
    type: 'parallel',
    states: {
      scale: {
        initial: 'waiting',
        states: {
          waiting: { after: { weighing: { target: 'weighed', actions: 'keepWeight' } } },
          weighed: {},
        },
      },
      desk: { initial: 'open', states: { open: { after: { reminding: 'reminded' } }, reminded: {} } },
    },
  }),
});
const lifecycles = new Lifecycles([booking, parcel]);

describe('parked work', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let api: DataSource;
  let worker: DataSource;
  let runtime: PostgresRuntime;
  let parked: ParkedWork;
  let clock: BusinessClock;
  const offered: string[] = [];
  let replies: Record<string, () => Promise<JsonValue>> = {};

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) => new DataSource({ type: 'postgres', url, poolSize: 3 }).initialize();
    superuser = await connect(database.superuserUrl);
    api = await connect(database.apiUrl);
    worker = await connect(database.workerUrl);
    clock = new BusinessClock(superuser);
    const effects = { offer: (organization: string) => void offered.push(organization) };
    ({ runtime } = createPostgresRuntime({ dataSource: api, lifecycles, effects, log: quiet }));
    parked = new ParkedWork(runtime, effects, newUuid);
  });

  afterAll(async () => {
    await Promise.all([superuser.destroy(), api.destroy(), worker.destroy()]);
    await database.drop();
  });

  beforeEach(() => {
    isMended = false;
    replies = {
      tellGuest: () => Promise.resolve(null),
      chargeCard: () => Promise.resolve({ receipt: 'r-1' }),
      reserveRoom: () => Promise.resolve('12A'),
    };
  });

  const reply = (name: string): Promise<JsonValue> => {
    const made = replies[name];
    return made ? made() : Promise.reject(new Error(`nobody replies as ${name}`));
  };

  /** Carries out what waits, as a worker would. */
  async function deliver(): Promise<void> {
    const once = { attempts: 1 };
    const handlers: EffectHandlers = {
      chargeCard: inTransaction(() => reply('chargeCard'), once),
      tellGuest: inTransaction(() => reply('tellGuest'), once),
      reserveRoom: outside(() => reply('reserveRoom'), once),
    };
    const made = createPostgresRuntime({
      dataSource: worker,
      lifecycles,
      effects: { offer: () => undefined },
      log: quiet,
    });
    const outbox = new Outbox({ ...made, dataSource: worker, lifecycles, handlers, newId: newUuid });
    while ((await outbox.deliver(ORGANIZATION, 20)).claimed > 0);
    for (const effect of (await outbox.lease(ORGANIZATION, 20)).leased) {
      const attempt = await reply('reserveRoom').then(
        (output) => ({ output }),
        (failure: unknown) => ({ failure }),
      );
      await outbox.record(effect, attempt);
    }
  }

  async function start(lifecycle: string, input: JsonValue = {}): Promise<string> {
    const id = newUuid();
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle, id, input, actor }),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return id;
  }

  const book = async () => start('booking', { card: '4711', payBy: (await clock.now()) + 1_000 * HOUR });
  const send = (instance: string, type: string) =>
    runtime.send(ORGANIZATION, { instance, event: { type }, actor });

  async function parkedOf(instance: string): Promise<ParkedItem | undefined> {
    const { items } = await parked.list(ORGANIZATION);
    return items.find((item) => item.instance === instance);
  }
  const decision = ({ kind, instance, id }: ParkedItem, reason = 'so decided') => ({
    kind,
    instance,
    id,
    actor,
    reason,
  });

  const valueOf = async (id: string) => {
    const [row] = await superuser.query<{ snapshot: { value: unknown } }[]>(
      'select snapshot from workflow.instance where id = $1',
      [id],
    );
    return row?.snapshot.value;
  };
  const kindsOf = async (id: string) => {
    const rows = await superuser.query<{ instance: string; revision: number; entry: string }[]>(
      'select instance_id as instance, revision, entry from workflow.history where instance_id = $1 order by revision',
      [id],
    );
    return rows.map((row) => readEntry(row).kind);
  };

  async function parcelWithoutWeight(): Promise<{ id: string; item: ParkedItem; begun: number }> {
    const begun = await clock.now();
    const id = await start('parcel');
    await clock.moveTo(begun + 3 * HOUR);
    while ((await runtime.fireDue(ORGANIZATION, { limit: 100 })).claimed > 0);
    const item = await parkedOf(id);
    if (!item) throw new Error('the timer was not parked');
    return { id, item, begun };
  }

  it('is a timer whose step failed: sent again, it fires at its own instant, and the later ones after it', async () => {
    const { id, item } = await parcelWithoutWeight();
    expect(item).toMatchObject({
      kind: 'timer',
      lifecycle: 'parcel',
      id: 'xstate.after.weighing.parcel.scale.waiting',
      error: expect.stringMatching(/weight: is NaN/) as unknown,
      attempts: null,
    });
    isMended = true;
    expect(await parked.sendAgain(ORGANIZATION, decision(item))).toBeNull();
    await runtime.fireDue(ORGANIZATION, { limit: 100 });
    expect(await valueOf(id)).toEqual({ scale: 'weighed', desk: 'reminded' });
    expect(await parked.sendAgain(ORGANIZATION, decision(item))).toMatchObject({ code: 'not-parked' });
  });

  it('is a timer: dropped, it leaves the state as it is, and the later ones go on', async () => {
    const { id, item } = await parcelWithoutWeight();
    expect(await parked.drop(ORGANIZATION, decision(item, ' '))).toMatchObject({
      code: 'reason-missing',
      field: 'reason',
    });
    expect(await parked.drop(STRANGER, decision(item))).toMatchObject({ code: 'not-parked' });
    expect(await parked.drop(ORGANIZATION, decision(item, 'nobody weighs it'))).toBeNull();
    expect(await valueOf(id)).toEqual({ scale: 'waiting', desk: 'reminded' });
    expect(await kindsOf(id)).toEqual(['start', 'drop', 'timer']);
    expect(await parkedOf(id)).toBeUndefined();
    expect(await parked.decisions(ORGANIZATION, id)).toMatchObject([
      {
        kind: 'timer',
        subject: item.id,
        decision: 'drop',
        actor,
        reason: 'nobody weighs it',
        error: item.error,
      },
    ]);
  });

  it('is an effect after its last attempt: sent again with all its attempts, or dropped', async () => {
    const [again, dropped] = [await book(), await book()];
    replies['tellGuest'] = () => Promise.reject(new Error('nobody there'));
    for (const id of [again, dropped]) await send(id, 'tell');
    await deliver();
    const [first, second] = [await parkedOf(again), await parkedOf(dropped)];
    if (!first || !second) throw new Error('nothing was parked');
    expect(first).toMatchObject({ kind: 'effect', name: 'tellGuest', error: 'nobody there', attempts: 1 });
    let told = 0;
    replies['tellGuest'] = () => Promise.resolve(++told);
    offered.length = 0;
    expect(await parked.sendAgain(ORGANIZATION, decision(first))).toBeNull();
    expect(offered).toEqual([ORGANIZATION]);
    expect(await parked.drop(ORGANIZATION, decision(second))).toBeNull();
    await deliver();
    expect(told).toBe(1);
    const rows = await superuser.query<unknown[]>(
      `select outcome from workflow.outbox_delivered where effect = 'tellGuest' and instance_id = any($1)
       order by outcome`,
      [[again, dropped]],
    );
    expect(rows).toEqual([{ outcome: 'delivered' }, { outcome: 'dropped' }]);
  });

  it('is an answer that says that the effect failed, where nobody handles it: sent again, the effect runs again', async () => {
    const id = await book();
    replies['reserveRoom'] = () => Promise.reject(new PermanentFailure('full'));
    await send(id, 'reserve');
    await deliver();
    const item = await parkedOf(id);
    if (!item) throw new Error('nothing was parked');
    expect(item).toMatchObject({ kind: 'answer', name: 'reserveRoom', error: 'the machine failed: full' });
    replies['reserveRoom'] = () => Promise.resolve('12A');
    expect(await parked.sendAgain(ORGANIZATION, decision(item))).toBeNull();
    await deliver();
    expect(await valueOf(id)).toMatchObject({ room: 'reserved' });
  });

  it('is an answer that the machine fails at: applied again without running the effect, or refused anew', async () => {
    const id = await book();
    // The machine expects a receipt in it.
    replies['chargeCard'] = () => Promise.resolve(null);
    await deliver();
    const item = await parkedOf(id);
    if (!item) throw new Error('nothing was parked');
    replies['chargeCard'] = () => Promise.reject(new Error('must not run again'));
    expect(await parked.sendAgain(ORGANIZATION, decision(item))).toMatchObject({
      code: 'answer-fails-again',
    });
    expect(await parkedOf(id)).toEqual(item);
    expect(await parked.decisions(ORGANIZATION, id)).toEqual([]);
    await superuser.query(
      `update workflow.outbox set answer = '{"output": {"receipt": "r-2"}}' where id = $1`,
      [item.id],
    );
    expect(await parked.sendAgain(ORGANIZATION, decision(item))).toBeNull();
    expect(await valueOf(id)).toMatchObject({ payment: 'paid' });
  });

  it('is listed page by page, of one organization only, oldest first', async () => {
    replies['tellGuest'] = () => Promise.reject(new Error('nobody there'));
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push(await book());
    await runtime.transaction(ORGANIZATION, async (tx) => {
      for (const instance of ids) await tx.send({ instance, event: { type: 'tell' }, actor });
      return null;
    });
    await deliver();
    const seen: ParkedItem[] = [];
    let after: string | null = null;
    do {
      const page = await parked.list(ORGANIZATION, { limit: 2, ...(after !== null && { after }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual((await parked.list(ORGANIZATION)).items);
    expect(seen.map(({ instance }) => instance).sort()).toEqual(expect.arrayContaining([...ids].sort()));
    expect([...seen].sort((a, b) => a.parkedAt - b.parkedAt)).toEqual(seen);
    expect(await parked.list(STRANGER)).toEqual({ items: [], next: null });
  });

  it('and what was decided about it can be neither changed nor undone', async () => {
    await expect(api.query(`update workflow.parked_decision set reason = 'x'`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(worker.query(`delete from workflow.parked_decision`)).rejects.toThrow(/permission denied/);
    isMended = true;
    const { findings } = await verifyStoredInstances(superuser, lifecycles, ORGANIZATION);
    expect(findings).toEqual([]);
  });
});
