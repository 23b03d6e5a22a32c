import fc from 'fast-check';
import { dateOf, isWorkingDay } from '../working-time/working-time';
import { sampleCalendar as calendar } from '../working-time/sample-calendar';
import { firstDueReport, followingReport, periodOf } from './periodic-report-dates';
import { reportPeriods, type PeriodicReport } from './periodic-report-rules';

const stated = { article: '-', legalBasis: { text: '-', document: null, article: null, verified: false } };
const report = (every: PeriodicReport['every'], due: Partial<PeriodicReport['due']>): PeriodicReport => ({
  id: 'bao-cao',
  title: { vi: '-', en: '-' },
  every,
  due: {
    ...(every === 'week'
      ? { in: 'week', weekday: 5, weeksAfter: 0 }
      : { in: 'month', day: 25, monthsAfter: 0 }),
    at: null,
    restDay: 'previous-working-day',
    ...due,
  } as PeriodicReport['due'],
  ...stated,
});
const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const next = (which: PeriodicReport, after: string): string => {
  const { period, due } = firstDueReport(which, at(after), calendar);
  return `${period.name.vi}: ${new Date(due + 7 * 3_600_000).toISOString().slice(0, 16)}`;
};

describe('reports of a period', () => {
  it.each([
    ['month', '2026-11-21T08:00', {}, 'tháng 11/2026: 2026-11-25T17:00'],
    // The very instant at which it is due is over.
    ['month', '2026-11-25T17:00', {}, 'tháng 12/2026: 2026-12-25T17:00'],
    // 25/10/2026 is a Sunday.
    ['month', '2026-10-01T08:00', {}, 'tháng 10/2026: 2026-10-23T17:00'],
    ['month', '2026-10-01T08:00', { restDay: 'next-working-day' }, 'tháng 10/2026: 2026-10-26T17:00'],
    ['month', '2026-10-01T08:00', { restDay: 'stays', at: '10:00' }, 'tháng 10/2026: 2026-10-25T10:00'],
    ['month', '2027-02-01T08:00', { day: 31 }, 'tháng 2/2027: 2027-02-26T17:00'],
    ['month', '2026-12-01T08:00', { day: 5, monthsAfter: 1 }, 'tháng 11/2026: 2026-12-04T17:00'],
    ['quarter', '2026-11-21T08:00', { day: 'last' }, 'quý IV/2026: 2026-12-31T17:00'],
    ['half-year', '2026-11-21T08:00', { day: 20 }, '6 tháng cuối năm 2026: 2026-12-18T17:00'],
    ['half-year', '2027-01-02T08:00', { day: 20 }, '6 tháng đầu năm 2027: 2027-06-18T17:00'],
    ['nine-months', '2026-11-21T08:00', {}, '9 tháng năm 2027: 2027-09-24T17:00'],
    ['year', '2026-12-31T18:00', { day: 15, monthsAfter: 1 }, 'năm 2026: 2027-01-15T17:00'],
    ['week', '2026-11-21T08:00', {}, 'tuần 48/2026: 2026-11-27T17:00'],
    ['week', '2026-12-31T08:00', {}, 'tuần 53/2026: 2026-12-31T17:00'],
    ['week', '2026-12-31T17:00', {}, 'tuần 1/2027: 2027-01-08T17:00'],
    [
      'week',
      '2026-11-21T08:00',
      { weekday: 2, weeksAfter: 1, restDay: 'stays' },
      'tuần 47/2026: 2026-11-24T17:00',
    ],
  ] as const)('every %s, asked on %s with %j: %s', (every, after, due, expected) => {
    expect(next(report(every, due as never), after)).toBe(expected);
  });

  it('leave no period out and name none twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...reportPeriods),
        fc.integer({ min: at('2023-01-01T00:00'), max: at('2026-06-01T00:00') }),
        fc.record({
          day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
          monthsAfter: fc.integer({ min: 0, max: 12 }),
          restDay: fc.constantFrom('stays', 'next-working-day', 'previous-working-day'),
        }),
        (every, from, due) => {
          const which = report(every, every === 'week' ? { restDay: due.restDay } : due);
          let known = firstDueReport(which, from, calendar);
          expect(known.due).toBeGreaterThan(from);
          for (let round = 0; round < 6; round++) {
            const following = followingReport(which, known, calendar);
            expect(following.due).toBeGreaterThanOrEqual(known.due);
            expect(following.period.first > known.period.last).toBe(true);
            if (due.restDay !== 'stays')
              expect(isWorkingDay(calendar, dateOf(calendar, following.due))).toBe(true);
            known = following;
          }
        },
      ),
      { seed: 20_261_121, numRuns: 150 },
    );
  });

  it('may be due at the same instant around a long holiday, and none is lost', () => {
    const weekly = report('week', { restDay: 'next-working-day' });
    const before = firstDueReport(weekly, at('2023-01-14T00:00'), calendar);
    const after = followingReport(weekly, before, calendar);
    expect([before, after].map(({ period }) => period.name.vi)).toEqual(['tuần 3/2023', 'tuần 4/2023']);
    expect([before.due, after.due]).toEqual([at('2023-01-27T17:00'), at('2023-01-27T17:00')]);
  });

  it('lie in the period that each of their days names', () => {
    for (const every of reportPeriods) {
      const period = periodOf(every, '2026-08-20');
      expect(periodOf(every, period.first)).toEqual(period);
      expect(periodOf(every, period.last)).toEqual(period);
    }
  });
});
