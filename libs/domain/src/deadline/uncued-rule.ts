import { type Found } from './cue-rules';
import { type Read, readWeekday } from './date-words';
import { readDayPart, readDayTarget } from './day-target';
import { type DeadlineContext, type DeadlineFlag } from './deadline-reading';
import { readBareRecurrence, readHalfYear, readPeriodTarget } from './period-target';
import { isDoubtful, type TimeTarget } from './time-target';
import { type Tokens } from './tokens';

const past: ReadonlySet<string> = new Set(['đã', 'vừa']);
const meeting: ReadonlySet<string> = new Set(['lúc', 'hồi']);
const finishing: ReadonlySet<string> = new Set([
  'thành',
  'xong',
  'tất',
  'gửi',
  'nộp',
  'trình',
  'cáo',
  'thúc',
  'kỳ',
]);
const documents: ReadonlySet<string> = new Set(['số', 'chủ']);

/**
 * Days that no cue announces: "sáng ngày 15/9", "16 giờ 00 ngày 20/5", "thứ Sáu tuần này", "ngày 20 hằng tháng",
 * "định kỳ hằng quý". Reported only where something is to be finished or sent, or where the words say that they recur.
 */
export function readUncued(tokens: Tokens, index: number, context: DeadlineContext): Found | null {
  const halfYear = readHalfYear(tokens, index, context);
  if (halfYear !== null) return { next: halfYear.next, reading: null };
  const target = readUncuedTarget(tokens, index, context);
  if (target === null) return null;
  const { value } = target;
  const sending = tokens.near(index, -1, 25, finishing) || tokens.near(target.next, 1, 3, finishing);
  if (!sending && value.form !== 'week') return null;
  if (
    meeting.has(tokens.at(index - 1)) ||
    tokens.near(index, -1, 12, past) ||
    tokens.near(target.next, 1, 12, past)
  )
    return null;
  const flags: readonly DeadlineFlag[] = sending ? value.flags : [...value.flags, 'no-completion-verb'];
  return {
    next: target.next,
    reading: {
      rule: value.form === 'week' ? 'weekday' : value.form === 'recurring' ? 'recurring' : `on-${value.form}`,
      kind: value.kind,
      date: value.last,
      bound: 'on',
      time: value.time,
      ...value.recurrence,
      ambiguous: isDoubtful(flags),
      flags,
    },
  };
}

/** "(Quý III/2026)" in brackets, or "Tháng 6/2026 trình …" at the head of a clause. */
function readStandalonePeriod(
  tokens: Tokens,
  index: number,
  context: DeadlineContext,
): Read<TimeTarget> | null {
  const before = tokens.at(index - 1);
  if (index > 0 && !clauseStarts.has(before) && !tokens.breaksBefore(index)) return null;
  const target = readPeriodTarget(tokens, index, context);
  if (target === null || (target.value.form !== 'month' && target.value.form !== 'quarter')) return null;
  const bracketed = before === '(' && tokens.at(target.next) === ')';
  return bracketed || tokens.near(target.next, 1, 2, finishing) ? target : null;
}

const clauseStarts: ReadonlySet<string> = new Set([',', ';', ':', '(', '.', '-', '+', '*']);

function readUncuedTarget(tokens: Tokens, index: number, context: DeadlineContext): Read<TimeTarget> | null {
  const recurrence = readBareRecurrence(tokens, index);
  if (recurrence !== null) return recurrence;
  const period = readStandalonePeriod(tokens, index, context);
  if (period !== null) return period;
  const word = tokens.at(index);
  if (word === 'ngày') {
    const target = readDayTarget(tokens, index, context);
    if (target !== null && target.value.form !== 'recurring' && isHandedOver(tokens, index, target.next))
      return target;
    return target?.value.form === 'recurring' && !documents.has(tokens.at(index - 1)) ? target : null;
  }
  if (readWeekday(tokens, index) !== null) {
    const target = readDayTarget(tokens, index, context);
    return target !== null && (target.value.form !== 'week' || saysWhich(tokens, target)) ? target : null;
  }
  if (!tokens.isNumber(index) && readDayPart(tokens, index) === null) return null;
  const target = readDayTarget(tokens, index, context);
  if (target === null) return null;
  return target.value.time === null || target.value.last === null ? null : target;
}

const nounsBefore: ReadonlySet<string> = new Set([
  'tờ',
  'công',
  'chương',
  'quy',
  'quá',
  'lộ',
  'tiến',
  'thuyết',
]);
const handing: ReadonlySet<string> = new Set(['trình', 'gửi', 'nộp']);
const notHanding: ReadonlySet<string> = new Set([
  ',',
  ':',
  '(',
  ')',
  'đã',
  'số',
  'theo',
  'tại',
  'được',
  'họp',
  'công',
  'văn',
]);
const purposes: ReadonlySet<string> = new Set([',', ')', 'để', 'nhằm']);

/** "trình Giám đốc Sở ngày 24/4/2026.": the day a thing is handed over; "Tờ trình ngày …" is a document of that day. */
function isHandedOver(tokens: Tokens, index: number, next: number): boolean {
  if (next < tokens.length && !tokens.breaksBefore(next) && !purposes.has(tokens.at(next))) return false;
  for (let at = index - 1; at >= 0 && at > index - 10; at -= 1) {
    const word = tokens.at(at);
    if (handing.has(word)) return !nounsBefore.has(tokens.at(at - 1)) && tokens.at(at - 1) !== 'đã';
    if (notHanding.has(word) || tokens.breaksBefore(at)) return false;
  }
  return false;
}

/** A bare weekday may be any week's. */
function saysWhich(tokens: Tokens, target: Read<TimeTarget>): boolean {
  const lastWord = tokens.at(target.next - 1);
  return lastWord === 'này' || lastWord === 'sau' || lastWord === 'tới';
}
