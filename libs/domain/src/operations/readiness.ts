import { type Queues } from '@dondoc/workflow/durable/index';
import { type Queue } from 'bullmq';
import { type DataSource } from 'typeorm';
import { migrations } from '../persistence/all-migrations';

export type PartState = 'up' | 'down';

export interface Readiness {
  /** `degraded`: it serves, with wake-ups lost; nothing else is. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: PartState;
  /** Down: the schema is older than this program. */
  readonly migrations: PartState;
  /** Down: timers and messages come with the next sweep. */
  readonly queue: PartState;
  /** Of the worker only. Down: nobody tells it of near timers. */
  readonly wakeUps?: PartState;
}

const PATIENCE_MS = 2_000;

async function works(check: () => Promise<unknown>): Promise<PartState> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timeout = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    return (await Promise.race([check(), late])) === false ? 'down' : 'up';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timeout);
  }
}

/** Looks whether a process can do its work. A queue that is away stops nobody: the sweep does its work. */
export class ReadinessCheck {
  private readonly queue: Queue;

  /** @param isListening of a worker: whether the connection that wakes it is there */
  constructor(
    private readonly source: DataSource,
    private readonly queues: Queues,
    private readonly isListening?: () => boolean,
  ) {
    this.queue = queues.queue('health', {});
    // Whether it is away is asked when somebody asks.
    this.queue.on('error', () => undefined);
  }

  async look(): Promise<Readiness> {
    const [database, schema, queue] = await Promise.all([
      works(() => this.source.query('select 1')),
      works(() => this.isMigrated()),
      works(() => this.queue.getJobCounts('waiting')),
    ]);
    const wakeUps = this.isListening && (this.isListening() ? 'up' : 'down');
    const serves = database === 'up' && schema === 'up' && wakeUps !== 'down';
    const status = serves ? (queue === 'up' ? 'ready' : 'degraded') : 'not-ready';
    return { status, database, migrations: schema, queue, ...(wakeUps && { wakeUps }) };
  }

  close(): Promise<void> {
    return this.queues.closeQueue(this.queue);
  }

  private async isMigrated(): Promise<boolean> {
    const rows = await this.source.query<{ name: string }[]>('select name from dondoc.migration');
    const done = new Set(rows.map(({ name }) => name));
    return migrations.every(({ name }) => done.has(name));
  }
}
