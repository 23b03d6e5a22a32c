import {
  addDays,
  type CivilDate,
  dayNumberOf,
  dayNumberOfDate,
  daysInMonth,
  formatCivilDate,
  weekdayOf,
} from '../working-time/civil-date';
import {
  liesFarBehind,
  type Read,
  readAmount,
  readMonthNumber,
  readQuarterNumber,
  readYear,
  settleYear,
  type YearWords,
} from './date-words';
import { recurring, readRecurrence } from './day-target';
import { type DeadlineContext, type DeadlineFlag } from './deadline-reading';
import { type TimeTarget } from './time-target';
import { type Tokens } from './tokens';

/** A month, quarter, half-year, nine months, year or week; "đầu", "giữa" before it leave the day open. */
export function readPeriodTarget(
  tokens: Tokens,
  index: number,
  context: DeadlineContext,
): Read<TimeTarget> | null {
  const part = parts.has(tokens.at(index)) ? tokens.at(index) : null;
  const start = part === null ? index : index + 1;
  const read =
    readHalfYear(tokens, start, context) ??
    readMonths(tokens, start, context) ??
    readQuarters(tokens, start, context) ??
    readWholeYear(tokens, start, context) ??
    readWeek(tokens, start, context);
  if (read === null || part === null) return read;
  // The end of a period is one day, from which "trước" counts as well.
  if (part === 'cuối') return { value: { ...read.value, first: read.value.last }, next: read.next };
  return {
    value: { ...read.value, first: null, last: null, flags: [...read.value.flags, 'part-of-period'] },
    next: read.next,
  };
}

const parts: ReadonlySet<string> = new Set(['đầu', 'giữa', 'cuối']);
const joiners: ReadonlySet<string> = new Set([',', 'và', '-', 'đến']);
const nearWords: Readonly<Record<string, number>> = { này: 0, sau: 1, tới: 1 };

function period(
  form: TimeTarget['form'],
  year: YearWords | null,
  context: DeadlineContext,
  months: readonly [number, number],
  extra: readonly DeadlineFlag[] = [],
): TimeTarget {
  const settled = settleYear(year, context);
  const flags = [...settled.flags, ...extra];
  if (settled.year === null) return { form, kind: 'period', first: null, last: null, time: null, flags };
  const lastDay = dayNumberOf(settled.year, months[1], daysInMonth(settled.year, months[1]));
  const rolled = year === null && form !== 'year' && liesFarBehind(lastDay, settled.year, context);
  if (rolled) flags.push('year-rolled-forward');
  return {
    form,
    kind: 'period',
    ...spanOf(settled.year + (rolled ? 1 : 0), months[0], months[1]),
    time: null,
    flags,
  };
}

function spanOf(year: number, firstMonth: number, lastMonth: number): { first: CivilDate; last: CivilDate } {
  return {
    first: formatCivilDate(year, firstMonth, 1),
    last: formatCivilDate(year, lastMonth, daysInMonth(year, lastMonth)),
  };
}

/** "6 tháng đầu năm", "6 tháng cuối năm 2026", "9 tháng (đầu năm)", "nửa đầu năm". */
export function readHalfYear(
  tokens: Tokens,
  index: number,
  context: DeadlineContext,
): Read<TimeTarget> | null {
  const half = tokens.at(index) === 'nửa';
  const amount = half ? { value: 6, next: index + 1 } : readAmount(tokens, index);
  if (amount === null || (amount.value !== 6 && amount.value !== 9 && amount.value !== 3)) return null;
  if (!half && tokens.at(amount.next) !== 'tháng') return null;
  let next = half ? amount.next : amount.next + 1;
  const which = tokens.at(next);
  if (which === 'đầu' || which === 'cuối') next += 1;
  else if (amount.value !== 9) return null;
  const year = readYear(tokens, next, false);
  if (year === null && tokens.at(next) === 'năm' && tokens.at(next + 1) !== 'học') next += 1;
  else if (year === null && amount.value !== 9) return null;
  const last = which === 'cuối' ? 12 : amount.value;
  const first = which === 'cuối' ? 13 - amount.value : 1;
  const form = amount.value === 6 ? 'half-year' : amount.value === 9 ? 'nine-months' : 'quarter';
  return { value: period(form, year?.value ?? null, context, [first, last]), next: year?.next ?? next };
}

/** "tháng 5", "tháng 5/2026", "tháng 5, 6 năm 2026", "tháng này". */
function readMonths(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  const month = readMonthNumber(tokens, index);
  if (month === null) return readNearMonth(tokens, index, context);
  let { next } = month;
  let last = month.value;
  let year = readYear(tokens, next, true);
  const flags: DeadlineFlag[] = [];
  while (year === null && joiners.has(tokens.at(next))) {
    const more = readMonthNumber(tokens, next + 1)?.next ?? next + 2;
    const value = readMonthNumber(tokens, next + 1)?.value ?? tokens.numberAt(next + 1, 2);
    if (value === null || value <= last || value > 12) break;
    if (tokens.at(more) === '/' && tokens.isNumber(more + 1) && (tokens.numberAt(more + 1, 4) ?? 0) < 1900)
      break;
    if (readMonthNumber(tokens, next + 1) === null && !endsPeriod(tokens, more)) break;
    last = value;
    next = more;
    if (!flags.includes('several-periods')) flags.push('several-periods');
    year = readYear(tokens, next, true);
  }
  return {
    value: period('month', year?.value ?? null, context, [month.value, last], flags),
    next: year?.next ?? next,
  };
}

/** After "tháng 5, 6" must come a year or the end of the words, or the 6 counts something else. */
function endsPeriod(tokens: Tokens, index: number): boolean {
  return readYear(tokens, index, true) !== null || tokens.list[index]?.kind !== 'word';
}

function readNearMonth(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  if (tokens.at(index) !== 'tháng') return null;
  const recurrence = readRecurrence(tokens, index - 1);
  const offset = nearWords[tokens.at(index + 1)];
  if (recurrence !== null || offset === undefined) return null;
  const flags: readonly DeadlineFlag[] = ['relative-to-document'];
  if (context.on === undefined) {
    return {
      value: { form: 'month', kind: 'period', first: null, last: null, time: null, flags },
      next: index + 2,
    };
  }
  const months = Number(context.on.slice(0, 4)) * 12 + Number(context.on.slice(5, 7)) - 1 + offset;
  const span = spanOf(Math.floor(months / 12), (months % 12) + 1, (months % 12) + 1);
  return { value: { form: 'month', kind: 'period', ...span, time: null, flags }, next: index + 2 };
}

/** "Quý II", "quý 3/2026", "Quý I, II", "Quý III - IV năm 2026", "quý này". */
function readQuarters(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  if (tokens.at(index) !== 'quý' && tokens.at(index) !== 'qúy') return null;
  const quarter = readQuarterNumber(tokens, index + 1);
  if (quarter === null) return null;
  let { next } = quarter;
  let last = quarter.value;
  let year = readYear(tokens, next, true);
  const flags: DeadlineFlag[] = [];
  while (year === null && joiners.has(tokens.at(next))) {
    const named = tokens.at(next + 1) === 'quý';
    const more = readQuarterNumber(tokens, named ? next + 2 : next + 1);
    if (more === null || more.value <= last || (!named && !endsPeriod(tokens, more.next))) break;
    last = more.value;
    next = more.next;
    if (!flags.includes('several-periods')) flags.push('several-periods');
    year = readYear(tokens, next, true);
  }
  return {
    value: period('quarter', year?.value ?? null, context, [quarter.value * 3 - 2, last * 3], flags),
    next: year?.next ?? next,
  };
}

const notTheYearItself: ReadonlySet<string> = new Set([
  'học',
  'trước',
  'qua',
  'ngoái',
  'một',
  'đó',
  'tài',
  'ngân',
]);

/** "năm 2026", "năm nay", "năm" of the document; not "năm học". */
function readWholeYear(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  if (tokens.at(index) !== 'năm') return null;
  const year = readYear(tokens, index, false);
  if (year !== null) {
    // "năm 2021-2025" is a span of years that names a programme.
    if (tokens.at(year.next) === '-' && tokens.isNumber(year.next + 1)) return null;
    return { value: period('year', year.value, context, [1, 12]), next: year.next };
  }
  if (notTheYearItself.has(tokens.at(index + 1)) || tokens.isNumber(index + 1)) return null;
  return { value: period('year', null, context, [1, 12]), next: index + 1 };
}

const ordinals: ReadonlySet<string> = new Set(['nhất', 'hai', 'ba', 'tư', 'năm', 'cuối', 'đầu']);

/** "tuần thứ hai của tháng 11", "tuần đầu tháng 10/2026", "tuần 12": offices count their weeks differently, so no day is known. */
function readNumberedWeek(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  if (tokens.at(index) !== 'tuần') return null;
  const counted = tokens.at(index + 1) === 'thứ';
  const at = counted ? index + 2 : index + 1;
  const number = tokens.numberAt(at, 2);
  if (number === null && !ordinals.has(tokens.at(at))) return null;
  const last = tokens.at(at) === 'đầu' && tokens.at(at + 1) === 'tiên' ? at + 2 : at + 1;
  const month = readMonths(tokens, tokens.at(last) === 'của' ? last + 1 : last, context);
  if (month === null && (number === null || counted || number === 0 || number > 53)) return null;
  const next = month?.next ?? readYear(tokens, last, true)?.next ?? last;
  return {
    value: { form: 'week', kind: 'period', first: null, last: null, time: null, flags: ['part-of-period'] },
    next,
  };
}

/** "tuần này", "tuần sau": a week of the document's own calendar. */
function readWeek(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  const numbered = readNumberedWeek(tokens, index, context);
  if (numbered !== null) return numbered;
  const offset = tokens.at(index) === 'tuần' ? nearWords[tokens.at(index + 1)] : undefined;
  if (offset === undefined) return null;
  const flags: readonly DeadlineFlag[] = ['relative-to-document'];
  const monday =
    context.on === undefined
      ? null
      : addDays(context.on, 1 - weekdayOf(dayNumberOfDate(context.on)) + 7 * offset);
  return {
    value: {
      form: 'week',
      kind: 'period',
      first: monday,
      last: monday === null ? null : addDays(monday, 6),
      time: null,
      flags,
    },
    next: index + 2,
  };
}

/** "hằng tháng", "hằng quý" without a day. */
export function readBareRecurrence(tokens: Tokens, index: number): Read<TimeTarget> | null {
  const recurrence = readRecurrence(tokens, index);
  return recurrence === null ? null : { value: recurring(recurrence.value, null, []), next: recurrence.next };
}
