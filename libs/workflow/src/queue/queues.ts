import {
  createPostgresBackend,
  Queue,
  Worker,
  type JobsOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';

export interface QueueSettings {
  /** `redis://…` or `rediss://…`, or `postgres` for BullMQ's PostgreSQL backend. */
  readonly url: string;
  /** Where the PostgreSQL backend lives when `url` is `postgres`. */
  readonly postgresUrl: string;
  /** Keeps several installations (or test files) on one server apart. */
  readonly prefix: string;
}

/** Schema of BullMQ's PostgreSQL backend; made by the migrations, not at run time. */
export const QUEUE_SCHEMA = 'bullmq';

export type QueueKind = 'redis' | 'postgres';

/** Opens queues and workers on whichever backend is configured. The queue only wakes: it holds no state. */
export class Queues {
  readonly kind: QueueKind;

  constructor(private readonly settings: QueueSettings) {
    this.kind = settings.url === 'postgres' ? 'postgres' : 'redis';
  }

  /** A producer that fails fast: when the queue is away the sweep does its work. */
  queue(name: string, defaultJobOptions: JobsOptions): Queue {
    const { prefix } = this.settings;
    if (this.kind === 'postgres')
      return new Queue(
        name,
        { connection: this.postgresConnection(2), prefix, defaultJobOptions },
        createPostgresBackend as never,
      );
    const connection = { url: this.settings.url, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
    return new Queue(name, { connection, prefix, defaultJobOptions });
  }

  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection' | 'prefix'>): Worker {
    const { prefix } = this.settings;
    if (this.kind === 'postgres')
      return new Worker(
        name,
        processor,
        { ...options, connection: this.postgresConnection(4), prefix },
        createPostgresBackend as never,
      );
    const connection = { url: this.settings.url, maxRetriesPerRequest: null };
    return new Worker(name, processor, { ...options, connection, prefix });
  }

  private postgresConnection(max: number) {
    return { connectionString: this.settings.postgresUrl, schema: QUEUE_SCHEMA, max };
  }
}
