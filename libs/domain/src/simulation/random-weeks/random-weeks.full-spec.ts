import fc from 'fast-check';
import { brokenIn, invariantNames, judgeWeek } from './judge-week';
import { kindsIn } from './kinds';
import { calendars } from './offices';
import { randomWeeks } from './random-week';

const WEEKS = 1_500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

describe('random weeks of random seeds', () => {
  it('keep every promise', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    say(`random weeks: seed ${seed}, ${WEEKS} weeks`);
    const judged = new Map<string, number>();
    const done = new Map<string, number>();
    const refused = new Map<string, number>();
    const kinds = new Map<string, number>();
    const runs = fc.asyncProperty(randomWeeks({ moments: 60 }), async (week) => {
      const outcome = await judgeWeek(week);
      for (const [name, finding] of outcome.findings)
        judged.set(name, (judged.get(name) ?? 0) + finding.judged);
      const { played } = outcome;
      for (const [kind, count] of Object.entries(kindsIn(played)))
        kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      for (const { act, refused: code } of [...played.acts, ...(played.below?.acts ?? [])]) {
        const [counted, what] = code === null ? ([done, act.act] as const) : ([refused, code] as const);
        counted.set(what, (counted.get(what) ?? 0) + 1);
      }
      expect(brokenIn(outcome)).toEqual({});
    });
    // A week that fails is told with its seed and path; to make it smaller takes long, and is for whoever looks into it.
    await fc.assert(runs, { seed, numRuns: WEEKS, endOnFailure: true });
    for (const name of invariantNames) say(`random weeks: ${name}: ${judged.get(name) ?? 0} judged`);
    for (const [title, counted] of [
      ['done', done],
      ['refused', refused],
      ['happened', kinds],
    ] as const)
      say(`random weeks: ${title}: ${[...counted].map(([what, count]) => `${what} ${count}`).join(', ')}`);
    expect(invariantNames.filter((name) => !judged.get(name))).toEqual([]);
    expect([...kinds].filter(([, count]) => count === 0).map(([kind]) => kind)).toEqual([]);
    for (const { id } of calendars)
      expect([...kinds.keys()]).toEqual(expect.arrayContaining([`calendar ${id}`, `calendar ${id} below`]));
  }, 3_600_000);
});
