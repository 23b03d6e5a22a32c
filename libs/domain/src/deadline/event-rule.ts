import { clauseEnd } from './relative-rule';
import { type Found } from './cue-rules';
import { type DeadlineBound, type DeadlineContext } from './deadline-reading';
import { type Tokens } from './tokens';

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
].sort((a, b) => b.words.length - a.words.length);

const cuesByFirstWord = new Map<string, EventCue[]>();
for (const each of cues) {
  const first = each.words[0] ?? '';
  cuesByFirstWord.set(first, [...(cuesByFirstWord.get(first) ?? []), each]);
}

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
const longestEvent = 30;

/** "ngay sau khi có kết luận của …", "trước kỳ họp thường lệ", "trình … tại kỳ họp cuối năm". */
export function readEvent(tokens: Tokens, index: number, _context: DeadlineContext): Found | null {
  for (const each of cuesByFirstWord.get(tokens.at(index)) ?? []) {
    const after = tokens.after(index, each.words);
    if (after < 0) continue;
    if (listening.has(tokens.at(after))) return null;
    const next = clauseEnd(tokens, after, longestEvent);
    if (tokens.near(index, -1, 12, pastNearby) || tokens.near(index, 1, next - index + 4, pastNearby))
      return null;
    if (each.rule === 'at-event' && !tokens.near(index, -1, 20, submitting)) return null;
    return {
      next,
      reading: {
        rule: each.rule,
        kind: 'event',
        date: null,
        bound: each.bound,
        time: null,
        ambiguous: false,
        flags: [],
      },
    };
  }
  return null;
}
