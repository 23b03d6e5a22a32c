import fc from 'fast-check';
import { addDays, type CivilDate, dayNumberOfDate, type Weekday, weekdayOf } from './civil-date';
import { explainAddWorkingDays, explainAddWorkingTime } from './explained-working-time';
import { sampleCalendar } from './sample-calendar';
import { type WorkingCalendar } from './working-calendar';
import {
  addWorkingDays,
  addWorkingTime,
  dateOf,
  endOfWorkingDay,
  isOpen,
  isWorkingDay,
  nextOpening,
  sessionsOf,
  workingDaysBetween,
  workingTimeBetween,
} from './working-time';

const seed = 20_261_121;
const minute = 60_000;
const runs = { seed, numRuns: 100 };

const fromDay = Date.parse('2023-01-05T00:00:00Z') / minute;
const toDay = Date.parse('2026-12-20T00:00:00Z') / minute;
const instants = fc.integer({ min: fromDay, max: toDay }).map((minutes) => minutes * minute);
const dates = fc.integer({ min: 0, max: 1_400 }).map((days) => addDays('2023-01-10', days));

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Offices with two to four sessions at any hour, also across a change of the clock, summer hours, and some dated days. */
const calendars: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 23 }), { minLength: 4, maxLength: 8 }),
    summer: fc.integer({ min: 0, max: 3 }),
    restDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
    off: fc.uniqueArray(dates, { maxLength: 40 }),
    worked: fc.uniqueArray(dates, { maxLength: 20 }),
    zone: fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/New_York'),
  })
  .map(({ cuts, summer, restDays, off, worked, zone }) => {
    const sorted = [...cuts].sort((a, b) => a - b);
    const periods = (shift: number) =>
      Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
        opens: clock((sorted[2 * index] ?? 0) * 60 - shift * 15),
        closes: clock((sorted[2 * index + 1] ?? 0) * 60 - shift * 15),
      }));
    const isRest = (date: CivilDate): boolean => restDays.includes(weekdayOf(dayNumberOfDate(date)));
    const name = { vi: 'thử', en: 'test' };
    return {
      id: 'any',
      version: 1,
      zone,
      sessions: [
        { from: null, to: '2024-04-30', periods: periods(0), basis: 'test' },
        { from: '2024-05-01', to: '2024-09-30', periods: periods(summer), basis: 'test' },
        { from: '2024-10-01', to: null, periods: periods(0), basis: 'test' },
      ],
      restDays: restDays as Weekday[],
      days: [
        ...off
          .filter((date) => !worked.includes(date))
          .map((date) => ({ date, kind: 'holiday' as const, name, notice: null })),
        ...worked.filter(isRest).map((date) => ({ date, kind: 'worked' as const, name, notice: null })),
      ],
      noticedYears: [],
    };
  });

/** The slow way: is this minute worked, by the letters of the calendar and the clock on the wall? */
function workedMinute(calendar: WorkingCalendar, instant: number): boolean {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: calendar.zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(instant);
  const [date = '', time = ''] = wall.split(' ');
  if (!workedDate(calendar, date)) return false;
  const rule = calendar.sessions.find((each) => (each.from ?? '') <= date && date <= (each.to ?? '9999'));
  return rule?.periods.some((period) => period.opens <= time && time < period.closes) === true;
}

function workedDate(calendar: WorkingCalendar, date: CivilDate): boolean {
  const dated = calendar.days.find((day) => day.date === date);
  if (dated !== undefined) return dated.kind === 'worked';
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return !calendar.restDays.includes((weekday === 0 ? 7 : weekday) as Weekday);
}

describe('working time agrees with counting on one’s fingers', () => {
  it('day by day, forward and backward', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: -30, max: 30 }), (calendar, start, n) => {
        let date = start;
        let left = Math.abs(n);
        while (left > 0 || (n === 0 && !workedDate(calendar, date))) {
          date = addDays(date, n < 0 ? -1 : 1);
          if (n !== 0 && workedDate(calendar, date)) left -= 1;
        }
        const result = addWorkingDays(calendar, start, n);
        expect(dateOf(calendar, result)).toBe(date);
        expect(result).toBe(endOfWorkingDay(calendar, date));
        expect(isWorkingDay(calendar, start)).toBe(workedDate(calendar, start));
      }),
      runs,
    );
  });

  it('minute by minute', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 1_500 }), (calendar, from, minutes) => {
        let worked = 0;
        for (let each = 0; each < minutes; each += 1) {
          const at = from + each * minute;
          const open = workedMinute(calendar, at);
          if (open) worked += 1;
          if (each % 97 === 0) expect(isOpen(calendar, at)).toBe(open);
        }
        expect(workingTimeBetween(calendar, from, from + minutes * minute)).toBe(worked * minute);
      }),
      { seed, numRuns: 15 },
    );
  });

  it('between two dates', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: 0, max: 200 }), (calendar, start, length) => {
        let worked = 0;
        for (let each = 1; each <= length; each += 1) {
          if (workedDate(calendar, addDays(start, each))) worked += 1;
        }
        expect(workingDaysBetween(calendar, start, addDays(start, length))).toBe(worked);
      }),
      runs,
    );
  });
});

describe('laws of working time', () => {
  it('adding and then subtracting working days returns to the end of the same working day', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: 1, max: 60 }), (calendar, date, n) => {
        const end = addWorkingDays(calendar, date, 0);
        expect(addWorkingDays(calendar, addWorkingDays(calendar, end, n), -n)).toBe(end);
        expect(addWorkingDays(calendar, addWorkingDays(calendar, end, -n), n)).toBe(end);
        expect(workingDaysBetween(calendar, end, addWorkingDays(calendar, end, n))).toBe(n);
      }),
      runs,
    );
  });

  it('adding and then subtracting working time returns to the same open instant', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 12_000 }), (calendar, from, minutes) => {
        const open = nextOpening(calendar, from);
        const later = addWorkingTime(calendar, open, minutes * minute);
        expect(workingTimeBetween(calendar, open, later)).toBe(minutes * minute);
        expect(addWorkingTime(calendar, later, -minutes * minute)).toBe(open);
      }),
      runs,
    );
  });

  it('a later start never ends earlier, and more time never ends earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: -20, max: 20 }),
        (calendar, from, later, n) => {
          const then = from + later * minute;
          expect(addWorkingDays(calendar, then, n)).toBeGreaterThanOrEqual(addWorkingDays(calendar, from, n));
          expect(nextOpening(calendar, then)).toBeGreaterThanOrEqual(nextOpening(calendar, from));
          expect(addWorkingTime(calendar, then, n * 3_600_000)).toBeGreaterThanOrEqual(
            addWorkingTime(calendar, from, n * 3_600_000),
          );
          expect(addWorkingTime(calendar, from, (n + 1) * 3_600_000)).toBeGreaterThanOrEqual(
            addWorkingTime(calendar, from, n * 3_600_000),
          );
        },
      ),
      runs,
    );
  });

  it('the parts of a split interval add up to the whole', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, a, b, c) => {
        expect(workingTimeBetween(calendar, a, b) + workingTimeBetween(calendar, b, c)).toBe(
          workingTimeBetween(calendar, a, c),
        );
        expect(workingDaysBetween(calendar, a, b) + workingDaysBetween(calendar, b, c)).toBe(
          workingDaysBetween(calendar, a, c),
        );
      }),
      runs,
    );
  });

  it('the next opening is open, and nothing is worked before it', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, from) => {
        const opening = nextOpening(calendar, from);
        expect(isOpen(calendar, opening)).toBe(true);
        expect(workingTimeBetween(calendar, from, opening)).toBe(0);
      }),
      runs,
    );
  });

  it('sessions of a day are in order and do not overlap', () => {
    fc.assert(
      fc.property(calendars, dates, (calendar, date) => {
        const sessions = sessionsOf(calendar, date);
        sessions.forEach((session, index) => {
          expect(session.closes).toBeGreaterThan(session.opens);
          expect(session.opens).toBeGreaterThanOrEqual(sessions[index - 1]?.closes ?? -Infinity);
        });
      }),
      runs,
    );
  });

  it('an explanation counts exactly what its result counts', () => {
    fc.assert(
      fc.property(dates, instants, fc.integer({ min: -40, max: 40 }), (date, from, n) => {
        const days = explainAddWorkingDays(sampleCalendar, date, n);
        const counted = days.steps.flatMap((step) => (step.kind === 'counted-days' ? [step.toOrdinal] : []));
        expect(days.instant).toBe(addWorkingDays(sampleCalendar, date, n));
        expect(counted.at(-1) ?? 0).toBe(Math.abs(n));
        const time = explainAddWorkingTime(sampleCalendar, from, n * 3_600_000);
        const worked = time.steps.flatMap((step) => (step.kind === 'counted-time' ? [step.totalMs] : []));
        expect(worked.at(-1) ?? 0).toBe(Math.abs(n) * 3_600_000);
      }),
      runs,
    );
  });
});
