import { type Instant } from '@dondoc/workflow';
import {
  addWorkingDays,
  addWorkingHours,
  dateOf,
  nextOpening,
  nthWorkingDay,
  startOfWorkingDay,
} from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type RuleDuration } from './working-rules';

const MS_PER_HOUR = 3_600_000;

/**
 * When something that is counted from a deadline happens: in working days, at the first opening of that working day
 * (the day of the deadline is not counted; 0 is that day itself); in hours, at that instant. Not yet moved into working hours.
 */
export function offsetFrom(calendar: WorkingCalendar, deadline: Instant, offset: RuleDuration): Instant {
  if (offset.unit === 'wh') return addWorkingHours(calendar, deadline, offset.amount);
  if (offset.unit === 'h') return deadline + offset.amount * MS_PER_HOUR;
  const day = nthWorkingDay(calendar, dateOf(calendar, deadline), offset.amount);
  return startOfWorkingDay(calendar, day) ?? nextOpening(calendar, deadline);
}

/**
 * The end of a time that somebody has from an instant on: in working days, the end of the last session of the last day
 * (the day it starts is not counted).
 */
export function endOfWindow(calendar: WorkingCalendar, from: Instant, window: RuleDuration): Instant {
  if (window.unit === 'wh') return addWorkingHours(calendar, from, window.amount);
  if (window.unit === 'h') return from + window.amount * MS_PER_HOUR;
  return addWorkingDays(calendar, from, window.amount);
}
