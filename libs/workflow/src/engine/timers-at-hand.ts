import { type Instant } from '../lifecycle/macrostep-instant';
import { byDue, type TimerRecord } from './records';

/** The timers of one instance in a unit of work: those it came with, and what became of them since. */
export class TimersAtHand {
  private added: readonly TimerRecord[] = [];

  /** @param timers in the order in which they fire */
  constructor(private timers: readonly TimerRecord[]) {}

  /** Every timer that is waited for, in the order in which they fire. */
  get pending(): readonly TimerRecord[] {
    return this.timers;
  }

  /** Set in this unit of work, and still waited for. */
  get set(): readonly TimerRecord[] {
    return this.added;
  }

  /** The first one, if it is due by `asOf`; none while a parked one stands first. */
  next(asOf: Instant): TimerRecord | undefined {
    const [first] = this.timers;
    return first && !first.parked && first.dueAt <= asOf ? first : undefined;
  }

  findParked(id: string): TimerRecord | undefined {
    return this.timers.find((timer) => timer.id === id && timer.parked);
  }

  add(timer: TimerRecord): void {
    this.cancel(timer.id);
    this.added = [...this.added, timer];
    const behind = this.timers.findIndex((other) => byDue(timer, other) < 0);
    const place = behind === -1 ? this.timers.length : behind;
    this.timers = [...this.timers.slice(0, place), timer, ...this.timers.slice(place)];
  }

  cancel(id: string): void {
    if (!this.timers.some((timer) => timer.id === id)) return;
    this.timers = this.timers.filter((timer) => timer.id !== id);
    this.added = this.added.filter((timer) => timer.id !== id);
  }

  /** A finished machine waits for nothing. */
  dropAll(): void {
    this.added = [];
    this.timers = [];
  }
}
