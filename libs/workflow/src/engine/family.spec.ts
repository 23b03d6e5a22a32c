import { assign, createActor, sendParent, sendTo, setup, spawnChild } from 'xstate';
import { isRefusal, type InstanceRecord } from '../index';
import { sendToChild, sendToInstance, sendToParent, startInstance } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { MemoryRuntime } from '../memory/memory.runtime';
import { Lifecycles } from '../runtime/lifecycles';
import { verifyInstance } from './replay';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const TRIP = '00000000-0000-7000-8000-00000000000c';
const actor = { kind: 'person', id: 'an' } as const;

const types = {} as { context: { log: readonly string[] }; events: { type: string; at?: number } };
const noted = (args: { context: { log: readonly string[] }; event: { type: string } }) => ({
  log: [...args.context.log, args.event.type],
});

/** What differs between a family of actors and one of instances are these names alone. */
const tripConfig = {
  id: 'trip',
  context: { log: [] },
  initial: 'planned',
  states: {
    planned: { on: { leave: { target: 'underway', actions: ['startBus', 'tellBus'] } } },
    underway: {
      on: {
        ready: { actions: ['note', 'tellBusAgain'] },
        full: { actions: 'note' },
        hurry: { actions: 'tellBus' },
        lost: { actions: 'tellStranger' },
        arrived: { target: 'over', actions: 'note' },
      },
    },
    over: {},
  },
} as const;
const busConfig = {
  id: 'bus',
  context: { log: [] },
  initial: 'waiting',
  entry: 'tellReady',
  states: {
    waiting: { on: { board: { target: 'boarded', actions: ['note', 'tellFull'] } } },
    boarded: {
      on: { board: { actions: 'note' }, drive: { target: 'there', actions: ['note', 'tellNonsense'] } },
    },
    there: { type: 'final', entry: 'tellArrived' },
  },
} as const;

const trip = defineLifecycle({
  id: 'trip',
  version: 1,
  machine: setup({
    types,
    actions: {
      note: assign(noted),
      startBus: startInstance(() => ({ lifecycle: 'bus', key: 'bus', input: {} })),
      tellBus: sendToChild(() => ({ key: 'bus', event: { type: 'board' } })),
      tellBusAgain: sendToChild(() => ({ key: 'bus', event: { type: 'board' } })),
      tellStranger: sendToChild(() => ({ key: 'buss', event: { type: 'board' } })),
    },
  }).createMachine(tripConfig),
});
const bus = defineLifecycle({
  id: 'bus',
  version: 1,
  machine: setup({
    types,
    actions: {
      note: assign(noted),
      tellReady: sendToParent(() => ({ type: 'ready' })),
      tellFull: sendToParent(() => ({ type: 'full' })),
      tellNonsense: sendToParent(() => ({ type: 'nobody-takes-this' })),
      tellArrived: sendToParent(() => ({ type: 'arrived' })),
    },
  }).createMachine(busConfig),
});
const loner = defineLifecycle({
  id: 'loner',
  version: 1,
  machine: setup({
    types,
    actions: {
      callStranger: sendToInstance(() => ({
        instance: '00000000-0000-7000-8000-0000000000ff',
        event: { type: 'hello' },
      })),
      callParent: sendToParent(() => ({ type: 'hello' })),
    },
  }).createMachine({
    id: 'loner',
    context: { log: [] },
    initial: 'here',
    states: { here: { on: { stranger: { actions: 'callStranger' }, parent: { actions: 'callParent' } } } },
  }),
});

function family(lifecycle: 'trip' | 'loner' = 'trip') {
  const memory = new MemoryRuntime({ lifecycles: [trip, bus, loner], now: 0 });
  const catalogue = new Lifecycles([trip, bus, loner]);
  const child = catalogue.childId(TRIP, 'bus');
  const start = () =>
    memory.transaction(ORGANIZATION, (tx) => tx.start({ lifecycle, id: TRIP, input: {}, actor }));
  const send = (type: string, instance = TRIP) =>
    memory.transaction(ORGANIZATION, (tx) => tx.send({ instance, event: { type }, actor }));
  const of = (id: string) => memory.store.instance(ORGANIZATION, id) as InstanceRecord;
  return { memory, catalogue, child, start, send, of };
}

/** The same two machines as live actors of XState. */
function liveFamily() {
  const liveBus = setup({
    types,
    actions: {
      note: assign(noted),
      tellReady: sendParent({ type: 'ready' }),
      tellFull: sendParent({ type: 'full' }),
      tellNonsense: sendParent({ type: 'nobody-takes-this' }),
      tellArrived: sendParent({ type: 'arrived' }),
    },
  }).createMachine(busConfig);
  const live = createActor(
    setup({
      types,
      actors: { bus: liveBus },
      actions: {
        note: assign(noted),
        startBus: spawnChild('bus', { id: 'bus' }),
        tellBus: sendTo('bus', { type: 'board' }),
        tellBusAgain: sendTo('bus', { type: 'board' }),
        tellStranger: sendTo('buss', { type: 'board' }),
      },
    }).createMachine(tripConfig),
  ).start();
  return live;
}

describe('instances that start each other', () => {
  it('know who started them, and hear each other as actors of XState do', async () => {
    const { catalogue, child, memory, start, send, of } = family();
    await start();
    const live = liveFamily();
    const liveBus = () => live.getSnapshot().children['bus'];
    for (const type of ['leave', 'hurry']) {
      await send(type);
      live.send({ type });
    }
    expect(isRefusal(await send('drive', child))).toBe(false);
    const liveChild = liveBus();
    liveChild?.send({ type: 'drive' });
    expect([of(TRIP).parent, of(child).parent]).toEqual([null, TRIP]);
    expect(of(TRIP).snapshot).toMatchObject({ value: 'over', context: live.getSnapshot().context });
    expect(of(TRIP).snapshot.context).toEqual({ log: ['ready', 'full', 'arrived'] });
    const { context, status } = liveChild?.getSnapshot() as { context: object; status: string };
    expect(of(child)).toMatchObject({ status, snapshot: { context } });
    for (const id of [TRIP, child])
      expect(verifyInstance(catalogue, of(id), memory.store.history(ORGANIZATION, id))).toEqual([]);
  });

  it('an event to a child that has ended has no effect', async () => {
    const { child, start, send, of } = family();
    await start();
    await send('leave');
    await send('drive', child);
    const { revision } = of(child);
    expect(await send('hurry')).toMatchObject({ code: 'not-allowed-now' });
    expect(of(child)).toMatchObject({ status: 'done', revision });
  });

  it.each([
    ['trip', 'lost', /"tellStranger".* sends to an unknown instance .* under the key "buss"/],
    ['loner', 'stranger', /"callStranger".* sends to an unknown instance .*0ff/],
    ['loner', 'parent', /"callParent": no instance started this one/],
  ] as const)('%s: %s to nobody fails by its name, and changes nothing', async (lifecycle, event, reason) => {
    const { start, send, of } = family(lifecycle);
    await start();
    if (lifecycle === 'trip') await send('leave');
    const before = of(TRIP);
    await expect(send(event)).rejects.toThrow(reason);
    expect(of(TRIP)).toEqual(before);
  });

  it('another parent in the record is found', async () => {
    const { catalogue, child, memory, start, send, of } = family();
    await start();
    await send('leave');
    const history = memory.store.history(ORGANIZATION, child);
    const moved = { ...of(child), parent: null };
    expect(verifyInstance(catalogue, moved, history).map(({ code }) => code)).toEqual(['record-differs']);
  });
});
