import fc from 'fast-check';
import {
  addDays,
  addMonths,
  civilPartsOf,
  dateOfDayNumber,
  dayNumberOf,
  dayNumberOfDate,
  daysInMonth,
  isRealDate,
  parseCivilDate,
  weekdayOf,
} from './civil-date';

const seed = 20_261_121;
const days = fc.integer({ min: -700_000, max: 2_900_000 });

describe('civil dates', () => {
  it('agree with the calendar of the platform on every day, in both directions', () => {
    fc.assert(
      fc.property(days, (day) => {
        const utc = new Date(day * 86_400_000);
        const { year, month, day: dayOfMonth } = civilPartsOf(day);
        expect([year, month, dayOfMonth]).toEqual([
          utc.getUTCFullYear(),
          utc.getUTCMonth() + 1,
          utc.getUTCDate(),
        ]);
        expect(dayNumberOf(year, month, dayOfMonth)).toBe(day);
        expect(weekdayOf(day)).toBe(utc.getUTCDay() === 0 ? 7 : utc.getUTCDay());
        expect(dayNumberOfDate(dateOfDayNumber(day))).toBe(day);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('know the lengths of months and which dates are real', () => {
    expect([2023, 2024, 1900, 2000].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
    expect([daysInMonth(2026, 4), daysInMonth(2026, 12)]).toEqual([30, 31]);
    expect([isRealDate(2026, 2, 29), isRealDate(2026, 13, 1), isRealDate(2026, 1, 0)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(['2026-02-29', '2026-1-01', '2026-01-01T00:00', ''].map(parseCivilDate)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('keep to the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2026-11-15', 14)).toBe('2028-01-15');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});
