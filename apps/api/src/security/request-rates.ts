import { type ProblemDescription } from '../problems/problem';

const MINUTE = 60_000;
/** Offices share one address: from one come so many times more than of one account. */
const PEOPLE_AT_ONE_ADDRESS = 5;
/** More are not told apart within a minute: memory stays bounded. */
const MOST_COUNTED = 100_000;

/** Counts requests by the minute, in this process: a limit on what one account or address can take of it from the others. */
export class RequestRates {
  private minute = 0;
  private readonly counts = new Map<string, number>();

  /**
   * @param perAccount 0: nothing is counted
   * @param now technical time, milliseconds
   */
  constructor(
    private readonly perAccount: number,
    private readonly now: () => number = Date.now,
  ) {}

  ofAddress(address: string): ProblemDescription | null {
    return this.take(`address ${address}`, this.perAccount * PEOPLE_AT_ONE_ADDRESS);
  }

  ofAccount(account: string): ProblemDescription | null {
    return this.take(`account ${account}`, this.perAccount);
  }

  private take(who: string, most: number): ProblemDescription | null {
    if (most === 0) return null;
    const now = this.now();
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.minute || this.counts.size >= MOST_COUNTED) {
      this.counts.clear();
      this.minute = minute;
    }
    const count = (this.counts.get(who) ?? 0) + 1;
    this.counts.set(who, count);
    if (count <= most) return null;
    return {
      code: 'too-many-requests',
      vi: 'Quá nhiều yêu cầu trong một phút; hãy chờ rồi thử lại.',
      en: 'Too many requests in one minute; wait and try again.',
      retryAfter: Math.ceil(((minute + 1) * MINUTE - now) / 1_000),
    };
  }
}
