import { defineLifecycle, invokedEffect, until, type EffectError, type Instant } from '@dondoc/workflow';
import { assign, setup } from 'xstate';

export interface DispatchInput {
  /** Name of the channel. */
  readonly channel: string;
  /** Id of the person. */
  readonly recipient: string;
  /** Until then whatever else the person is to be told joins it. */
  readonly sendAt: Instant;
  /** Does not wait for working hours. */
  readonly anyHour: boolean;
}

export interface DispatchContext extends DispatchInput {
  /** Next opening of the office, when it was to leave outside working hours. */
  readonly heldUntil: Instant | null;
  /** What the channel said when it took the message. */
  readonly receipt: string | null;
  /** How the last attempt failed. */
  readonly failure: string | null;
}

export type DispatchEvent = { readonly at: Instant; readonly by: string; readonly reason: string } & (
  { readonly type: 'send-again' } | { readonly type: 'drop' }
);

/** `items`: messages that the composed one tells of; 0 when none is worth telling any more. */
export interface Composition {
  readonly items: number;
}

/** What handing over comes to: taken by the channel, or not at this hour. */
export type HandingOver = { readonly receipt: string } | { readonly heldUntil: Instant };

interface Has {
  readonly context: DispatchContext;
}

const outputOf = (event: unknown): unknown => (event as { readonly output: unknown }).output;

/**
 * Lượt gửi: everything that one person is to be told at one moment through one channel, as one message. It is composed and
 * kept before it is handed over, and handed over in working hours unless it is urgent; after the last attempt it waits
 * for an administrator.
 */
export const dispatchLifecycle = defineLifecycle({
  id: 'dispatch',
  version: 1,
  machine: setup({
    types: {
      input: {} as DispatchInput,
      context: {} as DispatchContext,
      events: {} as DispatchEvent,
    },
    actors: {
      composeDispatch: invokedEffect<{ items: number }>(),
      handOverDispatch: invokedEffect<{ receipt: string } | { heldUntil: number }>(),
    },
    guards: {
      hasNothingToTell: ({ event }) => (outputOf(event) as Composition).items === 0,
      isHeld: ({ event }) => 'heldUntil' in (outputOf(event) as HandingOver),
    },
    delays: {
      sendAt: until(({ context }: Has) => context.sendAt),
      opening: until(({ context }: Has) => context.heldUntil),
    },
    actions: {
      keepHold: assign(({ event }) => ({
        heldUntil: (outputOf(event) as { readonly heldUntil: Instant }).heldUntil,
      })),
      keepReceipt: assign(({ event }) => ({
        receipt: (outputOf(event) as { readonly receipt: string }).receipt,
        failure: null,
      })),
      keepFailure: assign(({ event }) => ({
        failure: (event as unknown as { readonly error: EffectError }).error.message,
      })),
    },
  }).createMachine({
    id: 'dispatch',
    context: ({ input }) => ({ ...input, heldUntil: null, receipt: null, failure: null }),
    initial: 'gathering',
    states: {
      gathering: {
        meta: { label: { vi: 'Đang gom', en: 'Gathering' } },
        after: { sendAt: 'composing' },
      },
      composing: {
        meta: { label: { vi: 'Đang soạn', en: 'Composing' } },
        invoke: {
          id: 'compose',
          src: 'composeDispatch',
          onDone: [{ guard: 'hasNothingToTell', target: 'empty' }, { target: 'sending' }],
          onError: { target: 'failed', actions: 'keepFailure' },
        },
      },
      sending: {
        meta: { label: { vi: 'Đang gửi', en: 'Sending' } },
        invoke: {
          id: 'handOver',
          src: 'handOverDispatch',
          onDone: [
            { guard: 'isHeld', target: 'held', actions: 'keepHold' },
            { target: 'sent', actions: 'keepReceipt' },
          ],
          onError: { target: 'failed', actions: 'keepFailure' },
        },
      },
      held: {
        meta: { label: { vi: 'Chờ giờ làm việc', en: 'Held until the office opens' } },
        after: { opening: 'sending' },
      },
      failed: {
        meta: { label: { vi: 'Gửi không được', en: 'Failed' } },
        on: { 'send-again': 'composing', drop: 'dropped' },
      },
      sent: { type: 'final', meta: { label: { vi: 'Đã gửi', en: 'Sent' } } },
      empty: { type: 'final', meta: { label: { vi: 'Không còn gì để gửi', en: 'Nothing left to tell' } } },
      dropped: { type: 'final', meta: { label: { vi: 'Đã bỏ', en: 'Dropped' } } },
    },
  }),
});
