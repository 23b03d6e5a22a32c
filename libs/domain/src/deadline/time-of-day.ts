import { dayTableOf } from '../working-time/day-table';
import { minutesOf, type WorkingCalendar } from '../working-time/working-calendar';
import { type Instant } from '../working-time/zone';
import { type DeadlineTime } from './deadline-reading';

const noon = 12 * 60;

/**
 * The instant of a stated hour or part of a day, in the office's own sessions (the usual ones when the day is not worked).
 * A morning is what opens before noon. `before` a part of a day ("trước chiều ngày 10/5") means before it begins.
 */
export function instantOfTime(
  calendar: WorkingCalendar,
  dayNumber: number,
  time: DeadlineTime,
  before: boolean,
): Instant {
  const table = dayTableOf(calendar);
  return table.zone.instantOf(dayNumber, minutesOf(time) ?? minutesOfPart(calendar, dayNumber, time, before));
}

function minutesOfPart(
  calendar: WorkingCalendar,
  dayNumber: number,
  time: DeadlineTime,
  before: boolean,
): number {
  const table = dayTableOf(calendar);
  const own = table.periodsOf(dayNumber);
  const periods = (own.length > 0 ? own : table.normalPeriods(dayNumber))
    .map((period) => ({ opens: minutesOf(period.opens) ?? 0, closes: minutesOf(period.closes) ?? 0 }))
    .sort((a, b) => a.opens - b.opens);
  if (time === 'end-of-day') return periods.at(-1)?.closes ?? 2 * noon;
  const morning = time === 'start-of-morning' || time === 'end-of-morning';
  const part = periods.filter((period) => period.opens < noon === morning);
  const ofDay = part.length > 0 ? part : periods;
  const begins = before || time === 'start-of-morning' || time === 'start-of-afternoon';
  return (begins ? ofDay[0]?.opens : ofDay.at(-1)?.closes) ?? (morning ? noon : 2 * noon);
}
