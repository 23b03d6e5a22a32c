import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { type Workbench } from './workbench';

export type SubjectName = 'sample' | 'directive';

/** What every bench is told. */
export interface BenchOptions {
  /** Instances, and with them timers. */
  readonly instances: number;
  readonly runs: number;
  /** How long `transitions` measures each figure; over how long `lateness` spreads its timers. */
  readonly seconds: number;
  readonly inFlight: number;
  /** The judged sample, directives with their projections, or first the one and then the other. */
  readonly lifecycle: SubjectName | 'both';
}

export type Settings = Readonly<Record<string, string | number>>;

/** What a figure was measured on; printed with it, since absolutes mean nothing alone. */
export async function settings({ api, queues, redis }: Workbench): Promise<Settings> {
  const rows = await api.dataSource.query<{ name: string; setting: string }[]>(
    `select name, current_setting(name) as setting from pg_settings
     where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression',
       'shared_buffers', 'max_wal_size', 'checkpoint_timeout', 'autovacuum', 'jit') order by name`,
  );
  const info = (await redis?.info()) ?? '';
  const redisVersion = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1];
  return {
    node: process.versions.node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    queue: queues.kind,
    bullmq: bullmqVersion(),
    ...(redisVersion !== undefined && { redis_version: redisVersion, redis_aof: aofOf(info) }),
    ...Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
  };
}

const aofOf = (info: string): string => (/^aof_enabled:1/m.test(info) ? 'on' : 'off');

const bullmqVersion = (): string =>
  (JSON.parse(readFileSync(require.resolve('bullmq/package.json'), 'utf8')) as { version: string }).version;
