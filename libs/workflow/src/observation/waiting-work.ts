import { ORGANIZATIONS_WITH_EFFECTS } from '../postgres/organization-hop';
import { type DataSource } from 'typeorm';
import { allShards } from '../postgres/shards';
import { NEXT_DUE } from '../postgres/statements';

/** What waits, over all organizations. Numbers of rows are counted up to `MOST_COUNTED`. */
export interface WaitingWork {
  readonly outboxWaiting: number;
  /** How long the effect whose turn came first has been waiting for it to be taken, in seconds; 0 when none does. */
  readonly outboxAgeSeconds: number;
  /** By how much the earliest timer that could fire is overdue, in seconds of business time; 0 when none is. */
  readonly timerOverdueSeconds: number;
  readonly parkedTimers: number;
  readonly parkedEffects: number;
}

/** Counting more rows than this would cost more than the difference is worth knowing. */
export const MOST_COUNTED = 10_000;

const counted = (table: string, condition: string): string =>
  `(select count(*)::integer from (select from ${table} where ${condition} limit ${MOST_COUNTED}) counted)`;

/** Hops from organization to organization through the index, as the sweep does. */
const READ = `
  with ${ORGANIZATIONS_WITH_EFFECTS}
  select ${counted('workflow.outbox', 'parked_at is null')} as "outboxWaiting",
    (select coalesce(greatest(extract(epoch from now() - min(first.turn)), 0), 0)::float8
     from organization c
     cross join lateral (
       select next_attempt_at as turn from workflow.outbox o
       where o.organization_id = c.organization_id and o.parked_at is null order by next_attempt_at limit 1
     ) as first) as "outboxAgeSeconds",
    workflow.parked_timers(${MOST_COUNTED}) as "parkedTimers",
    ${counted('workflow.outbox', 'parked_at is not null')} as "parkedEffects"`;

export interface WaitingWorkLimits {
  /** How old an answer may be, in milliseconds. */
  readonly keepMs?: number;
  /** How long to wait for an answer, in milliseconds. */
  readonly patienceMs?: number;
}

/**
 * Reads what waits, through indexes, for whoever asks every few seconds: one reading at a time, kept for a while,
 * each statement with a time limit. Needs a role that may look for work in every organization, as the worker's does.
 */
export class WaitingWorkReader {
  private readonly keepMs: number;
  private readonly patienceMs: number;
  private reading: Promise<WaitingWork | null> | null = null;
  private kept: { readonly work: WaitingWork | null; readonly at: number } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    { keepMs = 5_000, patienceMs = 1_000 }: WaitingWorkLimits = {},
  ) {
    this.keepMs = keepMs;
    this.patienceMs = patienceMs;
  }

  /** `null` when the database does not answer in time. Never rejects. */
  async read(): Promise<WaitingWork | null> {
    if (this.kept && performance.now() - this.kept.at < this.keepMs) return this.kept.work;
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      patience = setTimeout(() => resolve(null), this.patienceMs);
    });
    // One that is late is not asked a second time: whoever comes next waits for the same answer.
    this.reading ??= this.ask();
    const work = await Promise.race([this.reading, late]);
    clearTimeout(patience);
    return work;
  }

  private async ask(): Promise<WaitingWork | null> {
    const work = await this.query().catch(() => null);
    this.kept = { work, at: performance.now() };
    this.reading = null;
    return work;
  }

  private query(): Promise<WaitingWork> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`select set_config('statement_timeout', $1, true)`, [String(this.patienceMs)]);
      const [read] = await manager.query<[Omit<WaitingWork, 'timerOverdueSeconds'>]>(READ);
      let overdueMs = 0;
      for (const shard of allShards)
        for (const { wait } of await manager.query<{ wait: number }[]>(NEXT_DUE, [shard, 0]))
          overdueMs = Math.max(overdueMs, -wait);
      return { ...read, timerOverdueSeconds: overdueMs / 1_000 };
    });
  }
}
