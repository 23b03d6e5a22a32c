/**
 * Civil dates: days of the (proleptic Gregorian) calendar without an hour or a zone, written 'YYYY-MM-DD'.
 * A day number counts days from 1970-01-01, so that arithmetic on days is arithmetic on integers.
 */

/** 'YYYY-MM-DD'. */
export type CivilDate = string;

/** ISO weekday: 1 = Monday (thứ Hai) … 7 = Sunday (Chủ nhật). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const MS_PER_DAY = 86_400_000;

const DAYS_PER_ERA = 146_097;

/** Day number of a year, month (1–12) and day; the day may lie outside the month and then runs over. */
export function dayNumberOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - 719_468;
}

export interface CivilParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Year, month (1–12) and day of a day number. */
export function civilPartsOf(dayNumber: number): CivilParts {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function daysInMonth(year: number, month: number): number {
  return month === 12 ? 31 : dayNumberOf(year, month + 1, 1) - dayNumberOf(year, month, 1);
}

export function isRealDate(year: number, month: number, day: number): boolean {
  return (
    Number.isInteger(year) &&
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

export function formatCivilDate(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dateOfDayNumber(dayNumber: number): CivilDate {
  const { year, month, day } = civilPartsOf(dayNumber);
  return formatCivilDate(year, month, day);
}

/** The day number of a well-formed real date, or null. */
export function parseCivilDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isRealDate(year, month, day) ? dayNumberOf(year, month, day) : null;
}

/**
 * The day number of a date that the caller vouches for.
 * @throws RangeError when the text is not a real 'YYYY-MM-DD' date.
 */
export function dayNumberOfDate(date: CivilDate): number {
  const dayNumber = parseCivilDate(date);
  if (dayNumber === null) throw new RangeError(`Not a date of the form YYYY-MM-DD: ${date.slice(0, 40)}`);
  return dayNumber;
}

export function weekdayOf(dayNumber: number): Weekday {
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as Weekday;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumberOfDate(date) + days);
}

/** Adds months; a day the target month lacks becomes its last day (31/01 + 1 month = 28/02 or 29/02). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = civilPartsOf(dayNumberOfDate(date));
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return formatCivilDate(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}
