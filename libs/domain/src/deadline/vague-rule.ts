import { type Found } from './cue-rules';
import { type DeadlineContext, type DeadlineFlag } from './deadline-reading';
import { byFirstWord, type Tokens } from './tokens';

interface VagueWords {
  readonly words: readonly string[];
  readonly rule: string;
  readonly flags: readonly DeadlineFlag[];
}

const vague = (
  rule: string,
  list: readonly string[],
  flags: readonly DeadlineFlag[] = [],
): readonly VagueWords[] => list.map((phrase) => ({ words: phrase.split(' '), rule, flags }));

const onTime = [
  'đúng thời gian',
  'đúng thời hạn',
  'đúng tiến độ',
  'đúng hạn',
  'tiến độ thời gian',
  'theo thời gian',
  'theo thời hạn',
  'theo tiến độ',
]
  .flatMap((head) =>
    ['theo quy định', 'theo yêu cầu', 'quy định', 'yêu cầu', 'đề ra', 'được giao', 'kế hoạch', ''].map(
      (tail) => `${head} ${tail}`.trim(),
    ),
  )
  .filter((phrase) => !/^(?:theo|tiến độ) [^ ]+(?: [^ ]+)?$/u.test(phrase) || phrase === 'tiến độ thời gian');

const vagueWords: readonly VagueWords[] = [
  ...vague('on-time-as-prescribed', onTime),
  ...vague('at-once', [
    'ngay từ bây giờ',
    'ngay bây giờ',
    'ngay lập tức',
    'ngay từ đầu năm',
    'ngay từ đầu nhiệm kỳ',
  ]),
  ...vague('as-soon-as-possible', [
    'trong thời gian sớm nhất',
    'trong thời gian ngắn nhất',
    'sớm nhất có thể',
    'sớm nhất',
  ]),
  ...vague('in-the-coming-time', [
    'trong thời gian tới',
    'trong những ngày tới',
    'trong ít ngày tới',
    'trong thời gian đến',
    'thời gian tới',
  ]),
  ...vague('urgently', ['khẩn trương', 'khẩn cấp', 'gấp rút']),
  ...vague('in-good-time', ['kịp thời']),
  ...vague('continuously', ['thường xuyên', 'liên tục'], ['continuous']),
];

const wordsByFirst = byFirstWord(vagueWords);

/** "chi thường xuyên" is money, "tình trạng khẩn cấp" a state of affairs. */
const namesAThing: ReadonlySet<string> = new Set([
  'chi',
  'sách',
  'phí',
  'vốn',
  'trạng',
  'hợp',
  'không',
  'chưa',
]);

/** Words of haste or of duty without a day: kept so that the clerk sees why no date was set. */
export function readVague(tokens: Tokens, index: number, _context: DeadlineContext): Found | null {
  for (const each of wordsByFirst.get(tokens.at(index)) ?? []) {
    const next = tokens.after(index, each.words);
    if (next < 0) continue;
    if (namesAThing.has(tokens.at(index - 1))) return null;
    return {
      next,
      reading: {
        rule: each.rule,
        kind: 'vague',
        date: null,
        bound: 'none',
        time: null,
        ambiguous: false,
        flags: each.flags,
      },
    };
  }
  return null;
}
