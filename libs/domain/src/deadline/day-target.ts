import {
  addDays,
  addMonths,
  type CivilDate,
  dayNumberOfDate,
  type Weekday,
  weekdayOf,
} from '../working-time/civil-date';
import { type DayWords, type Read, readDay, readHour, readWeekday, settleDay } from './date-words';
import { type DeadlineContext, type DeadlineFlag, type DeadlineTime } from './deadline-reading';
import { type TimeTarget } from './time-target';
import { byFirstWord, type Tokens } from './tokens';

const dayParts = byFirstWord<{ readonly words: readonly string[]; readonly time: DeadlineTime }>([
  ...[
    'hết giờ làm việc',
    'hết giờ hành chính',
    'cuối giờ làm việc',
    'cuối giờ hành chính',
    'hết buổi làm việc',
  ].map((phrase) => ({ words: phrase.split(' '), time: 'end-of-day' as const })),
  { words: ['đầu', 'giờ', 'sáng'], time: 'start-of-morning' },
  { words: ['đầu', 'giờ', 'chiều'], time: 'start-of-afternoon' },
  { words: ['cuối', 'giờ', 'sáng'], time: 'end-of-morning' },
  { words: ['cuối', 'giờ', 'chiều'], time: 'end-of-afternoon' },
  { words: ['cuối', 'buổi', 'sáng'], time: 'end-of-morning' },
  { words: ['cuối', 'buổi', 'chiều'], time: 'end-of-afternoon' },
  { words: ['buổi', 'sáng'], time: 'end-of-morning' },
  { words: ['buổi', 'trưa'], time: 'end-of-morning' },
  { words: ['buổi', 'chiều'], time: 'end-of-afternoon' },
  { words: ['sáng'], time: 'end-of-morning' },
  { words: ['trưa'], time: 'end-of-morning' },
  { words: ['chiều'], time: 'end-of-afternoon' },
]);

export function readDayPart(tokens: Tokens, index: number): Read<DeadlineTime> | null {
  for (const { words, time } of dayParts.get(tokens.at(index)) ?? []) {
    const next = tokens.after(index, words);
    if (next >= 0) return { value: time, next };
  }
  return null;
}

interface Clock {
  readonly time: DeadlineTime | null;
  readonly impossible: boolean;
  readonly next: number;
}

function readClock(tokens: Tokens, index: number): Clock {
  const start = tokens.at(index) === 'lúc' ? index + 1 : index;
  const hour = readHour(tokens, start);
  if (hour !== null) {
    const part = readDayPart(tokens, hour.next);
    const { minute } = hour.value;
    const afternoon = part?.value.endsWith('afternoon') === true && hour.value.hour < 12;
    const hours = hour.value.hour + (afternoon ? 12 : 0);
    const next = part?.next ?? hour.next;
    if (hours > 24 || minute > 59 || (hours === 24 && minute > 0))
      return { time: null, impossible: true, next };
    const clock: DeadlineTime = `${pad(hours)}:${pad(minute)}` as `${number}:${number}`;
    return { time: clock, impossible: false, next };
  }
  const part = readDayPart(tokens, index);
  return { time: part?.value ?? null, impossible: false, next: part?.next ?? index };
}

const pad = (value: number): string => String(value).padStart(2, '0');

const between: ReadonlySet<string> = new Set([',', '(', 'của', '-']);
const recurringWords: ReadonlySet<string> = new Set(['hằng', 'hàng', 'mỗi']);
const recurringUnits: Readonly<Record<string, 'day' | 'week' | 'month' | 'quarter' | 'year'>> = {
  ngày: 'day',
  tuần: 'week',
  tháng: 'month',
  quý: 'quarter',
  năm: 'year',
};

/** "hằng tháng", "mỗi quý", "của tháng". */
export function readRecurrence(
  tokens: Tokens,
  index: number,
): Read<'day' | 'week' | 'month' | 'quarter' | 'year'> | null {
  const start = tokens.at(index) === 'của' ? index + 1 : index;
  if (!recurringWords.has(tokens.at(start))) return null;
  const unit = recurringUnits[tokens.at(start + 1)];
  return unit === undefined ? null : { value: unit, next: start + 2 };
}

/** An hour or part of a day, a weekday and a day, in the orders in which they are written. */
export function readDayTarget(
  tokens: Tokens,
  index: number,
  context: DeadlineContext,
): Read<TimeTarget> | null {
  const clock = readClock(tokens, index);
  const weekdayAt = clock.next > index ? tokens.skip(clock.next, between) : clock.next;
  const weekday =
    readWeekday(tokens, weekdayAt) ??
    (tokens.at(weekdayAt) === 'ngày' ? readWeekday(tokens, weekdayAt + 1) : null);
  const near = weekday === null ? readNearDay(tokens, weekdayAt) : null;
  if (near !== null) return finishNearDay(context, near, clock, clock.impossible ? ['impossible-date'] : []);
  let dayAt = weekday === null ? weekdayAt : tokens.skip(weekday.next, between);
  if (tokens.at(dayAt) === 'trong') dayAt += 1;
  const named = tokens.at(dayAt) === 'ngày';
  const day = readDay(tokens, named ? dayAt + 1 : dayAt, named);
  const flags: DeadlineFlag[] = clock.impossible ? ['impossible-date'] : [];
  if (day !== null && (named || day.value.month !== null)) {
    return finishDay(tokens, context, { day, clock, weekday, flags, weekdayAt });
  }
  const monthly = day === null ? readBareDayRecurring(tokens, dayAt, clock) : null;
  if (monthly !== null) return monthly;
  if (weekday !== null) return finishWeekday(tokens, context, weekday, clock, flags);
  if (clock.next > index && clock.time !== null) return finishClockAlone(tokens, clock, flags);
  return null;
}

/** "trước 25 hằng tháng". */
function readBareDayRecurring(tokens: Tokens, index: number, clock: Clock): Read<TimeTarget> | null {
  const day = tokens.numberAt(index, 2);
  const recurrence = day === null ? null : readRecurrence(tokens, index + 1);
  if (day === null || recurrence === null) return null;
  return { value: recurring(recurrence.value, clock.time, [], day), next: recurrence.next };
}

interface DayPieces {
  readonly day: Read<DayWords>;
  readonly clock: Clock;
  readonly weekday: Read<Weekday> | null;
  readonly weekdayAt: number;
  readonly flags: DeadlineFlag[];
}

function finishDay(tokens: Tokens, context: DeadlineContext, pieces: DayPieces): Read<TimeTarget> {
  const { day, clock, weekday, flags } = pieces;
  const recurrence = day.value.month === null ? readRecurrence(tokens, day.next) : null;
  if (recurrence !== null) {
    return { value: recurring(recurrence.value, clock.time, flags, day.value.day), next: recurrence.next };
  }
  const near = day.value.month === null ? readNearMonthOf(tokens, day, context) : null;
  const settled = settleDay(near?.value ?? day.value, context);
  flags.push(...settled.flags);
  let next = near?.next ?? day.next;
  if (
    weekday !== null &&
    settled.date !== null &&
    weekdayOf(dayNumberOfDate(settled.date)) !== weekday.value
  ) {
    flags.push('weekday-mismatch');
  }
  // "ngày 15/12 hằng năm"
  const yearly = settled.date === null ? null : readRecurrence(tokens, next);
  if (yearly?.value === 'year') {
    const every = recurring('year', clock.time, flags);
    return { value: { ...every, first: settled.date, last: settled.date }, next: yearly.next };
  }
  let time = clock.time;
  if (time === null && tokens.at(next) === 'lúc') {
    const after = readClock(tokens, next);
    if (after.next > next + 1) {
      time = after.time;
      next = after.next;
    }
  }
  // A bracket opened before the day ("thứ Sáu (ngày 10/5)") closes with it.
  if (weekday !== null && tokens.at(weekday.next) === '(' && tokens.at(next) === ')') next += 1;
  if (clock.next === pieces.weekdayAt - 1 && tokens.at(clock.next) === '(' && tokens.at(next) === ')')
    next += 1;
  return { value: { form: 'day', kind: 'date', first: settled.date, last: settled.date, time, flags }, next };
}

/** "ngày 25 tháng này": the month of the document, or the one after it. */
function readNearMonthOf(
  tokens: Tokens,
  day: Read<DayWords>,
  context: DeadlineContext,
): Read<DayWords> | null {
  if (tokens.at(day.next) !== 'tháng' || !nearWords.has(tokens.at(day.next + 1))) return null;
  const next = day.next + 2;
  if (context.on === undefined) return { value: { ...day.value, flags: ['relative-to-document'] }, next };
  const month = addMonths(`${context.on.slice(0, 7)}-01`, tokens.at(day.next + 1) === 'này' ? 0 : 1);
  return {
    value: {
      day: day.value.day,
      month: Number(month.slice(5, 7)),
      year: { year: Number(month.slice(0, 4)), offset: null, flags: [] },
      flags: ['relative-to-document'],
    },
    next,
  };
}

const nearDays = byFirstWord<{ readonly words: readonly string[]; readonly later: number }>([
  { words: ['ngày', 'hôm', 'nay'], later: 0 },
  { words: ['hôm', 'nay'], later: 0 },
  { words: ['ngày', 'mai'], later: 1 },
  { words: ['ngày', 'kia'], later: 2 },
  { words: ['ngày', 'mốt'], later: 2 },
]);

/** "hôm nay", "ngày mai", "ngày kia", in days after the document's own. */
function readNearDay(tokens: Tokens, index: number): Read<number> | null {
  for (const { words, later } of nearDays.get(tokens.at(index)) ?? []) {
    const next = tokens.after(index, words);
    if (next >= 0) return { value: later, next };
  }
  return null;
}

function finishNearDay(
  { on }: DeadlineContext,
  near: Read<number>,
  clock: Clock,
  flags: readonly DeadlineFlag[],
): Read<TimeTarget> {
  const date = on === undefined ? null : addDays(on, near.value);
  return {
    value: {
      form: 'day',
      kind: 'date',
      first: date,
      last: date,
      time: clock.time,
      flags: [...flags, 'relative-to-document'],
    },
    next: near.next,
  };
}

const nearWords: ReadonlySet<string> = new Set(['này', 'sau', 'tới']);

function finishWeekday(
  tokens: Tokens,
  context: DeadlineContext,
  weekday: Read<Weekday>,
  clock: Clock,
  flags: DeadlineFlag[],
): Read<TimeTarget> {
  const recurrence = readRecurrence(tokens, weekday.next);
  if (recurrence !== null) {
    return { value: recurring(recurrence.value, clock.time, flags, weekday.value), next: recurrence.next };
  }
  const weekAt = tokens.at(weekday.next) === 'tuần' ? weekday.next + 1 : weekday.next;
  const said = nearWords.has(tokens.at(weekAt));
  const date = said ? weekdayDate(context, weekday.value, tokens.at(weekAt) === 'này' ? 0 : 1) : null;
  return {
    value: {
      form: 'week',
      kind: 'date',
      first: date,
      last: date,
      time: clock.time,
      flags: [...flags, 'weekday-relative'],
    },
    next: said ? weekAt + 1 : weekday.next,
  };
}

/** The day of a week counted from the document's own week; a proposal, since the words depend on when they were said. */
function weekdayDate(context: DeadlineContext, weekday: number, weeks: number): CivilDate | null {
  if (context.on === undefined) return null;
  const on = dayNumberOfDate(context.on);
  return addDays(context.on, weekday - weekdayOf(on) + 7 * weeks);
}

/** "trước 16 giờ hằng ngày", or an hour whose day is not said. */
function finishClockAlone(tokens: Tokens, clock: Clock, flags: readonly DeadlineFlag[]): Read<TimeTarget> {
  const recurrence = readRecurrence(tokens, clock.next);
  if (recurrence !== null)
    return { value: recurring(recurrence.value, clock.time, flags), next: recurrence.next };
  return {
    value: {
      form: 'day',
      kind: 'date',
      first: null,
      last: null,
      time: clock.time,
      flags: [...flags, 'relative-to-document'],
    },
    next: clock.next,
  };
}

export function recurring(
  every: NonNullable<NonNullable<TimeTarget['recurrence']>['every']>,
  time: DeadlineTime | null,
  flags: readonly DeadlineFlag[],
  dayOfPeriod?: number,
): TimeTarget {
  return {
    form: 'recurring',
    kind: 'period',
    first: null,
    last: null,
    time,
    flags: [...flags, 'recurring'],
    recurrence: dayOfPeriod === undefined ? { every } : { every, dayOfPeriod },
  };
}
