import { defineLifecycle, effect, invokedEffect, until } from '@dondoc/workflow';
import { assign, setup } from 'xstate';

interface Watching {
  readonly instants: readonly [number, number, number];
  readonly touched: number;
}

const bell = (which: 0 | 1 | 2) => until(({ context }: { context: Watching }) => context.instants[which]);

const declared = setup({
  types: {
    input: {} as { instants: readonly [number, number, number] },
    context: {} as Watching,
    events: {} as { type: 'touch'; at: number } | { type: 'report'; at: number },
  },
  actors: { archive: invokedEffect<string>() },
  delays: { first: bell(0), second: bell(1), third: bell(2) },
  actions: {
    countTouch: assign({ touched: ({ context }) => context.touched + 1 }),
    tell: effect(({ context }: { context: Watching }, { bell: which }: { bell: number }) => ({
      bell: which,
      touched: context.touched,
    })),
    tellLoudly: effect((_: { context: Watching }, { bell: which }: { bell: number }) => ({ bell: which })),
  },
});

/**
 * Waits for three instants at the same time and tells each; then it is archived outside. People touch it meanwhile, and a
 * report ends it.
 */
export const bells = defineLifecycle({
  id: 'bells',
  version: 1,
  machine: declared.createMachine({
    id: 'bells',
    context: ({ input }) => ({ ...input, touched: 0 }),
    initial: 'watching',
    states: {
      watching: {
        type: 'parallel',
        on: { touch: { actions: 'countTouch' }, report: 'reported' },
        onDone: 'closing',
        states: {
          first: {
            initial: 'waiting',
            states: {
              waiting: { after: { first: 'rung' } },
              rung: { type: 'final', entry: { type: 'tell', params: { bell: 1 } } },
            },
          },
          second: {
            initial: 'waiting',
            states: {
              waiting: { after: { second: 'rung' } },
              rung: { type: 'final', entry: { type: 'tell', params: { bell: 2 } } },
            },
          },
          third: {
            initial: 'waiting',
            states: {
              waiting: { after: { third: 'rung' } },
              rung: { type: 'final', entry: { type: 'tell', params: { bell: 3 } } },
            },
          },
        },
      },
      closing: { invoke: { src: 'archive', onDone: 'over', onError: 'unarchived' } },
      reported: { type: 'final' },
      over: { type: 'final' },
      unarchived: { type: 'final' },
    },
  }),
});

/** Its next version, which rings one bell after the other and asks for an effect that the first does not know. */
export const louderBells = defineLifecycle({
  id: 'bells',
  version: 2,
  machine: declared.createMachine({
    id: 'bells',
    context: ({ input }) => ({ ...input, touched: 0 }),
    initial: 'first',
    on: { touch: { actions: 'countTouch' }, report: '.reported' },
    states: {
      first: { after: { first: 'second' }, exit: { type: 'tellLoudly', params: { bell: 1 } } },
      second: { after: { second: 'third' }, exit: { type: 'tellLoudly', params: { bell: 2 } } },
      third: { after: { third: 'over' }, exit: { type: 'tell', params: { bell: 3 } } },
      reported: { type: 'final' },
      over: { type: 'final' },
    },
  }),
});
