import { type BilingualText } from './working-calendar';
import { type WorkingCalendar } from './working-calendar';
import {
  explainAddCalendarDays,
  explainAddWorkingDays,
  explainAddWorkingTime,
  yearWarnings,
} from './explained-working-time';
import { dayTableOf } from './day-table';
import { type Explained, wallInstant } from './steps';
import { type RollRule } from './working-time';
import { type Instant } from './zone';

export type DurationUnit = 'working-day' | 'working-hour' | 'calendar-day' | 'hour' | 'minute';

/** An amount of time in the unit in which it was said; may be negative. */
export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

export interface DurationRefusal extends BilingualText {
  readonly code: 'duration-empty' | 'duration-malformed' | 'duration-unknown-unit' | 'duration-too-long';
}

export type DurationResult =
  | { readonly ok: true; readonly duration: Duration }
  | { readonly ok: false; readonly error: DurationRefusal };

const unitsBySuffix: Readonly<Record<string, DurationUnit>> = {
  wd: 'working-day',
  wh: 'working-hour',
  d: 'calendar-day',
  h: 'hour',
  m: 'minute',
};

/** The most that can be asked for, per unit: some fifty years. */
const longest: Readonly<Record<DurationUnit, number>> = {
  'working-day': 12_500,
  'working-hour': 100_000,
  'calendar-day': 18_250,
  hour: 438_000,
  minute: 26_280_000,
};

const refuse = (code: DurationRefusal['code'], vi: string, en: string): DurationResult => ({
  ok: false,
  error: { code, vi, en },
});

/**
 * Reads "5wd" (working days), "3wh" (working hours), "2d" (calendar days), "4h" (hours), "90m" (minutes); a leading
 * minus counts backward. Whole numbers only.
 */
export function parseDuration(text: string): DurationResult {
  const trimmed = text.trim();
  const shown = trimmed.slice(0, 40);
  if (trimmed === '') {
    return refuse(
      'duration-empty',
      'Chưa nêu khoảng thời gian, ví dụ 5wd.',
      'No duration given, for example 5wd.',
    );
  }
  const match = /^([+-]?\d{1,9})\s?([a-z]{1,4})$/i.exec(trimmed);
  if (match === null) {
    return refuse(
      'duration-malformed',
      `Không đọc được khoảng thời gian "${shown}"; viết số nguyên kèm đơn vị, ví dụ 5wd, 3wh, 2d, 4h, 90m.`,
      `Cannot read the duration "${shown}"; write a whole number and a unit, for example 5wd, 3wh, 2d, 4h, 90m.`,
    );
  }
  const suffix = (match[2] ?? '').toLowerCase();
  const unit = Object.hasOwn(unitsBySuffix, suffix) ? unitsBySuffix[suffix] : undefined;
  if (unit === undefined) {
    return refuse(
      'duration-unknown-unit',
      `Không có đơn vị "${suffix}"; dùng wd (ngày làm việc), wh (giờ làm việc), d (ngày), h (giờ), m (phút).`,
      `No unit "${suffix}"; use wd (working days), wh (working hours), d (calendar days), h (hours), m (minutes).`,
    );
  }
  const amount = Number(match[1]) + 0;
  if (Math.abs(amount) > longest[unit]) {
    return refuse(
      'duration-too-long',
      `Khoảng thời gian "${shown}" quá dài; tối đa ${longest[unit]} đơn vị.`,
      `The duration "${shown}" is too long; at most ${longest[unit]} of this unit.`,
    );
  }
  return { ok: true, duration: { amount, unit } };
}

/**
 * Adds a duration to an instant with its derivation. Working and calendar days end at a closing (day of start excluded);
 * hours and minutes are exact.
 * @throws CalendarRangeError when the calendar has no working time left in that direction.
 */
export function explainAddDuration(
  calendar: WorkingCalendar,
  from: Instant,
  duration: Duration,
  roll: RollRule = 'none',
): Explained {
  const { amount } = duration;
  switch (duration.unit) {
    case 'working-day':
      return explainAddWorkingDays(calendar, from, amount);
    case 'working-hour':
      return explainAddWorkingTime(calendar, from, amount * 3_600_000);
    case 'calendar-day':
      return explainAddCalendarDays(calendar, from, amount, roll);
    case 'hour':
      return addClockTime(calendar, from, amount * 3_600_000, {
        vi: `${amount} giờ đồng hồ`,
        en: `${amount} hours by the clock`,
      });
    case 'minute':
      return addClockTime(calendar, from, amount * 60_000, {
        vi: `${amount} phút đồng hồ`,
        en: `${amount} minutes by the clock`,
      });
  }
}

function addClockTime(calendar: WorkingCalendar, from: Instant, ms: number, text: BilingualText): Explained {
  const { zone } = dayTableOf(calendar);
  const instant = from + ms;
  const [start, end] = [zone.dayNumberAt(from), zone.dayNumberAt(instant)];
  return {
    instant,
    steps: [
      { kind: 'start-instant', at: wallInstant(zone, from) },
      {
        kind: 'rule',
        code: 'clock-time',
        vi: `Cộng ${text.vi}, kể cả ngoài giờ làm việc.`,
        en: `Plus ${text.en}, whether the office is open or not.`,
      },
    ],
    warnings: yearWarnings(calendar, start, end),
  };
}
