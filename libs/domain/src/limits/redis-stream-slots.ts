import { CountingRedis } from './counting-redis';
import { SLOT_SECONDS, type OpenStream, type Slot, type StreamSlots } from './stream-slots.port';

/** One sorted set for each subject, its streams by the instant until which they are held; Redis' own clock counts. */
const TAKE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for place, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    if redis.call('ZCARD', key) >= tonumber(ARGV[2 + place]) then return place end
  end
  for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, now + ARGV[2], ARGV[1])
    redis.call('PEXPIRE', key, ARGV[2])
  end
  return 0`;

const RENEW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for place, key in ipairs(KEYS) do
    redis.call('ZADD', key, now + ARGV[1], ARGV[1 + place])
    redis.call('PEXPIRE', key, ARGV[1])
  end`;

export class RedisStreamSlots implements StreamSlots {
  private readonly counting: CountingRedis;

  constructor(
    url: string,
    private readonly prefix: string,
    failed: (error: Error) => void,
  ) {
    this.counting = new CountingRedis(url, failed);
  }

  async take({ id, slots }: OpenStream): Promise<Slot | null> {
    const redis = await this.counting.ready();
    const keys = slots.map((slot) => this.keyOf(slot));
    const limits = slots.map(({ most }) => most);
    const full = await redis.eval(TAKE, keys.length, ...keys, id, SLOT_SECONDS * 1_000, ...limits);
    return slots[Number(full) - 1] ?? null;
  }

  async renew(streams: readonly OpenStream[]): Promise<void> {
    const held = streams.flatMap(({ id, slots }) => slots.map((slot) => ({ key: this.keyOf(slot), id })));
    if (held.length === 0) return;
    const keys = held.map(({ key }) => key);
    const redis = await this.counting.ready();
    await redis.eval(RENEW, keys.length, ...keys, SLOT_SECONDS * 1_000, ...held.map(({ id }) => id));
  }

  async free({ id, slots }: OpenStream): Promise<void> {
    const redis = await this.counting.ready();
    for (const slot of slots) await redis.zrem(this.keyOf(slot), id);
  }

  close(): Promise<void> {
    return this.counting.close();
  }

  /** In one place of a cluster: the script looks at several. */
  private keyOf({ subject }: Slot): string {
    return `{${this.prefix}:streams}:${subject}`;
  }
}
