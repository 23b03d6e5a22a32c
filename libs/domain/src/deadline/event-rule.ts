import { limits, readUnit } from './amount-words';
import { type Found, type UnplacedReading } from './cue-rules';
import { type Read, readAmount } from './date-words';
import { type DeadlineBound, type DeadlineContext, type DeadlineUnit } from './deadline-reading';
import { byFirstWord, phrases, type Tokens } from './tokens';

interface EventCue {
  readonly words: readonly string[];
  readonly rule: string;
  readonly bound: DeadlineBound;
}

/** Things that happen on a day nobody has named yet. */
const happenings = [
  'kỳ họp',
  'phiên họp',
  'cuộc họp',
  'buổi họp',
  'hội nghị',
  'đại hội',
  'giao ban',
  'buổi làm việc',
  'phiên giải trình',
  'lễ khai giảng',
  'khai giảng',
  'lễ',
  'khi',
  'sơ kết',
  'tổng kết',
  'ngày khai mạc',
  'ngày diễn ra',
  'ngày tổ chức',
  'thời điểm',
  'mùa mưa',
  'mùa bão',
  'mùa khô',
  'năm học',
  'tết nguyên đán',
  'tết',
  'đợt kiểm tra',
  'đợt giám sát',
];

const cues: readonly EventCue[] = [
  ...[
    'ngay sau khi',
    'ngay khi',
    'sau khi có',
    'sau khi được',
    'sau khi kết thúc',
    'sau khi nhận được',
    'khi có',
  ].map((phrase) => ({ words: phrase.split(' '), rule: 'after-event', bound: 'after' as const })),
  ...['ngay sau', 'sau'].flatMap((word) =>
    ['kỳ họp', 'phiên họp', 'cuộc họp', 'hội nghị', 'đại hội'].map((thing) => ({
      words: `${word} ${thing}`.split(' '),
      rule: 'after-event',
      bound: 'after' as const,
    })),
  ),
  ...happenings.map((thing) => ({
    words: `trước ${thing}`.split(' '),
    rule: 'before-event',
    bound: 'before' as const,
  })),
  ...['kỳ họp', 'phiên họp', 'cuộc họp giao ban', 'giao ban'].map((thing) => ({
    words: `tại ${thing}`.split(' '),
    rule: 'at-event',
    bound: 'on' as const,
  })),
];

const cuesByFirstWord = byFirstWord(cues);

const pastNearby: ReadonlySet<string> = new Set(['đã']);
/** "sau khi nghe báo cáo" opens a conclusion; it orders nothing. */
const listening: ReadonlySet<string> = new Set(['nghe', 'xem', 'thảo', 'nghiên', 'trao']);
const submitting: ReadonlySet<string> = new Set([
  'trình',
  'cáo',
  'qua',
  'định',
  'xét',
  'thành',
  'gửi',
  'xong',
]);
const atLeast = phrases(['ít nhất', 'tối thiểu', 'chậm nhất']);
const longestEvent = 30;

/** "ngay sau khi có kết luận của …", "trước kỳ họp thường lệ", "trình … tại kỳ họp cuối năm". */
export function readEvent(tokens: Tokens, index: number, _context: DeadlineContext): Found | null {
  const event = findEvent(tokens, index);
  if (event === null) return null;
  const { cue, next } = event;
  const past = tokens.near(index, -1, 12, pastNearby) || tokens.near(index, 1, next - index + 4, pastNearby);
  if (past || (cue.rule === 'at-event' && !tokens.near(index, -1, 20, submitting))) return null;
  const after = cue.rule === 'after-event' ? readTimeAfter(tokens, index + cue.words.length, next) : null;
  if (after !== null) return after;
  const lead = cue.rule === 'before-event' ? readLeadTime(tokens, index + cue.words.length, next) : null;
  return { next, reading: reading(cue, lead?.value ?? null) };
}

/** "chậm nhất 05 ngày trước ngày khai mạc kỳ họp", "10 ngày làm việc trước hội nghị". */
export function readAmountBeforeEvent(
  tokens: Tokens,
  index: number,
  _context: DeadlineContext,
): Found | null {
  const afterLimit = tokens.afterAny(index, limits);
  if (afterLimit < 0 && !tokens.isNumber(index)) return null;
  const lead = readLead(tokens, afterLimit < 0 ? index : afterLimit);
  if (lead === null) return null;
  const event = findEvent(tokens, lead.next);
  if (event?.cue.rule !== 'before-event') return null;
  return { next: event.next, reading: reading(event.cue, lead.value) };
}

interface Lead {
  readonly amount: number;
  readonly unit: DeadlineUnit;
}

function readLead(tokens: Tokens, index: number): Read<Lead> | null {
  const amount = readAmount(tokens, index);
  const unit = amount === null || amount.value === 0 ? null : readUnit(tokens, amount.next);
  if (amount === null || unit === null) return null;
  return { value: { amount: amount.value * unit.value.times, unit: unit.value.unit }, next: unit.next };
}

/** "trước kỳ họp ít nhất 10 ngày": the lead time stands within the words of the event. */
function readLeadTime(tokens: Tokens, from: number, to: number): Read<Lead> | null {
  for (let index = from; index < to; index += 1) {
    const after = tokens.afterAny(index, atLeast);
    if (after >= 0) return readLead(tokens, after);
  }
  return null;
}

const meetings = phrases(['kỳ họp', 'phiên họp', 'cuộc họp', 'hội nghị', 'đại hội']);
const atMost = phrases(['chậm nhất là', 'chậm nhất', 'không quá', 'tối đa', 'trong vòng', 'trong']);

/** "sau hội nghị 03 ngày làm việc", "sau khi kết thúc kỳ họp chậm nhất 5 ngày": the amount stands right behind the event. */
function readTimeAfter(tokens: Tokens, from: number, to: number): Found | null {
  const behind = tokens.afterAny(from, meetings);
  const start = behind < 0 ? from : behind;
  const limit = tokens.afterAny(start, atMost);
  const lead = start < to ? readLead(tokens, limit < 0 ? start : limit) : null;
  if (lead === null) return null;
  const { unit } = lead.value;
  const rest = {
    date: null,
    bound: 'within',
    time: null,
    from: 'event',
    ambiguous: false,
    flags: [],
  } as const;
  return {
    next: lead.next,
    reading: { rule: `relative-${unit}`, kind: 'relative', ...lead.value, ...rest },
  };
}

function findEvent(tokens: Tokens, index: number): { readonly cue: EventCue; readonly next: number } | null {
  for (const cue of cuesByFirstWord.get(tokens.at(index)) ?? []) {
    const after = tokens.after(index, cue.words);
    if (after < 0) continue;
    return listening.has(tokens.at(after)) ? null : { cue, next: eventEnd(tokens, after) };
  }
  return null;
}

const goesOn = phrases(['chính quyền', 'đoàn thể', 'các đoàn thể', 'các cấp', 'các ngành', 'mặt trận']);

/** "trước sơ kết của cấp ủy, chính quyền": a comma ends the event unless the list of those concerned goes on behind it. */
function eventEnd(tokens: Tokens, index: number): number {
  let end = tokens.clauseEnd(index, longestEvent);
  while (tokens.at(end) === ',' && !tokens.breaksBefore(end)) {
    const more = tokens.afterAny(end + 1, goesOn);
    if (more < 0) break;
    end = more;
  }
  return end;
}

function reading(cue: EventCue, lead: Lead | null): UnplacedReading {
  return {
    rule: lead === null ? cue.rule : 'time-before-event',
    kind: 'event',
    date: null,
    bound: cue.bound,
    time: null,
    ...lead,
    ambiguous: false,
    flags: [],
  };
}
