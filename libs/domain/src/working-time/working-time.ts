import { type CivilDate, dateOfDayNumber, dayNumberOfDate } from './civil-date';
import { type DayTable, dayTableOf, type Session } from './day-table';
import { minutesOf, type WorkingCalendar } from './working-calendar';
import { type Instant } from './zone';

/**
 * Arithmetic in working time. All of it is pure: the calendar and the instants are given.
 * Instants are milliseconds since the epoch (UTC); civil dates are read in the calendar's zone.
 * The forms that also say which days were counted or skipped, and by which notice, are in `explained-working-time`.
 *
 * Every function throws `CalendarRangeError` (code `beyond-calendar`) when counting leaves the years 1900–2199, or when
 * the calendar has no working time in the asked direction, and RangeError for a number or date that is none.
 */

/** A starting point: an instant, or a civil date where only the day matters. */
export type Start = Instant | CivilDate;

/** The civil date of a starting point, in the calendar's zone. */
export function dateOf(calendar: WorkingCalendar, start: Start): CivilDate {
  return typeof start === 'string' ? start : dateOfDayNumber(startDay(calendar, start));
}

/** Is any part of this day worked? */
export function isWorkingDay(calendar: WorkingCalendar, date: CivilDate): boolean {
  return dayTableOf(calendar).isWorking(dayNumberOfDate(date));
}

/** The sessions of a day in order, as instants; empty when the day is not worked. */
export function sessionsOf(calendar: WorkingCalendar, date: CivilDate): readonly Session[] {
  return dayTableOf(calendar).sessionsOf(dayNumberOfDate(date));
}

/** Is the office open at this instant? A closing instant itself is closed. */
export function isOpen(calendar: WorkingCalendar, instant: Instant): boolean {
  const table = dayTableOf(calendar);
  const day = startDay(calendar, instant);
  return table.sessionsOf(day).some((session) => session.opens <= instant && instant < session.closes);
}

/** The instant itself when the office is open then, else the first opening after it. */
export function nextOpening(calendar: WorkingCalendar, instant: Instant): Instant {
  const table = dayTableOf(calendar);
  const day = startDay(calendar, instant);
  for (const session of table.sessionsOf(day)) {
    if (instant < session.closes) return Math.max(instant, session.opens);
  }
  for (let next = table.nthWorkingDay(day, 1); ; next = table.nthWorkingDay(next, 1)) {
    const [first] = table.sessionsOf(next);
    if (first !== undefined) return first.opens;
  }
}

/** The first opening of a working day, or null when the day is not worked. */
export function startOfWorkingDay(calendar: WorkingCalendar, date: CivilDate): Instant | null {
  return sessionsOf(calendar, date)[0]?.opens ?? null;
}

/** The end of the last session of a working day, or null when the day is not worked. */
export function endOfWorkingDay(calendar: WorkingCalendar, date: CivilDate): Instant | null {
  return sessionsOf(calendar, date).at(-1)?.closes ?? null;
}

/**
 * The end of the last session; on a day that is not worked (or that the zone's clock left out), the hour at which the
 * office would normally close.
 */
export function closingTimeOf(calendar: WorkingCalendar, date: CivilDate): Instant {
  return closingOf(dayTableOf(calendar), dayNumberOfDate(date));
}

function closingOf(table: DayTable, day: number): Instant {
  const closes = table.sessionsOf(day).at(-1)?.closes;
  if (closes !== undefined) return closes;
  const minutes = table.normalPeriods(day).map((period) => minutesOf(period.closes) ?? 0);
  return table.zone.instantOf(day, minutes.length === 0 ? 24 * 60 : Math.max(...minutes));
}

/**
 * The n-th working day after a date (n > 0) or before it (n < 0), the date itself never counted.
 * n = 0: the date itself when it is worked, else the next working day.
 */
export function nthWorkingDay(calendar: WorkingCalendar, date: CivilDate, n: number): CivilDate {
  return dateOfDayNumber(nthDay(calendar, dayNumberOfDate(date), n));
}

/**
 * The end of the last session of the n-th working day. The day of receipt (start) is not counted; a negative n counts
 * backward in the same way, and n = 0 is the end of the starting day or, when that is not worked, of the next working day.
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Start, n: number): Instant {
  const day = nthDay(calendar, startDay(calendar, from), n);
  return closingOf(dayTableOf(calendar), day);
}

/**
 * The instant by which `ms` milliseconds of working time have passed; ends at a closing rather than at the opening that
 * follows it. Negative: the latest instant from which |ms| of working time lead up to `from`. Zero: `from` itself.
 */
export function addWorkingTime(calendar: WorkingCalendar, from: Instant, ms: number): Instant {
  if (!Number.isFinite(ms)) throw new RangeError('Not a length of time');
  const table = dayTableOf(calendar);
  const day = startDay(calendar, from);
  if (ms === 0) return from;
  return table.instantAfterWork(table.workBefore(from) + ms, day, ms > 0 ? 'first' : 'last');
}

/** `addWorkingTime` in hours. */
export function addWorkingHours(calendar: WorkingCalendar, from: Instant, hours: number): Instant {
  return addWorkingTime(calendar, from, Math.round(hours * 3_600_000));
}

/** Working milliseconds from one instant to another; negative when the second is earlier. */
export function workingTimeBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  const table = dayTableOf(calendar);
  return table.workBefore(to) - table.workBefore(from);
}

/** Working days after the day of `from` up to and including that of `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Start, to: Start): number {
  const table = dayTableOf(calendar);
  return (
    table.workingDaysBefore(startDay(calendar, to) + 1) -
    table.workingDaysBefore(startDay(calendar, from) + 1)
  );
}

/** What happens when a count of calendar days ends on a day that is not worked. */
export type RollRule = 'none' | 'next-working-day';

/**
 * Calendar days, the day of receipt (start) not counted; the end is that of the last session of the last day.
 * With `next-working-day` (the counting of BLDS 2015, Điều 147–148; whether an office follows it is its own setting) a last day
 * that is not worked moves to the next working day; with `none` it stays, at the normal closing hour.
 */
export function addCalendarDays(calendar: WorkingCalendar, from: Start, n: number, roll: RollRule): Instant {
  requireInteger(n);
  const table = dayTableOf(calendar);
  const day = startDay(calendar, from) + n;
  const last = roll === 'next-working-day' && !table.isWorking(day) ? table.nthWorkingDay(day, 1) : day;
  return closingOf(table, last);
}

/** Day number of a starting point in the calendar's zone. */
export function startDay(calendar: WorkingCalendar, start: Start): number {
  if (typeof start === 'string') return dayNumberOfDate(start);
  if (!Number.isFinite(start)) throw new RangeError('Not an instant');
  return dayTableOf(calendar).zone.dayNumberAt(start);
}

function nthDay(calendar: WorkingCalendar, day: number, n: number): number {
  requireInteger(n);
  const table = dayTableOf(calendar);
  if (n !== 0) return table.nthWorkingDay(day, n);
  return table.isWorking(day) ? day : table.nthWorkingDay(day, 1);
}

function requireInteger(n: number): void {
  if (!Number.isSafeInteger(n)) throw new RangeError('Not a whole number of days');
}
