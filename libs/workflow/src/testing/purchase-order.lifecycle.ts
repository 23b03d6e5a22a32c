import { assign, setup } from 'xstate';
import { effect, sendToInstance, startInstance } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';

/** A lifecycle that has nothing to do with directives, for the tests and benchmarks of the runtime. */
export const purchaseOrder = defineLifecycle({
  id: 'purchase-order',
  version: 1,
  refusals: {
    approverIsNotBuyer: {
      code: 'approver-is-buyer',
      vi: 'Người đặt mua không được tự duyệt đơn của mình.',
      en: 'The buyer may not approve their own order.',
    },
  },
  machine: setup({
    types: {
      input: {} as { buyer: string; answerBy: number; nudges: readonly number[] },
      context: {} as {
        buyer: string;
        answerBy: number;
        nudges: readonly number[];
        nudged: number;
        approver: string | null;
        settled: boolean;
      },
      events: {} as
        | { type: 'approve'; at: number; by: string }
        | { type: 'reject'; at: number; by: string; reason: string }
        | { type: 'postpone'; at: number; answerBy: number }
        | { type: 'delivery-settled'; at: number },
    },
    guards: {
      approverIsNotBuyer: ({ context, event }) => event.type === 'approve' && event.by !== context.buyer,
      hasNudge: ({ context }) => context.nudged < context.nudges.length,
    },
    delays: {
      answer: until(({ context }: { context: { answerBy: number } }) => context.answerBy),
      nudge: until(
        ({ context }: { context: { nudges: readonly number[]; nudged: number } }) =>
          context.nudges[context.nudged] ?? null,
      ),
    },
    actions: {
      keepApprover: assign({ approver: ({ event }) => (event.type === 'approve' ? event.by : null) }),
      keepAnswerBy: assign({
        answerBy: ({ context, event }) => (event.type === 'postpone' ? event.answerBy : context.answerBy),
      }),
      countNudge: assign({ nudged: ({ context }) => context.nudged + 1 }),
      markSettled: assign({ settled: true }),
      tellBuyer: effect(({ context }: { context: { buyer: string; nudged: number } }) => ({
        to: context.buyer,
        nudge: context.nudged,
      })),
      startDelivery: startInstance(({ context }: { context: { buyer: string } }) => ({
        lifecycle: 'delivery',
        key: 'delivery',
        input: { for: context.buyer },
      })),
    },
  }).createMachine({
    id: 'order',
    context: ({ input }) => ({ ...input, nudged: 0, approver: null, settled: false }),
    initial: 'open',
    states: {
      open: {
        type: 'parallel',
        states: {
          decision: {
            initial: 'waiting',
            states: {
              waiting: {
                on: {
                  approve: {
                    guard: 'approverIsNotBuyer',
                    target: '#order.approved',
                    actions: 'keepApprover',
                  },
                  reject: '#order.rejected',
                  postpone: { target: 'waiting', reenter: true, actions: 'keepAnswerBy' },
                },
                after: { answer: 'late' },
              },
              late: { entry: 'tellBuyer', on: { reject: '#order.rejected' } },
            },
          },
          nudging: {
            initial: 'deciding',
            states: {
              deciding: { always: [{ guard: 'hasNudge', target: 'waiting' }, { target: 'rested' }] },
              waiting: { after: { nudge: { target: 'deciding', actions: ['tellBuyer', 'countNudge'] } } },
              rested: {},
            },
          },
        },
      },
      approved: {
        entry: 'startDelivery',
        on: { 'delivery-settled': { target: 'closed', actions: 'markSettled' } },
      },
      closed: { type: 'final' },
      rejected: { type: 'final' },
    },
  }),
});

/** Started by an approved order in the same transaction; tells the order when it is settled. */
export const delivery = defineLifecycle({
  id: 'delivery',
  version: 1,
  machine: setup({
    types: {
      input: {} as { for: string; order: string },
      context: {} as { for: string; order: string },
      events: {} as { type: 'settle'; at: number },
    },
    actions: {
      tellOrder: sendToInstance(({ context }: { context: { order: string } }) => ({
        instance: context.order,
        event: { type: 'delivery-settled' },
      })),
    },
  }).createMachine({
    id: 'delivery',
    context: ({ input }) => input,
    initial: 'underway',
    states: {
      underway: { on: { settle: 'settled' } },
      settled: { type: 'final', entry: 'tellOrder' },
    },
  }),
});
