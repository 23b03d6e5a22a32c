import { limits, readUnit, type Unit } from './amount-words';
import { type Found, type UnplacedReading } from './cue-rules';
import { type Read, readAmount, readDay, settleDay } from './date-words';
import {
  type DeadlineContext,
  type DeadlineFlag,
  type DeadlineOrigin,
  type DeadlineReading,
} from './deadline-reading';
import { readDayTarget } from './day-target';
import { isDoubtful } from './time-target';
import { phrases, type Phrases, type Tokens } from './tokens';

const countingFrom = phrases([
  'kể từ thời điểm',
  'tính từ thời điểm',
  'tính từ ngày',
  'kể từ ngày',
  'tính từ khi',
  'kể từ khi',
  'kể từ lúc',
  'sau khi',
  'sau ngày',
  'từ ngày',
  'từ khi',
  'kể từ',
  'tính từ',
]);

const origins: readonly (readonly [Phrases, DeadlineOrigin])[] = [
  [phrases(['nhận được', 'tiếp nhận', 'nhận']), 'receipt'],
  [phrases(['phát hành', 'ban hành']), 'issue'],
  [phrases(['ký ban hành', 'ký']), 'signing'],
];

const receivedThings = phrases([
  'thông báo kết luận',
  'văn bản chỉ đạo',
  'công văn',
  'văn bản',
  'thông báo',
  'quyết định',
  'kết luận',
  'kế hoạch',
]);

/** "05 ngày sau kỳ họp": what ends on a day that nobody has named yet. */
const meetings = phrases(['kỳ họp', 'phiên họp', 'cuộc họp', 'hội nghị', 'đại hội', 'buổi làm việc']);

const todays = phrases(['kể từ hôm nay', 'kể từ nay', 'từ hôm nay', 'từ nay']);

interface Origin {
  readonly from: DeadlineOrigin;
  readonly fromDate: string | null;
  readonly flags: readonly DeadlineFlag[];
}

/** "kể từ ngày nhận được văn bản này", "kể từ ngày ký", "kể từ ngày 10/5/2026", "kể từ khi có kết luận". */
function readOrigin(tokens: Tokens, index: number, context: DeadlineContext): Read<Origin> | null {
  const start = tokens.at(index) === ',' ? index + 1 : index;
  const today = tokens.afterAny(start, todays);
  if (today >= 0) return { value: { from: 'issue', fromDate: null, flags: [] }, next: today };
  const meeting = tokens.at(start) === 'sau' ? tokens.afterAny(start + 1, meetings) : -1;
  if (meeting >= 0)
    return { value: { from: 'event', fromDate: null, flags: [] }, next: tokens.clauseEnd(meeting, 12) };
  const after = tokens.afterAny(start, countingFrom);
  if (after < 0) return null;
  for (const [words, from] of origins) {
    const next = tokens.afterAny(after, words);
    if (next >= 0) return { value: { from, fromDate: null, flags: [] }, next: skipThing(tokens, next) };
  }
  const day = readDay(tokens, after, tokens.at(after - 1) === 'ngày');
  if (day !== null) {
    const settled = settleDay(day.value, context);
    return {
      value: { from: 'stated-date', fromDate: settled.date, flags: settled.flags },
      next: day.next,
    };
  }
  return { value: { from: 'event', fromDate: null, flags: [] }, next: tokens.clauseEnd(after, 12) };
}

function skipThing(tokens: Tokens, index: number): number {
  const thing = tokens.afterAny(index, receivedThings);
  if (thing < 0) return index;
  return tokens.at(thing) === 'này' ? thing + 1 : thing;
}

/** "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản", "3 ngày kể từ ngày ký". */
export function readRelative(tokens: Tokens, index: number, context: DeadlineContext): Found | null {
  const afterLimit = tokens.afterAny(index, limits);
  if (afterLimit < 0 && !tokens.isNumber(index)) return null;
  if (afterLimit < 0 && !unnumbered(tokens, index)) return null;
  const amount = readAmount(tokens, afterLimit < 0 ? index : afterLimit);
  if (amount === null || amount.value === 0) return null;
  const unit = readUnit(tokens, amount.next);
  if (unit === null) return null;
  const origin = readOrigin(tokens, unit.next, context);
  if (origin === null && !standsAsLimit(tokens, index, afterLimit, unit)) return null;
  if (origin === null && isHourOrDay(tokens, index, afterLimit, context)) return null;
  const after = tokens.at(index) === 'sau';
  if (after && origin === null) return null;
  const flags: readonly DeadlineFlag[] = origin === null ? ['origin-unstated'] : origin.value.flags;
  const reading: UnplacedReading = {
    rule: `relative-${unit.value.unit}`,
    kind: 'relative',
    date: null,
    bound: 'within',
    time: null,
    amount: amount.value * unit.value.times,
    unit: unit.value.unit,
    ...originFields(origin?.value ?? null),
    ambiguous: isDoubtful(flags),
    flags,
  };
  return { next: origin?.next ?? unit.next, reading };
}

/** "chậm nhất 16 giờ 30 ngày 24/11" and "chậm nhất 10 tháng 5" name a time, not an amount. */
function isHourOrDay(tokens: Tokens, index: number, afterLimit: number, context: DeadlineContext): boolean {
  const target = readDayTarget(tokens, afterLimit, context);
  return target !== null && (target.value.last !== null || latestWords.has(tokens.at(index)));
}

const latestWords: ReadonlySet<string> = new Set(['chậm', 'muộn']);

function originFields(origin: Origin | null): Pick<DeadlineReading, 'from' | 'fromDate'> {
  if (origin === null) return {};
  return origin.fromDate === null ? { from: origin.from } : { from: origin.from, fromDate: origin.fromDate };
}

/** A figure that is not the tail of a number, date or document number. */
function unnumbered(tokens: Tokens, index: number): boolean {
  return !/^[/.,:-]$/u.test(tokens.at(index - 1)) || !tokens.touchesPrevious(index);
}

const describedLengths: ReadonlySet<string> = new Set([
  'đầu',
  'cuối',
  'qua',
  'gần',
  'trước',
  'năm',
  'liên',
  'liền',
  'tiếp',
  'đó',
]);

/** Without "kể từ…", only words that cannot mean a length of work or a look back make a limit. */
function standsAsLimit(tokens: Tokens, index: number, afterLimit: number, unit: Read<Unit>): boolean {
  if (afterLimit < 0 || describedLengths.has(tokens.at(unit.next))) return false;
  return unit.value.unit !== 'month' || afterLimit - index > 1;
}
