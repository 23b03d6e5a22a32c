import { isRefusal } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import fc from 'fast-check';
import { begun } from '../directive.updates';
import { type DirectiveContext } from '../directive.types';
import { partDueAt } from '../deadline-plan';
import { orderAfter, planPartDeadline, planPartWithdrawal } from './remote-part-acts';
import { remotePartLifecycle } from './remote-part.lifecycle';
import { beginPart, cascadeFacts, directiveInput, says } from '../../../../../test/samples/part-elsewhere';
import { remotePartState, type RemotePartContext, type RemotePartEventToSend } from './remote-part.types';

const contextOf = ({ after }: Pick<PathMove, 'after'>) => after.context as unknown as RemotePartContext;
const DAY = 86_400_000;
const order = (deadline: number, suspended: string | null = null): RemotePartEventToSend => ({
  type: 'change-order',
  by: 'kt-truong',
  deadline,
  ownDeadline: null,
  suspended,
});

describe('a part that another organization does', () => {
  it('goes every way there is, and waits for the other organization however its news arrive', async () => {
    const input = { ...(await beginPart()).input, directive: 'd1' };
    const { now } = cascadeFacts;
    const events: RemotePartEventToSend[] = [
      order(now + 9 * DAY),
      order(now + 9 * DAY, 'mưa'),
      { type: 'withdraw', by: 'kt-truong', reason: 'thôi' },
      { type: 'not-received', code: 'no-office', vi: 'chưa có', en: 'none' },
      says(1, 'assigned'),
      says(2, 'returned'),
      says(3, 'in-progress', true),
      says(4, 'reported'),
      says(5, 'closed'),
    ];
    const { moves } = await lifecyclePaths(remotePartLifecycle, {
      ...{ input, events, now, receivers: [input.directive] },
      key: ({ value, context }) => {
        const { said, order: wanted } = context as unknown as RemotePartContext;
        return JSON.stringify([value, said?.revision, wanted.suspended !== null, wanted.ended !== null]);
      },
    });
    expect(statesNeverReached(remotePartLifecycle, moves)).toEqual([]);
    expect(eventsNeverMoving(moves)).toEqual([]);
    const broken = moves.filter((move) => {
      const [before, after] = [contextOf({ after: move.before }), contextOf(move)];
      const isOver = ['ended', 'withdrawn'].includes(remotePartState(move.after.value));
      return (
        (after.said?.revision ?? 0) < (before.said?.revision ?? 0) ||
        after.order.number < before.order.number ||
        (remotePartState(move.after.value) === 'withdrawn') !== (after.order.ended !== null) ||
        (move.after.status === 'done') !== isOver
      );
    });
    expect(broken.map(({ event }) => event)).toEqual([]);
  });

  it('is known by the newest news, in whatever order and however often they come', async () => {
    const works = ['assigned', 'in-progress', 'returned', 'reported'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...works)), { minLength: 1 }),
        async (news) => {
          const { test, part } = await beginPart();
          for (const [revision, work] of news)
            await test.send(remotePartLifecycle, part, says(revision, work));
          const { said } = test.record(part).snapshot.context as unknown as RemotePartContext;
          expect(said?.revision).toBe(Math.max(...news.map(([revision]) => revision)));
        },
      ),
      { numRuns: 15, seed: 4 },
    );
  });

  it('keeps its directive open until it has ended there, or was taken back', async () => {
    for (const last of [says(2, 'closed'), planPartWithdrawal({ by: 'kt-truong', reason: 'thôi' })]) {
      if (isRefusal(last)) throw new Error(last.en);
      const { test, directive, part } = await beginPart();
      const open = () => (test.record(directive).snapshot.context as unknown as DirectiveContext).children;
      await test.send(remotePartLifecycle, part, says(1, 'assigned'));
      expect(open()).toEqual([part]);
      await test.send(remotePartLifecycle, part, last);
      expect(open()).toEqual([]);
      expect(test.verify()).toEqual([]);
    }
  });

  it('hears of what happens to its directive, by its own deadline and always before that of the directive', async () => {
    const { input, test, directive } = await beginPart();
    const by = 'chutich';
    const context = begun(directiveInput());
    const plan = { rungs: [], summarized: [] };
    const due = (at: number) => (context.deadline === null ? null : { ...context.deadline, at });
    const moved = (at: number) =>
      orderAfter(
        input,
        { ...{ type: 'parent-moved', by, parentDeadline: at, deadline: due(at), ...plan } },
        cascadeFacts,
      );
    const own = input.ownDeadline ?? 0;
    expect(moved(own + DAY)).toBeNull();
    expect(moved(own)).toMatchObject({ deadline: partDueAt(own, cascadeFacts), ownDeadline: own });
    expect(partDueAt(own, cascadeFacts)).toBeLessThan(own);
    const following = { ...input, ownDeadline: null };
    const extended = due(own + 9 * DAY);
    if (!extended) throw new Error('there is a deadline');
    const extend = {
      type: 'extend',
      by,
      reason: '-',
      onRequest: false,
      deadline: extended,
      ...plan,
    } as const;
    expect(orderAfter(following, extend, cascadeFacts)).toMatchObject({
      deadline: partDueAt(own + 9 * DAY, cascadeFacts),
    });
    expect(orderAfter(input, { type: 'cancel', by, reason: 'thôi' }, cascadeFacts)).toMatchObject({
      type: 'withdraw',
    });
    expect(orderAfter(input, { type: 'accept', by, counted: null }, cascadeFacts)).toBeNull();
    const at = { id: directive, context: test.record(directive).snapshot.context as never };
    const part = { ...input, said: null, receivedAt: null, refused: null };
    expect(planPartDeadline(part, at, { by, deadline: { date: '2026-11-08' } }, cascadeFacts)).toMatchObject({
      code: 'deadline-passed',
      field: 'deadline.date',
    });
  });
});
