import { addDays, addMonths, type CivilDate } from '../working-time/civil-date';
import { dayTableOf } from '../working-time/day-table';
import { explainAddWorkingDays, explainEndOfDay } from '../working-time/explained-working-time';
import { type Explained, renderDate, type Step, type Warning, wallInstant } from '../working-time/steps';
import { dateOf, type RollRule } from '../working-time/working-time';
import { type Instant } from '../working-time/zone';
import { type DeadlineReading } from './deadline-reading';
import { type Derived, open, prefixed, type ResolveOptions, rollRule, rule } from './derivation';
import { nextOccurrence } from './next-occurrence';
import { fromOrigin } from './resolve-from-origin';
import { instantOfTime } from './time-of-day';

export type { ResolveOptions } from './derivation';

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
    reading.every === undefined ? reading.date : nextOccurrence(reading, occurringFrom(reading, options));
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

/** "Trước ngày 20 hằng tháng", asked on the 20th, is over for this month where it ends on the 19th. */
function occurringFrom(
  { bound, time }: DeadlineReading,
  { occurringFrom: from, beforeMeans }: ResolveOptions,
): CivilDate | null {
  if (from === undefined) return null;
  return bound === 'before' && time === null && beforeMeans === 'previous-day' ? addDays(from, 1) : from;
}

function ambiguous(reading: DeadlineReading): Warning {
  return {
    code: 'ambiguous-words',
    vi: `Câu chữ "${reading.text}" có nhiều cách hiểu (${reading.flags.join(', ')}); cần người xác nhận.`,
    en: `The words "${reading.text}" can be read in several ways (${reading.flags.join(', ')}); a person must confirm.`,
  };
}

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

function fromEvent(reading: DeadlineReading, options: ResolveOptions): Derived {
  if (options.eventOn === undefined) {
    return open(
      'awaits-event',
      'Hạn chờ ngày diễn ra sự kiện; nhập ngày khi đã biết.',
      'The deadline waits for an event; enter its day when it is known.',
    );
  }
  const date = dateOf(options.calendar, options.eventOn);
  if (reading.amount === undefined) return fromDate({ ...reading, time: null }, date, options);
  const { calendar } = options;
  const step = rule(
    'counted-back-from-event',
    `"${reading.text}": đếm lùi từ ngày diễn ra, ${renderDate(date, 'vi')}.`,
    `"${reading.text}": counted back from the day of the event, ${renderDate(date, 'en')}.`,
  );
  const back =
    reading.unit === 'working-day'
      ? explainAddWorkingDays(calendar, date, -reading.amount)
      : explainEndOfDay(calendar, leadDay(reading, date), 'none');
  return prefixed([step], back);
}

function leadDay(reading: DeadlineReading, date: CivilDate): CivilDate {
  const amount = reading.amount ?? 0;
  if (reading.unit === 'month') return addMonths(date, -amount);
  return addDays(date, reading.unit === 'calendar-day' ? -amount : -Math.ceil(amount / 24));
}
