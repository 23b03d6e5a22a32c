import { type Instant } from '@dondoc/workflow';
import { type RuleDuration } from '../../working-rules/working-rules';
import { type CivilDate } from '../../working-time/civil-date';
import { type WorkingCalendar, type WorkingPeriod } from '../../working-time/working-calendar';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Việt Nam knows one hour, summer and winter. */
const OFFSET = 7 * HOUR;

interface Session {
  readonly opens: Instant;
  readonly closes: Instant;
}

/**
 * Working time counted on one's fingers, day by day, by the letters of a calendar in Việt Nam's time. It shares nothing
 * with what the product counts by: the weeks are judged by it.
 */
export class Fingers {
  private readonly days = new Map<CivilDate, readonly Session[]>();

  constructor(private readonly calendar: WorkingCalendar) {
    if (calendar.zone !== 'Asia/Ho_Chi_Minh')
      throw new Error(`nobody counts ${calendar.zone} on their fingers`);
  }

  dateOf(at: Instant): CivilDate {
    return new Date(at + OFFSET).toISOString().slice(0, 10);
  }

  midnight(date: CivilDate): Instant {
    return Date.parse(`${date}T00:00:00Z`) - OFFSET;
  }

  dayAfter(date: CivilDate, days = 1): CivilDate {
    return this.dateOf(this.midnight(date) + days * DAY);
  }

  isWorked(date: CivilDate): boolean {
    return this.sessions(date).length > 0;
  }

  isOpen(at: Instant): boolean {
    return this.sessions(this.dateOf(at)).some(({ opens, closes }) => opens <= at && at < closes);
  }

  /** The instant itself in working hours, else the next opening. */
  opening(at: Instant): Instant {
    for (let date = this.dateOf(at); ; date = this.dayAfter(date))
      for (const { opens, closes } of this.sessions(date)) if (at < closes) return Math.max(at, opens);
  }

  /** The end of a day: of its last session, or when the office would have closed. */
  closing(date: CivilDate): Instant {
    const worked = this.sessions(date).at(-1);
    if (worked) return worked.closes;
    const ends = this.normally(date).map(({ closes }) => closes);
    return this.at(date, [...ends].sort().at(-1) ?? '24:00');
  }

  /** The n-th day of work after a date, or before it; the date itself is not counted. */
  workday(date: CivilDate, n: number): CivilDate {
    let day = date;
    if (n === 0) while (!this.isWorked(day)) day = this.dayAfter(day);
    for (let left = Math.abs(n); left > 0;) {
      day = this.dayAfter(day, Math.sign(n));
      if (this.isWorked(day)) left -= 1;
    }
    return day;
  }

  /** Days of work after one instant's day, up to another's. */
  workdaysUpTo(from: Instant, to: Instant): number {
    let days = 0;
    for (let day = this.dayAfter(this.dateOf(from)); day <= this.dateOf(to); day = this.dayAfter(day))
      if (this.isWorked(day)) days += 1;
    return days;
  }

  /** The end of a time that somebody has. */
  windowEnd(from: Instant, { amount, unit }: RuleDuration): Instant {
    if (unit === 'h') return from + amount * HOUR;
    if (unit === 'wh') return this.afterWork(from, amount * HOUR);
    return this.closing(this.workday(this.dateOf(from), amount));
  }

  /** When a rung of a deadline is meant. */
  offset(deadline: Instant, { amount, unit }: RuleDuration): Instant {
    if (unit === 'h') return deadline + amount * HOUR;
    if (unit === 'wh') return this.afterWork(deadline, amount * HOUR);
    const day = this.workday(this.dateOf(deadline), amount);
    return this.sessions(day)[0]?.opens ?? Number.NaN;
  }

  /** Worked time from one instant to a later one. */
  workBetween(from: Instant, to: Instant): number {
    let work = 0;
    for (let day = this.dateOf(from); day <= this.dateOf(to); day = this.dayAfter(day))
      for (const { opens, closes } of this.sessions(day))
        work += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    return work;
  }

  /** When so much more has been worked. */
  afterWork(from: Instant, work: number): Instant {
    if (work < 0) throw new Error('fingers count forward');
    let left = work;
    for (let day = this.dateOf(from); left > 0; day = this.dayAfter(day))
      for (const { opens, closes } of this.sessions(day)) {
        const begins = Math.max(opens, from);
        if (closes <= begins) continue;
        if (left <= closes - begins) return begins + left;
        left -= closes - begins;
      }
    return from;
  }

  private sessions(date: CivilDate): readonly Session[] {
    const known = this.days.get(date);
    if (known) return known;
    const sessions = this.periods(date).map(({ opens, closes }) => ({
      opens: this.at(date, opens),
      closes: this.at(date, closes),
    }));
    this.days.set(date, sessions);
    return sessions;
  }

  private at(date: CivilDate, clock: string): Instant {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    return this.midnight(date) + hours * HOUR + minutes * 60_000;
  }

  private periods(date: CivilDate): readonly WorkingPeriod[] {
    const dated = this.calendar.days.find((day) => day.date === date);
    if (dated && dated.kind !== 'worked') return [];
    if (dated) return dated.periods ?? this.normally(dated.inPlaceOf ?? date);
    return this.calendar.restDays.includes(this.weekday(date)) ? [] : this.normally(date);
  }

  /** What a day's hours are by its weekday; those of a rest day are those of the last weekday before it that is worked. */
  private normally(date: CivilDate): readonly WorkingPeriod[] {
    let weekday = this.weekday(date);
    while (this.calendar.restDays.includes(weekday))
      weekday = (weekday === 1 ? 7 : weekday - 1) as typeof weekday;
    const inForce = this.calendar.sessions.filter(
      ({ from, to }) => (from ?? '') <= date && date <= (to ?? '9999'),
    );
    const own = inForce.find(({ days }) => days?.includes(weekday)) ?? inForce.find(({ days }) => !days);
    return own?.periods ?? [];
  }

  private weekday(date: CivilDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
    return (((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1) as 1;
  }
}
