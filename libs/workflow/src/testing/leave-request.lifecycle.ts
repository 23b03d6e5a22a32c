import { assign, not, setup } from 'xstate';
import { z } from 'zod';
import { effect } from '../lifecycle/durable-actions';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';

const DAY = 86_400_000;

/** A lifecycle that says everything of itself that one can: labels, payloads, who is waited for. For tests. */
export const leaveRequest = defineLifecycle({
  id: 'leave-request',
  version: 1,
  refusals: {
    isAnother: {
      code: 'own-request',
      vi: 'Không được tự duyệt đơn của mình.',
      en: 'Nobody decides on their own request.',
    },
    wasNeverReturned: {
      code: 'returned-already',
      vi: 'Đơn đã được trả lại một lần.',
      en: 'The request has been returned once.',
    },
    hasDaysLeft: {
      code: 'too-many-days',
      vi: 'Không còn đủ ngày phép.',
      en: 'There are not enough days left.',
    },
  },
  events: {
    approve: {
      label: { vi: 'Duyệt', en: 'Approve' },
      payload: z.object({ by: z.string().min(1) }),
    },
    lengthen: {
      label: { vi: 'Xin thêm ngày', en: 'Ask for more days' },
      payload: z.object({ days: z.number().int().min(1), note: z.string().default('') }),
    },
    withdraw: { label: { vi: 'Rút đơn', en: 'Withdraw' } },
  },
  timers: { answer: { vi: 'Hạn trả lời', en: 'Answer due' } },
  machine: setup({
    types: {
      input: {} as { employee: string; answerBy: number },
      context: {} as { employee: string; answerBy: number; days: number; wasReturned: boolean; note: string },
      events: {} as
        | { type: 'approve'; at: number; by: string }
        | { type: 'lengthen'; at: number; days: number; note: string }
        | { type: 'return'; at: number }
        | { type: 'resume'; at: number }
        | { type: 'withdraw'; at: number },
    },
    guards: {
      isAnother: ({ context, event }) => event.type === 'approve' && event.by !== context.employee,
      hasDaysLeft: ({ context, event }) => event.type === 'lengthen' && context.days + event.days <= 10,
      wasReturned: ({ context }) => context.wasReturned,
      wasNeverReturned: not('wasReturned'),
    },
    delays: {
      answer: until(({ context }: { context: { answerBy: number } }) => context.answerBy),
      twoDays: 2 * DAY,
    },
    actions: {
      addDays: assign(({ context, event }) =>
        event.type === 'lengthen' ? { days: context.days + event.days, note: event.note } : {},
      ),
      markReturned: assign({ wasReturned: true }),
      tellHead: effect(({ context }: { context: { employee: string } }) => ({ of: context.employee })),
    },
  }).createMachine({
    id: 'leave',
    context: ({ input }) => ({ ...input, days: 1, wasReturned: false, note: '' }),
    initial: 'open',
    states: {
      open: {
        tags: ['open'],
        initial: 'waiting',
        on: {
          approve: { guard: 'isAnother', target: 'approved' },
          lengthen: { guard: 'hasDaysLeft', actions: 'addDays' },
          withdraw: 'withdrawn',
        },
        states: {
          waiting: {
            meta: { waitsFor: 'manager' },
            on: { return: { guard: 'wasNeverReturned', target: 'returned', actions: 'markReturned' } },
            after: { answer: 'escalated' },
          },
          returned: {
            meta: { waitsFor: 'employee' },
            // What is with the employee cannot be approved.
            on: { approve: {}, resume: 'waiting' },
          },
          escalated: {
            entry: 'tellHead',
            meta: { waitsFor: ['manager', 'head'] },
            after: { twoDays: '#leave.lapsed' },
          },
        },
      },
      approved: { type: 'final' },
      withdrawn: { type: 'final' },
      lapsed: { type: 'final' },
    },
  }),
});
