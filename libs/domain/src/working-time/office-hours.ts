import { type CivilDate, parseCivilDate, type Weekday, weekdayOf } from './civil-date';
import {
  type DatedDay,
  type SessionRule,
  type WorkingCalendar,
  type WorkingPeriod,
} from './working-calendar';

/** Why a day is worked or not. */
export type DayStatus =
  | { readonly working: true; readonly reason: 'ordinary' | 'worked'; readonly day: DatedDay | null }
  | {
      readonly working: false;
      readonly reason: 'rest-day' | 'holiday' | 'make-up-off' | 'no-session';
      readonly day: DatedDay | null;
    };

interface CompiledRule {
  readonly from: number;
  readonly to: number;
  readonly days: ReadonlySet<Weekday> | null;
  readonly periods: readonly WorkingPeriod[];
}

/** What a calendar says of one day: is it worked, why, and at which hours on the wall. */
export class OfficeHours {
  private readonly dated = new Map<number, DatedDay>();
  private readonly restDays: ReadonlySet<Weekday>;
  private readonly rules: readonly CompiledRule[];

  constructor(readonly calendar: WorkingCalendar) {
    this.restDays = new Set(calendar.restDays);
    this.rules = calendar.sessions.map(compileRule);
    for (const day of calendar.days) {
      const dayNumber = parseCivilDate(day.date);
      if (dayNumber !== null) this.dated.set(dayNumber, day);
    }
  }

  statusOf(dayNumber: number): DayStatus {
    const day = this.dated.get(dayNumber) ?? null;
    if (day !== null && day.kind !== 'worked') return { working: false, reason: day.kind, day };
    if (this.periodsOf(dayNumber).length > 0) {
      return { working: true, reason: day === null ? 'ordinary' : 'worked', day };
    }
    return {
      working: false,
      reason: this.restDays.has(weekdayOf(dayNumber)) ? 'rest-day' : 'no-session',
      day,
    };
  }

  /** The wall-clock periods worked on a day; empty when it is not worked. */
  periodsOf(dayNumber: number): readonly WorkingPeriod[] {
    const day = this.dated.get(dayNumber);
    const weekday = weekdayOf(dayNumber);
    if (day === undefined) {
      return this.restDays.has(weekday) ? [] : this.ordinaryPeriods(dayNumber, weekday);
    }
    if (day.kind !== 'worked') return [];
    if (day.periods !== undefined) return day.periods;
    const own = this.periodsNaming(dayNumber, weekday);
    return own.length > 0 ? own : this.normalPeriods(dayNumber, day.inPlaceOf);
  }

  /**
   * The hours a day would have if it were an ordinary one: those of its weekday, else of the nearest weekday that is
   * worked. Used for worked Saturdays and for the closing hour of a deadline on a day off.
   */
  normalPeriods(dayNumber: number, inPlaceOf?: CivilDate): readonly WorkingPeriod[] {
    const other = inPlaceOf === undefined ? null : parseCivilDate(inPlaceOf);
    const first = weekdayOf(other ?? dayNumber);
    for (let step = 0; step < 7; step += 1) {
      const weekday = (((first - 1 - step + 7) % 7) + 1) as Weekday;
      if (this.restDays.has(weekday) && step < 6) continue;
      const periods = this.ordinaryPeriods(dayNumber, weekday);
      if (periods.length > 0) return periods;
    }
    return [];
  }

  /** Hours for a weekday: a rule that names the weekday speaks before one that names none. */
  private ordinaryPeriods(dayNumber: number, weekday: Weekday): readonly WorkingPeriod[] {
    const named = this.periodsNaming(dayNumber, weekday);
    if (named.length > 0) return named;
    return this.rules
      .filter((rule) => rule.days === null && inForce(rule, dayNumber))
      .flatMap((rule) => rule.periods);
  }

  private periodsNaming(dayNumber: number, weekday: Weekday): readonly WorkingPeriod[] {
    return this.rules
      .filter((rule) => rule.days?.has(weekday) === true && inForce(rule, dayNumber))
      .flatMap((rule) => rule.periods);
  }
}

function compileRule(rule: SessionRule): CompiledRule {
  return {
    from: (rule.from === null ? null : parseCivilDate(rule.from)) ?? -Infinity,
    to: (rule.to === null ? null : parseCivilDate(rule.to)) ?? Infinity,
    days: rule.days === undefined ? null : new Set(rule.days),
    periods: rule.periods,
  };
}

function inForce(rule: CompiledRule, dayNumber: number): boolean {
  return rule.from <= dayNumber && dayNumber <= rule.to;
}
