import { TimeLimitExceeded, type TimeLimit } from '../engine/store.port';

/** How long the answer to a commit that was sent in time is still waited for, in milliseconds. */
const GRACE_MS = 500;

/**
 * The time one call may take, in technical time. Whoever wins decides: either the time ends first, and then no commit is
 * sent any more, or the commit is sent first.
 */
export class CallLimit implements TimeLimit {
  private readonly end: number;
  private hasEnded = false;
  private isCommitting = false;

  /** @throws RangeError when it is not a positive number of milliseconds */
  constructor(private readonly milliseconds: number) {
    if (!(milliseconds > 0) || !Number.isFinite(milliseconds))
      throw new RangeError(`timeLimitMs is ${milliseconds}, not a positive number of milliseconds`);
    this.end = performance.now() + milliseconds;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  get left(): number {
    return Math.max(1, this.end - performance.now());
  }

  begin(): void {
    this.isCommitting = false;
    this.assertTime();
  }

  commit(): void {
    this.assertTime();
    this.isCommitting = true;
  }

  private assertTime(): void {
    if (this.hasEnded) throw new TimeLimitExceeded('nothing-happened');
  }

  /** Gives the call's own answer, or that its time is over. @throws TimeLimitExceeded */
  async around<T>(call: Promise<T>): Promise<T> {
    let clock: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      const end = (): void => {
        if (!this.isCommitting) {
          this.hasEnded = true;
          reject(new TimeLimitExceeded('nothing-happened'));
        } else clock = setTimeout(() => reject(new TimeLimitExceeded('unknown')), GRACE_MS);
      };
      clock = setTimeout(end, this.milliseconds);
    });
    try {
      return await Promise.race([call, over]);
    } finally {
      clearTimeout(clock);
    }
  }
}

/** The limits of calls that share a transaction: it ends with the first of them, and everyone goes on alone. */
export function sharedLimit(limits: readonly (TimeLimit | undefined)[]): TimeLimit | undefined {
  const set = limits.filter((limit) => limit !== undefined);
  if (set.length === 0) return undefined;
  return {
    get isOver() {
      return set.some(({ isOver }) => isOver);
    },
    get left() {
      return Math.min(...set.map(({ left }) => left));
    },
    begin: () => set.forEach((limit) => limit.begin()),
    commit: () => set.forEach((limit) => limit.commit()),
  };
}
