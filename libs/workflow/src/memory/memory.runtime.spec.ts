import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { isRefusal, readEntry, verifyInstance, Lifecycles, eventOf, type InstanceRecord } from '../index';
import { type HistoryRecord } from '../engine/records';
import { MemoryRuntime } from './memory.runtime';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ORDER = '00000000-0000-7000-8000-00000000000a';
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 9, 5, 5);
const buyer = { kind: 'person', id: 'an' } as const;

function runtime() {
  const told: string[] = [];
  const memory = new MemoryRuntime({
    lifecycles: [purchaseOrder, delivery],
    now: NOON,
    effects: {
      tellBuyer: (effect) => void told.push(`${(effect.at - NOON) / DAY} ${JSON.stringify(effect.payload)}`),
    },
    hooks: {
      prepareStart: {
        delivery: ({ input, from }) => Promise.resolve({ for: String(input['for']), order: from.id }),
      },
    },
  });
  const start = (input: Record<string, unknown> = {}) =>
    memory.transaction(ORGANIZATION, (tx) =>
      tx.start({
        lifecycle: 'purchase-order',
        id: ORDER,
        input: { buyer: 'an', answerBy: NOON + 40 * DAY, nudges: [NOON + DAY, NOON + 2 * DAY], ...input },
        actor: buyer,
      }),
    );
  const send = (
    event: Parameters<typeof eventOf<typeof purchaseOrder.machine>>[1],
    expectedRevision?: number,
  ) =>
    memory.transaction(ORGANIZATION, (tx) =>
      tx.send({
        instance: ORDER,
        event: eventOf(purchaseOrder, event),
        actor: buyer,
        ...(expectedRevision !== undefined && { expectedRevision }),
      }),
    );
  const kinds = () =>
    memory.store.history(ORGANIZATION, ORDER).map((record) => {
      const { kind, event, at } = readEntry(record);
      return `${kind} ${event.type} +${(at - NOON) / DAY}`;
    });
  return { memory, told, start, send, kinds };
}

describe('a durable lifecycle on the memory store', () => {
  it('fires timers further away than 24.8 days, each at its own instant and in order', async () => {
    const { memory, told, start, kinds } = runtime();
    await start();
    await memory.advanceTo(NOON + 60 * DAY);
    expect(told).toEqual(['1 {"to":"an","nudge":0}', '2 {"to":"an","nudge":1}', '40 {"to":"an","nudge":2}']);
    expect(kinds()).toEqual([
      'start xstate.init +0',
      'timer xstate.after.nudge.order.open.nudging.waiting +1',
      'timer xstate.after.nudge.order.open.nudging.waiting +2',
      'timer xstate.after.answer.order.open.decision.waiting +40',
    ]);
  });

  it('fires what was due before an event that comes late, and then judges the event', async () => {
    const { memory, start, send, kinds } = runtime();
    await start({ answerBy: NOON + 3 * DAY });
    const store = memory.store;
    // The worker slept: time went on, nothing fired.
    memory.sleepTo(NOON + 5 * DAY);
    const answer = await send({ type: 'approve', by: 'binh' });
    expect(isRefusal(answer) && answer).toMatchObject({ code: 'not-allowed-now', allowed: ['reject'] });
    expect(store.history(ORGANIZATION, ORDER)).toHaveLength(1);
    await send({ type: 'reject', by: 'binh', reason: 'không còn nhu cầu' });
    expect(kinds().slice(1)).toEqual([
      'timer xstate.after.nudge.order.open.nudging.waiting +1',
      'timer xstate.after.nudge.order.open.nudging.waiting +2',
      'timer xstate.after.answer.order.open.decision.waiting +3',
      'event reject +5',
    ]);
  });

  it('says why a guard refuses, and changes nothing', async () => {
    const { memory, start, send } = runtime();
    await start();
    expect(await send({ type: 'approve', by: 'an' })).toMatchObject({
      refused: true,
      code: 'approver-is-buyer',
      allowed: ['approve', 'postpone', 'reject'],
    });
    expect(memory.store.instance(ORGANIZATION, ORDER)?.revision).toBe(1);
  });

  it('refuses a stale revision and names the present one', async () => {
    const { start, send } = runtime();
    await start();
    await send({ type: 'postpone', answerBy: NOON + 50 * DAY }, 1);
    expect(await send({ type: 'postpone', answerBy: NOON + 51 * DAY }, 1)).toMatchObject({
      code: 'stale-revision',
      currentRevision: 2,
    });
  });

  it('starts a sibling with looked-up input and hears from it, in one transaction each', async () => {
    const { memory, start, send } = runtime();
    await start();
    await send({ type: 'approve', by: 'binh' });
    const child = memory.store
      .instances(ORGANIZATION)
      .find((i) => i.lifecycle === 'delivery') as InstanceRecord;
    expect(child.snapshot.context).toEqual({ for: 'an', order: ORDER });
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: child.id, event: { type: 'settle' }, actor: buyer }),
    );
    expect(memory.store.instance(ORGANIZATION, ORDER)).toMatchObject({
      status: 'done',
      snapshot: { value: 'closed', context: { settled: true } },
    });
    expect(memory.store.timers(ORGANIZATION, ORDER)).toEqual([]);
  });

  it('keeps a chain that replays to the stored state, and shows what was changed', async () => {
    const { memory, start, send } = runtime();
    await start();
    await memory.advanceTo(NOON + 1.5 * DAY);
    await send({ type: 'postpone', answerBy: NOON + 50 * DAY });
    const catalogue = new Lifecycles([purchaseOrder, delivery]);
    const instance = memory.store.instance(ORGANIZATION, ORDER) as InstanceRecord;
    const history = memory.store.history(ORGANIZATION, ORDER);
    const codes = (...args: Parameters<typeof verifyInstance>) => verifyInstance(...args).map((f) => f.code);
    expect(codes(catalogue, instance, history)).toEqual([]);
    expect(codes(catalogue, instance, history.slice(0, -1))).toEqual(['missing-tail']);
    expect(
      codes(
        catalogue,
        instance,
        history.filter((_, index) => index !== 1),
      ),
    ).toEqual(['missing-entry']);
    const forged = history.map((record, index) =>
      index === 1 ? { ...record, entry: record.entry.replace('"nudging"', '"nudgimg"') } : record,
    );
    expect(codes(catalogue, instance, forged)).toEqual(['changed-entry']);
    const [first, second, third, ...rest] = history as [HistoryRecord, HistoryRecord, HistoryRecord];
    const swapped = [
      first,
      { ...third, revision: second.revision },
      { ...second, revision: third.revision },
      ...rest,
    ];
    expect(codes(catalogue, instance, swapped)).toEqual(['reordered-entry']);
    expect(codes(catalogue, instance, [first, second, second, third, ...rest])).toEqual(['added-entry']);
    expect(codes(catalogue, { ...instance, timers: instance.timers.slice(1) }, history)).toEqual([
      'timers-differ',
    ]);
  });
});
