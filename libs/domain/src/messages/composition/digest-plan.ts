import { type Instant } from '@dondoc/workflow';
import { type DigestPlan, type DigestTimes } from '../../lifecycles/digest.lifecycle';
import { type WorkingRules } from '../../working-rules/working-rules';
import { addDays, dayNumberOfDate, weekdayOf, type CivilDate } from '../../working-time/civil-date';
import {
  dateOf,
  isWorkingDay,
  nextOpening,
  nthWorkingDay,
  startOfWorkingDay,
} from '../../working-time/working-time';
import { minutesOf, type WorkingCalendar } from '../../working-time/working-calendar';
import { zoneNamed } from '../../working-time/zone';

/** No office is closed for longer: beyond it the rules are looked at again. */
const DAYS_AHEAD = 40;

export interface DigestHours extends Readonly<WorkingRules['digest']['value']> {
  /** Of the summary: its hour, and the first day on which there is one; null: from the beginning. */
  readonly summary: { readonly at: string; readonly from: CivilDate | null } | null;
}

export function digestHours({ digest, lateSummary, enforcedFrom }: WorkingRules): DigestHours {
  const summary = lateSummary.value && { at: lateSummary.value.at, from: enforcedFrom.value };
  return { ...digest.value, summary };
}

function instantAt(calendar: WorkingCalendar, date: CivilDate, clock: string): Instant {
  return zoneNamed(calendar.zone).instantOf(dayNumberOfDate(date), minutesOf(clock) ?? 0);
}

/** The weekly one falls on its weekday, or on the first working day after it in the same week. */
function isWeeklyDay(calendar: WorkingCalendar, date: CivilDate, weekday: number): boolean {
  for (let day = date, back = weekdayOf(dayNumberOfDate(date)); back >= weekday; back -= 1) {
    if (back === weekday) return true;
    day = addDays(day, -1);
    if (isWorkingDay(calendar, day)) return false;
  }
  return false;
}

function next(
  calendar: WorkingCalendar,
  { now, writtenAt }: { readonly now: Instant; readonly writtenAt: Instant | null },
  clock: string,
  isDay: (date: CivilDate) => boolean,
): Instant | null {
  const written = writtenAt === null ? null : dateOf(calendar, writtenAt);
  const today = dateOf(calendar, now);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = addDays(today, ahead);
    if ((written !== null && date <= written) || !isWorkingDay(calendar, date) || !isDay(date)) continue;
    const at = instantAt(calendar, date, clock);
    if (at > now) return at;
  }
  return null;
}

/**
 * The next digest or summary by the rules: at their hour on a working day, never two of a kind on one day, and none for what has
 * passed. Without any, the instant at which the rules are looked at again. Pure.
 */
export function planDigest(
  calendar: WorkingCalendar,
  { daily, weekly, summary }: DigestHours,
  now: Instant,
  written: DigestTimes,
): DigestPlan {
  const dailyAt =
    daily === null ? null : next(calendar, { now, writtenAt: written.daily }, daily, () => true);
  const weeklyAt =
    weekly === null
      ? null
      : next(calendar, { now, writtenAt: written.weekly }, weekly.at, (date) =>
          isWeeklyDay(calendar, date, weekly.weekday),
        );
  const summaryAt =
    summary === null
      ? null
      : next(
          calendar,
          { now, writtenAt: written.summary },
          summary.at,
          (date) => summary.from === null || summary.from <= date,
        );
  const due = [dailyAt, weeklyAt, summaryAt].filter((at) => at !== null);
  if (due.length === 0) {
    const date = nthWorkingDay(calendar, dateOf(calendar, now), 1);
    const at = startOfWorkingDay(calendar, date) ?? nextOpening(calendar, now);
    return { at, daily: false, weekly: false, summary: false };
  }
  const at = Math.min(...due);
  return { at, daily: dailyAt === at, weekly: weeklyAt === at, summary: summaryAt === at };
}
