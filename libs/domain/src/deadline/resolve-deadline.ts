import { addDays, addMonths, type CivilDate, dayNumberOfDate } from '../working-time/civil-date';
import { dayTableOf } from '../working-time/day-table';
import {
  explainAddCalendarDays,
  explainAddWorkingDays,
  explainAddWorkingTime,
  explainEndOfDay,
  yearWarnings,
} from '../working-time/explained-working-time';
import { type Explained, renderDate, type Step, type Warning, wallInstant } from '../working-time/steps';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateOf, nextOpening, type RollRule, type Start } from '../working-time/working-time';
import { type Instant } from '../working-time/zone';
import { type DeadlineReading } from './deadline-reading';
import { nextOccurrence } from './next-occurrence';
import { instantOfTime } from './time-of-day';

/** An office's conventions and what is known of the document; none of it is law, so each is a setting of the office. */
export interface ResolveOptions {
  readonly calendar: WorkingCalendar;
  /** "trước ngày X": due at the end of the day before X, or of X itself. Offices differ. */
  readonly beforeMeans: 'previous-day' | 'that-day';
  /**
   * Does a last day that is not worked move to the next working day (as BLDS 2015, Điều 148 has it for time limits)?
   * Otherwise it stays, at the usual closing hour. "Trước ngày X" never moves past X.
   */
  readonly rollToWorkingDay: boolean;
  readonly receivedOn?: Start;
  readonly issuedOn?: Start;
  readonly signedOn?: Start;
  /** The day of the event that an event-relative deadline waits for, once it is known. */
  readonly eventOn?: Start;
  /** For a recurring deadline: the next occurrence on or after this day. */
  readonly occurringFrom?: CivilDate;
}

/** A deadline made an instant, or the reason why it stays open. */
export interface DeadlineResolution {
  readonly dueAt: Instant | null;
  /** The civil date of `dueAt` in the calendar's zone. */
  readonly date: CivilDate | null;
  readonly steps: readonly Step[];
  readonly warnings: readonly Warning[];
  /** The rule that read the words. */
  readonly rule: string;
}

/**
 * Turns a reading into an instant by the office's calendar and conventions. An open deadline (no date in the words, a
 * missing receipt date, an event to wait for) has `dueAt: null` and a warning that says what is missing.
 * @throws CalendarRangeError when the deadline leaves the years a calendar can speak of.
 */
export function resolveDeadline(reading: DeadlineReading, options: ResolveOptions): DeadlineResolution {
  const doubts = reading.ambiguous ? [ambiguous(reading)] : [];
  const result = derive(reading, options);
  const warnings = [...doubts, ...result.warnings];
  if (result.instant === null)
    return { dueAt: null, date: null, steps: result.steps, warnings, rule: reading.rule };
  return {
    dueAt: result.instant,
    date: dateOf(options.calendar, result.instant),
    steps: result.steps,
    warnings,
    rule: reading.rule,
  };
}

type Derived = Explained | (Omit<Explained, 'instant'> & { readonly instant: null });

function derive(reading: DeadlineReading, options: ResolveOptions): Derived {
  if (reading.kind === 'relative') return fromOrigin(reading, options);
  if (reading.kind === 'event') return fromEvent(reading, options);
  if (reading.kind === 'vague') {
    return open(
      'no-date-in-words',
      'Câu chữ không nêu ngày; cần ấn định hạn.',
      'The words name no day; a deadline must be set.',
    );
  }
  const date =
    reading.every === undefined ? reading.date : nextOccurrence(reading, options.occurringFrom ?? null);
  if (date !== null) return fromDate(reading, date, options);
  return reading.every === undefined
    ? open(
        'date-not-determined',
        'Chưa xác định được ngày từ câu chữ; cần người xác nhận.',
        'The day cannot be told from the words; a person must confirm it.',
      )
    : open(
        'recurring',
        'Hạn lặp lại theo kỳ; hãy lập kỳ báo cáo.',
        'The deadline recurs; make it a reporting obligation.',
      );
}

function open(code: string, vi: string, en: string): Derived {
  return { instant: null, steps: [], warnings: [{ code, vi, en }] };
}

function ambiguous(reading: DeadlineReading): Warning {
  return {
    code: 'ambiguous-words',
    vi: `Câu chữ "${reading.text}" có nhiều cách hiểu (${reading.flags.join(', ')}); cần người xác nhận.`,
    en: `The words "${reading.text}" can be read in several ways (${reading.flags.join(', ')}); a person must confirm.`,
  };
}

const rule = (code: string, vi: string, en: string): Step => ({ kind: 'rule', code, vi, en });

function fromDate(reading: DeadlineReading, date: CivilDate, options: ResolveOptions): Derived {
  if (reading.bound === 'before') return beforeDate(reading, date, options);
  const last = rule(
    'last-day',
    `"${reading.text}": ngày cuối là ${renderDate(date, 'vi')}.`,
    `"${reading.text}": the last day is ${renderDate(date, 'en')}.`,
  );
  return prefixed([last], endOf(reading, date, options, rollRule(options)));
}

/** "Trước ngày X" by the office's switch; an hour ("trước 16 giờ ngày X") is before that hour and needs no switch. */
function beforeDate(reading: DeadlineReading, date: CivilDate, options: ResolveOptions): Derived {
  if (reading.time !== null) {
    const step = rule(
      'before-hour',
      `"${reading.text}": trước giờ đã nêu của ngày ${renderDate(date, 'vi')}.`,
      `"${reading.text}": before the stated time of ${renderDate(date, 'en')}.`,
    );
    return prefixed([step], endOf(reading, date, options, 'none'));
  }
  const wholePeriod = reading.kind === 'period' && reading.every === undefined;
  const earlier = wholePeriod || options.beforeMeans === 'previous-day';
  const last = earlier ? addDays(date, -1) : date;
  const step = earlier
    ? rule(
        'before-means-previous-day',
        `"${reading.text}": theo cách tính của đơn vị là hết ngày liền trước, ${renderDate(last, 'vi')}.`,
        `"${reading.text}": by the office's convention the end of the day before, ${renderDate(last, 'en')}.`,
      )
    : rule(
        'before-means-that-day',
        `"${reading.text}": theo cách tính của đơn vị là hết chính ngày đó, ${renderDate(last, 'vi')}.`,
        `"${reading.text}": by the office's convention the end of that very day, ${renderDate(last, 'en')}.`,
      );
  return prefixed([step], endOf(reading, last, options, 'none'));
}

const rollRule = (options: ResolveOptions): RollRule =>
  options.rollToWorkingDay ? 'next-working-day' : 'none';

/** The stated time of the last day, or its end. */
function endOf(
  reading: DeadlineReading,
  date: CivilDate,
  options: ResolveOptions,
  roll: RollRule,
): Explained {
  const end = explainEndOfDay(options.calendar, date, roll);
  if (reading.time === null) return end;
  const { zone } = dayTableOf(options.calendar);
  const day = zone.dayNumberAt(end.instant);
  const instant = instantOfTime(options.calendar, day, reading.time, reading.bound === 'before');
  const at = wallInstant(zone, instant);
  return {
    instant,
    steps: [
      ...end.steps.filter((step) => step.kind !== 'closing'),
      rule(
        'stated-time',
        `Giờ nêu trong câu chữ: ${at.clock} ${renderDate(at.date, 'vi')}.`,
        `The time named in the words: ${at.clock} on ${renderDate(at.date, 'en')}.`,
      ),
    ],
    warnings: end.warnings,
  };
}

function prefixed(
  steps: readonly Step[],
  explained: Explained,
  warnings: readonly Warning[] = [],
): Explained {
  return {
    instant: explained.instant,
    steps: [...steps, ...explained.steps],
    warnings: [...warnings, ...explained.warnings],
  };
}

interface OriginDay {
  readonly start: Start;
  readonly warnings: readonly Warning[];
}

function originOf(reading: DeadlineReading, options: ResolveOptions): OriginDay | Derived {
  const known = (start: Start | undefined, missing: Derived): OriginDay | Derived =>
    start === undefined ? missing : { start, warnings: [] };
  if (reading.from === undefined) return assumedOrigin(options);
  switch (reading.from) {
    case 'receipt':
      return known(
        options.receivedOn,
        open('receipt-date-missing', 'Chưa có ngày nhận văn bản.', 'The date of receipt is not known.'),
      );
    case 'issue':
      return known(
        options.issuedOn,
        open('issue-date-missing', 'Chưa có ngày ban hành văn bản.', 'The date of issue is not known.'),
      );
    case 'signing':
      return known(
        options.signedOn ?? options.issuedOn,
        open('signing-date-missing', 'Chưa có ngày ký văn bản.', 'The date of signing is not known.'),
      );
    case 'stated-date':
      return known(
        reading.fromDate,
        open(
          'date-not-determined',
          'Chưa xác định được ngày bắt đầu tính.',
          'The day to count from cannot be told.',
        ),
      );
    case 'event':
      return known(
        options.eventOn,
        open('awaits-event', 'Hạn chờ ngày diễn ra sự kiện.', 'The deadline waits for the day of the event.'),
      );
  }
}

/** Words that do not say from when are counted from receipt, or else from issue, and say so. */
function assumedOrigin(options: ResolveOptions): OriginDay | Derived {
  const start = options.receivedOn ?? options.issuedOn;
  if (start === undefined)
    return open('receipt-date-missing', 'Chưa có ngày nhận văn bản.', 'The date of receipt is not known.');
  const received = options.receivedOn !== undefined;
  const warning: Warning = {
    code: 'origin-assumed',
    vi: `Câu chữ không nêu mốc bắt đầu; tính từ ngày ${received ? 'nhận' : 'ban hành'} văn bản.`,
    en: `The words do not say from when; counted from the ${received ? 'receipt' : 'issue'} of the document.`,
  };
  return { start, warnings: [warning] };
}

function fromOrigin(reading: DeadlineReading, options: ResolveOptions): Derived {
  const origin = originOf(reading, options);
  if (!('start' in origin)) return origin;
  const amount = reading.amount ?? 0;
  const { calendar } = options;
  const step = rule(
    'counted-from',
    `"${reading.text}": ngày bắt đầu không tính.`,
    `"${reading.text}": the first day is not counted.`,
  );
  const unit = reading.unit ?? 'calendar-day';
  switch (unit) {
    case 'working-hour':
    case 'hour':
      return countHours(reading, origin, amount, options);
    case 'working-day':
      return prefixed([step], explainAddWorkingDays(calendar, origin.start, amount), origin.warnings);
    case 'month': {
      const last = addMonths(dateOf(calendar, origin.start), amount);
      const months = rule(
        'counted-months',
        `"${reading.text}": ${amount} tháng, đến ${renderDate(last, 'vi')}.`,
        `"${reading.text}": ${amount} months, up to ${renderDate(last, 'en')}.`,
      );
      return prefixed([months], explainEndOfDay(calendar, last, rollRule(options)), origin.warnings);
    }
    case 'calendar-day':
      return prefixed(
        [step],
        explainAddCalendarDays(calendar, origin.start, amount, rollRule(options)),
        origin.warnings,
      );
  }
}

/** Hours are counted from the hour of receipt; from the first opening of the day when only the day is known. */
function countHours(
  reading: DeadlineReading,
  origin: OriginDay,
  hours: number,
  options: ResolveOptions,
): Derived {
  const { calendar } = options;
  const { zone } = dayTableOf(calendar);
  const dayOnly = typeof origin.start === 'string';
  const from =
    typeof origin.start === 'string'
      ? nextOpening(calendar, zone.instantOf(dayNumberOfDate(origin.start), 0))
      : origin.start;
  const unknownHour: Warning = {
    code: 'origin-hour-assumed',
    vi: 'Chưa biết giờ bắt đầu; tính từ giờ mở cửa đầu tiên.',
    en: 'The hour to count from is not known; counted from the first opening.',
  };
  const warnings = dayOnly ? [...origin.warnings, unknownHour] : origin.warnings;
  if (reading.unit === 'working-hour') {
    return prefixed([], explainAddWorkingTime(calendar, from, hours * 3_600_000), warnings);
  }
  const instant = from + hours * 3_600_000;
  return {
    instant,
    steps: [
      { kind: 'start-instant', at: wallInstant(zone, from) },
      rule(
        'clock-time',
        `Cộng ${hours} giờ đồng hồ, kể cả ngoài giờ làm việc.`,
        `Plus ${hours} hours by the clock, whether the office is open or not.`,
      ),
    ],
    warnings: [...warnings, ...yearWarnings(calendar, zone.dayNumberAt(from), zone.dayNumberAt(instant))],
  };
}

function fromEvent(reading: DeadlineReading, options: ResolveOptions): Derived {
  if (options.eventOn === undefined) {
    return open(
      'awaits-event',
      'Hạn chờ ngày diễn ra sự kiện; nhập ngày khi đã biết.',
      'The deadline waits for an event; enter its day when it is known.',
    );
  }
  const date = dateOf(options.calendar, options.eventOn);
  return fromDate({ ...reading, time: null }, date, options);
}
