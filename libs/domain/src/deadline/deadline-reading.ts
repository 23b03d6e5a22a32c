import { type CivilDate } from '../working-time/civil-date';

/**
 * `date`: one day (or hour of a day). `period`: a month, quarter, half-year, year, range or recurring day; its date is the last day.
 * `relative`: an amount of time from receipt, issue, signing or a named day. `event`: waits for something without a date
 * ("ngay sau khi có…", "trước kỳ họp…"). `vague`: urgency without a date ("khẩn trương").
 */
export type DeadlineKind = 'date' | 'period' | 'relative' | 'event' | 'vague';

/**
 * How the words bound the time. `before`: "trước ngày X" (whether X itself still counts is the office's switch).
 * `by`: "chậm nhất", "đến (hết)". `on`: the day itself. `within`: "trong". `from-to`: a range. `after`: follows an event.
 * `none`: no bound in time.
 */
export type DeadlineBound = 'before' | 'by' | 'on' | 'within' | 'from-to' | 'after' | 'none';

/** An hour of the day ('HH:MM') or a part of it, to be read in the office's own sessions. */
export type DeadlineTime =
  | `${number}:${number}`
  | 'start-of-morning'
  | 'end-of-morning'
  | 'start-of-afternoon'
  | 'end-of-afternoon'
  /** "hết giờ làm việc": the end of the last session. */
  | 'end-of-day';

export type DeadlineUnit = 'working-day' | 'calendar-day' | 'working-hour' | 'hour' | 'month';

/** What a relative deadline counts from. `stated-date`: a day in the words themselves (`fromDate`); `event`: "kể từ khi…". */
export type DeadlineOrigin = 'receipt' | 'issue' | 'signing' | 'stated-date' | 'event';

export type DeadlineFlag =
  /** The words name no year; it was taken from the document. */
  | 'year-from-context'
  /** The year named by the document would put the day well before the document: the following year was taken. */
  | 'year-rolled-forward'
  | 'year-missing'
  | 'two-digit-year'
  | 'month-missing'
  /** "tháng này", "năm sau", "tuần tới": depends on when it was said. */
  | 'relative-to-document'
  | 'weekday-relative'
  /** The weekday written beside the date is not the date's weekday. */
  | 'weekday-mismatch'
  /** There is no such day (31/9) or hour. */
  | 'impossible-date'
  | 'lunar-calendar'
  /** "đầu tháng", "giữa quý": not a day until somebody says which. */
  | 'part-of-period'
  /** Several months or quarters are named; the last one counts. */
  | 'several-periods'
  /** Comes again ("hằng tháng"): a reporting obligation rather than a deadline. */
  | 'recurring'
  /** A number of days without saying from when. */
  | 'origin-unstated'
  /** "chậm nhất trước ngày X": by or before? */
  | 'by-or-before'
  /** The year is earlier than that of the document. */
  | 'past-year'
  /** Nothing nearby says that something is to be finished or sent; may merely say when something takes place. */
  | 'no-completion-verb'
  /** A continuous duty ("thường xuyên"). */
  | 'continuous';

/** A stretch of text that speaks of a deadline, read word for word; offices' own conventions are applied when resolving. */
export interface DeadlineReading {
  /** The literal words: always `source.slice(start, end)`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Stable kebab-case id of the rule that read it. */
  readonly rule: string;
  readonly kind: DeadlineKind;
  /** Last day meant by the literal words; for "trước ngày 10/9" it is 10 September with `bound: 'before'`. Null: no day can be known. */
  readonly date: CivilDate | null;
  readonly bound: DeadlineBound;
  readonly time: DeadlineTime | null;
  /** First day of a range. */
  readonly startsOn?: CivilDate;
  /** Relative deadlines: how much of which unit, from when. */
  readonly amount?: number;
  readonly unit?: DeadlineUnit;
  readonly from?: DeadlineOrigin;
  readonly fromDate?: CivilDate;
  /** Recurring deadlines: how often, and on which day of it (day of the month; ISO weekday for a week). */
  readonly every?: 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly dayOfPeriod?: number;
  /** A person must confirm before this is used. */
  readonly ambiguous: boolean;
  readonly flags: readonly DeadlineFlag[];
}

/** What is known around the text. */
export interface DeadlineContext {
  /** Year of the document or meeting, for dates that name none. */
  readonly year: number | null;
  /** Day of the document or meeting; lets "ngày 10/01" in a December notice mean the January to come. */
  readonly on?: CivilDate;
}
