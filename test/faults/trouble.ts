import { type FaultPoint, type FaultPoints } from '@dondoc/workflow/durable/index';

interface Plan {
  readonly point: FaultPoint;
  readonly isNow: () => boolean;
  readonly act: () => Promise<void> | void;
}

/** Only sends under locks come there. */
export const needsLocks = (point: FaultPoint | undefined): boolean =>
  point === 'send.read' || point === 'send.stepped' || point === 'send.written';

/** Whoever is held at a point, until it is let go. */
export interface Halt {
  /** Resolves when somebody stands there. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

/** Makes trouble at the points, and at the times, that a test says. */
export class Trouble implements FaultPoints {
  private readonly plans = new Set<Plan>();

  /** Once, the `nth` time from now that `point` is reached. */
  once(point: FaultPoint, nth: number, act: () => Promise<void> | void): void {
    let left = nth;
    const plan: Plan = {
      point,
      isNow: () => {
        left -= 1;
        if (left === 0) this.plans.delete(plan);
        return left === 0;
      },
      act,
    };
    this.plans.add(plan);
  }

  /** Each time that `point` is reached and `isNow` says so. */
  whenever(point: FaultPoint, isNow: () => boolean, act: () => Promise<void> | void): void {
    this.plans.add({ point, isNow, act });
  }

  /** Resolves when `point` has been reached this often from now. */
  reachedTimes(point: FaultPoint, times: number): Promise<void> {
    return new Promise((resolve) => this.once(point, times, resolve));
  }

  /** Holds whoever reaches `point` the `nth` time from now. */
  hold(point: FaultPoint, nth = 1): Halt {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => {
      this.once(point, nth, () => {
        resolve();
        return released;
      });
    });
    return { reached, release };
  }

  end(): void {
    this.plans.clear();
  }

  async reach(point: FaultPoint): Promise<void> {
    for (const plan of [...this.plans]) if (plan.point === point && plan.isNow()) await plan.act();
  }
}

export const fail = (): never => {
  throw new Error('trouble that the test makes');
};
