import { assign, setup } from 'xstate';
import { defineLifecycle, effect, until } from '@dondoc/workflow';

/** The sample lifecycle of the benchmarks: a parallel machine with a ladder of reminders, as real ones have. */
export const order = defineLifecycle({
  id: 'bench-order',
  version: 1,
  machine: setup({
    types: {
      input: {} as { owner: string; dueAt: number; rungs: readonly number[] },
      context: {} as {
        owner: string;
        dueAt: number;
        rungs: readonly number[];
        sent: number;
        touched: number;
      },
      events: {} as { type: 'touch'; at: number; note: string } | { type: 'finish'; at: number },
    },
    guards: { hasRung: ({ context }) => context.sent < context.rungs.length },
    delays: {
      idle: until(({ context }: { context: { dueAt: number } }) => context.dueAt),
      due: until(({ context }: { context: { dueAt: number } }) => context.dueAt),
      rung: until(
        ({ context }: { context: { rungs: readonly number[]; sent: number } }) => context.rungs[context.sent],
      ),
    },
    actions: {
      countTouch: assign({ touched: ({ context }) => context.touched + 1 }),
      countRung: assign({ sent: ({ context }) => context.sent + 1 }),
      remind: effect(({ context }: { context: { owner: string; sent: number } }) => ({
        to: context.owner,
        rung: context.sent,
      })),
    },
  }).createMachine({
    id: 'order',
    context: ({ input }) => ({ ...input, sent: 0, touched: 0 }),
    initial: 'open',
    states: {
      open: {
        type: 'parallel',
        states: {
          work: {
            initial: 'waiting',
            states: {
              waiting: { on: { touch: { target: 'underway', actions: ['countTouch', 'remind'] } } },
              underway: {
                on: {
                  touch: { target: 'waiting', actions: ['countTouch', 'remind'] },
                  finish: '#order.done',
                },
                // So that each touch sets a timer or cancels one, as the limit writes one each time.
                after: { idle: 'waiting' },
              },
            },
          },
          time: { initial: 'within', states: { within: { after: { due: 'overdue' } }, overdue: {} } },
          ladder: {
            initial: 'deciding',
            states: {
              deciding: { always: [{ guard: 'hasRung', target: 'waiting' }, { target: 'climbed' }] },
              waiting: { after: { rung: { target: 'deciding', actions: ['remind', 'countRung'] } } },
              climbed: {},
            },
          },
        },
      },
      done: { type: 'final' },
    },
  }),
});
