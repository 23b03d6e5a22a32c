import { deriveLateness, type LatenessFacts } from '../lifecycles/lateness';
import { hasEnded } from '../lifecycles/directive-state';
import { addDays, addMonths, dayNumberOfDate, weekdayOf, type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { isWorkingDay, workingDaysBetween } from '../working-time/working-time';
import { dateAt, zoneNamed, type Instant } from '../working-time/zone';

/** What the course is told from: one directive. */
export interface CourseFacts extends LatenessFacts {
  readonly assignedAt: Instant;
  /** The last day that is in time. */
  readonly deadlineDate: CivilDate | null;
  /** The lead's; left out: the organization's own. */
  readonly calendar?: WorkingCalendar;
}

export type Span = 'week' | 'month';

/** One week (from Monday) or month of the office; both days are in it. */
export interface CourseSpan {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly assigned: number;
  /** Of those closed in it. */
  readonly onTime: number;
  readonly late: number;
  readonly noDeadline: number;
}

/** How long what is overdue has been so, in working days; the deadlines of all of these lie between the two days. */
export interface Ageing {
  readonly least: number;
  /** Null: and more. */
  readonly most: number | null;
  readonly count: number;
  readonly dueFrom: CivilDate | null;
  readonly dueTo: CivilDate | null;
}

export interface ComingDay {
  readonly date: CivilDate;
  readonly count: number;
  readonly isWorked: boolean;
}

export interface Course {
  readonly trend: readonly CourseSpan[];
  readonly ageing: readonly Ageing[];
  /** Deadlines of all that has not ended, in whole weeks from this Monday. */
  readonly coming: readonly ComingDay[];
}

const SPANS: Readonly<Record<Span, number>> = { week: 12, month: 12 };
const COMING_DAYS = 42;
const ages: readonly (readonly [least: number, most: number | null])[] = [
  [0, 2],
  [3, 5],
  [6, 10],
  [11, null],
];

/** The first day of the span that a day lies in. */
function beginOf(span: Span, date: CivilDate): CivilDate {
  return span === 'week' ? addDays(date, 1 - weekdayOf(dayNumberOfDate(date))) : `${date.slice(0, 8)}01`;
}

const nextOf = (span: Span, begin: CivilDate): CivilDate =>
  span === 'week' ? addDays(begin, 7) : addMonths(begin, 1);

/** First days of the spans that are told, the present one last. */
function beginsOf(span: Span, today: CivilDate): readonly CivilDate[] {
  const begins = [beginOf(span, today)];
  while (begins.length < SPANS[span]) begins.unshift(beginOf(span, addDays(begins[0] ?? today, -1)));
  return begins;
}

/** The day from which on what was given or closed counts in the trend; what is open counts whenever it was given. */
export function courseSince(span: Span, calendar: WorkingCalendar, now: Instant): CivilDate {
  const today = dateAt(zoneNamed(calendar.zone), now);
  return beginsOf(span, today)[0] ?? today;
}

/** How work has gone, how old what is late has grown, and what comes: by the office's own days. Pure. */
export function courseOf(
  directives: readonly CourseFacts[],
  span: Span,
  calendar: WorkingCalendar,
  now: Instant,
): Course {
  const zone = zoneNamed(calendar.zone);
  const today = dateAt(zone, now);
  const judged = directives.map((facts) => ({ facts, lateness: deriveLateness(facts, now) }));

  const spans = new Map(
    beginsOf(span, today).map((begin) => [begin, { assigned: 0, onTime: 0, late: 0, noDeadline: 0 }]),
  );
  for (const { facts, lateness } of judged) {
    if (facts.work !== 'cancelled' && facts.work !== 'replaced') {
      const given = spans.get(beginOf(span, dateAt(zone, facts.assignedAt)));
      if (given) given.assigned += 1;
    }
    if (lateness.completion === null || facts.closedAt === null) continue;
    const closed = spans.get(beginOf(span, dateAt(zone, facts.closedAt)));
    if (!closed) continue;
    if (lateness.completion === 'on-time') closed.onTime += 1;
    else if (lateness.completion === 'late') closed.late += 1;
    else closed.noDeadline += 1;
  }

  const overdue = judged.flatMap(
    ({ facts: { deadline, deadlineDate, calendar: own = calendar }, lateness }) =>
      lateness.overdue && deadline !== null
        ? [{ date: deadlineDate, days: workingDaysBetween(own, deadline, now) }]
        : [],
  );
  const coming = new Map<CivilDate, number>();
  for (const facts of directives)
    if (facts.deadlineDate !== null && !hasEnded(facts.work))
      coming.set(facts.deadlineDate, (coming.get(facts.deadlineDate) ?? 0) + 1);
  const monday = beginOf('week', today);

  return {
    trend: [...spans].map(([from, counts]) => ({ from, to: addDays(nextOf(span, from), -1), ...counts })),
    ageing: ages.map(([least, most]) => {
      const those = overdue.filter(({ days }) => days >= least && (most === null || days <= most));
      const dates = those.flatMap(({ date }) => (date === null ? [] : [date])).sort();
      return {
        least,
        most,
        count: those.length,
        dueFrom: dates[0] ?? null,
        dueTo: dates.at(-1) ?? null,
      };
    }),
    coming: Array.from({ length: COMING_DAYS }, (_, index) => {
      const date = addDays(monday, index);
      return { date, count: coming.get(date) ?? 0, isWorked: isWorkingDay(calendar, date) };
    }),
  };
}
