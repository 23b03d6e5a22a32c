import { Redis } from 'ioredis';
import { type RequestCounter } from './request-counter.port';

/** Nobody waits longer for being counted. */
const ANSWER_MS = 500;
const CONNECT_MS = 2_000;
/** A key outlives its minute a little, for processes whose clocks differ. */
const KEPT_SECONDS = 120;

/** One key for each subject and minute, which goes by itself. */
export class RedisRequestCounter implements RequestCounter {
  private readonly redis: Redis;
  /** The first try to connect is over, however it went; later ones are waited for by nobody. */
  private readonly opened: Promise<void>;

  constructor(
    url: string,
    private readonly prefix: string,
    failed: (error: Error) => void,
  ) {
    this.redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: ANSWER_MS,
      connectTimeout: CONNECT_MS,
      lazyConnect: true,
    });
    this.redis.on('error', failed);
    this.opened = this.redis.connect().catch(failed);
  }

  async add(subject: string, minute: number, requests: number): Promise<number> {
    const key = `${this.prefix}:requests:${minute}:${subject}`;
    await this.opened;
    const answers = await this.redis.multi().incrby(key, requests).expire(key, KEPT_SECONDS).exec();
    const [error, sum] = answers?.[0] ?? [new Error('no answer'), null];
    if (error) throw error;
    return Number(sum);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await Promise.resolve();
  }
}
