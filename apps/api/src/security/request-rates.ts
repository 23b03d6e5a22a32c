import { networkOf } from '@dondoc/domain/limits/network';
import { type RequestCounter } from '@dondoc/domain/limits/request-counter.port';
import { createHash } from 'node:crypto';
import { type ProblemDescription } from '../problems/problem';

const MINUTE = 60_000;
/** Offices share one address: from one come so many times more than of one account. */
const PEOPLE_AT_ONE_ADDRESS = 5;
/** A process asks the common counter for a twentieth of the limit at once: one question for many requests. */
const PORTIONS = 20;
/** More are not told apart within a minute: memory stays bounded. */
const MOST_KNOWN = 100_000;

/** What this process may still let through of one account or address in this minute. */
interface Allowance {
  left: number;
  isSpent: boolean;
  asking: Promise<void> | null;
}

/**
 * Limits what one account or address can take of the installation from the others, by the minute and over all processes.
 * When the common counter is away each process counts by itself: nobody is shut out because counting fails.
 */
export class RequestRates {
  private minute = 0;
  private readonly allowances = new Map<string, Allowance>();

  /**
   * @param perAccount 0: nothing is counted
   * @param failed told when the common counter does not answer
   * @param now technical time, milliseconds
   */
  constructor(
    private readonly perAccount: number,
    private readonly counter: RequestCounter,
    private readonly failed: (error: unknown) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  ofAddress(address: string | undefined): Promise<ProblemDescription | null> {
    return this.take(`address ${networkOf(address)}`, this.perAccount * PEOPLE_AT_ONE_ADDRESS);
  }

  ofAccount(account: string): Promise<ProblemDescription | null> {
    return this.take(`account ${account}`, this.perAccount);
  }

  close(): Promise<void> {
    return this.counter.close();
  }

  private async take(who: string, most: number): Promise<ProblemDescription | null> {
    if (most === 0) return null;
    const now = this.now();
    const minute = Math.floor(now / MINUTE);
    const allowance = this.allowanceOf(who, minute);
    while (allowance.left === 0 && !allowance.isSpent) {
      allowance.asking ??= this.ask(allowance, who, minute, most);
      await allowance.asking;
    }
    if (allowance.left > 0) {
      allowance.left -= 1;
      return null;
    }
    return {
      code: 'too-many-requests',
      vi: 'Quá nhiều yêu cầu trong một phút; hãy chờ rồi thử lại.',
      en: 'Too many requests in one minute; wait and try again.',
      retryAfter: Math.ceil(((minute + 1) * MINUTE - now) / 1_000),
    };
  }

  private allowanceOf(who: string, minute: number): Allowance {
    if (minute !== this.minute || this.allowances.size >= MOST_KNOWN) {
      this.allowances.clear();
      this.minute = minute;
    }
    const known = this.allowances.get(who) ?? { left: 0, isSpent: false, asking: null };
    this.allowances.set(who, known);
    return known;
  }

  private async ask(allowance: Allowance, who: string, minute: number, most: number): Promise<void> {
    const portion = Math.ceil(most / PORTIONS);
    try {
      const subject = createHash('sha256').update(who).digest('hex');
      const sum = await this.counter.add(subject, minute, portion);
      allowance.left = Math.min(portion, Math.max(0, most - (sum - portion)));
      allowance.isSpent = sum >= most;
    } catch (error) {
      this.failed(error);
      allowance.left = most;
      allowance.isSpent = true;
    } finally {
      allowance.asking = null;
    }
  }
}
