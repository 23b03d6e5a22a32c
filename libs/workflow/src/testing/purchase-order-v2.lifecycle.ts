import { assign, setup } from 'xstate';
import { effect, startInstance } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';
import { defineMigration, keepTimers } from '../lifecycle/migration';
import { purchaseOrder } from './purchase-order.lifecycle';

/** The next version of the order: it waits in a state of another name, and knows by which channel the order came. */
export const purchaseOrderV2 = defineLifecycle({
  id: 'purchase-order',
  version: 2,
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
        channel: 'paper' | 'portal';
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
    context: ({ input }) => ({
      ...input,
      nudged: 0,
      approver: null,
      settled: false,
      channel: 'portal' as const,
    }),
    initial: 'open',
    states: {
      open: {
        type: 'parallel',
        states: {
          decision: {
            initial: 'undecided',
            states: {
              undecided: {
                on: {
                  approve: {
                    guard: 'approverIsNotBuyer',
                    target: '#order.approved',
                    actions: 'keepApprover',
                  },
                  reject: '#order.rejected',
                  postpone: { target: 'undecided', reenter: true, actions: 'keepAnswerBy' },
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

interface OpenRegions {
  readonly open: { readonly decision: string; readonly nudging: string };
}

export const purchaseOrderTo2 = defineMigration({
  from: purchaseOrder,
  to: purchaseOrderV2,
  migrate: ({ value, context, timers }) => {
    const regions =
      typeof value === 'object' && 'open' in value ? (value as unknown as OpenRegions).open : null;
    const decision = regions?.decision === 'waiting' ? 'undecided' : regions?.decision;
    return {
      value: regions && decision !== undefined ? { open: { ...regions, decision } } : value,
      context: { ...context, channel: 'paper' as const },
      timers: keepTimers(timers, (id) =>
        id.replace('order.open.decision.waiting', 'order.open.decision.undecided'),
      ),
    };
  },
});
