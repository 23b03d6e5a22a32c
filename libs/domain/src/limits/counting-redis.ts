import { Redis } from 'ioredis';

/** Nobody waits longer for being counted. */
const ANSWER_MS = 500;
const CONNECT_MS = 2_000;

/** Redis as something is counted in that no request may wait for: an answer comes soon or not at all. */
export class CountingRedis {
  private readonly redis: Redis;
  /** The first try to connect is over, however it went; later ones are waited for by nobody. */
  private readonly opened: Promise<void>;

  constructor(url: string, failed: (error: Error) => void) {
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

  async ready(): Promise<Redis> {
    await this.opened;
    return this.redis;
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await Promise.resolve();
  }
}
