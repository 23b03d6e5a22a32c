import { assign, setup, type AnyMachineSnapshot } from 'xstate';
import { defineLifecycle, instantNow } from '../index';
import { booking } from './booking.lifecycle';
import { lifecyclePaths } from './lifecycle-paths';
import { purchaseOrder } from './purchase-order.lifecycle';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 5, 9);

const wayOf = (moves: readonly { readonly event: { readonly type: string } }[]): string =>
  moves.map(({ event }) => event.type.replace('xstate.after.', '⏱ ')).join(' → ');

describe('paths of a lifecycle', () => {
  it('lead to every state, the next timer always first, and are the same in the runtime', async () => {
    const { paths, moves } = await lifecyclePaths(purchaseOrder, {
      input: { buyer: 'an', answerBy: NOW + 3 * DAY, nudges: [NOW + DAY] },
      events: [
        { type: 'approve', by: 'an' },
        { type: 'approve', by: 'binh' },
        { type: 'reject', by: 'binh', reason: 'no need' },
      ],
      now: NOW,
      key: ({ value }) => JSON.stringify(value),
    });
    const ways = paths.map(({ state, moves: way }) => [JSON.stringify(state.value), wayOf(way)]);
    expect(ways).toEqual([
      ['{"open":{"decision":"waiting","nudging":"waiting"}}', ''],
      ['"approved"', 'approve'],
      ['"rejected"', 'reject'],
      ['{"open":{"decision":"waiting","nudging":"rested"}}', '⏱ nudge.order.open.nudging.waiting'],
      [
        '{"open":{"decision":"late","nudging":"rested"}}',
        '⏱ nudge.order.open.nudging.waiting → ⏱ answer.order.open.decision.waiting',
      ],
    ]);
    // The buyer's own approval and an approval that comes late lead nowhere, but are tried.
    expect(moves.filter(({ event }) => event.type === 'approve')).toHaveLength(8);
    expect(moves.filter(({ kind }) => kind === 'timer').map(({ at }) => (at - NOW) / DAY)).toEqual([1, 3]);
  });

  it('leave out what the filter leaves out', async () => {
    const { paths } = await lifecyclePaths(purchaseOrder, {
      input: { buyer: 'an', answerBy: NOW + DAY, nudges: [] },
      events: [{ type: 'reject', by: 'binh', reason: 'no need' }],
      filter: (state, event) => event.type !== 'reject' || state.matches({ open: { decision: 'late' } }),
      now: NOW,
    });
    expect(paths.map(({ moves }) => wayOf(moves))).toEqual([
      '',
      '⏱ answer.order.open.decision.waiting',
      '⏱ answer.order.open.decision.waiting → reject',
    ]);
  });

  it('take every answer that an invoked effect may give, while it is awaited and never after', async () => {
    const { paths, moves } = await lifecyclePaths(booking, {
      input: { card: '4711', payBy: NOW + DAY },
      events: [],
      answers: {
        charge: [{ output: { receipt: 'r1' } }, { error: { name: 'Error', message: 'no', permanent: true } }],
      },
      now: NOW,
      key: ({ value }) => JSON.stringify(value),
    });
    const payment = (state: AnyMachineSnapshot) => (state.value as { payment: string }).payment;
    expect(paths.map(({ state, moves: way }) => [payment(state), wayOf(way)])).toEqual([
      ['charging', ''],
      ['paid', 'xstate.done.actor.charge'],
      ['refused', 'xstate.error.actor.charge'],
      ['left', '⏱ payment.booking.payment.charging'],
    ]);
    const answered = moves.filter(({ kind }) => kind === 'answer');
    expect(answered.map(({ before }) => payment(before))).toEqual(['charging', 'charging']);
  });

  const counting = defineLifecycle({
    id: 'counting',
    version: 1,
    machine: setup({
      types: { context: {} as { count: number; seen: number }, events: {} as { type: 'more'; at: number } },
      actions: {
        count: assign({ count: ({ context }) => context.count + 1 }),
        look: assign({ seen: () => outside++ + instantNow() * 0 }),
      },
      guards: { full: ({ context }) => context.count > 2 },
    }).createMachine({
      id: 'counting',
      context: { count: 0, seen: 0 },
      initial: 'open',
      states: {
        open: {
          on: { more: [{ guard: 'full', target: 'closed' }, { actions: ['count', 'look'] }] },
        },
        closed: { type: 'final' },
      },
    }),
  });
  let outside = 0;

  it('fail when the runtime comes to another state: a machine that looks outside is found out', async () => {
    const asked = lifecyclePaths(counting, {
      input: undefined,
      events: [{ type: 'more' }],
      key: ({ value, context }) => JSON.stringify([value, (context as { count: number }).count]),
    });
    await expect(asked).rejects.toThrow(/counting: after more the runtime is in/);
  });

  it('fail when a path walked twice leads to two places', async () => {
    const asked = lifecyclePaths(counting, { input: undefined, events: [{ type: 'more' }] });
    await expect(asked).rejects.toThrow(/walked again, more leads to/);
  });
});
