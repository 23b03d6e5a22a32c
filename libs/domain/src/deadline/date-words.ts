import {
  civilPartsOf,
  type CivilDate,
  dayNumberOf,
  dayNumberOfDate,
  formatCivilDate,
  isRealDate,
  type Weekday,
} from '../working-time/civil-date';
import { type DeadlineContext, type DeadlineFlag } from './deadline-reading';
import { type Tokens } from './tokens';

/** What a reader found, and the place after it. */
export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

const smallNumbers: Readonly<Record<string, number>> = {
  một: 1,
  hai: 2,
  ba: 3,
  tư: 4,
  bốn: 4,
  năm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
  mười: 10,
};

/** 1–12 in words ("mười hai" included). */
export function readNumberWord(tokens: Tokens, index: number): Read<number> | null {
  const first = smallNumbers[tokens.at(index)];
  if (first === undefined) return null;
  const second = first === 10 ? smallNumbers[tokens.at(index + 1)] : undefined;
  return second === 1 || second === 2
    ? { value: 10 + second, next: index + 2 }
    : { value: first, next: index + 1 };
}

export function readAmount(tokens: Tokens, index: number): Read<number> | null {
  const digits = tokens.numberAt(index, 3);
  if (digits === null) return readNumberWord(tokens, index);
  // "05 (năm) ngày": the words repeat the figure.
  if (tokens.at(index + 1) === '(') {
    const inWords = readNumberWord(tokens, index + 2);
    if (inWords !== null && tokens.at(inWords.next) === ')') return { value: digits, next: inWords.next + 1 };
  }
  return { value: digits, next: index + 1 };
}

/** A year written out, two digits allowed after a separator; or "năm nay/sau" by its distance from the document's year. */
export interface YearWords {
  readonly year: number | null;
  readonly offset: number | null;
  readonly flags: readonly DeadlineFlag[];
}

const separators: ReadonlySet<string> = new Set(['/', '-', '.']);

const written = (year: number): YearWords => ({ year, offset: null, flags: [] });

const isYear = (value: number): boolean => value >= 1900 && value <= 2199;

function yearAt(tokens: Tokens, index: number): number | null {
  const year = tokens.numberAt(index, 4);
  return year !== null && isYear(year) ? year : null;
}

/** "năm 2026", "năm nay", "năm sau", and after a month or quarter also "/2026". */
export function readYear(tokens: Tokens, index: number, afterSeparator: boolean): Read<YearWords> | null {
  if (tokens.at(index) === 'năm') {
    const year = yearAt(tokens, index + 1);
    if (year !== null) return { value: written(year), next: index + 2 };
    if (tokens.at(index + 1) === 'nay') {
      return { value: { year: null, offset: 0, flags: [] }, next: index + 2 };
    }
    if (tokens.at(index + 1) === 'sau' || tokens.at(index + 1) === 'tới') {
      return { value: { year: null, offset: 1, flags: ['relative-to-document'] }, next: index + 2 };
    }
    return null;
  }
  if (!afterSeparator) return null;
  if (separators.has(tokens.at(index))) {
    const year = yearAt(tokens, index + 1);
    return year !== null ? { value: written(year), next: index + 2 } : null;
  }
  const year = yearAt(tokens, index);
  return year !== null ? { value: written(year), next: index + 1 } : null;
}

/** A day as written, before its year is settled. */
export interface DayWords {
  readonly day: number;
  readonly month: number | null;
  readonly year: YearWords | null;
  readonly flags: readonly DeadlineFlag[];
}

/**
 * dd/mm/yyyy, dd/mm, dd-mm-yyyy, dd.mm.yyyy, "10 tháng 5 năm 2026", "10 tháng 5"; after "ngày" also a bare day number.
 */
export function readDay(tokens: Tokens, index: number, bareAllowed: boolean): Read<DayWords> | null {
  const afterPrefix = dayPrefixes.has(tokens.at(index)) ? index + 1 : index;
  const day = tokens.numberAt(afterPrefix, 2);
  if (day === null) return null;
  return (
    readLunar(tokens, readSeparatedDay(tokens, afterPrefix, day)) ??
    readLunar(tokens, readDayAndMonthWords(tokens, afterPrefix, day)) ??
    (bareAllowed && !separators.has(tokens.at(afterPrefix + 1))
      ? { value: { day, month: null, year: null, flags: ['month-missing'] }, next: afterPrefix + 1 }
      : null)
  );
}

const dayPrefixes: ReadonlySet<string> = new Set(['mùng', 'mồng']);

function readSeparatedDay(tokens: Tokens, index: number, day: number): Read<DayWords> | null {
  const separator = tokens.at(index + 1);
  if (!separators.has(separator)) return null;
  const month = tokens.numberAt(index + 2, 2);
  if (month === null) return null;
  const close = tokens.touchesPrevious(index + 1) && tokens.touchesPrevious(index + 2);
  const year = tokens.numberAt(index + 4, 4);
  const yearDigits = tokens.list[index + 4]?.text.length;
  if (tokens.at(index + 3) === separator && year !== null && (close || separator === '/')) {
    if (isYear(year)) return { value: { day, month, year: written(year), flags: [] }, next: index + 5 };
    if (yearDigits === 2 && tokens.touchesPrevious(index + 4)) {
      const full = { year: 2000 + year, offset: null, flags: ['two-digit-year' as const] };
      return { value: { day, month, year: full, flags: [] }, next: index + 5 };
    }
  }
  // "10-12/9" is a range of days and "1.250" an amount: only "/" may stand alone, others must touch and end here.
  // A full stop behind "20-11" ends the sentence, unless a number touches it.
  const goesOn =
    separators.has(tokens.at(index + 3)) &&
    (tokens.at(index + 3) !== '.' || tokens.numberAt(index + 4, 4) !== null);
  if (separator !== '/' && (!close || goesOn)) return null;
  if (separator !== '/' && (month > 12 || day > 31)) return null;
  const wordsYear = readYear(tokens, index + 3, false);
  return {
    value: { day, month, year: wordsYear?.value ?? null, flags: [] },
    next: wordsYear?.next ?? index + 3,
  };
}

function readDayAndMonthWords(tokens: Tokens, index: number, day: number): Read<DayWords> | null {
  const month = readMonthNumber(tokens, index + 1);
  if (month === null) return null;
  const year = readYear(tokens, month.next, true);
  return {
    value: { day, month: month.value, year: year?.value ?? null, flags: [] },
    next: year?.next ?? month.next,
  };
}

/** "âm lịch" or "(âm lịch)" after a day: no lunar calendar is kept here, so the day stays open. */
function readLunar(tokens: Tokens, read: Read<DayWords> | null): Read<DayWords> | null {
  if (read === null) return null;
  const open = tokens.at(read.next) === '(' ? read.next + 1 : read.next;
  if (tokens.at(open) !== 'âm' || tokens.at(open + 1) !== 'lịch') return read;
  const closes = open > read.next && tokens.at(open + 2) === ')';
  return {
    value: { ...read.value, flags: [...read.value.flags, 'lunar-calendar'] },
    next: closes ? open + 3 : open + 2,
  };
}

/** "tháng 5", "tháng mười hai". */
export function readMonthNumber(tokens: Tokens, index: number): Read<number> | null {
  if (tokens.at(index) !== 'tháng') return null;
  const digits = tokens.numberAt(index + 1, 2);
  if (digits !== null) {
    return digits >= 1 && digits <= 12 ? { value: digits, next: index + 2 } : null;
  }
  return readNumberWord(tokens, index + 1);
}

const romanQuarters: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/** I–IV, 1–4, một–tư. */
export function readQuarterNumber(tokens: Tokens, index: number): Read<number> | null {
  const roman = romanQuarters[tokens.at(index)];
  if (roman !== undefined) return { value: roman, next: index + 1 };
  const digits = tokens.numberAt(index, 1);
  if (digits !== null && digits >= 1 && digits <= 4) return { value: digits, next: index + 1 };
  const word = readNumberWord(tokens, index);
  return word !== null && word.value <= 4 ? word : null;
}

const weekdayWords: Readonly<Record<string, Weekday>> = {
  hai: 1,
  ba: 2,
  tư: 3,
  bốn: 3,
  năm: 4,
  sáu: 5,
  bảy: 6,
  bẩy: 6,
};

/** "thứ Hai" … "thứ Bảy", "thứ 2" … "thứ 7", "Chủ nhật". */
export function readWeekday(tokens: Tokens, index: number): Read<Weekday> | null {
  if (tokens.at(index) === 'chủ' && tokens.at(index + 1) === 'nhật') return { value: 7, next: index + 2 };
  if (tokens.at(index) !== 'thứ') return null;
  const digits = tokens.numberAt(index + 1, 1);
  if (digits !== null) {
    return digits >= 2 && digits <= 7 ? { value: (digits - 1) as Weekday, next: index + 2 } : null;
  }
  const word = weekdayWords[tokens.at(index + 1)];
  return word === undefined ? null : { value: word, next: index + 2 };
}

/** "16 giờ 00", "16 giờ 30 phút", "16h00", "16h", "16:00", "8g30"; null hour parts when there is no such hour. */
export function readHour(
  tokens: Tokens,
  index: number,
): Read<{ readonly hour: number; readonly minute: number }> | null {
  const hour = tokens.numberAt(index, 2);
  if (hour === null) return null;
  const sign = tokens.at(index + 1);
  if (sign === ':' && tokens.touchesPrevious(index + 1)) {
    const minute = tokens.numberAt(index + 2, 2);
    if (minute === null) return null;
    return { value: { hour, minute }, next: index + 3 };
  }
  if (!hourWords.has(sign)) return null;
  const minute = tokens.numberAt(index + 2, 2);
  const isMinute =
    minute !== null && !separators.has(tokens.at(index + 3)) && tokens.at(index + 3) !== 'tháng';
  if (!isMinute) return { value: { hour, minute: 0 }, next: index + 2 };
  return {
    value: { hour, minute },
    next: tokens.at(index + 3) === 'phút' || tokens.at(index + 3) === 'p' ? index + 4 : index + 3,
  };
}

const hourWords: ReadonlySet<string> = new Set(['giờ', 'h', 'g']);

/** A year settled from its words or, when there are none, from the document. */
export function settleYear(
  words: YearWords | null,
  context: DeadlineContext,
): { readonly year: number | null; readonly flags: readonly DeadlineFlag[] } {
  if (words !== null && words.year !== null) return { year: words.year, flags: words.flags };
  if (context.year === null) return { year: null, flags: [...(words?.flags ?? []), 'year-missing'] };
  return {
    year: context.year + (words?.offset ?? 0),
    flags: [...(words?.flags ?? []), 'year-from-context'],
  };
}

/** A notice of December that says "trước ngày 10/01" means the January to come. */
const longestLookBack = 180;

/** The date of day words, or null with the flags that say why. */
export function settleDay(
  words: DayWords,
  context: DeadlineContext,
): { readonly date: CivilDate | null; readonly flags: readonly DeadlineFlag[] } {
  const flags = [...words.flags];
  if (words.flags.includes('lunar-calendar') || words.month === null) return { date: null, flags };
  const settled = settleYear(words.year, context);
  flags.push(...settled.flags);
  if (settled.year === null) {
    const possible = isRealDate(2024, words.month, words.day);
    return { date: null, flags: possible ? flags : [...flags, 'impossible-date'] };
  }
  const month = words.month;
  const lastDay = dayNumberOf(settled.year, month, words.day);
  const rolled = words.year === null && liesFarBehind(lastDay, settled.year, context);
  if (rolled) flags.push('year-rolled-forward');
  const year = rolled ? settled.year + 1 : settled.year;
  if (!isRealDate(year, month, words.day)) return { date: null, flags: [...flags, 'impossible-date'] };
  return { date: formatCivilDate(year, month, words.day), flags };
}

/** Does a day of the document's own year lie so far before the document that the following year must be meant? */
export function liesFarBehind(dayNumber: number, year: number, context: DeadlineContext): boolean {
  if (context.on === undefined) return false;
  const on = dayNumberOfDate(context.on);
  return civilPartsOf(on).year === year && on - dayNumber > longestLookBack;
}
