import { assign, setup } from 'xstate';
import { effect } from '../lifecycle/durable-actions';
import { type EffectError } from '../lifecycle/effect-failure';
import { invokedEffect } from '../lifecycle/invoked-effect';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { until } from '../lifecycle/macrostep-instant';

/**
 * A booking that charges a card (with an answer for a failure), reserves a room (without one), and tells the guest:
 * for the tests of effects.
 */
export const booking = defineLifecycle({
  id: 'booking',
  version: 1,
  machine: setup({
    types: {
      input: {} as { card: string; payBy: number },
      context: {} as {
        card: string;
        payBy: number;
        receipts: readonly string[];
        failure: EffectError | null;
        room: string | null;
      },
      events: {} as
        | { type: 'pay'; at: number; card: string }
        | { type: 'give-up'; at: number }
        | { type: 'reserve'; at: number }
        | { type: 'tell'; at: number },
    },
    actors: {
      chargeCard: invokedEffect<{ receipt: string }, { card: string }>(),
      reserveRoom: invokedEffect<string, { card: string }>(),
    },
    delays: { payment: until(({ context }: { context: { payBy: number } }) => context.payBy) },
    actions: {
      keepCard: assign({ card: ({ context, event }) => (event.type === 'pay' ? event.card : context.card) }),
      answered: assign(({ context, event }) => {
        const { output, error, actorId } = event as unknown as {
          output?: string | { receipt: string };
          error?: EffectError;
          actorId: string;
        };
        if (error) return { failure: error };
        if (actorId === 'charge')
          return { receipts: [...context.receipts, (output as { receipt: string }).receipt] };
        return { room: output as string };
      }),
      tellGuest: effect(({ context }: { context: { card: string } }) => ({ card: context.card })),
    },
  }).createMachine({
    id: 'booking',
    context: ({ input }) => ({ ...input, receipts: [], failure: null, room: null }),
    type: 'parallel',
    states: {
      payment: {
        initial: 'charging',
        states: {
          charging: {
            invoke: {
              id: 'charge',
              src: 'chargeCard',
              input: ({ context }) => ({ card: context.card }),
              onDone: { target: 'paid', actions: 'answered' },
              onError: { target: 'refused', actions: 'answered' },
            },
            on: { pay: { target: 'charging', reenter: true, actions: 'keepCard' }, 'give-up': 'left' },
            after: { payment: 'left' },
          },
          paid: {},
          refused: { on: { pay: { target: 'charging', actions: 'keepCard' } } },
          left: { on: { pay: { target: 'charging', actions: 'keepCard' } } },
        },
      },
      room: {
        initial: 'none',
        states: {
          none: { on: { reserve: 'reserving' } },
          reserving: {
            invoke: {
              id: 'reserve',
              src: 'reserveRoom',
              input: ({ context }) => ({ card: context.card }),
              onDone: { target: 'reserved', actions: 'answered' },
            },
          },
          reserved: {},
        },
      },
      guest: { on: { tell: { actions: 'tellGuest' } } },
    },
  }),
});
