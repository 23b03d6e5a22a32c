import { refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { withinCalendar } from '../lifecycles/act-facts';
import { dayNumberOf } from '../working-time/civil-date';
import { lastCountableYear } from '../working-time/day-table';
import { explainAddDuration, parseDuration } from '../working-time/duration';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { zoneNamed } from '../working-time/zone';

/** What is decided at the furthest instant still needs years to count in: deadlines, reminders, escalations. */
const ROOM_IN_YEARS = 10;
export const lastSandboxYear = lastCountableYear - ROOM_IN_YEARS;

/** How far somebody wants to move the clock of a sandbox: by a duration ("5wd"), or to an instant. */
export type ClockMove =
  { readonly by: string; readonly to?: undefined } | { readonly by?: undefined; readonly to: Instant };

/**
 * The instant that a move of the sandbox clock leads to. Refuses what `parseDuration` refuses, `clock-never-back`, and
 * `beyond-calendar` after the year `lastSandboxYear`; each with field `by` or `to`. Pure.
 */
export function clockTarget(move: ClockMove, calendar: WorkingCalendar, now: Instant): Instant | Refusal {
  if (move.to !== undefined) return inReach(move.to, 'to', calendar, now);
  const parsed = parseDuration(move.by);
  if (!parsed.ok) return refusal(parsed.error.code, parsed.error, { field: 'by' });
  const { duration } = parsed;
  if (duration.amount < 0) return neverBack('by');
  return withinCalendar('by', () =>
    // No working days after closing time end at a closing that is over: the clock stays.
    inReach(Math.max(now, explainAddDuration(calendar, now, duration).instant), 'by', calendar, now),
  );
}

function inReach(
  target: Instant,
  field: 'by' | 'to',
  calendar: WorkingCalendar,
  now: Instant,
): Instant | Refusal {
  if (target < now) return neverBack(field);
  const end = zoneNamed(calendar.zone).instantOf(dayNumberOf(lastSandboxYear + 1, 1, 1), 0);
  if (target < end) return target;
  return refusal(
    'beyond-calendar',
    {
      vi: `Đồng hồ thử chỉ đi tới hết năm ${lastSandboxYear}: sau đó không còn chỗ để tính lịch làm việc.`,
      en: `A sandbox clock goes no further than the year ${lastSandboxYear}: after it the working calendar has no room to count.`,
    },
    { field },
  );
}

function neverBack(field: 'by' | 'to'): Refusal {
  return refusal(
    'clock-never-back',
    { vi: 'Đồng hồ chỉ đi tới.', en: 'The clock only moves forward.' },
    { field },
  );
}
