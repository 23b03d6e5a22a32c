import { isRefusal } from '@dondoc/workflow';
import { lifecyclePaths, TestRuntime } from '@dondoc/workflow/testing';
import { fine, hooks, loan } from './loan.lifecycle';

const DAY = 24 * 60 * 60 * 1000;

function library(): TestRuntime {
  return new TestRuntime({ lifecycles: [loan, fine], hooks });
}

const borrow = (test: TestRuntime): Promise<string> =>
  test.start(loan, { reader: 'an', book: 'Truyện Kiều', dueAt: test.now + 30 * DAY });

const renewalsIn = (context: unknown): number => (context as { renewals: number }).renewals;

describe('a loan', () => {
  it('reminds two days before it is due, and is overdue when it is', async () => {
    const test = library();
    const id = await borrow(test);
    const begun = test.now;

    const fired = await test.advance(30 * DAY);

    expect(fired.map(({ at, to }) => [(at - begun) / DAY, to])).toEqual([
      [28, { borrowed: 'reminded' }],
      [30, 'overdue'],
    ]);
    expect(test.delivered.map(({ payload }) => payload['letter'])).toEqual(['reminder', 'overdue']);
    expect(test.timers(id).map(({ id: timer }) => timer)).toEqual(['xstate.after.grace.loan.overdue']);
  });

  it('is renewed twice and no more, with the reason why', async () => {
    const test = library();
    const id = await borrow(test);
    const renew = () => test.send(loan, id, { type: 'renew', dueAt: test.now + 30 * DAY });

    await renew();
    await test.advance(29 * DAY);
    expect(test.state(id)).toEqual({ borrowed: 'reminded' });
    await renew();
    expect(test.state(id)).toEqual({ borrowed: 'reading' });

    const third = await renew();
    expect(isRefusal(third) && third).toMatchObject({
      code: 'renewed-twice-already',
      en: 'The book has been renewed twice already.',
      allowed: ['renew', 'return'],
    });
  });

  it('can be asked what can be done with it, and what happens if nobody does anything', async () => {
    const test = library();
    const id = await borrow(test);

    const can = await test.memory.whatCan(test.organization, id, { kind: 'person', id: 'an' });
    if (isRefusal(can)) throw new Error(can.en);
    expect(can.events.map(({ type, outlook }) => [type, outlook])).toEqual([
      ['renew', 'possible'],
      ['return', 'possible'],
    ]);

    const explanation = await test.memory.explain(test.organization, id);
    if (isRefusal(explanation)) throw new Error(explanation.en);
    expect(explanation.ahead.map(({ state }) => state)).toEqual([
      { borrowed: 'reminded' },
      'overdue',
      { fined: { book: 'out', fine: 'open' } },
    ]);
  });

  it('that is not returned in time is fined, and ends when book and fine are settled', async () => {
    const test = library();
    const id = await borrow(test);
    for (const state of [{ borrowed: 'reminded' }, 'overdue', { fined: { book: 'out', fine: 'open' } }]) {
      await test.advanceTo('next timer');
      expect(test.state(id)).toEqual(state);
    }

    const [started] = test.instances(fine);
    expect(started?.snapshot.context).toEqual({ loan: id, reader: 'an', amount: 5 });
    await test.send(fine, started?.id ?? '', { type: 'pay' });
    expect(test.state(id)).toEqual({ fined: { book: 'out', fine: 'paid' } });
    await test.send(loan, id, { type: 'return' });

    expect(test.record(id)).toMatchObject({ status: 'done', snapshot: { value: 'returned' } });
    expect(test.timers(id)).toEqual([]);
    expect(test.verify()).toEqual([]);
  });

  it('comes to an end on every path', async () => {
    const now = Date.UTC(2026, 0, 5, 9);
    const { paths, moves } = await lifecyclePaths(loan, {
      now,
      input: { reader: 'an', book: 'Truyện Kiều', dueAt: now + 30 * DAY },
      events: [{ type: 'renew', dueAt: now + 60 * DAY }, { type: 'return' }, { type: 'fine-paid' }],
      key: ({ value, context }) => JSON.stringify([value, renewalsIn(context)]),
    });
    expect(paths.filter(({ state }) => state.status === 'done').length).toBeGreaterThan(0);
    const renewals = moves.map(({ after }) => renewalsIn(after.context));
    expect(Math.max(...renewals)).toBe(2);
  });
});
