import { CountingRedis } from './counting-redis';
import { type RequestCounter } from './request-counter.port';

/** A key outlives its minute a little, for processes whose clocks differ. */
const KEPT_SECONDS = 120;

/** One key for each subject and minute, which goes by itself. */
export class RedisRequestCounter implements RequestCounter {
  private readonly counting: CountingRedis;

  constructor(
    url: string,
    private readonly prefix: string,
    failed: (error: Error) => void,
  ) {
    this.counting = new CountingRedis(url, failed);
  }

  async add(subject: string, minute: number, requests: number): Promise<number> {
    const key = `${this.prefix}:requests:${minute}:${subject}`;
    const redis = await this.counting.ready();
    const answers = await redis.multi().incrby(key, requests).expire(key, KEPT_SECONDS).exec();
    const [error, sum] = answers?.[0] ?? [new Error('no answer'), null];
    if (error) throw error;
    return Number(sum);
  }

  close(): Promise<void> {
    return this.counting.close();
  }
}
