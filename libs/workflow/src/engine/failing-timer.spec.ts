import { assign, raise, setup } from 'xstate';
import { effect } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';
import { MemoryRuntime } from '../memory/memory.runtime';
import { isRefusal, Lifecycles, verifyInstance, type InstanceRecord } from '../index';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const PARCEL = '00000000-0000-7000-8000-00000000000b';
const NOON = Date.UTC(2026, 9, 5, 5);
const HOUR = 3_600_000;
const actor = { kind: 'person', id: 'an' } as const;

/** A parcel whose timer brings about a state that cannot be stored, until somebody mends its weight. */
const parcel = defineLifecycle({
  id: 'parcel',
  version: 1,
  machine: setup({
    types: {
      input: {} as { weighAt: number },
      context: {} as { weighAt: number; weight: unknown; notes: number },
    },
    delays: {
      weighing: until(({ context }: { context: { weighAt: number } }) => context.weighAt),
      reminding: until(({ context }: { context: { weighAt: number } }) => context.weighAt - 1_800_000),
    },
    actions: {
      keepWeight: assign({ weight: () => Number.NaN }),
      addNote: assign({ notes: ({ context }) => context.notes + 1 }),
      postpone: assign({ weighAt: ({ context }) => context.weighAt + 48 * 3_600_000 }),
      tell: effect(() => ({ weight: Number.NaN })),
    },
  }).createMachine({
    id: 'parcel',
    context: ({ input }) => ({ ...input, weight: null, notes: 0 }),
    type: 'parallel',
    states: {
      scale: {
        initial: 'waiting',
        states: {
          waiting: {
            after: { weighing: { target: 'weighed', actions: 'keepWeight' } },
            on: { POSTPONE: { target: 'waiting', reenter: true, actions: 'postpone' }, CLOSE: 'closed' },
          },
          weighed: {},
          closed: {},
        },
      },
      desk: {
        initial: 'open',
        states: {
          open: {
            on: { NOTE: { actions: 'addNote' }, TELL: { actions: 'tell' } },
            after: { reminding: 'reminded' },
          },
          reminded: { on: { NOTE: { actions: 'addNote' } } },
        },
      },
    },
  }),
});

const STOPPED = expect.any(String) as string;
const weighing = 'xstate.after.weighing.parcel.scale.waiting';

async function parcelThatWasForgotten() {
  const memory = new MemoryRuntime({ lifecycles: [parcel], now: NOON });
  const started = await memory.transaction(ORGANIZATION, (tx) =>
    tx.start({ lifecycle: 'parcel', id: PARCEL, input: { weighAt: NOON + HOUR }, actor }),
  );
  if (isRefusal(started)) throw new Error(started.en);
  const send = (type: string) =>
    memory.transaction(ORGANIZATION, (tx) => tx.send({ instance: PARCEL, event: { type }, actor }));
  // The worker sleeps while time goes on.
  const sleepUntil = (time: number) => memory.sleepTo(time);
  const timers = () => memory.store.timers(ORGANIZATION, PARCEL);
  return { memory, send, sleepUntil, timers };
}

describe('a timer whose step fails', () => {
  it('is parked, not lost, when an event is applied in the same unit of work', async () => {
    const { send, sleepUntil, timers } = await parcelThatWasForgotten();
    sleepUntil(NOON + 2 * HOUR);
    expect(await send('NOTE')).toMatchObject({ snapshot: { context: { notes: 1 } } });
    expect(timers()).toMatchObject([{ id: weighing, dueAt: NOON + HOUR, parked: { error: STOPPED } }]);
  });

  it('is parked, not lost, when a timer before it fired in the same unit of work', async () => {
    const { memory, timers } = await parcelThatWasForgotten();
    await memory.advanceTo(NOON + 2 * HOUR);
    expect(memory.store.instance(ORGANIZATION, PARCEL)?.revision).toBe(2);
    expect(timers()).toMatchObject([{ id: weighing, parked: { error: STOPPED } }]);
    const instance = memory.store.instance(ORGANIZATION, PARCEL) as InstanceRecord;
    const history = memory.store.history(ORGANIZATION, PARCEL);
    expect(verifyInstance(new Lifecycles([parcel]), instance, history)).toEqual([]);
  });

  it('is not parked when the event that follows sets it anew', async () => {
    const { send, sleepUntil, timers } = await parcelThatWasForgotten();
    sleepUntil(NOON + 2 * HOUR);
    expect(isRefusal(await send('POSTPONE'))).toBe(false);
    expect(timers()).toMatchObject([{ id: weighing, dueAt: NOON + 49 * HOUR, parked: false }]);
  });

  it('is gone when the event that follows cancels it', async () => {
    const { send, sleepUntil, timers } = await parcelThatWasForgotten();
    sleepUntil(NOON + 2 * HOUR);
    expect(isRefusal(await send('CLOSE'))).toBe(false);
    expect(timers()).toEqual([]);
  });
});

describe('what an effect is told', () => {
  it('must be storable: a number that is none fails the step instead of becoming null', async () => {
    const { memory, send } = await parcelThatWasForgotten();
    await expect(send('TELL')).rejects.toThrow(/weight: is NaN/);
    expect(memory.store.instance(ORGANIZATION, PARCEL)?.revision).toBe(1);
  });
});

describe('an instance with a long backlog', () => {
  const pulse = defineLifecycle({
    id: 'pulse',
    version: 1,
    machine: setup({
      types: { context: {} as { beats: number } },
      actions: { beat: assign({ beats: ({ context }) => context.beats + 1 }) },
      delays: { minute: () => 60_000, atOnce: () => 0 },
    }).createMachine({
      id: 'pulse',
      context: { beats: 0 },
      initial: 'beating',
      states: {
        beating: {
          after: { minute: { target: 'beating', reenter: true, actions: 'beat' } },
          on: { RACE: 'racing' },
        },
        racing: { after: { atOnce: { target: 'racing', reenter: true, actions: 'beat' } } },
      },
    }),
  });

  async function beating() {
    const memory = new MemoryRuntime({ lifecycles: [pulse], now: NOON });
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'pulse', id: PARCEL, input: {}, actor }),
    );
    return memory;
  }

  it('catches up on all of it, however many timers were missed', async () => {
    const memory = await beating();
    memory.sleepTo(NOON + 26 * HOUR);
    await memory.advanceTo(NOON + 26 * HOUR);
    expect(memory.store.instance(ORGANIZATION, PARCEL)?.snapshot.context).toEqual({ beats: 26 * 60 });
    expect(memory.store.timers(ORGANIZATION, PARCEL)).toMatchObject([{ parked: false }]);
  });

  it('is stopped when its timers never come to rest at one instant', async () => {
    const memory = await beating();
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: PARCEL, event: { type: 'RACE' }, actor }),
    );
    expect(memory.store.timers(ORGANIZATION, PARCEL)).toMatchObject([
      { parked: { error: expect.stringContaining('never come to rest') as string } },
    ]);
  });
});

describe('a delayed raise without an id', () => {
  it('stops the start: nothing could tell its timer from another', () => {
    const machine = setup({ actions: { later: raise({ type: 'LATER' }, { delay: 1_000 }) } }).createMachine({
      id: 'm',
      entry: 'later',
    });
    expect(() => defineLifecycle({ id: 'thing', version: 1, machine })).toThrow(
      /actions\.later: a delayed raise needs an id/,
    );
  });
});
