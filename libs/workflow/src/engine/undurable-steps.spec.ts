import { emit, enqueueActions, fromPromise, log, raise, setup, type AnyStateMachine } from 'xstate';
import { isRefusal, type InstanceRecord } from '../index';
import { effect } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { MemoryRuntime } from '../memory/memory.runtime';
import { eventStep, startStep } from './machine-step';
import { LifecycleFault } from './step-requests';
import { fromStored, toStored } from './stored-snapshot';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-7000-8000-00000000000e';
const actor = { kind: 'system' } as const;

const sneaky = (...[collect]: Parameters<typeof enqueueActions>): AnyStateMachine =>
  setup({
    actions: { sneak: enqueueActions(collect as never), tell: effect(() => ({})) },
    delays: { never: () => undefined as never, endless: () => Number.POSITIVE_INFINITY },
  }).createMachine({
    id: 'sneaky',
    initial: 'calm',
    states: { calm: { on: { GO: { target: 'moved', actions: ['tell', 'sneak'] } } }, moved: {} },
  });

describe('what only running shows to be not durable', () => {
  const child = fromPromise(() => Promise.resolve(1));
  const cases: readonly (readonly [what: string, Parameters<typeof enqueueActions>[0], RegExp])[] = [
    [
      'an inline function',
      ({ enqueue }) => {
        enqueue(function shout() {
          return undefined;
        });
      },
      /action "shout" is not durable/,
    ],
    [
      'an unbound name',
      ({ enqueue }) => {
        enqueue('nobody');
      },
      /action "nobody" is not durable/,
    ],
    [
      'log',
      ({ enqueue }) => {
        enqueue(log('x'));
      },
      /action "xstate.log" is not durable/,
    ],
    [
      'emit',
      ({ enqueue }) => {
        enqueue(emit({ type: 'x' }));
      },
      /action "xstate.emit" is not durable/,
    ],
    [
      'an actor',
      ({ enqueue }) => {
        enqueue.spawnChild(child as never);
      },
      /action "xstate.spawnChild" is not durable/,
    ],
    [
      'stopping an actor',
      ({ enqueue }) => {
        enqueue.stopChild('x');
      },
      /action "xstate.stopChild" is not durable/,
    ],
    [
      'sendTo',
      ({ enqueue, self }) => {
        enqueue.sendTo(self, { type: 'GO' });
      },
      /action "xstate.sendTo" is not durable/,
    ],
    [
      'sendParent',
      ({ enqueue }) => {
        enqueue.sendParent({ type: 'GO' });
      },
      /Unable to send event to actor '#_parent'/,
    ],
    [
      'a delayed raise without an id',
      ({ enqueue }) => {
        enqueue.raise({ type: 'GO' }, { delay: 5 });
      },
      /a delayed raise has no id/,
    ],
    [
      'a delay that is none',
      ({ enqueue }) => {
        enqueue.raise({ type: 'GO' }, { id: 'x', delay: 'never' as never });
      },
      /timer x: its delay is undefined/,
    ],
    [
      'a delay without end',
      ({ enqueue }) => {
        enqueue.raise({ type: 'GO' }, { id: 'x', delay: 'endless' as never });
      },
      /timer x: its delay is Infinity/,
    ],
    [
      'cancelling nothing',
      ({ enqueue }) => {
        enqueue.cancel(undefined as never);
      },
      /cancel of undefined/,
    ],
  ];

  it.each(cases)('%s fails the step by its name, and changes nothing', async (_what, collect, reason) => {
    const lifecycle = defineLifecycle({ id: 'sneaky', version: 1, machine: sneaky(collect) });
    const memory = new MemoryRuntime({ lifecycles: [lifecycle], now: 0, effects: { tell: () => undefined } });
    const started = await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'sneaky', id: ID, input: {}, actor }),
    );
    expect(isRefusal(started)).toBe(false);
    const before = memory.store.instance(ORGANIZATION, ID) as InstanceRecord;
    const sent = memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: ID, event: { type: 'GO' }, actor }),
    );
    const error: unknown = await sent.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LifecycleFault);
    expect((error as Error).message).toMatch(reason);
    expect(memory.store.instance(ORGANIZATION, ID)).toEqual(before);
    expect(memory.store.timers(ORGANIZATION, ID)).toEqual([]);
  });

  it('a guard that throws, in the first step and in later ones', () => {
    const broken = (type: 'always' | 'on') =>
      defineLifecycle({
        id: 'broken',
        version: 1,
        machine: setup({
          guards: {
            bad: () => {
              throw new Error('out of order');
            },
          },
        }).createMachine({
          id: 'broken',
          initial: 'a',
          states: {
            a:
              type === 'on'
                ? { on: { GO: { guard: 'bad', target: 'b' } } }
                : { always: { guard: 'bad', target: 'b' } },
            b: {},
          },
        }),
      });
    expect(() => startStep(broken('always'), {}, 0)).toThrow(/the machine failed: .*out of order/);
    const { snapshot } = startStep(broken('on'), {}, 0);
    expect(() => eventStep(broken('on'), snapshot, { type: 'GO' }, 1)).toThrow(LifecycleFault);
  });

  it('a circle that never comes to rest', () => {
    const circle = defineLifecycle({
      id: 'circle',
      version: 1,
      machine: setup({ actions: { again: raise({ type: 'GO' }) } }).createMachine({
        id: 'circle',
        on: { GO: { actions: 'again' } },
      }),
    });
    const { snapshot } = startStep(circle, {}, 0);
    expect(() => eventStep(circle, snapshot, { type: 'GO' }, 1)).toThrow(/Infinite loop/);
  });

  it('a history state that XState leads into what is no state', () => {
    const astray = defineLifecycle({
      id: 'astray',
      version: 1,
      machine: setup({}).createMachine({
        id: 'astray',
        initial: 'first',
        states: {
          first: {},
          both: {
            type: 'parallel',
            states: { left: { on: { BACK: 'before' } }, before: { type: 'history' } },
          },
        },
        on: { ENTER: '.both' },
      }),
    });
    const inside = eventStep(astray, startStep(astray, {}, 0).snapshot, { type: 'ENTER' }, 1).snapshot;
    expect(() => eventStep(astray, inside, { type: 'BACK' }, 2)).toThrow(/none of its states/);
  });
});

describe('a remembered state', () => {
  it('is found again by its id, dots and all', () => {
    const dotted = defineLifecycle({
      id: 'dotted',
      version: 1,
      machine: setup({}).createMachine({
        id: 'office.2026',
        initial: 'work',
        states: {
          work: {
            initial: 'one',
            states: { one: { on: { NEXT: 'two' } }, two: {}, before: { type: 'history' } },
            on: { PAUSE: 'rest' },
          },
          rest: { on: { BACK: 'work.before' } },
        },
      }),
    });
    let snapshot = startStep(dotted, {}, 0).snapshot;
    for (const type of ['NEXT', 'PAUSE', 'BACK']) {
      const stored = JSON.parse(JSON.stringify(toStored(snapshot))) as ReturnType<typeof toStored>;
      snapshot = eventStep(dotted, fromStored(dotted.machine, stored), { type }, 1).snapshot;
    }
    expect(snapshot.value).toEqual({ work: 'two' });
  });
});
