import { parseCivilDate, type Weekday, weekdayOf } from './civil-date';
import { OfficeHours } from './office-hours';
import { type FieldReader } from './field-reader';
import {
  defaultRestDays,
  type DatedDay,
  type SessionRule,
  type WorkingCalendar,
  type WorkingPeriod,
} from './working-calendar';

/** Refuses sessions that contradict one another or that leave no working time. */
export function checkSessions(calendar: WorkingCalendar, read: FieldReader): void {
  calendar.sessions.forEach((session, index) => {
    for (let other = 0; other < index; other += 1) {
      const earlier = calendar.sessions[other];
      if (earlier !== undefined && sessionsCollide(earlier, session)) {
        read.fail(
          'overlapping-sessions',
          `sessions[${index}]`,
          `Giờ làm việc của mục ${index + 1} chồng lên mục ${other + 1} trong cùng thời gian hiệu lực.`,
          `The hours of entry ${index + 1} overlap those of entry ${other + 1} while both are in force.`,
        );
      }
    }
  });
  const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
  const someWorked = weekdays.some(
    (weekday) =>
      !calendar.restDays.includes(weekday) &&
      calendar.sessions.some((session) => session.days === undefined || session.days.includes(weekday)),
  );
  if (!someWorked) {
    read.fail(
      'no-working-time',
      'sessions',
      'Lịch không có ngày nào có giờ làm việc.',
      'The calendar has no day with working hours.',
    );
  }
}

/** Two entries of the same kind (both naming weekdays, or neither) that are in force together with overlapping hours. */
function sessionsCollide(one: SessionRule, other: SessionRule): boolean {
  const sameDays =
    one.days === undefined || other.days === undefined
      ? one.days === other.days
      : one.days.some((day) => other.days?.includes(day));
  const sameTime = (one.from ?? '') <= (other.to ?? '9999') && (other.from ?? '') <= (one.to ?? '9999');
  return sameDays && sameTime && one.periods.some((a) => other.periods.some((b) => periodsOverlap(a, b)));
}

function periodsOverlap(one: WorkingPeriod, other: WorkingPeriod): boolean {
  return one.opens < other.closes && other.opens < one.closes;
}

/** A Saturday that a notice for everybody makes worked is no mistake where Saturdays are worked anyway. */
const isRestSomewhere = (weekday: Weekday, { restDays }: WorkingCalendar): boolean =>
  restDays.includes(weekday) || defaultRestDays.includes(weekday);

/** Refuses days ordered twice or both off and worked, worked days without hours, and years listed twice. */
export function checkDays(calendar: WorkingCalendar, read: FieldReader): void {
  const seen = new Map<string, DatedDay>();
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { date } of calendar.days) (once.has(date) ? twice : once).add(date);
  const hours = new OfficeHours(calendar);
  calendar.days.forEach((day, index) => {
    const field = `days[${index}]`;
    const earlier = seen.get(day.date);
    if (earlier !== undefined) refuseSecond(earlier, day, field, read);
    seen.set(day.date, day);
    const dayNumber = parseCivilDate(day.date) ?? 0;
    if (day.kind === 'worked' && !isRestSomewhere(weekdayOf(dayNumber), calendar)) {
      read.fail(
        'worked-day-is-no-rest-day',
        `${field}.date`,
        `Ngày ${day.date} vốn đã là ngày làm việc, không phải ngày nghỉ hằng tuần.`,
        `${day.date} is an ordinary weekday already, not a weekly rest day.`,
      );
    } else if (day.kind === 'worked' && !twice.has(day.date) && hours.periodsOf(dayNumber).length === 0) {
      read.fail(
        'worked-day-without-hours',
        `${field}.date`,
        `Ngày làm bù ${day.date} không có giờ làm việc nào.`,
        `The worked day ${day.date} has no hours.`,
      );
    }
  });
  const years = calendar.noticedYears.map((each) => each.year);
  years.forEach((year, index) => {
    if (years.indexOf(year) === index) return;
    read.fail(
      'duplicate-year',
      `noticedYears[${index}].year`,
      `Năm ${year} được nêu hai lần.`,
      `The year ${year} is listed twice.`,
    );
  });
}

function refuseSecond(earlier: DatedDay, day: DatedDay, field: string, read: FieldReader): void {
  const contradicts = (earlier.kind === 'worked') !== (day.kind === 'worked');
  const sources = [earlier, day].map((each) => each.notice?.number ?? each.basis ?? '?').join(', ');
  if (contradicts) {
    read.fail(
      'contradicting-day',
      `${field}.date`,
      `Ngày ${day.date} vừa được cho nghỉ vừa phải làm việc (${sources}).`,
      `${day.date} is ordered both off and worked (${sources}).`,
    );
  } else {
    read.fail(
      'duplicate-day',
      `${field}.date`,
      `Ngày ${day.date} được nêu hai lần (${sources}).`,
      `${day.date} is listed twice (${sources}).`,
    );
  }
}
