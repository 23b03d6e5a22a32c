import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import * as fc from 'fast-check';
import { stepAt } from '../lifecycle/macrostep-instant';
import { purchaseOrder } from '../testing/purchase-order.lifecycle';
import { eventStep, startStep } from './machine-step';
import { LifecycleFault } from './step-requests';
import { fromStored, toStored } from './stored-snapshot';
import { type StoredEvent } from './records';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';
import { setup } from 'xstate';

const BEGIN = Date.UTC(2026, 0, 5);

const event = fc.oneof(
  fc.record({ type: fc.constant('approve'), by: fc.constantFrom('an', 'binh') }),
  fc.record({ type: fc.constant('reject'), by: fc.constant('binh'), reason: fc.string() }),
  fc.record({ type: fc.constant('postpone'), answerBy: fc.integer({ min: BEGIN, max: BEGIN + 1e9 }) }),
  fc.record({
    type: fc.constantFrom(
      'xstate.after.answer.order.open.decision.waiting',
      'xstate.after.nudge.order.open.nudging.waiting',
    ),
  }),
  fc.record({ type: fc.constant('delivery-settled') }),
) as fc.Arbitrary<StoredEvent>;

describe('one macrostep', () => {
  it("is what xstate's own transition() gives, also from the stored snapshot", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: 1e6 })), { maxLength: 12 }),
        fc.array(fc.integer({ min: BEGIN, max: BEGIN + 1e8 }), { maxLength: 3 }),
        (steps, nudges) => {
          const input = { buyer: 'an', answerBy: BEGIN + 1e7, nudges };
          const [first] = stepAt(BEGIN, () => initialTransition(purchaseOrder.machine, input));
          let oracle = first as AnyMachineSnapshot;
          let stored = toStored(startStep(purchaseOrder, input, BEGIN).snapshot);
          expect(stored).toEqual(toStored(oracle));
          let at = BEGIN;
          for (const [what, pause] of steps) {
            if (oracle.status !== 'active') break;
            at += pause;
            const [next, actions] = stepAt(at, () =>
              transition(purchaseOrder.machine, oracle as never, { ...what, at } as never),
            );
            const step = eventStep(
              purchaseOrder,
              fromStored(purchaseOrder.machine, JSON.parse(JSON.stringify(stored)) as typeof stored),
              what,
              at,
            );
            oracle = next as AnyMachineSnapshot;
            stored = toStored(step.snapshot);
            expect(stored).toEqual(toStored(oracle));
            expect(
              step.requests.filter(({ kind }) => kind === 'set-timer' || kind === 'cancel-timer'),
            ).toHaveLength(
              actions.filter((action) => {
                const { type, params } = action as { type: string; params?: unknown };
                const delay = (params as { delay?: number } | undefined)?.delay;
                return type === 'xstate.cancel' || (type === 'xstate.raise' && delay !== undefined);
              }).length,
            );
          }
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  it('refuses a delay that is not a number, and takes a negative one as due at once', () => {
    const withDelay = (dueAt: number | null) =>
      defineLifecycle({
        id: 'delayed',
        version: 1,
        machine: setup({ delays: { due: until(() => dueAt) } }).createMachine({
          id: 'delayed',
          initial: 'waiting',
          states: { waiting: { after: { due: 'over' } }, over: {} },
        }),
      });
    expect(() => startStep(withDelay(null), {}, BEGIN)).toThrow(LifecycleFault);
    expect(startStep(withDelay(BEGIN - 5_000), {}, BEGIN).requests).toEqual([
      expect.objectContaining({ kind: 'set-timer', dueAt: BEGIN }),
    ]);
  });
});
