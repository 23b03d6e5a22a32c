import { createActor, type AnyActor, type AnyMachineSnapshot } from 'xstate';
import { isWhole } from '../engine/configuration';
import { type StoredEvent } from '../engine/records';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';

interface Waiting {
  readonly dueAt: Instant;
  readonly fire: () => void;
}

/** A clock for XState that only moves when it is told to, and knows delays of any length. */
class SimulatedClock {
  /** In the order in which they were set. */
  private readonly waiting = new Map<number, Waiting>();
  private made = 0;

  constructor(
    public now: Instant,
    private readonly onSet: (dueAt: Instant, timer: number) => void,
  ) {}

  readonly setTimeout = (fire: () => void, delayMs: number): number => {
    const dueAt = this.now + Math.max(0, Math.round(delayMs));
    this.waiting.set(++this.made, { dueAt, fire });
    this.onSet(dueAt, this.made);
    return this.made;
  };

  readonly clearTimeout = (id: number): void => {
    this.waiting.delete(id);
  };

  /** Fires what is due by `target`, in the order of due instants and, at one instant, of setting. */
  advanceTo(target: Instant): void {
    for (;;) {
      let next: (Waiting & { id: number }) | null = null;
      for (const [id, timer] of this.waiting)
        if (timer.dueAt <= target && (next === null || timer.dueAt < next.dueAt)) next = { id, ...timer };
      if (next === null) break;
      this.waiting.delete(next.id);
      this.now = Math.max(this.now, next.dueAt);
      stepAt(this.now, next.fire);
    }
    this.now = Math.max(this.now, target);
  }
}

/** XState's own actor of a lifecycle's machine in virtual time: what the runtime is compared with. */
export class LiveActor {
  private readonly actor: AnyActor;
  private readonly clock: SimulatedClock;
  private readonly due = new WeakMap<object, Instant>();
  private readonly timerOf = new Map<string, number>();
  /** Why the machine failed, where it has. */
  error: unknown = null;
  private lost = false;

  constructor(lifecycle: Lifecycle, input: unknown, at: Instant) {
    this.clock = new SimulatedClock(at, (dueAt, timer) => {
      for (const scheduled of Object.values(this.scheduled())) {
        if (this.due.has(scheduled)) continue;
        this.due.set(scheduled, dueAt);
        // XState keeps an earlier timer under the same id, out of reach of `cancel`; in the runtime an id has one timer.
        const earlier = this.timerOf.get(scheduled.id);
        if (earlier !== undefined) this.clock.clearTimeout(earlier);
        this.timerOf.set(scheduled.id, timer);
      }
    });
    this.actor = stepAt(at, () => createActor(lifecycle.machine, { input: input, clock: this.clock }));
    this.actor.subscribe({
      next: (snapshot) => (this.lost ||= !isWhole(snapshot as AnyMachineSnapshot)),
      error: (error: unknown) => (this.error = error),
    });
    stepAt(at, () => this.actor.start());
    this.clock.advanceTo(at);
  }

  get snapshot(): AnyMachineSnapshot {
    return this.actor.getSnapshot() as AnyMachineSnapshot;
  }

  isActive(): boolean {
    return this.snapshot.status === 'active';
  }

  /** Whether XState ever came into something that is no state of the machine: there is nothing to compare with then. */
  isLost(): boolean {
    return this.lost;
  }

  advanceTo(target: Instant): void {
    this.clock.advanceTo(target);
  }

  /** An actor that has ended hears nothing. */
  send(event: StoredEvent): void {
    if (!this.isActive()) return;
    const at = this.clock.now;
    stepAt(at, () => {
      this.actor.send({ ...event, at } as StoredEvent);
    });
    this.clock.advanceTo(at);
  }

  /** Pending timers by id, with their due instants. */
  timers(): Record<string, Instant> {
    const pending = Object.values(this.scheduled()).map((scheduled) => [
      scheduled.id,
      this.due.get(scheduled) ?? Number.NaN,
    ]);
    return Object.fromEntries(pending) as Record<string, Instant>;
  }

  private scheduled(): Record<string, { readonly id: string }> {
    return this.actor.system.getSnapshot()._scheduledEvents;
  }
}
