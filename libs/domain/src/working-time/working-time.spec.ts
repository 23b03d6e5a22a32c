import { dayNumberOfDate } from './civil-date';
import { sampleCalendar } from './sample-calendar';
import {
  addCalendarDays,
  addWorkingDays,
  addWorkingHours,
  isOpen,
  nextOpening,
  workingDaysBetween,
  workingTimeBetween,
} from './working-time';

const at = (local: string): number => Date.parse(`${local}:00+07:00`);

describe('working time of the sample office', () => {
  it('does not count the day of receipt and ends at the last closing', () => {
    expect(addWorkingDays(sampleCalendar, at('2026-11-16T09:00'), 5)).toBe(at('2026-11-23T17:00'));
  });

  it('skips the days a notice ordered off and counts the Saturday that pays for one', () => {
    expect(addWorkingDays(sampleCalendar, '2026-11-20', 3)).toBe(at('2026-11-26T17:00'));
    expect(addWorkingDays(sampleCalendar, '2026-08-21', 1)).toBe(at('2026-08-22T17:00'));
    expect(addWorkingDays(sampleCalendar, '2026-09-03', -1)).toBe(at('2026-08-28T17:00'));
  });

  it('counts from a day off as from any other day, and zero days as the day itself or the next one worked', () => {
    expect(addWorkingDays(sampleCalendar, '2026-11-21', 1)).toBe(at('2026-11-23T17:00'));
    expect(addWorkingDays(sampleCalendar, '2026-11-23', 0)).toBe(at('2026-11-23T17:00'));
    expect(addWorkingDays(sampleCalendar, '2026-11-21', 0)).toBe(at('2026-11-23T17:00'));
  });

  it('knows when the office is open and when it opens next', () => {
    expect(isOpen(sampleCalendar, at('2026-11-20T07:30'))).toBe(true);
    expect(isOpen(sampleCalendar, at('2026-11-20T11:30'))).toBe(false);
    expect(nextOpening(sampleCalendar, at('2026-11-20T08:00'))).toBe(at('2026-11-20T08:00'));
    expect(nextOpening(sampleCalendar, at('2026-11-20T11:30'))).toBe(at('2026-11-20T13:30'));
    expect(nextOpening(sampleCalendar, at('2026-11-20T17:00'))).toBe(at('2026-11-23T07:30'));
    expect(nextOpening(sampleCalendar, at('2026-11-24T08:00'))).toBe(at('2026-11-25T07:30'));
  });

  it('adds working hours over lunch, evenings and weekends, forward and backward', () => {
    expect(addWorkingHours(sampleCalendar, at('2026-11-20T10:30'), 1)).toBe(at('2026-11-20T11:30'));
    expect(addWorkingHours(sampleCalendar, at('2026-11-20T10:30'), 2)).toBe(at('2026-11-20T14:30'));
    expect(addWorkingHours(sampleCalendar, at('2026-11-20T16:00'), 2)).toBe(at('2026-11-23T08:30'));
    expect(addWorkingHours(sampleCalendar, at('2026-11-23T08:30'), -2)).toBe(at('2026-11-20T16:00'));
    expect(addWorkingHours(sampleCalendar, at('2026-11-21T20:00'), -1)).toBe(at('2026-11-20T16:00'));
  });

  it('measures working days and working time between two instants', () => {
    expect(workingDaysBetween(sampleCalendar, '2026-11-20', '2026-11-25')).toBe(2);
    expect(workingDaysBetween(sampleCalendar, '2026-11-25', '2026-11-20')).toBe(-2);
    expect(workingTimeBetween(sampleCalendar, at('2026-11-20T16:00'), at('2026-11-23T08:30'))).toBe(
      2 * 3_600_000,
    );
  });

  it('rolls calendar days off a day of rest only when asked to', () => {
    expect(addCalendarDays(sampleCalendar, '2026-11-17', 5, 'next-working-day')).toBe(at('2026-11-23T17:00'));
    expect(addCalendarDays(sampleCalendar, '2026-11-17', 5, 'none')).toBe(at('2026-11-22T17:00'));
  });

  it('refuses what is no number, no whole day and no date', () => {
    expect(() => addWorkingDays(sampleCalendar, Number.NaN, 1)).toThrow(RangeError);
    expect(() => addWorkingDays(sampleCalendar, 0, 1.5)).toThrow(RangeError);
    expect(() => dayNumberOfDate('2026-02-30')).toThrow(RangeError);
  });
});
