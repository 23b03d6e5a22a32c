import { randomBytes, randomInt } from 'node:crypto';

export type QueueKind = 'redis' | 'postgres';

/** A queue of one test file: `url` is what QUEUE_URL takes, `prefix` sets its keys apart. */
export interface TestQueue {
  readonly kind: QueueKind;
  readonly url: string;
  readonly prefix: string;
}

/** As many as `npm test` gives its Redis; the first one is left alone. */
const redisDatabases = 4096;

function redisUrl(): string {
  return process.env['TEST_REDIS_URL'] ?? '';
}

/** Both backends, or only PostgreSQL where no Redis can be had (which `npm test` counts, and refuses in CI). */
export function queueKinds(): readonly QueueKind[] {
  return redisUrl() ? ['redis', 'postgres'] : ['postgres'];
}

/**
 * A queue that no other test file touches. On Redis it has a logical database to itself, so that a test may flush
 * it; on PostgreSQL it lives in the schema `bullmq` of the test database.
 */
export function testQueue(kind: QueueKind = queueKinds()[0] ?? 'postgres'): TestQueue {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  if (kind === 'postgres') return { kind, url: 'postgres', prefix };
  if (!redisUrl()) throw new Error('There is no Redis for this run: ask queueKinds() first.');
  const url = new URL(redisUrl());
  url.pathname = `/${randomInt(1, redisDatabases)}`;
  return { kind, url: url.href, prefix };
}

/** Describes the same promise once per backend; what cannot run for want of a Redis is counted as skipped. */
export function describeOnEachQueue(title: string, body: (kind: QueueKind) => void): void {
  for (const kind of ['redis', 'postgres'] as const) {
    const define = queueKinds().includes(kind) ? describe : describe.skip;
    define(`${title} (queue: ${kind})`, () => {
      body(kind);
    });
  }
}
