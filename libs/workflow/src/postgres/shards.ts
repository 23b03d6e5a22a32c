/**
 * Timers are spread over a fixed number of shards by the last byte of their instance's id, so that several workers
 * can each hold some. Stored with the timer: a change needs a migration.
 */
export const SHARDS = 4;

export function shardOf(instance: string): number {
  return parseInt(instance.slice(-2), 16) % SHARDS;
}

export const allShards: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);
