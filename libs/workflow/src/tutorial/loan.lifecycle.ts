import {
  defineLifecycle,
  effect,
  sendToInstance,
  startInstance,
  until,
  type Instant,
} from '@dondoc/workflow';
import { assign, setup } from 'xstate';
import { z } from 'zod';

const DAY = 24 * 60 * 60 * 1000;

interface Loan {
  reader: string;
  book: string;
  dueAt: Instant;
  renewals: number;
}

const loanSetup = setup({
  types: {
    input: {} as { reader: string; book: string; dueAt: Instant },
    context: {} as Loan,
    events: {} as
      | { type: 'renew'; at: Instant; dueAt: Instant }
      | { type: 'return'; at: Instant }
      | { type: 'fine-paid'; at: Instant },
  },
  guards: {
    mayRenew: ({ context }) => context.renewals < 2,
  },
  delays: {
    reminder: until(({ context }: { context: Loan }) => context.dueAt - 2 * DAY),
    due: until(({ context }: { context: Loan }) => context.dueAt),
    grace: 7 * DAY,
  },
  actions: {
    renew: assign(({ context, event }) =>
      event.type === 'renew' ? { dueAt: event.dueAt, renewals: context.renewals + 1 } : {},
    ),
    writeToReader: effect(({ context }: { context: Loan }, params: { letter: string }) => ({
      to: context.reader,
      letter: params.letter,
      book: context.book,
    })),
    startFine: startInstance(({ context }: { context: Loan }) => ({
      lifecycle: 'fine',
      key: 'fine',
      input: { reader: context.reader, amount: 5 },
    })),
  },
});

const loanMachine = loanSetup.createMachine({
  id: 'loan',
  context: ({ input }) => ({ ...input, renewals: 0 }),
  initial: 'borrowed',
  states: {
    borrowed: {
      initial: 'reading',
      on: {
        renew: { guard: 'mayRenew', target: 'borrowed', reenter: true, actions: 'renew' },
        return: 'returned',
      },
      after: { due: 'overdue' },
      states: {
        reading: { after: { reminder: 'reminded' } },
        reminded: { entry: { type: 'writeToReader', params: { letter: 'reminder' } } },
      },
    },
    overdue: {
      entry: { type: 'writeToReader', params: { letter: 'overdue' } },
      on: { return: 'returned' },
      after: { grace: 'fined' },
    },
    fined: {
      type: 'parallel',
      states: {
        book: { initial: 'out', states: { out: { on: { return: 'back' } }, back: { type: 'final' } } },
        fine: {
          initial: 'open',
          states: { open: { entry: 'startFine', on: { 'fine-paid': 'paid' } }, paid: { type: 'final' } },
        },
      },
      onDone: 'returned',
    },
    returned: { type: 'final' },
  },
});

export const loan = defineLifecycle({
  id: 'loan',
  version: 1,
  machine: loanMachine,
  refusals: {
    mayRenew: {
      code: 'renewed-twice-already',
      vi: 'Sách đã được gia hạn hai lần.',
      en: 'The book has been renewed twice already.',
    },
  },
  events: {
    renew: { label: { vi: 'Gia hạn', en: 'Renew' }, payload: z.object({ dueAt: z.number().int() }) },
    return: { label: { vi: 'Trả sách', en: 'Return' } },
  },
  timers: { due: { vi: 'Hạn trả', en: 'Due' } },
});

export const fine = defineLifecycle({
  id: 'fine',
  version: 1,
  machine: setup({
    types: {
      input: {} as { loan: string; reader: string; amount: number },
      context: {} as { loan: string; reader: string; amount: number },
      events: {} as { type: 'pay'; at: Instant },
    },
    actions: {
      tellLoan: sendToInstance(({ context }: { context: { loan: string } }) => ({
        instance: context.loan,
        event: { type: 'fine-paid' },
      })),
    },
  }).createMachine({
    id: 'fine',
    context: ({ input }) => input,
    initial: 'open',
    states: {
      open: { on: { pay: 'paid' } },
      paid: { type: 'final', entry: 'tellLoan' },
    },
  }),
});

/** A machine looks nothing up: a fine is told here which loan it belongs to. */
export const hooks = {
  prepareStart: {
    fine: ({ input, from }: { input: Record<string, unknown>; from: { id: string } }) =>
      Promise.resolve({ loan: from.id, reader: String(input['reader']), amount: Number(input['amount']) }),
  },
};
