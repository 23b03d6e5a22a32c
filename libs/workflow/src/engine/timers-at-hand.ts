import { type Instant } from '../lifecycle/macrostep-instant';
import { type TimerRecord } from './records';

const byDue = (a: TimerRecord, b: TimerRecord): number => a.dueAt - b.dueAt || a.sequence - b.sequence;

/** The timers of one instance in a unit of work: those it was loaded with, and what became of them since. */
export class TimersAtHand {
  private due: TimerRecord[];
  private readonly added = new Map<string, TimerRecord>();
  private readonly removed = new Set<string>();

  /** @param dueLater a lower bound of those that were not loaded; `null` when all were */
  constructor(
    due: readonly TimerRecord[],
    private readonly dueLater: Instant | null,
  ) {
    this.due = [...due];
  }

  /** Every timer that is waited for among those loaded and set, in order. */
  get pending(): TimerRecord[] {
    return [...this.due, ...this.added.values()].sort(byDue);
  }

  /** Set in this unit of work, and still waited for. */
  get set(): TimerRecord[] {
    return [...this.added.values()];
  }

  /** Ids of those to be deleted: none that was set again. */
  get cancelled(): string[] {
    return [...this.removed].filter((id) => !this.added.has(id));
  }

  /** The earliest that is left; those that were not loaded count by the bound they came with. */
  get earliest(): Instant | null {
    let earliest = this.dueLater;
    for (const { dueAt } of this.due) if (earliest === null || dueAt < earliest) earliest = dueAt;
    for (const { dueAt } of this.added.values()) if (earliest === null || dueAt < earliest) earliest = dueAt;
    return earliest;
  }

  /** The first one due by `asOf`; none while a parked one stands before it. */
  next(asOf: Instant): TimerRecord | undefined {
    let first: TimerRecord | undefined;
    for (const timer of this.due)
      if (timer.dueAt <= asOf && (!first || byDue(timer, first) < 0)) first = timer;
    for (const timer of this.added.values())
      if (timer.dueAt <= asOf && (!first || byDue(timer, first) < 0)) first = timer;
    return first?.parked ? undefined : first;
  }

  findParked(id: string): TimerRecord | undefined {
    return this.due.find((timer) => timer.id === id && timer.parked);
  }

  add(timer: TimerRecord): void {
    this.added.set(timer.id, timer);
    this.due = this.due.filter(({ id }) => id !== timer.id);
  }

  cancel(id: string): void {
    this.added.delete(id);
    this.removed.add(id);
    this.due = this.due.filter((timer) => timer.id !== id);
  }

  /** A finished machine waits for nothing: the store drops whatever is left when the status is `done`. */
  dropAll(): void {
    this.added.clear();
    this.due = [];
  }
}
