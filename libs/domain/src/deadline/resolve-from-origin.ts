import { addMonths, dayNumberOfDate } from '../working-time/civil-date';
import { dayTableOf } from '../working-time/day-table';
import {
  explainAddCalendarDays,
  explainAddWorkingDays,
  explainAddWorkingTime,
  explainEndOfDay,
  yearWarnings,
} from '../working-time/explained-working-time';
import { renderDate, type Warning, wallInstant } from '../working-time/steps';
import { dateOf, nextOpening, type Start } from '../working-time/working-time';
import { type DeadlineReading } from './deadline-reading';
import { type Derived, open, prefixed, type ResolveOptions, rollRule, rule } from './derivation';

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

/** "N ngày làm việc kể từ ngày nhận": counted from the origin the words name, its own day excluded. */
export function fromOrigin(reading: DeadlineReading, options: ResolveOptions): Derived {
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
