import { type Explained, type Step, type Warning } from '../working-time/steps';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type RollRule, type Start } from '../working-time/working-time';

/** An office's conventions and what is known of the document; none of it is law, so each is a setting of the office. */
export interface ResolveOptions {
  readonly calendar: WorkingCalendar;
  /** "trước ngày X": due at the end of the day before X, or of X itself. Offices differ. */
  readonly beforeMeans: 'previous-day' | 'that-day';
  /**
   * Does a last day that is not worked move to the next working day (as BLDS 2015, Điều 148 has it for time limits)?
   * Otherwise it stays, at the usual closing hour. "Trước ngày X" never moves past X.
   */
  readonly rollToWorkingDay: boolean;
  readonly receivedOn?: Start;
  readonly issuedOn?: Start;
  readonly signedOn?: Start;
  /** The day of the event that an event-relative deadline waits for, once it is known. */
  readonly eventOn?: Start;
  /** For a recurring deadline: the next occurrence on or after this day. */
  readonly occurringFrom?: CivilDate;
}

/** An instant with its derivation, or an open deadline with the warning that says what is missing. */
export type Derived = Explained | (Omit<Explained, 'instant'> & { readonly instant: null });

export function open(code: string, vi: string, en: string): Derived {
  return { instant: null, steps: [], warnings: [{ code, vi, en }] };
}

export const rule = (code: string, vi: string, en: string): Step => ({ kind: 'rule', code, vi, en });

export const rollRule = (options: ResolveOptions): RollRule =>
  options.rollToWorkingDay ? 'next-working-day' : 'none';

/** The same result with steps and warnings before its own. */
export function prefixed(
  steps: readonly Step[],
  explained: Explained,
  warnings: readonly Warning[] = [],
): Explained {
  return {
    instant: explained.instant,
    steps: [...steps, ...explained.steps],
    warnings: [...warnings, ...explained.warnings],
  };
}
