import { civilPartsOf, dayNumberOf } from './civil-date';
import { OfficeHours } from './office-hours';
import { minutesOf, type WorkingCalendar } from './working-calendar';
import { type Instant, type Zone, zoneNamed } from './zone';

/** One session of one date, as instants: open from `opens`, no longer open at `closes`. */
export interface Session {
  readonly opens: Instant;
  readonly closes: Instant;
}

/** The years in which working time can be counted. Outside them a calendar says nothing about anybody's hours. */
export const firstCountableYear = 1900;
export const lastCountableYear = 2199;

/** Counting ran out of the years a calendar can speak of, or the calendar has no working time in that direction. */
export class CalendarRangeError extends RangeError {
  readonly code = 'beyond-calendar';
  readonly vi = `Kết quả nằm ngoài phạm vi lịch làm việc (năm ${firstCountableYear} đến ${lastCountableYear}), hoặc lịch không có giờ làm việc theo hướng đó.`;
  readonly en = `The result lies outside the working calendar (years ${firstCountableYear} to ${lastCountableYear}), or the calendar has no working time in that direction.`;
  constructor() {
    super('beyond-calendar');
    this.name = 'CalendarRangeError';
  }
}

interface YearTable {
  readonly firstDay: number;
  /** Day numbers of the working days, ascending. */
  readonly workingDays: Int32Array;
  /** For the i-th day of the year: how many working days come before it. One entry more than the year has days. */
  readonly workingDaysBefore: Uint16Array;
  readonly sessions: (readonly Session[] | undefined)[];
  /** For the i-th day: working milliseconds before it in this year; filled when first asked for. */
  workBefore: Float64Array | null;
}

const tables = new WeakMap<WorkingCalendar, DayTable>();

/** The table of a calendar, built once per calendar object; years are filled as they are asked for. */
export function dayTableOf(calendar: WorkingCalendar): DayTable {
  let table = tables.get(calendar);
  if (table === undefined) {
    table = new DayTable(calendar);
    tables.set(calendar, table);
  }
  return table;
}

/** Working days and working time counted ahead, year by year, so that arithmetic need not walk. */
export class DayTable extends OfficeHours {
  readonly zone: Zone;
  private readonly years: (YearTable | undefined)[] = [];
  private readonly daysBefore = new Map<number, number>();
  private readonly workBeforeYears = new Map<number, number>();
  private anchorYear: number | null = null;

  constructor(calendar: WorkingCalendar) {
    super(calendar);
    this.zone = zoneNamed(calendar.zone);
  }

  isWorking(dayNumber: number): boolean {
    const year = this.yearOf(dayNumber);
    const index = dayNumber - year.firstDay;
    return (year.workingDaysBefore[index + 1] ?? 0) > (year.workingDaysBefore[index] ?? 0);
  }

  /** The sessions of a day in order; empty on a day that is not worked. */
  sessionsOf(dayNumber: number): readonly Session[] {
    const year = this.yearOf(dayNumber);
    const index = dayNumber - year.firstDay;
    const known = year.sessions[index];
    if (known !== undefined) return known;
    const sessions = this.periodsOf(dayNumber)
      .map((period) => ({
        opens: this.zone.instantOf(dayNumber, minutesOf(period.opens) ?? 0),
        closes: this.zone.instantOf(dayNumber, minutesOf(period.closes) ?? 0),
      }))
      .filter((session) => session.closes > session.opens)
      .sort((a, b) => a.opens - b.opens);
    year.sessions[index] = sessions;
    return sessions;
  }

  /** Working days with a smaller day number, counted from the start of the table's anchor year (negative before it). */
  workingDaysBefore(dayNumber: number): number {
    const { year } = civilPartsOf(dayNumber);
    const table = this.tableOf(year);
    return this.daysBeforeYear(year) + (table.workingDaysBefore[dayNumber - table.firstDay] ?? 0);
  }

  /**
   * The n-th working day after a day (n > 0) or before it (n < 0); the day itself is never counted.
   * @throws CalendarRangeError
   */
  nthWorkingDay(dayNumber: number, n: number): number {
    let { year } = civilPartsOf(dayNumber);
    let table = this.tableOf(year);
    const index = dayNumber - table.firstDay;
    let position =
      n > 0 ? (table.workingDaysBefore[index + 1] ?? 0) + n - 1 : (table.workingDaysBefore[index] ?? 0) + n;
    while (position >= table.workingDays.length) {
      position -= table.workingDays.length;
      year += 1;
      table = this.tableOf(year);
    }
    while (position < 0) {
      year -= 1;
      table = this.tableOf(year);
      position += table.workingDays.length;
    }
    return table.workingDays[position] ?? dayNumber;
  }

  /** Working milliseconds before an instant, counted from the start of the table's anchor year (negative before it). */
  workBefore(instant: Instant): number {
    const dayNumber = this.zone.dayNumberAt(instant);
    const { year } = civilPartsOf(dayNumber);
    const table = this.tableOf(year);
    let total = this.workBeforeYear(year) + (this.workTable(table)[dayNumber - table.firstDay] ?? 0);
    for (const session of this.sessionsOf(dayNumber)) {
      if (instant <= session.opens) break;
      total += Math.min(instant, session.closes) - session.opens;
    }
    return total;
  }

  /**
   * The first instant before which exactly `work` milliseconds were worked (`edge: 'first'`: a closing rather than the
   * opening that follows), or the last such instant (`edge: 'last'`: the opening).
   * @throws CalendarRangeError
   */
  instantAfterWork(work: number, near: number, edge: 'first' | 'last'): Instant {
    const reached = (total: number): boolean => (edge === 'first' ? total >= work : total > work);
    let { year } = civilPartsOf(near);
    while (reached(this.workBeforeYear(year))) year -= 1;
    while (!reached(this.workBeforeYear(year + 1))) year += 1;
    const table = this.tableOf(year);
    const before = this.workTable(table);
    const base = this.workBeforeYear(year);
    let low = 0;
    let high = before.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (reached(base + (before[middle] ?? 0))) high = middle;
      else low = middle;
    }
    let total = base + (before[low] ?? 0);
    for (const session of this.sessionsOf(table.firstDay + low)) {
      const end = total + session.closes - session.opens;
      if (reached(end)) return session.opens + (work - total);
      total = end;
    }
    throw new CalendarRangeError();
  }

  private yearOf(dayNumber: number): YearTable {
    return this.tableOf(civilPartsOf(dayNumber).year);
  }

  private tableOf(year: number): YearTable {
    const known = this.years[year];
    if (known !== undefined) return known;
    if (!(year >= firstCountableYear && year <= lastCountableYear)) throw new CalendarRangeError();
    const firstDay = dayNumberOf(year, 1, 1);
    const length = dayNumberOf(year + 1, 1, 1) - firstDay;
    const workingDays: number[] = [];
    const workingDaysBefore = new Uint16Array(length + 1);
    for (let index = 0; index < length; index += 1) {
      if (this.statusOf(firstDay + index).working) workingDays.push(firstDay + index);
      workingDaysBefore[index + 1] = workingDays.length;
    }
    const table: YearTable = {
      firstDay,
      workingDays: Int32Array.from(workingDays),
      workingDaysBefore,
      sessions: new Array<undefined>(length),
      workBefore: null,
    };
    this.years[year] = table;
    return table;
  }

  private workTable(table: YearTable): Float64Array {
    if (table.workBefore !== null) return table.workBefore;
    const length = table.sessions.length;
    const before = new Float64Array(length + 1);
    let total = 0;
    for (let index = 0; index < length; index += 1) {
      for (const session of this.sessionsOf(table.firstDay + index)) total += session.closes - session.opens;
      before[index + 1] = total;
    }
    table.workBefore = before;
    return before;
  }

  private daysBeforeYear(year: number): number {
    return this.sumBefore(this.daysBefore, year, (each) => this.tableOf(each).workingDays.length);
  }

  private workBeforeYear(year: number): number {
    return this.sumBefore(
      this.workBeforeYears,
      year,
      (each) => this.workTable(this.tableOf(each)).at(-1) ?? 0,
    );
  }

  /** Only differences of these sums are ever used, so they start at the first year asked for, not centuries ago. */
  private sumBefore(sums: Map<number, number>, year: number, ofYear: (year: number) => number): number {
    const known = sums.get(year);
    if (known !== undefined) return known;
    this.anchorYear ??= year;
    let sum = 0;
    for (let each = this.anchorYear; each < year; each += 1) sum += ofYear(each);
    for (let each = this.anchorYear - 1; each >= year; each -= 1) sum -= ofYear(each);
    sums.set(year, sum);
    return sum;
  }
}
