import { UnknownVersionError } from '../engine/lifecycle-catalogue';
import { type InstanceChange } from '../engine/records';
import { RevisionConflict, type StoreTransaction, type TimeLimit } from '../engine/store.port';
import { UnitOfWork } from '../engine/unit-of-work';
import { type WorkHooks } from '../engine/work-hooks';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { type ObservedCommit, type RetryCause } from '../observation/runtime-observer';
import { Watch } from '../observation/watch';
import { type WorkflowRuntimeOptions } from './runtime-options';
import { workIn, type Work } from './work';

export type Batch = { -readonly [K in 'source' | 'size']: ObservedCommit[K] };

export interface Attempted {
  readonly batch?: Batch;
  readonly limit?: TimeLimit | undefined;
}

const ATTEMPTS = 8;

/** Carries a refusal out of a transaction so that everything in it is rolled back. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** Transactions over one store: tried again where that helps, watched, and told about once they are committed. */
export class Transactions<TTransaction extends StoreTransaction> {
  readonly watch: Watch;

  constructor(readonly options: WorkflowRuntimeOptions<TTransaction>) {
    this.watch = new Watch(options.observer);
  }

  get hooks(): WorkHooks<TTransaction> {
    return this.options.hooks ?? {};
  }

  newUnit(tx: TTransaction): UnitOfWork<TTransaction> {
    return new UnitOfWork(this.options.catalogue, tx, this.hooks, this.options.newId);
  }

  /** As `run`; what another process could do is answered with its refusal. */
  answering<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    attempted: Attempted = {},
  ): Promise<T | Refusal> {
    return this.run(organization, work, attempted).catch((error: unknown) => {
      const declined = this.declined(error);
      if (declined) return declined;
      throw error;
    });
  }

  /** What another process can do, and this one cannot, is a refusal. */
  declined(error: unknown): Refusal | null {
    if (error instanceof UnknownVersionError) return error.refusal;
    return this.options.declined?.(error) ?? null;
  }

  /** One transaction; deadlocks and lost races are tried again. A refusal that `work` returns rolls it back. */
  async run<T>(
    organization: string,
    work: (tx: Work<TTransaction>, written: InstanceChange[]) => Promise<T | Refusal>,
    { batch = { source: 'transaction', size: 1 }, limit }: Attempted = {},
  ): Promise<T | Refusal> {
    const kind = batch.source === 'timers' ? 'timers' : 'act';
    for (let attempt = 1; ; attempt++) {
      const written: InstanceChange[] = [];
      let began = 0;
      let result: T;
      try {
        const within = async (tx: TTransaction): Promise<T> => {
          began = performance.now();
          const answer = await work(this.workIn(tx, written), written);
          if (isRefusal(answer)) throw new Refused(answer);
          await this.options.faults?.reach(`${kind}.written`);
          return answer;
        };
        result = await this.options.store.transaction(organization, within, undefined, limit);
      } catch (error) {
        if (error instanceof Refused) return error.refusal;
        if (!this.isWorthRetrying(error) || attempt === ATTEMPTS) throw error;
        this.watch.retried(this.causeOf(error));
        continue;
      }
      await this.options.faults?.reach(`${kind}.committed`);
      this.wrote({ ...batch, changes: written }, began);
      return result;
    }
  }

  /** Tells of what was committed. @param began when the transaction began, by `performance.now()` */
  wrote(commit: Omit<ObservedCommit, 'tookMs'>, began: number): void {
    if (commit.changes.length > 0) this.options.committed?.(commit.changes);
    this.watch.committed(commit, began);
  }

  causeOf(error: unknown): RetryCause {
    const isConflict = error instanceof RevisionConflict || this.options.isConflict?.(error) === true;
    return isConflict ? 'conflict' : 'store';
  }

  isWorthRetrying(error: unknown): boolean {
    return error instanceof RevisionConflict || this.options.isTransient?.(error) === true;
  }

  private workIn(tx: TTransaction, written: InstanceChange[]): Work<TTransaction> {
    return workIn(
      tx,
      () => this.newUnit(tx),
      (changes) => written.push(...changes),
    );
  }
}
