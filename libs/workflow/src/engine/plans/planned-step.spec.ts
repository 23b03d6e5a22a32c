import { assign, raise, setup, type AnyStateMachine } from 'xstate';
import * as fc from 'fast-check';
import { checkedStep, eventStep, isLeftToXState, isTaken, startStep } from '../machine-step';
import { type Step } from '../step-requests';
import { toStored } from '../stored-snapshot';
import { defineLifecycle } from '../../lifecycle/lifecycle-definition';
import { plannedWalks, walkByPlans } from '../../testing/planned-walk';

describe('steps by plans', () => {
  it('are those of XState, for random machines, and none of them is given up', () => {
    let steps = 0;
    let planned = 0;
    fc.assert(
      fc.property(plannedWalks, (walk) => {
        const walked = walkByPlans(walk, (byPlans, oracle) => {
          expect(byPlans).toEqual(oracle);
        });
        expect(walked.isLeftToXState).toBe(false);
        steps += walked.steps;
        planned += walked.planned;
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
    expect(steps).toBeGreaterThan(2_000);
    expect(planned / steps).toBeGreaterThan(0.98);
  });

  const said = (text: string) => ({ type: 'say' as const, params: { text } });
  const small = setup({
    types: {
      context: {} as { said: readonly string[]; left: number; right: number },
      events: {} as { type: 'go' | 'go.far' | 'back'; at?: number },
    },
    guards: { isNew: ({ context }) => context.said.length < 3 },
    actions: {
      say: assign({ said: ({ context }, { text }: { text: string }) => [...context.said, text] }),
      swap: assign({ left: ({ context }) => context.right, right: ({ context }) => context.left }),
      goOn: raise({ type: 'go' }),
    },
  });
  const context = { said: [], left: 1, right: 2 };
  const ended = { initial: 'end', states: { end: { type: 'final' } } } as const;

  it.each([
    [
      'a history state without a default that nothing is remembered for begins as its parent does',
      small.createMachine({
        context,
        initial: 'out',
        states: {
          out: { on: { go: 'in.before' } },
          in: {
            initial: { target: 'first', actions: said('begins') },
            states: { first: { entry: said('first') }, before: { type: 'history' } },
          },
        },
      }),
    ],
    [
      'the longest wildcard is asked first',
      small.createMachine({
        context,
        on: { '*': { actions: said('any') }, 'go.*': { actions: said('some') } },
      }),
    ],
    [
      'a transition without an event that changes nothing is not taken again',
      small.createMachine({
        context,
        initial: 'here',
        states: {
          here: { on: { go: 'there', 'go.far': 'there' } },
          there: { always: { guard: 'isNew', actions: 'goOn' }, on: { go: { actions: said('gone') } } },
        },
      }),
    ],
    [
      'regions that end together end their parent once',
      small.createMachine({
        context,
        initial: 'here',
        states: {
          here: { on: { go: 'both' } },
          both: { type: 'parallel', states: { a: ended, b: ended }, onDone: { actions: said('done') } },
        },
      }),
    ],
    [
      'members are assigned from the context of before',
      small.createMachine({ context, on: { go: { actions: 'swap' } } }),
    ],
  ] as [string, AnyStateMachine][])('know that %s', (_, machine) => {
    const lifecycle = defineLifecycle({ id: 'small', version: 1, machine });
    const told = ({ snapshot, requests }: Step) => ({ ...toStored(snapshot), requests });
    let { snapshot } = startStep(lifecycle, {}, 0);
    const before = told({ snapshot, requests: [] });
    for (const type of ['go.far', 'go', 'back']) {
      const oracle = told(checkedStep(lifecycle, snapshot, { type }, 1));
      eventStep(lifecycle, snapshot, { type }, 1);
      const step = eventStep(lifecycle, snapshot, { type }, 1);
      expect(step).toHaveProperty('unproven', []);
      expect(told(step)).toEqual(oracle);
      ({ snapshot } = step);
    }
    expect(told({ snapshot, requests: [] })).not.toEqual(before);
  });

  it('ask XState for nothing where no state knows an event: it would keep each type that it is asked for', () => {
    const machine = small.createMachine({ context, on: { go: { actions: 'swap' } } });
    const lifecycle = defineLifecycle({ id: 'small', version: 1, machine });
    const { snapshot } = startStep(lifecycle, {}, 0);
    const asked: string[] = [];
    const ask = machine.getTransitionData.bind(machine);
    machine.getTransitionData = (from, event) => {
      asked.push(event.type);
      return ask(from, event);
    };
    for (const type of ['no.such', 'go', 'no.other']) isTaken(snapshot, { type }, 1);
    expect(asked).toEqual(['go']);
  });

  it('are given up for a machine whose guards are not pure', () => {
    let isOpen = false;
    const machine = setup({
      types: { events: {} as { type: 'next'; at: number } },
      guards: { changesItsMind: () => (isOpen = !isOpen) },
    }).createMachine({ initial: 'here', states: { here: { on: { next: { guard: 'changesItsMind' } } } } });
    const lifecycle = defineLifecycle({ id: 'wavers', version: 1, machine });
    eventStep(lifecycle, startStep(lifecycle, {}, 0).snapshot, { type: 'next' }, 1);
    expect(isLeftToXState(lifecycle)).toBe(true);
  });

  it('are given up for a machine that is not pure, and XState goes on', () => {
    let calls = 0;
    const machine = setup({
      types: { context: {} as { number: number }, events: {} as { type: 'next'; at: number } },
      actions: { draw: assign({ number: () => ++calls }) },
    }).createMachine({
      context: { number: 0 },
      initial: 'here',
      states: { here: { on: { next: { actions: 'draw' } } } },
    });
    const lifecycle = defineLifecycle({ id: 'draws', version: 1, machine });
    const first = startStep(lifecycle, {}, 0);
    expect(isLeftToXState(lifecycle)).toBe(false);
    const next = eventStep(lifecycle, first.snapshot, { type: 'next' }, 1);
    expect(isLeftToXState(lifecycle)).toBe(true);
    // The plan had drawn 1, XState then 2: what stands is XState's.
    expect(next.snapshot.context).toEqual({ number: 2 });
    expect(eventStep(lifecycle, next.snapshot, { type: 'next' }, 2).snapshot.context).toEqual({ number: 3 });
  });

  it('are not taken by whoever checks them', () => {
    const asked: number[] = [];
    const machine = setup({
      types: { events: {} as { type: 'next'; at: number } },
      guards: { isLooked: () => asked.push(asked.length) > 0 },
    }).createMachine({ initial: 'here', states: { here: { on: { next: { guard: 'isLooked' } } } } });
    const lifecycle = defineLifecycle({ id: 'looks', version: 1, machine });
    const { snapshot } = startStep(lifecycle, {}, 0);
    const count = (step: () => unknown): number => {
      const before = asked.length;
      step();
      return asked.length - before;
    };
    // The plan, the selection held against XState's, and XState's step; then the plan alone.
    expect(count(() => eventStep(lifecycle, snapshot, { type: 'next' }, 1))).toBe(3);
    expect(count(() => eventStep(lifecycle, snapshot, { type: 'next' }, 1))).toBe(1);
    expect(count(() => checkedStep(lifecycle, snapshot, { type: 'next' }, 1))).toBe(1);
    expect(eventStep(lifecycle, snapshot, { type: 'next' }, 1)).toHaveProperty('unproven', []);
    expect(checkedStep(lifecycle, snapshot, { type: 'next' }, 1)).not.toHaveProperty('unproven');
  });
});
