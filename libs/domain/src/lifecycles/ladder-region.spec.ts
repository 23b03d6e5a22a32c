import * as fc from 'fast-check';
import { type PlannedRung } from '../working-rules/climb';
import { freshLadder, passRung, replanned, type LadderProgress } from './ladder-region';

const ids = ['t-5', 't-1', 't0', 't+1', 't+3', 't+7'];

/** Plans for one deadline: some of its rungs, in order, some of them standing for others. */
const plan = fc.shuffledSubarray(ids).chain((chosen) =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }).map((sizes) => {
    const rungs: PlannedRung[] = [];
    const left = [...chosen];
    for (const size of sizes) {
      const together = left.splice(0, size);
      const id = together.pop();
      if (id !== undefined)
        rungs.push({ id, at: rungs.length, kind: 'remind', to: [], article: 'Điều 1', collapsed: together });
    }
    return rungs;
  }),
);

const steps = fc.array(fc.oneof(fc.constant('pass' as const), plan), { maxLength: 30 });

describe('a ladder for one deadline', () => {
  it('sends each rung once, and never what one before it stood for, however often it is planned again', () => {
    fc.assert(
      fc.property(plan, steps, (first, taken) => {
        let ladder: LadderProgress = freshLadder(first);
        const told: string[] = [];
        for (const step of taken) {
          const [next] = ladder.rungs;
          if (step === 'pass' && next) told.push(...next.collapsed, next.id);
          ladder = step === 'pass' ? passRung(ladder) : replanned(ladder, step);
        }
        expect(told).toEqual([...new Set(told)]);
        expect([...ladder.sent].sort()).toEqual([...told].sort());
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('begins anew for another deadline', () => {
    const rung: PlannedRung = { id: 't-1', at: 1, kind: 'remind', to: [], article: 'Điều 1', collapsed: [] };
    const passed = passRung(freshLadder([rung]));
    expect(replanned(passed, [rung]).rungs).toEqual([]);
    expect(freshLadder([rung])).toEqual({ rungs: [rung], sent: [], replanned: true });
  });
});
