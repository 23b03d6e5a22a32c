import fc from 'fast-check';
import { defaultWorkingRules, sampleOffice } from '../../sample/sample-files';
import { addDays } from '../../working-time/civil-date';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { readPayload } from '../../lifecycles/message-payload';
import { offsetFrom } from '../../working-rules/rule-instants';
import { ladderFor } from '../../working-rules/working-rules';
import { instantOfLocal } from '../scenario';
import { SimulatedOffice } from '../simulated-office';
import { brokenIn, invariantNames, judgeWeek } from './judge-week';
import { lateEntries, type LateEntry } from './late-entry';
import { playAgain, playWeek, type PlayedAct } from './played-week';
import { FIRST_DAY, randomWeeks } from './random-week';

const SEED = 20_261_103;
/** So seldom that a few weeks may do without; the full run does not. */
const rare = [
  'the time that was left',
  'stopped by its own people, it goes on by their word',
  'a part due before its whole',
  'above and below agree in the end',
];
const office = sampleOffice().directory;
const rules = defaultWorkingRules();
const START = instantOfLocal(`${FIRST_DAY} 08:00`, sampleCalendar.zone);

describe('random weeks of an office', () => {
  it('keep every promise, each of which is put to the test', async () => {
    const judged = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(randomWeeks({ moments: 45 }), async (week) => {
        const outcome = await judgeWeek(week);
        for (const [name, finding] of outcome.findings)
          judged.set(name, (judged.get(name) ?? 0) + finding.judged);
        expect(brokenIn(outcome)).toEqual({});
      }),
      { seed: SEED, numRuns: 14 },
    );
    expect(invariantNames.filter((name) => !judged.get(name) && !rare.includes(name))).toEqual([]);
  });

  it('go the same way when the worker was asleep whenever somebody acted', async () => {
    // Nobody answers what a sleeping worker has not raised or asked for.
    const waits = [
      'acknowledge',
      'decide',
      'give-standing',
      'report-period',
      'accept-period',
      'send-back-period',
    ];
    await fc.assert(
      fc.asyncProperty(randomWeeks({ moments: 25 }), async (any) => {
        // Letters to the office below leave when the worker works: what they bring about comes later.
        const week = { ...any, given: any.given.map((one) => ({ ...one, handedOn: null })) };
        const { acts } = await playWeek(week, () => undefined);
        const goesByLetter = ({ where, act }: PlayedAct): boolean =>
          where === 'below' || (act.act === 'hand-on' && act.parts.some(({ lead }) => lead.includes('DVTT')));
        const steps = acts.map((one) => ({
          ...one,
          act: waits.includes(one.act.act) || goesByLetter(one) ? null : one.act,
        }));
        const [awake, asleep] = [
          await playAgain(week, steps, 'awake'),
          await playAgain(week, steps, 'asleep'),
        ];
        expect(asleep.office.told().lines).toEqual(awake.office.told().lines);
      }),
      { seed: SEED, numRuns: 6 },
    );
  });
});

describe('a year of old notices, entered late', () => {
  async function entered({ notices }: LateEntry): Promise<SimulatedOffice> {
    const enforced = { ...rules, enforcedFrom: { ...rules.enforcedFrom, value: FIRST_DAY } };
    const setting = { office, notices: [], rules: enforced, calendar: sampleCalendar, from: START };
    const simulated = new SimulatedOffice(setting);
    const by = 'vanthu';
    const at = `${FIRST_DAY} 08:00`;
    for (const [index, { lead, urgency, givenOn, due }] of notices.entries()) {
      const document = `OLD-${index}`;
      const source = { kind: 'letter' as const, givenBy: 'chutich', givenOn };
      const items = [{ text: 'Việc cũ', lead: [lead], urgency, deadline: { phrase: null, date: due } }];
      await simulated.play({ at, by, act: 'manual', document, source, items });
      expect(await simulated.play({ at, by, act: 'confirm', document })).toBeNull();
    }
    await simulated.advanceTo(instantOfLocal(`${addDays(FIRST_DAY, 45)} 08:00`, sampleCalendar.zone));
    return simulated;
  }

  it('sends nobody a rung and raises nothing: every rung is left to the one summary', () =>
    fc.assert(
      fc.asyncProperty(lateEntries, async (late) => {
        const simulated = await entered(late);
        const sent = simulated.delivered.map(({ payload }) => readPayload(payload).subject);
        expect(sent.filter((subject) => subject === 'rung' || subject === 'escalation-raised')).toEqual([]);
        const { store } = simulated.memory;
        const lifecycles = store.instances(simulated.organization).map(({ lifecycle }) => lifecycle);
        expect(lifecycles).not.toContain('escalation');
        const enforced = instantOfLocal(`${FIRST_DAY} 00:00`, sampleCalendar.zone);
        for (const { context } of simulated.directives()) {
          const { rungs } = ladderFor(rules, context);
          const late = rungs.filter(
            ({ offset }) => offsetFrom(sampleCalendar, context.deadline?.at ?? 0, offset) >= START,
          );
          expect((context.deadline?.at ?? 0) < enforced).toBe(true);
          expect(context.summarized).toEqual(late.map(({ id }) => id));
          expect(context.ladder.rungs).toEqual([]);
        }
      }),
      { seed: SEED, numRuns: 5 },
    ));
});
