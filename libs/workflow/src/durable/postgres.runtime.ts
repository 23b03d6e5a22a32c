import { randomFillSync } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { type EffectOffers } from '../effects/effect-queue';
import { type FaultPoints } from '../engine/fault-points.port';
import { type InstanceChange } from '../engine/records';
import { type WorkHooks } from '../engine/work-hooks';
import { PostgresStore } from '../postgres/postgres.store';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { shardOf } from '../postgres/shards';
import { isPostgresConflict, isTransientPostgresError } from '../postgres/transient-errors';
import { retirementRefusal } from '../postgres/versions';
import { HORIZON_MS } from '../timers/timer-slices';
import { announce } from '../timers/wake-ups';
import { type Lifecycles } from '../runtime/lifecycles';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { type RuntimeLog } from '../runtime/runtime-log';
import { uuidV7 } from '../runtime/uuid-v7';
import { type Work } from '../runtime/work';
import { WorkflowRuntime } from '../runtime/workflow.runtime';

export type PostgresWork = Work<PostgresTransaction>;
export type PostgresRuntime = WorkflowRuntime<PostgresTransaction>;

const pool = new Uint8Array(4_096);
let used = pool.length;

/** Asks the system for randomness once for some four hundred ids. */
function fillRandomly(bytes: Uint8Array): void {
  if (used + bytes.length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + bytes.length));
  used += bytes.length;
}

/** Ids of production: technical time and the system's randomness. */
export const newUuid = uuidV7(Date.now, fillRandomly);

/** Gathers the wake-ups of commits that come together into one round trip. */
class WakeUps {
  private readonly shards = new Set<number>();
  private scheduled = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: RuntimeLog,
    private readonly observer: RuntimeObserver | undefined,
    private readonly faults: FaultPoints | undefined,
  ) {}

  add(shard: number): void {
    this.shards.add(shard);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      const shards = [...this.shards];
      this.shards.clear();
      this.scheduled = false;
      this.announce(shards).catch((error: unknown) => {
        this.log.warn({ error }, 'a wake-up was lost; the sweep will see to it');
        tell(this.observer, (observer) => observer.wakeUpsLost('notification', shards.length));
      });
    });
  }

  private async announce(shards: readonly number[]): Promise<void> {
    await this.faults?.reach('wake-ups.announcing');
    await announce(this.dataSource, shards);
    await this.faults?.reach('wake-ups.announced');
  }
}

export interface PostgresRuntimeOptions {
  readonly dataSource: DataSource;
  readonly lifecycles: Lifecycles;
  readonly effects: EffectOffers;
  readonly log: RuntimeLog;
  readonly hooks?: WorkHooks<PostgresTransaction>;
  readonly observer?: RuntimeObserver | undefined;
  /** For tests only. */
  readonly faults?: FaultPoints | undefined;
}

/** The runtime on PostgreSQL: after each commit it offers effects to the queue and wakes the holders of near timers. */
export function createPostgresRuntime(options: PostgresRuntimeOptions): {
  readonly runtime: PostgresRuntime;
  readonly store: PostgresStore;
} {
  const { dataSource, lifecycles, effects, log, hooks, observer, faults } = options;
  const wakeUps = new WakeUps(dataSource, log, observer, faults);
  const store = new PostgresStore(dataSource, lifecycles.all, faults);
  const committed = (changes: readonly InstanceChange[]): void => {
    const first = changes[0];
    if (!first) return;
    const outbox = changes.flatMap((change) => change.outbox);
    if (outbox.length > 0) effects.offer(first.after.organization, outbox);
    for (const { after, timersSet, entries } of changes) {
      // Not `after.at`: after a catch-up that lies in the past.
      const now = entries.at(-1)?.processedAt ?? after.at;
      if (timersSet.some((timer) => timer.dueAt - now <= HORIZON_MS)) wakeUps.add(shardOf(after.id));
    }
  };
  const runtime = new WorkflowRuntime<PostgresTransaction>({
    catalogue: lifecycles,
    store,
    newId: newUuid,
    committed,
    isTransient: isTransientPostgresError,
    isConflict: isPostgresConflict,
    observer,
    declined: retirementRefusal,
    faults,
    ...(hooks && { hooks }),
  });
  return { runtime, store };
}
