import { type CivilDate, type Weekday } from './civil-date';

/** The same text in the two languages of the product. */
export interface BilingualText {
  readonly vi: string;
  readonly en: string;
}

/** A stretch of work on one day, wall-clock 'HH:MM'; open at `opens`, no longer open at `closes` ('24:00' allowed). */
export interface WorkingPeriod {
  readonly opens: string;
  readonly closes: string;
}

/** The sessions of an office from one date to another (both included; null = without end). */
export interface SessionRule {
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
  /** Weekdays it speaks of; left out: every weekday that is no rest day. */
  readonly days?: readonly Weekday[];
  readonly periods: readonly WorkingPeriod[];
  /** The decision that set these hours. */
  readonly basis: string;
}

/** The official paper that ordered days off or worked; null where its date of issue is not known here. */
export interface Notice {
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: CivilDate | null;
}

/**
 * `holiday`: nghỉ lễ, Tết. `make-up-off`: nghỉ bù, or a working day exchanged for a worked rest day (hoán đổi).
 * `worked`: a rest day that is worked (làm bù).
 */
export type DatedDayKind = 'holiday' | 'make-up-off' | 'worked';

/** One dated exception to the weekly rhythm. */
export interface DatedDay {
  readonly date: CivilDate;
  readonly kind: DatedDayKind;
  readonly name: BilingualText;
  readonly notice: Notice | null;
  /** Article that makes it a day off when no yearly notice is named. */
  readonly basis?: string;
  /** The day this one stands for: the holiday made up, the day off that a worked Saturday pays for, or the reverse. */
  readonly inPlaceOf?: CivilDate;
  /** Own hours of a worked day; left out: the hours of the day it stands for, else of an ordinary weekday. */
  readonly periods?: readonly WorkingPeriod[];
}

/** What is known officially of one year's days off. `complete: false` makes every date in it carry a warning. */
export interface NoticedYear {
  readonly year: number;
  readonly notices: readonly Notice[];
  readonly complete: boolean;
}

/**
 * When an office works (lịch làm việc). Data, never changed in place: a change is a new version.
 * Build one from outside data with `parseWorkingCalendar`, which refuses contradictions.
 */
export interface WorkingCalendar {
  readonly id: string;
  readonly version: number;
  /** IANA zone name, for example Asia/Ho_Chi_Minh. */
  readonly zone: string;
  readonly sessions: readonly SessionRule[];
  /** Weekly rest, ISO weekdays. */
  readonly restDays: readonly Weekday[];
  readonly days: readonly DatedDay[];
  readonly noticedYears: readonly NoticedYear[];
}

export type Weekdays = readonly Weekday[];

export const defaultRestDays: Weekdays = [6, 7];

/** 'HH:MM' as minutes after midnight, or null. '24:00' is the end of the day. */
export function minutesOf(clock: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(clock);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return hours * 60 + minutes;
}
