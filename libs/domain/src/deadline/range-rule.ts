import { dayNumberOfDate } from '../working-time/civil-date';
import { type Found } from './cue-rules';
import { type DayWords, type Read, readDay, settleDay } from './date-words';
import { readDayPart } from './day-target';
import { type DeadlineContext, type DeadlineFlag, type DeadlineTime } from './deadline-reading';
import { isDoubtful } from './time-target';
import { phrases, type Tokens } from './tokens';

/** Before a range, words that make it a stretch of data or of validity rather than of work. */
const describedBefore: ReadonlySet<string> = new Set(['lực', 'tính', 'liệu', 'kỳ', 'đoạn', 'cáo']);
const pastNearby: ReadonlySet<string> = new Set(['đã', 'ước']);

/** "từ ngày 10/5 đến hết ngày 20/5", "từ 10/5 - 20/5/2026", "từ ngày 10 đến ngày 20 tháng 5": the last day counts. */
export function readRange(tokens: Tokens, index: number, context: DeadlineContext): Found | null {
  if (tokens.at(index) !== 'từ') return null;
  const first = readEnd(tokens, index + 1);
  if (first === null) return null;
  const then = tokens.afterAny(first.next, connectors);
  if (then < 0) return null;
  const last = readEnd(tokens, then);
  if (last?.value.day.month == null) return null;
  if (tokens.near(index, -1, 1, describedBefore)) return { next: last.next, reading: null };
  if (tokens.near(last.next, 1, 8, pastNearby) || tokens.near(index, -1, 4, pastNearby)) {
    return { next: last.next, reading: null };
  }
  const end = settleDay(last.value.day, context);
  const start = settleDay(borrow(first.value.day, last.value.day), context);
  const flags: DeadlineFlag[] = [...end.flags];
  const backward =
    start.date !== null && end.date !== null && dayNumberOfDate(start.date) > dayNumberOfDate(end.date);
  if (backward) flags.push('impossible-date');
  return {
    next: last.next,
    reading: {
      rule: 'from-to',
      kind: 'period',
      date: backward ? null : end.date,
      bound: 'from-to',
      time: last.value.part,
      ...(start.date === null || backward ? {} : { startsOn: start.date }),
      ambiguous: isDoubtful(flags),
      flags,
    },
  };
}

const connectors = phrases(['cho đến hết', 'cho đến', 'đến hết', 'tới hết', 'đến', 'tới', '-']);

interface RangeEnd {
  readonly day: DayWords;
  readonly part: DeadlineTime | null;
}

function readEnd(tokens: Tokens, index: number): Read<RangeEnd> | null {
  const part = readDayPart(tokens, index);
  const at = part?.next ?? index;
  const named = tokens.at(at) === 'ngày';
  const day = readDay(tokens, named ? at + 1 : at, named) ?? bareDayBeforeDash(tokens, named ? at + 1 : at);
  return day === null ? null : { value: { day: day.value, part: part?.value ?? null }, next: day.next };
}

/** "từ 10 - 20/5": the first day has neither "ngày" nor month. */
function bareDayBeforeDash(tokens: Tokens, index: number): Read<DayWords> | null {
  const day = tokens.numberAt(index, 2);
  if (day === null || tokens.afterAny(index + 1, connectors) < 0) return null;
  return { value: { day, month: null, year: null, flags: ['month-missing'] }, next: index + 1 };
}

/** The first day takes the month and year that only the last one names. */
function borrow(first: DayWords, last: DayWords): DayWords {
  return {
    day: first.day,
    month: first.month ?? last.month,
    year: first.year ?? last.year,
    flags: first.flags.filter((flag) => flag !== 'month-missing'),
  };
}
