import { type Instant } from '@dondoc/workflow';
import { isOpen, nextOpening } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';

/** Whatever comes to a person within so many milliseconds leaves as one message. */
export const GATHERING_MS = 60_000;

/** The next whole minute: instants within one minute share it. */
const gathered = (instant: Instant): Instant => (Math.floor(instant / GATHERING_MS) + 1) * GATHERING_MS;

/**
 * When what is to be told at `at` leaves by a channel: with everything else of the same minute, and in working hours
 * unless it is urgent. What comes too late for its own moment gets one of its own.
 */
export function sendingMoment(
  calendar: WorkingCalendar,
  { at, now, anyHour }: { readonly at: Instant; readonly now: Instant; readonly anyHour: boolean },
): Instant {
  const moment = gathered(Math.max(at, now));
  if (anyHour || isOpen(calendar, moment)) return moment;
  return gathered(nextOpening(calendar, moment));
}

/** Until when what is to be handed over now has to wait for working hours; null: it may leave. */
export function heldUntil(
  calendar: WorkingCalendar,
  { now, anyHour }: { readonly now: Instant; readonly anyHour: boolean },
): Instant | null {
  return anyHour || isOpen(calendar, now) ? null : nextOpening(calendar, now);
}
