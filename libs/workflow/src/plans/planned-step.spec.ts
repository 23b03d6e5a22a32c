import { assign, setup } from 'xstate';
import * as fc from 'fast-check';
import { checkedStep, eventStep, isLeftToXState, startStep } from '../engine/machine-step';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { plannedWalks, walkByPlans } from '../testing/planned-walk';

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
