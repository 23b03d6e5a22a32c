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

const ANSWER_MS = 1_000;

async function answers(worker: Worker): Promise<boolean> {
  let patience: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    patience = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const answer = worker.backend.getCounts(['wait']).then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([answer, silence]);
  clearTimeout(patience);
  return answered;
}

/** The job of a worker that was killed holds its place for so long, and is missed up to so long later. Milliseconds. */
const HELD_BY_THE_DEAD = { lockDuration: 15_000, stalledInterval: 15_000 };

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

  worker(name: string, processor: Processor, given: Pick<WorkerOptions, 'concurrency'>): Worker {
    const { prefix } = this.settings;
    const options = { ...given, ...HELD_BY_THE_DEAD };
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

  /** Also when the queue is away: then there is nobody to say good-bye to. */
  async closeQueue(queue: Queue): Promise<void> {
    await queue.close().catch(() => queue.disconnect());
  }

  /**
   * Waits for the jobs under way. When the queue is away BullMQ would wait for it for ever, so nothing is waited for:
   * whatever its jobs had not yet committed is done again by somebody's sweep.
   */
  async closeWorker(worker: Worker): Promise<void> {
    await worker.close(!(await answers(worker)));
  }

  private postgresConnection(max: number) {
    return { connectionString: this.settings.postgresUrl, schema: QUEUE_SCHEMA, max };
  }
}
