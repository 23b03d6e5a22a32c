import { type Bilingual, type Instant } from '@dondoc/workflow';
import {
  addDays,
  addMonths,
  civilPartsOf,
  dayNumberOfDate,
  daysInMonth,
  formatCivilDate,
  weekdayOf,
  type CivilDate,
} from '../working-time/civil-date';
import { minutesOf, type WorkingCalendar } from '../working-time/working-calendar';
import { closingTimeOf, dateOf, isWorkingDay, nthWorkingDay } from '../working-time/working-time';
import { zoneNamed } from '../working-time/zone';
import { type PeriodicReport, type ReportPeriod } from './periodic-report-rules';

/** Kỳ báo cáo: the days it speaks of, both included, in the organization's zone. */
export interface ReportingPeriod {
  readonly first: CivilDate;
  readonly last: CivilDate;
  /** "tháng 11/2026", as people name it. */
  readonly name: Bilingual;
}

/** A report of one period with the instant at which it is due. */
export interface DueReport {
  /** Id of the periodic report in the working rules. */
  readonly report: string;
  readonly period: ReportingPeriod;
  readonly due: Instant;
}

/** Months of each kind of period; the week has none. */
const MONTHS = { month: 1, quarter: 3, 'half-year': 6, 'nine-months': 9, year: 12 } as const;

const ROMAN = ['I', 'II', 'III', 'IV'] as const;

function named(every: ReportPeriod, year: number, month: number): Bilingual {
  const quarter = ROMAN[Math.floor(month / 3)] ?? '';
  switch (every) {
    case 'month':
      return { vi: `tháng ${month + 1}/${year}`, en: `month ${month + 1}/${year}` };
    case 'quarter':
      return { vi: `quý ${quarter}/${year}`, en: `quarter ${quarter}/${year}` };
    case 'half-year':
      return month === 0
        ? { vi: `6 tháng đầu năm ${year}`, en: `first half of ${year}` }
        : { vi: `6 tháng cuối năm ${year}`, en: `second half of ${year}` };
    case 'nine-months':
      return { vi: `9 tháng năm ${year}`, en: `nine months of ${year}` };
    default:
      return { vi: `năm ${year}`, en: `year ${year}` };
  }
}

function weekOf(date: CivilDate): ReportingPeriod {
  const first = addDays(date, 1 - weekdayOf(dayNumberOfDate(date)));
  // The week belongs to the year of its Thursday (ISO 8601).
  const { year } = civilPartsOf(dayNumberOfDate(addDays(first, 3)));
  const week =
    Math.floor((dayNumberOfDate(addDays(first, 3)) - dayNumberOfDate(formatCivilDate(year, 1, 1))) / 7) + 1;
  return {
    first,
    last: addDays(first, 6),
    name: { vi: `tuần ${week}/${year}`, en: `week ${week}/${year}` },
  };
}

/** The period in which a date lies; a date after the nine months of its year lies in those of the next one. */
export function periodOf(every: ReportPeriod, date: CivilDate): ReportingPeriod {
  if (every === 'week') return weekOf(date);
  const { year, month } = civilPartsOf(dayNumberOfDate(date));
  if (every === 'nine-months' && month > 9) return periodOf(every, formatCivilDate(year + 1, 1, 1));
  const months = MONTHS[every];
  const begins = Math.floor((month - 1) / months) * months;
  const first = formatCivilDate(year, begins + 1, 1);
  return { first, last: addDays(addMonths(first, months), -1), name: named(every, year, begins) };
}

/** The period after another one of the same kind. */
export function nextPeriod(every: ReportPeriod, { last }: ReportingPeriod): ReportingPeriod {
  return periodOf(every, addDays(last, 1));
}

function dueDay({ due }: PeriodicReport, period: ReportingPeriod): CivilDate {
  if (due.in === 'week') return addDays(period.last, due.weeksAfter * 7 + due.weekday - 7);
  const monthOfEnd = `${period.last.slice(0, 8)}01`;
  const target = civilPartsOf(dayNumberOfDate(addMonths(monthOfEnd, due.monthsAfter)));
  const length = daysInMonth(target.year, target.month);
  return formatCivilDate(target.year, target.month, due.day === 'last' ? length : Math.min(due.day, length));
}

/** When the report of a period is due, on a day that the rules move when it is not worked. */
export function dueOf(report: PeriodicReport, period: ReportingPeriod, calendar: WorkingCalendar): Instant {
  const named = dueDay(report, period);
  const { at, restDay } = report.due;
  const moves = restDay !== 'stays' && !isWorkingDay(calendar, named);
  const day = moves ? nthWorkingDay(calendar, named, restDay === 'next-working-day' ? 1 : -1) : named;
  if (at === null) return closingTimeOf(calendar, day);
  return zoneNamed(calendar.zone).instantOf(dayNumberOfDate(day), minutesOf(at) ?? 0);
}

/** The first report that is due after an instant, with its period. Pure. */
export function firstDueReport(report: PeriodicReport, after: Instant, calendar: WorkingCalendar): DueReport {
  // A report can be due a year and more after its period.
  let period = periodOf(report.every, addMonths(dateOf(calendar, after), -25));
  for (;;) {
    const due = dueOf(report, period, calendar);
    if (due > after) return { report: report.id, period, due };
    period = nextPeriod(report.every, period);
  }
}

/**
 * The report of the period after another one. Counted by periods and not from the instant that is over: around Tết two
 * periods can be due at the same instant, and neither is left out. Pure.
 */
export function followingReport(
  report: PeriodicReport,
  known: Pick<DueReport, 'period'>,
  calendar: WorkingCalendar,
): DueReport {
  const period = nextPeriod(report.every, known.period);
  return { report: report.id, period, due: dueOf(report, period, calendar) };
}
