import { readDayTarget } from './day-target';
import {
  type DeadlineBound,
  type DeadlineContext,
  type DeadlineFlag,
  type DeadlineReading,
} from './deadline-reading';
import { type Read } from './date-words';
import { readBareRecurrence, readPeriodTarget } from './period-target';
import { isDoubtful, type TimeTarget } from './time-target';
import { byFirstWord, type Tokens } from './tokens';

/** A reading whose offsets are still tokens. */
export interface Found {
  /** First token of the words, when it is not the one at which the rule was asked. */
  readonly from?: number;
  readonly next: number;
  /** Null: the words are understood and are no deadline; reading goes on behind them. */
  readonly reading: UnplacedReading | null;
}

export type UnplacedReading = Omit<DeadlineReading, 'text' | 'start' | 'end'>;

/** Words that set a bound before a day, month, quarter or year. */
interface Cue {
  readonly words: readonly string[];
  readonly rule: string;
  readonly bound: DeadlineBound;
  /** Which targets the words may govern. */
  readonly targets: 'any' | 'day' | 'period' | 'day-or-period-end';
  /** Alone, the words may as well tell when something happened or takes place. */
  readonly weak?: boolean;
}

const cue = (
  phrase: string,
  rule: string,
  bound: DeadlineBound,
  targets: Cue['targets'] = 'any',
  weak = false,
): Cue => ({ words: phrase.split(' '), rule, bound, targets, weak });

const latest = (phrase: string): readonly Cue[] =>
  ['vào trước', 'là trước', 'trước']
    .map((then) => cue(`${phrase} ${then}`, 'no-later-than-before', 'before'))
    .concat(
      [
        'là đến hết',
        'là hết',
        'là đến',
        'là vào',
        'là trong',
        'là',
        'vào hết',
        'vào',
        'đến hết',
        'đến',
        'trong',
        'hết',
      ].map((then) => cue(`${phrase} ${then}`, 'no-later-than', 'by')),
      [cue(phrase, 'no-later-than', 'by')],
    );

const fromNow = (now: string): readonly Cue[] =>
  ['cho đến hết', 'cho đến', 'đến trước', 'đến hết', 'tới hết', 'đến', 'tới'].map((then) =>
    cue(`${now} ${then}`, 'from-now-until', then.endsWith('trước') ? 'before' : 'by'),
  );

/** The verb sets the bound but is no part of the words: "hoàn thành [tháng 6/2026]". */
const finishing = ['hoàn thành', 'hoàn tất', 'hoàn thiện', 'kết thúc', 'xong'].map((verb) =>
  cue(verb, 'finish-on', 'on', 'day-or-period-end'),
);

const stated = ['thời hạn', 'thời gian', 'hạn']
  .flatMap((noun) =>
    ['hoàn thành', 'thực hiện', 'báo cáo', 'gửi', 'nộp', 'trình', 'cuối cùng', 'chót', 'cuối', ''].flatMap(
      (what) =>
        [
          ': đến hết',
          ': trước',
          ': trong',
          ':',
          'là trước',
          'là',
          'đến hết',
          'đến',
          'trước',
          'trong',
          '',
        ].map((then) => {
          const phrase = [noun, what, then].filter((word) => word !== '').join(' ');
          return cue(
            phrase,
            'stated-deadline',
            then.endsWith('trước') ? 'before' : 'by',
            'day-or-period-end',
          );
        }),
    ),
  )
  .filter((each) => each.words.length > 1 || each.words[0] === 'hạn');

const cues: readonly Cue[] = [
  ...latest('chậm nhất'),
  ...latest('muộn nhất'),
  ...fromNow('từ nay'),
  ...fromNow('kể từ nay'),
  ...fromNow('từ bây giờ'),
  ...stated,
  ...finishing,
  cue('cho đến hết', 'until-end', 'by'),
  cue('cho đến', 'until', 'by', 'day-or-period-end', true),
  cue('đến trước', 'before', 'before'),
  cue('trước khi', 'until-closing', 'by', 'day'),
  cue('trước khi kết thúc', 'until-end', 'by', 'period'),
  cue('trước khi hết', 'until-end', 'by', 'period'),
  cue('đến cuối', 'until-end', 'by', 'period'),
  cue('tới cuối', 'until-end', 'by', 'period'),
  cue('đến hết', 'until-end', 'by'),
  cue('tới hết', 'until-end', 'by'),
  cue('hết', 'until-end', 'by', 'any'),
  cue('đến', 'until', 'by', 'day', true),
  cue('tới', 'until', 'by', 'day', true),
  cue('ngay trong', 'within', 'within', 'any'),
  cue('trước', 'before', 'before', 'any'),
  cue('trong', 'within', 'within', 'any', true),
  cue('vào', 'on', 'on', 'any', true),
  cue('cuối', 'end-of', 'by', 'period', true),
];

const cuesByFirstWord = byFirstWord(cues);

/** Reads "trước ngày 10/9", "chậm nhất trong Quý II", "từ nay đến hết năm 2026" and their kin. */
export function readCue(tokens: Tokens, index: number, context: DeadlineContext): Found | null {
  for (const each of cuesByFirstWord.get(tokens.at(index)) ?? []) {
    const after = tokens.after(index, each.words);
    if (after < 0) continue;
    const target = targetOf(tokens, after, each, context);
    if (target === null) continue;
    if (isNoDeadline(tokens, index, target, each, context)) return { next: target.next, reading: null };
    const reading = readingOf(tokens, index, each, target, context);
    return each.rule === 'finish-on'
      ? { from: after, next: target.next, reading }
      : { next: target.next, reading };
  }
  return null;
}

const breakers: ReadonlySet<string> = new Set([':', '-']);

function targetOf(
  tokens: Tokens,
  index: number,
  each: Cue,
  context: DeadlineContext,
): Read<TimeTarget> | null {
  const start = each.rule === 'stated-deadline' ? tokens.skip(index, breakers) : index;
  const day = each.targets === 'period' ? null : readDayTarget(tokens, start, context);
  // "trước khi" alone begins an event; only before the end of working hours is it a day.
  if (day !== null && (each.rule !== 'until-closing' || day.value.time === 'end-of-day')) return day;
  if (each.targets === 'day') return null;
  const period = readPeriodTarget(tokens, start, context);
  if (period === null) return each.rule === 'stated-deadline' ? readBareRecurrence(tokens, start) : null;
  // "hoàn thành năm 2022" names a thing finished; only a month, quarter or half-year may follow a bare verb.
  if (each.targets === 'day-or-period-end' && period.value.form === 'year' && each.rule !== 'stated-deadline')
    return null;
  return period;
}

const pastAfter: ReadonlySet<string> = new Set(['đã', 'vẫn']);
const resultsAfter: ReadonlySet<string> = new Set(['đã', 'vẫn', 'đạt', 'ước']);
/** "phải đạt", "phấn đấu đạt": a target, not a result. */
const targetWords: ReadonlySet<string> = new Set(['phải', 'phấn', 'đấu', 'nhằm', 'để']);
const pastBefore: ReadonlySet<string> = new Set(['đã', 'được', 'ước']);
const describedBefore: readonly string[] = [
  'nhiệm vụ',
  'chỉ tiêu',
  'kế hoạch',
  'kết quả',
  'đạt được',
  'tình hình',
  'số liệu',
  'tính',
  'hiệu lực',
  'ban hành',
];
/** Last syllables of "hoàn thành", "hoàn tất", "xong". */
const completing: ReadonlySet<string> = new Set(['thành', 'tất', 'xong']);
const finishingWords: ReadonlySet<string> = new Set([
  'thành',
  'xong',
  'tất',
  'thúc',
  'gửi',
  'nộp',
  'trình',
  'cáo',
  'thực',
  'khai',
  'ban',
  'chức',
  'thiện',
  'giải',
  'lý',
  'duyệt',
  'trao',
  'đề',
]);

function isNoDeadline(
  tokens: Tokens,
  index: number,
  target: Read<TimeTarget>,
  each: Cue,
  context: DeadlineContext,
): boolean {
  const { last } = target.value;
  if (last !== null && context.year !== null && Number(last.slice(0, 4)) < context.year - 1) return true;
  if (tokens.near(target.next, 1, 2, pastAfter)) return true;
  if (each.weak !== true) return false;
  const aims = tokens.near(index, -1, 6, targetWords) || tokens.near(target.next, 1, 3, targetWords);
  if (!aims && tokens.near(target.next, 1, 10, resultsAfter)) return true;
  if (tokens.near(index, -1, 4, pastBefore)) return true;
  if (endsWithWords(tokens, index, ['báo', 'cáo', 'kết', 'quả'])) return false;
  // "hoàn thành việc đánh giá kết quả trong tháng 5": what is finished is the look at the results.
  if (endsWithWords(tokens, index, ['kết', 'quả']) && tokens.near(index, -1, 8, completing)) return false;
  return describedBefore.some((phrase) => endsWithWords(tokens, index, phrase.split(' ')));
}

function endsWithWords(tokens: Tokens, index: number, phrase: readonly string[]): boolean {
  return tokens.after(index - phrase.length, phrase) === index;
}

function readingOf(
  tokens: Tokens,
  index: number,
  each: Cue,
  target: Read<TimeTarget>,
  context: DeadlineContext,
): UnplacedReading {
  const { value } = target;
  // "trước cuối tháng 6" asks for the end of June, not for the day before it.
  const endOfPeriod = value.kind === 'period' && value.form !== 'recurring' && value.first === value.last;
  const bound = each.bound === 'before' && endOfPeriod ? 'by' : each.bound;
  const date = bound === 'before' && value.kind === 'period' ? value.first : value.last;
  const flags: DeadlineFlag[] = [...value.flags];
  if (each.rule === 'no-later-than-before') flags.push('by-or-before');
  if (date !== null && context.year !== null && Number(date.slice(0, 4)) < context.year)
    flags.push('past-year');
  const finishes =
    tokens.near(index, -1, 25, finishingWords) || tokens.near(target.next, 1, 4, finishingWords);
  if (each.weak === true && !finishes) flags.push('no-completion-verb');
  return {
    rule: value.form === 'recurring' ? 'recurring' : `${each.rule}-${value.form}`,
    kind: value.kind,
    date,
    bound,
    time: value.time,
    ...value.recurrence,
    ambiguous: isDoubtful(flags),
    flags,
  };
}
