import { type DeadlineReading, findDeadlinePhrases } from '../../deadline/deadline-phrase';
import { type CivilDate } from '../../working-time/civil-date';
import { type MappedText } from './mapped-text';
import {
  type DirectiveFlag,
  type DirectiveKind,
  type DraftedDeadline,
  type IntakeOptions,
} from './intake-result';

/** The deadline phrases of the texts of one document; each text is read once however often it is asked about. */
export class DeadlineFinder {
  private readonly known = new Map<string, readonly DeadlineReading[]>();

  /**
   * @param year for dates that name none
   * @param day of the meeting or of the document: what lies before it is an account, and "10/01" in a notice of
   *   December is the January to come
   */
  constructor(
    readonly year: number | null,
    readonly day: CivilDate | null,
  ) {}

  find(text: string): readonly DeadlineReading[] {
    const found =
      this.known.get(text) ??
      findDeadlinePhrases(text, { year: this.year, ...(this.day === null ? {} : { on: this.day }) }).map(
        withoutGuess,
      );
    this.known.set(text, found);
    return found;
  }
}

/** "trong tuần này", "thứ Sáu tới": counted from the meeting or from the day of issue? A person says. */
function withoutGuess(reading: DeadlineReading): DeadlineReading {
  const counted =
    reading.flags.includes('weekday-relative') ||
    (reading.flags.includes('relative-to-document') && /tuần|tháng|quý/iu.test(reading.text));
  return counted && reading.date !== null ? { ...reading, date: null, ambiguous: true } : reading;
}

export interface ReadDeadline {
  readonly deadline: DraftedDeadline | null;
  readonly flags: readonly DirectiveFlag[];
  /** The rule that read the words; null without a deadline. */
  readonly rule: string | null;
}

/** Finds the deadline of one directive in its words. `kind` matters: a year beside a continuous duty is its scope, not its end. */
export function readDeadline(
  content: MappedText,
  kind: DirectiveKind,
  finder: DeadlineFinder,
  options: IntakeOptions,
): ReadDeadline {
  const readings = finder.find(content.text);
  const flags: DirectiveFlag[] = [];
  if (readings.some((reading) => reading.kind === 'vague')) flags.push('vague-deadline');
  const found = readings.filter((reading) => isDeadline(reading, kind, finder, content.text));
  const usable = found.some(({ date }) => date !== null)
    ? found
    : [...readBareDeadline(content.text, finder), ...found];
  if (usable.length === 0) {
    if (readings.some((reading) => reading.kind === 'period' && !reading.flags.includes('recurring')))
      flags.push('ambiguous-deadline');
    return { deadline: null, flags, rule: null };
  }
  const chosen = choose(usable);
  const days = new Set(usable.filter(({ date }) => date !== null).map(({ date }) => date));
  if (days.size > 1) flags.push('several-deadlines');
  if (chosen.ambiguous) flags.push('ambiguous-deadline');
  if (chosen.kind === 'event') flags.push('event-deadline');
  if (chosen.kind === 'relative') flags.push('relative-deadline');
  return { deadline: drafted(chosen, content, options), flags, rule: chosen.rule };
}

/** Whether the words give an end that a text about to be drafted must respect when it is cut in pieces. */
export function hasOwnDeadline(text: string, finder: DeadlineFinder): boolean {
  return (
    readBareDeadline(text, finder).length > 0 ||
    finder.find(text).some((reading) => isDeadline(reading, 'task', finder, text))
  );
}

const bare =
  /(?<![\p{L}\p{M}])(?:báo cáo|(?<!công |chương |quá |quy |tờ )trình|gửi|nộp|hoàn thành|xong)(?![\p{L}\p{M}])[^.;]{0,90}?\s(?=((?:trong )?(?:ngày|tháng|quý|Quý)\s+[\dIV]{1,4}(?:\s?[/.-]\s?\d{1,4}|\s(?:tháng|năm)\s\d{1,4}){1,2}\s*(?:[.;,]|$|(?:để|nhằm|theo|làm cơ sở)\s)))/giu;

/** "báo cáo tại giao ban tháng 6/2019", "trình kỳ họp tháng 12": the month tells which meeting, not by when. */
const namesMeeting = /(?:giao ban|phiên họp|cuộc họp|buổi họp|hội nghị|kỳ họp|phiên)(?: [^\s,;.]+){0,6} ?$/iu;

/** "trình Lãnh đạo Sở ngày 24/4/2023.": a day without "trước" or "chậm nhất" right behind the words that hand something over. */
function readBareDeadline(text: string, finder: DeadlineFinder): readonly DeadlineReading[] {
  for (const match of text.matchAll(bare)) {
    const start = match.index + match[0].length;
    const behind = text.slice(Math.max(0, start - 60), start);
    const words = (match[1] ?? '').replace(/\s+(?:để|nhằm|theo|làm cơ sở)\s*$/u, '');
    if (/(?:số|\/[\p{L}-]+),?\s*$/u.test(behind)) continue;
    if (!words.startsWith('trong') && namesMeeting.test(behind)) continue;
    // "đầu tháng 9", "tuần thứ hai của tháng 9": which day is for a person to say.
    if (/(?:đầu|giữa|cuối|trước|sau|tuần(?: thứ \S+)?)(?: của)?\s$/iu.test(behind)) continue;
    const lead = 'hoàn thành ';
    const reading = finder.find(`${lead}${words.startsWith('trong') ? words : `chậm nhất ${words}`}`)[0];
    if (reading === undefined || reading.date === null) continue;
    const end = start + words.replace(/\s*[.;,]$/u, '').length;
    return [{ ...reading, text: text.slice(start, end), start, end }];
  }
  return [];
}

function isDeadline(
  reading: DeadlineReading,
  kind: DirectiveKind,
  finder: DeadlineFinder,
  text: string,
): boolean {
  if (reading.kind === 'vague' || reading.flags.includes('recurring')) return false;
  if (reading.flags.includes('impossible-date')) return false;
  // "rà soát hồ sơ tiếp nhận trước ngày 01/7" in a notice of August says which files.
  if (finder.day !== null && reading.date !== null && reading.date < finder.day) return false;
  if (reading.bound === 'none' || (reading.bound === 'after' && reading.kind !== 'event')) return false;
  if (namesYearEnd(reading, text)) return false;
  if (reading.kind === 'period') {
    if (
      reading.bound === 'on' &&
      namesMeeting.test(text.slice(Math.max(0, reading.start - 60), reading.start))
    )
      return false;
    // "trong năm 2024" in a notice of 2023 says for which year the work is, seldom when it must be finished.
    const until = reading.date === null ? null : Number(reading.date.slice(0, 4));
    if (
      finder.year !== null &&
      until !== null &&
      until > finder.year &&
      reading.bound === 'within' &&
      !finishesAt(text, reading.start)
    )
      return false;
    if (
      kind !== 'task' &&
      reading.bound !== 'by' &&
      reading.bound !== 'before' &&
      !finishesAt(text, reading.start)
    )
      return false;
  }
  return !(reading.flags.includes('no-completion-verb') && reading.bound === 'on' && kind !== 'task');
}

/** "đợt cao điểm cuối năm", "kỳ họp cuối năm": which one it is; "hoàn thành cuối năm" and "cuối năm phải xong" say by when. */
function namesYearEnd(reading: DeadlineReading, text: string): boolean {
  if (!reading.rule.startsWith('end-of') || /\d/u.test(reading.text)) return false;
  return !/(?:^|[,;:(]\s*|(?<![\p{L}\p{M}])(?:hoàn thành|hoàn tất|xong|kết thúc|trình|gửi|ban hành|bàn giao|vào)\s+)$/iu.test(
    text.slice(Math.max(0, reading.start - 20), reading.start),
  );
}

/** "…, hoàn thành trong quý I năm 2025", "trình UBND tỉnh trong tháng 3": the last verb before the period brings something to its end. */
function finishesAt(text: string, index: number): boolean {
  const clause = text.slice(Math.max(0, index - 160), index);
  const years = /^trong năm/iu.test(text.slice(index)) ? /[^.;,]{0,60}$/u.exec(clause)?.[0] : clause;
  return /(?<![\p{L}\p{M}])(?:hoàn thành|xong|hoàn tất|dứt điểm|kết thúc|báo cáo|(?<!công |chương |quá |quy )trình|gửi|lập|ban hành|bàn giao|nghiệm thu|khởi công|phê duyệt|thông qua)(?![\p{L}\p{M}])[^.;]{0,120}$/iu.test(
    years ?? '',
  );
}

/** A day before a period, a period before an event; within one sort the first that speaks of finishing. */
function choose(readings: readonly DeadlineReading[]): DeadlineReading {
  const rank = (reading: DeadlineReading): number =>
    (reading.date === null ? 4 : 0) +
    (reading.kind === 'date' ? 0 : 1) +
    (reading.bound === 'by' || reading.bound === 'before' || reading.bound === 'from-to' ? 0 : 1) +
    (reading.flags.includes('no-completion-verb') ? 1 : 0);
  return readings.reduce((best, next) => (rank(next) < rank(best) ? next : best));
}

function drafted(reading: DeadlineReading, content: MappedText, options: IntakeOptions): DraftedDeadline {
  const before = reading.bound === 'before' && reading.time === null && reading.date !== null;
  // "trước tháng 9" ends with August whatever the office takes "trước ngày 01/9" to mean.
  const dayBefore =
    before && (reading.kind === 'date' ? options.beforeMeans !== 'that-day' : reading.date.endsWith('-01'));
  const date = dayBefore ? previousDay(reading.date) : reading.date;
  return {
    text: reading.text.replace(/\s+/gu, ' '),
    date,
    kind: reading.kind === 'vague' ? 'event' : reading.kind,
    bound: reading.bound,
    start: content.sourceStart(reading.start),
    end: content.sourceEnd(reading.end),
  };
}

function previousDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The deadline that a lead-in sets for what stands below it; a heading that merely names a plan's period sets none. */
export function readInheritedDeadline(
  content: MappedText,
  finder: DeadlineFinder,
  options: IntakeOptions,
): ReadDeadline | null {
  const { text } = content;
  if (!text.endsWith(':')) return null;
  for (const reading of finder.find(text)) {
    if (reading.date === null || reading.flags.includes('recurring')) continue;
    const before = text.slice(Math.max(0, reading.start - 60), reading.start);
    if (!/(?:thực hiện|hoàn thành|triển khai|xong)[^.;,]{0,30}$/iu.test(before)) continue;
    return {
      deadline: drafted(reading, content, options),
      flags: reading.ambiguous ? ['ambiguous-deadline'] : [],
      rule: reading.rule,
    };
  }
  return null;
}
