import { type CivilDate, civilPartsOf, dateOfDayNumber, dayNumberOfDate } from './civil-date';
import { type DayTable, dayTableOf } from './day-table';
import { type Explained, type Step, type Warning, wallInstant } from './steps';
import { type WorkingCalendar } from './working-calendar';
import {
  addCalendarDays,
  addWorkingDays,
  addWorkingTime,
  closingTimeOf,
  nextOpening,
  type RollRule,
  type Start,
  startDay,
  workingDaysBetween,
  workingTimeBetween,
} from './working-time';
import { type Instant } from './zone';

/**
 * The operations of `working-time` with their derivation: the same results, and which day or session was counted or
 * skipped, by which notice, with a warning for each year whose official notice is missing or incomplete.
 */

/** A measured length that explains itself: working days, or milliseconds of working time. */
export interface ExplainedLength {
  readonly amount: number;
  readonly steps: readonly Step[];
  readonly warnings: readonly Warning[];
}

/** `addWorkingDays`, explained. */
export function explainAddWorkingDays(calendar: WorkingCalendar, from: Start, n: number): Explained {
  const instant = addWorkingDays(calendar, from, n);
  const table = dayTableOf(calendar);
  const start = startDay(calendar, from);
  const end = table.zone.dayNumberAt(instant);
  const steps: Step[] = [];
  if (n !== 0) steps.push(startStep(table, from, start), ...dayWalk(table, start, end));
  else if (end !== start) steps.push(rolledStep(table, start, end));
  steps.push({ kind: 'closing', at: wallInstant(table.zone, instant), notWorked: null });
  return { instant, steps, warnings: yearWarnings(calendar, start, end) };
}

/** `addWorkingTime`, explained. */
export function explainAddWorkingTime(calendar: WorkingCalendar, from: Instant, ms: number): Explained {
  const instant = addWorkingTime(calendar, from, ms);
  const table = dayTableOf(calendar);
  const steps: Step[] = [{ kind: 'start-instant', at: wallInstant(table.zone, from) }];
  steps.push(...timeWalk(table, from, instant));
  return { instant, steps, warnings: warningsBetween(calendar, from, instant) };
}

/** `addCalendarDays`, explained. */
export function explainAddCalendarDays(
  calendar: WorkingCalendar,
  from: Start,
  n: number,
  roll: RollRule,
): Explained {
  const instant = addCalendarDays(calendar, from, n, roll);
  const table = dayTableOf(calendar);
  const start = startDay(calendar, from);
  const steps: Step[] = [startStep(table, from, start)];
  if (n !== 0) {
    steps.push({
      kind: 'counted-days',
      unit: 'calendar-day',
      first: dateOfDayNumber(start + Math.sign(n)),
      last: dateOfDayNumber(start + n),
      fromOrdinal: 1,
      toOrdinal: Math.abs(n),
      day: null,
    });
  }
  const end = explainEndOfDay(calendar, dateOfDayNumber(start + n), roll);
  return {
    instant,
    steps: [...steps, ...end.steps],
    warnings: yearWarnings(calendar, start, table.zone.dayNumberAt(instant)),
  };
}

/** The end of a day, at the normal closing hour or on the next working day when it is not worked. */
export function explainEndOfDay(calendar: WorkingCalendar, date: CivilDate, roll: RollRule): Explained {
  const table = dayTableOf(calendar);
  const day = dayNumberOfDate(date);
  const steps: Step[] = [];
  const rolls = roll === 'next-working-day' && !table.isWorking(day);
  const last = rolls ? table.nthWorkingDay(day, 1) : day;
  if (rolls) steps.push(rolledStep(table, day, last));
  const instant = closingTimeOf(calendar, dateOfDayNumber(last));
  const status = table.statusOf(last);
  const notWorked = status.working ? null : { reason: status.reason, day: status.day };
  steps.push({ kind: 'closing', at: wallInstant(table.zone, instant), notWorked });
  return { instant, steps, warnings: yearWarnings(calendar, day, last) };
}

/** `nextOpening`, explained. */
export function explainNextOpening(calendar: WorkingCalendar, from: Instant): Explained {
  const instant = nextOpening(calendar, from);
  const table = dayTableOf(calendar);
  const [start, end] = [table.zone.dayNumberAt(from), table.zone.dayNumberAt(instant)];
  const steps: Step[] = [{ kind: 'start-instant', at: wallInstant(table.zone, from) }];
  for (let day = start; day < end; day += 1) pushSkipped(steps, table, day);
  steps.push({ kind: 'opening', at: wallInstant(table.zone, instant), already: instant === from });
  return { instant, steps, warnings: yearWarnings(calendar, start, end) };
}

/** `workingDaysBetween`, explained. */
export function explainWorkingDaysBetween(
  calendar: WorkingCalendar,
  from: Start,
  to: Start,
): ExplainedLength {
  const [start, end] = [startDay(calendar, from), startDay(calendar, to)];
  const table = dayTableOf(calendar);
  const [low, high] = start <= end ? [start, end] : [end, start];
  return {
    amount: workingDaysBetween(calendar, from, to),
    steps: [startStep(table, dateOfDayNumber(low), low), ...dayWalk(table, low, high)],
    warnings: yearWarnings(calendar, start, end),
  };
}

/** `workingTimeBetween`, explained. */
export function explainWorkingTimeBetween(
  calendar: WorkingCalendar,
  from: Instant,
  to: Instant,
): ExplainedLength {
  const table = dayTableOf(calendar);
  return {
    amount: workingTimeBetween(calendar, from, to),
    steps: [
      { kind: 'start-instant', at: wallInstant(table.zone, from) },
      ...timeWalk(table, Math.min(from, to), Math.max(from, to)),
    ],
    warnings: warningsBetween(calendar, from, to),
  };
}

/** A warning for each year between two days (in either order) whose official days off are not all known. */
export function yearWarnings(
  calendar: WorkingCalendar,
  oneDay: number,
  otherDay: number,
): readonly Warning[] {
  const firstYear = civilPartsOf(Math.min(oneDay, otherDay)).year;
  const lastYear = civilPartsOf(Math.max(oneDay, otherDay)).year;
  const warnings: Warning[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    const noticed = calendar.noticedYears.find((each) => each.year === year);
    if (noticed?.complete === true) continue;
    warnings.push({
      code: 'year-without-notice',
      year,
      vi: `Chưa có đủ thông báo chính thức về ngày nghỉ năm ${year}; kết quả có thể thay đổi khi có thông báo.`,
      en: `The official notice of days off in ${year} is missing or incomplete; the result may change when it comes.`,
    });
  }
  return warnings;
}

function warningsBetween(calendar: WorkingCalendar, one: Instant, other: Instant): readonly Warning[] {
  const { zone } = dayTableOf(calendar);
  return yearWarnings(calendar, zone.dayNumberAt(one), zone.dayNumberAt(other));
}

function startStep(table: DayTable, from: Start, start: number): Step {
  return {
    kind: 'start-day',
    date: dateOfDayNumber(start),
    at: typeof from === 'string' ? null : wallInstant(table.zone, from),
  };
}

function rolledStep(table: DayTable, from: number, to: number): Step {
  const status = table.statusOf(from);
  return {
    kind: 'rolled',
    from: dateOfDayNumber(from),
    to: dateOfDayNumber(to),
    reason: status.working ? 'no-session' : status.reason,
    day: status.day,
  };
}

/** The days after `start` up to and including `end`, walked towards `end`, each counted or skipped. */
function dayWalk(table: DayTable, start: number, end: number): readonly Step[] {
  const direction = end >= start ? 1 : -1;
  const steps: Step[] = [];
  let ordinal = 0;
  for (let day = start + direction; direction * (end - day) >= 0; day += direction) {
    const status = table.statusOf(day);
    if (!status.working) {
      pushSkipped(steps, table, day);
      continue;
    }
    ordinal += 1;
    const date = dateOfDayNumber(day);
    const previous = steps.at(-1);
    if (previous?.kind === 'counted-days' && previous.day === null && status.day === null) {
      steps[steps.length - 1] = { ...previous, last: date, toOrdinal: ordinal };
    } else {
      steps.push({
        kind: 'counted-days',
        unit: 'working-day',
        first: date,
        last: date,
        fromOrdinal: ordinal,
        toOrdinal: ordinal,
        day: status.day,
      });
    }
  }
  return steps;
}

/** Adds a day that is not worked; days in a row for the same reason become one step. */
function pushSkipped(steps: Step[], table: DayTable, day: number): void {
  const status = table.statusOf(day);
  if (status.working) return;
  const date = dateOfDayNumber(day);
  const previous = steps.at(-1);
  if (
    previous?.kind === 'skipped-days' &&
    previous.reason === status.reason &&
    sameOrder(previous.day, status.day)
  ) {
    steps[steps.length - 1] = { ...previous, last: date };
  } else {
    steps.push({ kind: 'skipped-days', first: date, last: date, reason: status.reason, day: status.day });
  }
}

type Ordered = ReturnType<DayTable['statusOf']>['day'];

function sameOrder(one: Ordered, other: Ordered): boolean {
  return (
    one?.name.vi === other?.name.vi &&
    one?.notice?.number === other?.notice?.number &&
    one?.notice?.issuer === other?.notice?.issuer &&
    one?.basis === other?.basis
  );
}

/** The sessions between two instants, walked from the first to the second (which may be the earlier one). */
function timeWalk(table: DayTable, from: Instant, to: Instant): readonly Step[] {
  const direction = to >= from ? 1 : -1;
  const [early, late] = direction === 1 ? [from, to] : [to, from];
  const [start, end] = [table.zone.dayNumberAt(from), table.zone.dayNumberAt(to)];
  const steps: Step[] = [];
  let totalMs = 0;
  for (let day = start; direction * (end - day) >= 0; day += direction) {
    const sessions = table.sessionsOf(day);
    if (sessions.length === 0) pushSkipped(steps, table, day);
    for (const session of direction === 1 ? sessions : [...sessions].reverse()) {
      const opens = Math.max(session.opens, early);
      const closes = Math.min(session.closes, late);
      if (closes <= opens) continue;
      totalMs += closes - opens;
      steps.push({
        kind: 'counted-time',
        from: wallInstant(table.zone, opens),
        to: wallInstant(table.zone, closes),
        ms: closes - opens,
        totalMs,
      });
    }
  }
  return steps;
}
