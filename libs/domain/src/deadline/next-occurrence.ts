import {
  addDays,
  addMonths,
  type CivilDate,
  dayNumberOfDate,
  daysInMonth,
  formatCivilDate,
  weekdayOf,
} from '../working-time/civil-date';
import { type DeadlineReading } from './deadline-reading';

/**
 * The first day on or after `from` on which a recurring deadline falls; null when the words do not say which day.
 * A day the month lacks becomes its last day.
 */
export function nextOccurrence(
  reading: Pick<DeadlineReading, 'every' | 'dayOfPeriod'>,
  from: CivilDate | null,
): CivilDate | null {
  if (from === null) return null;
  if (reading.every === 'day') return from;
  if (reading.dayOfPeriod === undefined) return null;
  if (reading.every === 'week') {
    return addDays(from, (reading.dayOfPeriod - weekdayOf(dayNumberOfDate(from)) + 7) % 7);
  }
  if (reading.every !== 'month') return null;
  const first = `${from.slice(0, 7)}-01`;
  const here = dayOfMonth(first, reading.dayOfPeriod);
  return here >= from ? here : dayOfMonth(addMonths(first, 1), reading.dayOfPeriod);
}

function dayOfMonth(first: CivilDate, day: number): CivilDate {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  return formatCivilDate(year, month, Math.max(1, Math.min(day, daysInMonth(year, month))));
}
