import * as fc from 'fast-check';
import {
  assign,
  enqueueActions,
  initialTransition,
  setup,
  transition,
  type AnyMachineSnapshot,
} from 'xstate';
import {
  defineLifecycle,
  invokedEffect,
  isRefusal,
  Lifecycles,
  MemoryRuntime,
  PermanentFailure,
  readEntry,
  verifyInstance,
  type InstanceRecord,
  type JsonValue,
  type MemoryEffect,
  type StoredEvent,
} from '../index';
import { stepAt } from '../lifecycle/macrostep-instant';
import { withCalls, answerEvent } from './invocations';
import { withoutCall } from './calls-in-snapshot';
import { eventStep, startStep } from './machine-step';
import { canonicalJson } from './canonical-json';
import { fromStored, storedText, toStored } from './stored-snapshot';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const TRIP = '00000000-0000-7000-8000-00000000000c';
const NOON = Date.UTC(2026, 9, 5, 5);
const HOUR = 3_600_000;
const actor = { kind: 'person', id: 'an' } as const;

interface Trip {
  readonly card: string;
  readonly receipts: readonly string[];
  readonly failed: string | null;
  readonly seat: string | null;
}

/** A trip that charges a card and books a seat side by side; the card may be charged again, or left alone. */
const trip = defineLifecycle({
  id: 'trip',
  version: 1,
  machine: setup({
    types: {
      input: {} as { card: string },
      context: {} as Trip,
      events: {} as { type: 'AGAIN' } | { type: 'LEAVE' } | { type: 'BACK' },
    },
    actors: {
      chargeCard: invokedEffect<{ receipt: string }, { card: string }>(),
      bookSeat: invokedEffect<string>(),
    },
    delays: { soon: () => HOUR },
    actions: {
      keepReceipt: assign({
        receipts: ({ context, event }) => [
          ...context.receipts,
          (event as unknown as { output: { receipt: string } }).output.receipt,
        ],
      }),
      keepSeat: assign({ seat: ({ event }) => (event as unknown as { output: string }).output }),
      keepFailure: assign({
        failed: ({ event }) => (event as unknown as { error: { message: string } }).error.message,
      }),
    },
  }).createMachine({
    id: 'trip',
    context: ({ input }) => ({ card: input.card, receipts: [], failed: null, seat: null }),
    type: 'parallel',
    states: {
      money: {
        initial: 'charging',
        states: {
          charging: {
            invoke: {
              id: 'charge',
              src: 'chargeCard',
              input: ({ context }) => ({ card: context.card }),
              onDone: { target: 'charged', actions: 'keepReceipt' },
              onError: { target: 'refused', actions: 'keepFailure' },
            },
            on: { AGAIN: { target: 'charging', reenter: true }, LEAVE: 'left' },
            after: { soon: 'left' },
          },
          charged: { on: { AGAIN: 'charging' } },
          refused: {},
          left: { on: { BACK: 'charging' } },
        },
      },
      seat: {
        initial: 'booking',
        states: {
          booking: {
            invoke: { id: 'seat', src: 'bookSeat', onDone: { target: 'booked', actions: 'keepSeat' } },
          },
          booked: {},
        },
      },
    },
  }),
});

async function travelling(effects?: Readonly<Record<string, MemoryEffect>>) {
  const memory = new MemoryRuntime({ lifecycles: [trip], now: NOON, ...(effects && { effects }) });
  const started = await memory.transaction(ORGANIZATION, (tx) =>
    tx.start({ lifecycle: 'trip', id: TRIP, input: { card: '4711' }, actor }),
  );
  if (isRefusal(started)) throw new Error(started.en);
  const instance = () => memory.store.instance(ORGANIZATION, TRIP) as InstanceRecord;
  const history = () => memory.store.history(ORGANIZATION, TRIP);
  return {
    memory,
    instance,
    history,
    send: (type: string) =>
      memory.transaction(ORGANIZATION, (tx) => tx.send({ instance: TRIP, event: { type }, actor })),
    answer: async (invocation: string, call: string, output: JsonValue) =>
      memory.transaction(ORGANIZATION, (tx) =>
        tx.answerEach([{ instance: TRIP, invocation, call, answer: { output } }]),
      ),
    calls: () => instance().snapshot.invoked ?? {},
    verified: () => verifyInstance(new Lifecycles([trip]), instance(), history()),
  };
}

describe('an invoked effect', () => {
  it('runs once the state is entered and comes back as onDone, in virtual time', async () => {
    const seen: unknown[] = [];
    const { instance, history, verified } = await travelling({
      chargeCard: ({ effect, invocation, payload }) => {
        seen.push([effect, invocation, payload]);
        return { receipt: 'r-1' };
      },
      bookSeat: () => '12A',
    });
    expect(seen).toEqual([['chargeCard', 'charge', { card: '4711' }]]);
    expect(instance().snapshot).toEqual({
      value: { money: 'charged', seat: 'booked' },
      context: { card: '4711', receipts: ['r-1'], failed: null, seat: '12A' },
    });
    const entries = history().map(readEntry);
    expect(entries.map(({ kind, actor: by }) => [kind, by.kind])).toEqual([
      ['start', 'person'],
      ['answer', 'effect'],
      ['answer', 'effect'],
    ]);
    expect(entries[1]?.event).toEqual({
      type: 'xstate.done.actor.charge',
      actorId: 'charge',
      output: { receipt: 'r-1' },
    });
    expect(verified()).toEqual([]);
  });

  it('comes back as onError when its handler throws, with what a machine may know of it', async () => {
    const { instance, history } = await travelling({
      chargeCard: () => {
        throw new PermanentFailure('the card is refused', { reason: 'stolen' });
      },
      bookSeat: () => '12A',
    });
    expect(instance().snapshot.context).toMatchObject({ failed: 'the card is refused' });
    expect(readEntry(history()[1] as never).event['error']).toEqual({
      name: 'PermanentFailure',
      message: 'the card is refused',
      permanent: true,
      details: { reason: 'stolen' },
    });
  });

  it('whose error nobody handles leaves the instance as it was: a fault to be parked', async () => {
    const { memory, instance, verified } = await travelling({
      chargeCard: () => ({ receipt: 'r-1' }),
      bookSeat: () => {
        throw new Error('no seats');
      },
    });
    expect(memory.calls.map(({ outcome }) => outcome)).toEqual([
      'answered',
      { fault: expect.objectContaining({ message: 'the machine failed: no seats' }) as unknown },
    ]);
    expect(instance()).toMatchObject({ revision: 2, snapshot: { value: { seat: 'booking' } } });
    expect(instance().snapshot.invoked).toEqual({ seat: memory.calls[1]?.effect.id });
    expect(verified()).toEqual([]);
  });

  it('answers with something that cannot be stored: that is an error of its handler', async () => {
    const { instance } = await travelling({ chargeCard: () => Number.NaN, bookSeat: () => '1' });
    expect(instance().snapshot.context).toMatchObject({ failed: 'value: is NaN, not a number' });
  });

  it('whose state was left has no say any more, and the answer of another visit never reaches this one', async () => {
    const { send, calls, answer, instance, verified } = await travelling();
    const first = calls()['charge'] ?? '';
    await send('LEAVE');
    expect(calls()).toEqual({ seat: expect.any(String) as string });
    expect(await answer('charge', first, { receipt: 'late' })).toEqual(['dropped']);
    expect(instance().revision).toBe(2);
    await send('BACK');
    const second = calls()['charge'] ?? '';
    expect(second).not.toBe(first);
    expect(await answer('charge', first, { receipt: 'later' })).toEqual(['dropped']);
    await send('AGAIN');
    const third = calls()['charge'] ?? '';
    expect(await answer('charge', second, { receipt: 'latest' })).toEqual(['dropped']);
    expect(await answer('charge', third, { receipt: 'right' })).toEqual(['answered']);
    expect(await answer('charge', third, { receipt: 'twice' })).toEqual(['dropped']);
    expect(instance().snapshot.context).toMatchObject({ receipts: ['right'] });
    expect(verified()).toEqual([]);
  });

  it('comes after what had fallen due before it', async () => {
    const { memory, calls, answer, instance, history } = await travelling();
    const call = calls()['charge'] ?? '';
    memory.sleepTo(NOON + 2 * HOUR);
    expect(await answer('charge', call, { receipt: 'late' })).toEqual(['dropped']);
    expect(instance().snapshot.value).toMatchObject({ money: 'left' });
    expect(history().map((record) => [readEntry(record).kind, record.at])).toEqual([
      ['start', NOON],
      ['timer', NOON + HOUR],
    ]);
  });

  it('is not called at all when its state is left in the same macrostep', async () => {
    const hasty = defineLifecycle({
      id: 'hasty',
      version: 1,
      machine: setup({
        actors: { look: invokedEffect() },
        guards: { always: () => true },
      }).createMachine({
        id: 'hasty',
        initial: 'a',
        states: {
          a: { invoke: { src: 'look', onDone: 'b' }, always: { guard: 'always', target: 'b' } },
          b: { invoke: { src: 'look' }, on: { END: 'c' } },
          c: { type: 'final' },
        },
      }),
    });
    const called: unknown[] = [];
    const memory = new MemoryRuntime({
      lifecycles: [hasty],
      now: NOON,
      effects: { look: ({ invocation }) => void called.push(invocation) },
    });
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'hasty', id: TRIP, input: {}, actor }),
    );
    expect(called).toEqual(['0.hasty.b']);
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: TRIP, event: { type: 'END' }, actor }),
    );
    expect(memory.store.instance(ORGANIZATION, TRIP)).toMatchObject({ status: 'done' });
    expect(memory.store.instance(ORGANIZATION, TRIP)?.snapshot.invoked).toBeUndefined();
  });

  it("has XState's own meaning, whatever comes in whatever order, through any number of restarts", () => {
    const names = ['AGAIN', 'LEAVE', 'BACK', 'charge', 'seat', 'charge fails', 'old'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 25 }), (events) => {
        const [first] = stepAt(NOON, () => initialTransition(trip.machine, { card: '1' }));
        let oracle = first as AnyMachineSnapshot;
        let stored = toStored(withCalls(startStep(trip, { card: '1' }, NOON), TRIP, 1).snapshot);
        const waiting = new Set(['charge', 'seat']);
        let revision = 1;
        for (const name of events) {
          let event: StoredEvent = { type: name };
          let before = fromStored(trip.machine, JSON.parse(JSON.stringify(stored)) as typeof stored);
          const child = name.split(' ')[0] ?? '';
          if (child === 'charge' || child === 'seat') {
            expect(child in (stored.invoked ?? {})).toBe(waiting.has(child));
            if (!waiting.delete(child)) continue;
            const error = { name: 'Error', message: 'no', permanent: false };
            const output = child === 'seat' ? '1' : { receipt: String(revision) };
            event = answerEvent(child, name === 'charge fails' ? { error } : { output });
            before = withoutCall(before, child);
          }
          const wasCharging = oracle.matches({ money: 'charging' });
          const [next] = stepAt(NOON, () =>
            transition(trip.machine, oracle as never, { ...event, at: NOON } as never),
          );
          oracle = next as AnyMachineSnapshot;
          stored = toStored(withCalls(eventStep(trip, before, event, NOON), TRIP, ++revision).snapshot);
          const isCharging = oracle.matches({ money: 'charging' });
          if (isCharging && (!wasCharging || name === 'AGAIN')) waiting.add('charge');
          if (!isCharging) waiting.delete('charge');
          expect(storedText(stored)).toBe(canonicalJson(stored));
          const { invoked = {}, ...rest } = stored;
          expect(rest).toEqual(toStored(oracle));
          expect(new Set(Object.keys(invoked))).toEqual(waiting);
        }
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  it('spawned by a collected action fails its step: nothing would ever end it', async () => {
    const sly = defineLifecycle({
      id: 'sly',
      version: 1,
      machine: setup({
        actors: { look: invokedEffect() },
        actions: {
          spawnIt: enqueueActions(({ enqueue }) => {
            enqueue.spawnChild('look', { id: 'it' });
          }),
        },
      }).createMachine({ id: 'sly', initial: 'a', states: { a: { on: { GO: { actions: 'spawnIt' } } } } }),
    });
    const memory = new MemoryRuntime({ lifecycles: [sly], now: NOON });
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'sly', id: TRIP, input: {}, actor }),
    );
    await expect(
      memory.transaction(ORGANIZATION, (tx) => tx.send({ instance: TRIP, event: { type: 'GO' }, actor })),
    ).rejects.toThrow(/spawned an actor it/);
  });
});

describe('a parked timer that somebody gives up', () => {
  const parcel = defineLifecycle({
    id: 'parcel',
    version: 1,
    machine: setup({
      types: { context: {} as { weight: number } },
      delays: { weighing: () => HOUR, reminding: () => 2 * HOUR },
      actions: { keepWeight: assign({ weight: () => Number.NaN }) },
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

  it('leaves the state as it is and lets the later ones go on, each at its own instant', async () => {
    const memory = new MemoryRuntime({ lifecycles: [parcel], now: NOON });
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'parcel', id: TRIP, input: {}, actor }),
    );
    await memory.advanceTo(NOON + 3 * HOUR);
    const timers = () => memory.store.timers(ORGANIZATION, TRIP);
    expect(timers().map(({ parked }) => parked !== false)).toEqual([true, false]);
    const [parked] = timers();
    const drop = () =>
      memory.transaction(ORGANIZATION, (tx) =>
        tx.dropTimer({ instance: TRIP, timer: parked?.id ?? '', actor }),
      );
    expect(isRefusal(await drop())).toBe(false);
    expect(await drop()).toMatchObject({ refused: true, code: 'not-parked' });
    const history = memory.store.history(ORGANIZATION, TRIP);
    expect(history.map((record) => [readEntry(record).kind, record.at - NOON])).toEqual([
      ['start', 0],
      ['drop', HOUR],
      ['timer', 2 * HOUR],
    ]);
    const instance = memory.store.instance(ORGANIZATION, TRIP) as InstanceRecord;
    expect(instance.snapshot.value).toEqual({ scale: 'waiting', desk: 'reminded' });
    expect(verifyInstance(new Lifecycles([parcel]), instance, history)).toEqual([]);
  });
});
