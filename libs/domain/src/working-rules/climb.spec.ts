import fc from 'fast-check';
import { audiences } from '../directory/audience';
import { defaultWorkingRules } from '../sample/sample-files';
import { isOpen } from '../working-time/working-time';
import { sampleCalendar } from '../working-time/sample-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { climb, type Climb, type ClimbFacts } from './climb';
import { offsetFrom } from './rule-instants';
import { ladderFor, type Ladder } from './working-rules';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const shown = ({ rungs }: Climb): string[] =>
  rungs.map((rung) => {
    const when = new Date(rung.at + 7 * HOUR).toISOString().slice(0, 16);
    return `${when} ${rung.id}${rung.collapsed.length > 0 ? ` (${rung.collapsed.join(' ')})` : ''}`;
  });

const ordinary = ladderFor(defaultWorkingRules(), { kind: 'task', urgency: 'normal' });
const facts: ClimbFacts = {
  deadline: at('2026-11-20T17:00'),
  assignedAt: at('2026-11-02T09:00'),
  alreadySent: [],
  now: at('2026-11-02T09:00'),
  enforcedFrom: null,
  calendar: sampleCalendar,
  urgent: false,
};

describe('climb', () => {
  it('sends each rung at the first opening of its working day, over the days off', () => {
    expect(shown(climb(ordinary, facts))).toEqual([
      '2026-11-13T07:30 T-5',
      '2026-11-19T07:30 T-1',
      '2026-11-23T07:30 T+1',
      '2026-11-26T07:30 T+3',
      '2026-11-30T07:30 T+5',
      '2026-12-07T07:30 T+10',
    ]);
  });

  it('never sends what lies before the assignment', () => {
    const assignedAt = at('2026-11-19T09:00');
    expect(shown(climb(ordinary, { ...facts, assignedAt, now: assignedAt }))[0]).toBe('2026-11-23T07:30 T+1');
  });

  it('sends what falls on the very instant of the assignment', () => {
    const assignedAt = at('2026-11-19T07:30');
    expect(shown(climb(ordinary, { ...facts, assignedAt, now: assignedAt }))[0]).toBe('2026-11-19T07:30 T-1');
    const later = assignedAt + 1;
    expect(shown(climb(ordinary, { ...facts, assignedAt: later, now: later }))[0]).toBe(
      '2026-11-23T07:30 T+1',
    );
  });

  it('collapses what was missed into the highest one due', () => {
    expect(shown(climb(ordinary, { ...facts, now: at('2026-11-28T10:00') }))).toEqual([
      '2026-11-30T07:30 T+5 (T-5 T-1 T+1 T+3)',
      '2026-12-07T07:30 T+10',
    ]);
    expect(shown(climb(ordinary, { ...facts, now: at('2026-11-26T10:00') }))[0]).toBe(
      '2026-11-26T10:00 T+3 (T-5 T-1 T+1)',
    );
  });

  it('collapses what is pushed to the same opening, unless the directive is urgent', () => {
    const [first] = ordinary.rungs;
    if (!first) throw new Error('the default ladder has no rungs');
    const hours: Ladder = {
      ...ordinary,
      rungs: [2, 4, 16].map((amount) => ({ ...first, id: `T+${amount}h`, offset: { amount, unit: 'h' } })),
    };
    expect(shown(climb(hours, facts))).toEqual(['2026-11-23T07:30 T+16h (T+2h T+4h)']);
    expect(shown(climb(hours, { ...facts, urgent: true }))).toEqual([
      '2026-11-20T19:00 T+2h',
      '2026-11-20T21:00 T+4h',
      '2026-11-21T09:00 T+16h',
    ]);
  });

  it('leaves what was due before the rules were enforced to the summary', () => {
    const late = { ...facts, now: at('2026-12-01T08:00'), enforcedFrom: '2026-12-01' };
    expect(climb(ordinary, late)).toEqual({
      rungs: [],
      summarized: ['T-5', 'T-1', 'T+1', 'T+3', 'T+5', 'T+10'],
    });
    const midway = climb(ordinary, { ...facts, enforcedFrom: '2026-11-16' });
    expect(midway.summarized).toEqual(['T-5']);
    expect(shown(midway)[0]).toBe('2026-11-19T07:30 T-1');
  });
});

describe('climb, whatever is asked', () => {
  const calendar = sampleCalendar;
  const instant = fc.integer({ min: at('2026-01-05T00:00'), max: at('2027-01-20T00:00') });
  const ladder: fc.Arbitrary<Ladder> = fc
    .uniqueArray(
      fc.record({
        amount: fc.integer({ min: -20, max: 20 }),
        unit: fc.constantFrom('wd' as const, 'wh' as const, 'h' as const),
      }),
      { minLength: 1, maxLength: 8, selector: ({ amount, unit }) => `${amount}${unit}` },
    )
    .map((offsets) => ({
      ...ordinary,
      rungs: offsets.map((offset, index) => ({
        id: `T+${index}`,
        offset,
        kind: 'remind',
        to: [audiences[0]],
        channels: ['inbox' as const],
        demand: { vi: '-', en: '-' },
        article: `Mục ${index}`,
        legalBasis: { text: '-', document: null, article: null, verified: false },
      })),
    }));
  const question = fc
    .record({
      ladder,
      deadline: instant,
      assignedAt: instant,
      waited: fc.integer({ min: 0, max: 60 * 24 * HOUR }),
      sentUpTo: fc.integer({ min: 0, max: 8 }),
      urgent: fc.boolean(),
      enforcedFrom: fc.option(instant.map((moment) => dateAt(zoneNamed(calendar.zone), moment))),
    })
    .map(({ ladder: rungs, waited, sentUpTo, ...more }) => ({
      ladder: rungs,
      facts: {
        ...more,
        now: more.assignedAt + waited,
        alreadySent: rungs.rungs.slice(0, sentUpTo).map(({ id }) => id),
        calendar,
      } satisfies ClimbFacts,
    }));
  const holds = (property: (ladder: Ladder, facts: ClimbFacts, answer: Climb) => void): void =>
    fc.assert(
      fc.property(question, ({ ladder: rungs, facts: asked }) => property(rungs, asked, climb(rungs, asked))),
      { seed: 20_261_102, numRuns: 400 },
    );
  const all = ({ rungs }: Climb): string[] => rungs.flatMap(({ id, collapsed }) => [...collapsed, id]);

  it('is in order, each rung at an instant of its own, none before now', () =>
    holds((_ladder, { now }, { rungs }) => {
      rungs.forEach((rung, index) => {
        expect(rung.at).toBeGreaterThan(rungs[index - 1]?.at ?? now - 1);
      });
    }));

  it('stays within working hours unless urgent', () =>
    holds((_ladder, { urgent }, { rungs }) => {
      expect(rungs.filter((rung) => !urgent && !isOpen(calendar, rung.at))).toEqual([]);
    }));

  it('names each rung once: sent, swallowed, summarized, sent before, or from before the assignment', () =>
    holds((ladder, { deadline, assignedAt, alreadySent }, answer) => {
      const early = ladder.rungs
        .filter(({ offset }) => offsetFrom(calendar, deadline, offset) < assignedAt)
        .map(({ id }) => id);
      const told = [...all(answer), ...answer.summarized];
      expect(new Set(told).size).toBe(told.length);
      expect([...new Set([...told, ...alreadySent, ...early])].sort()).toEqual(
        ladder.rungs.map(({ id }) => id).sort(),
      );
      expect(told.filter((id) => alreadySent.includes(id) || early.includes(id))).toEqual([]);
    }));

  it('lets the highest stand for those it swallows', () =>
    holds((ladder, { deadline }, { rungs }) => {
      const meant = (id: string): number => {
        const rung = ladder.rungs.find((one) => one.id === id);
        return rung ? offsetFrom(calendar, deadline, rung.offset) : Number.NaN;
      };
      for (const rung of rungs)
        for (const lower of rung.collapsed) expect(meant(lower)).toBeLessThanOrEqual(meant(rung.id));
    }));

  it('sends nothing before the rules are enforced, nor for a deadline that passed before', () =>
    holds((_ladder, { enforcedFrom, deadline }, { rungs }) => {
      if (enforcedFrom === null) return;
      const zone = zoneNamed(calendar.zone);
      expect(rungs.filter((rung) => dateAt(zone, rung.at) < enforcedFrom)).toEqual([]);
      if (dateAt(zone, deadline) < enforcedFrom) expect(rungs).toEqual([]);
    }));

  it('repeats nothing when it is asked again after each rung', () =>
    holds((ladder, asked, first) => {
      const sent: string[] = [...asked.alreadySent];
      let answer = first;
      for (let round = 0; answer.rungs[0] && round < 20; round++) {
        const { id, collapsed, at: now } = answer.rungs[0];
        expect(sent.filter((one) => one === id || collapsed.includes(one))).toEqual([]);
        sent.push(...collapsed, id);
        answer = climb(ladder, { ...asked, alreadySent: sent, now });
      }
      expect(answer.rungs).toEqual([]);
      expect(new Set(sent).size).toBe(sent.length);
    }));
});
