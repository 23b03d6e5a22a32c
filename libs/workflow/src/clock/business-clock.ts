import { type DataSource } from 'typeorm';
import { type Instant } from '../lifecycle/macrostep-instant';
import { SHARDS } from '../postgres/shards';
import { WAKE_CHANNEL } from '../timers/wake-ups';

/** What may fire by an instant, in any shard. */
const DUE_UNTIL = (instant: string): string =>
  `generate_series(0, ${SHARDS - 1}) as shard cross join lateral workflow.next_due(shard, ${instant}) as due`;

/** Business time: the database clock plus the sandbox offset, one for the whole installation. */
export class BusinessClock {
  constructor(private readonly dataSource: DataSource) {}

  async now(): Promise<Instant> {
    const [row] = await this.dataSource.query<[{ now: string }]>(
      `select floor(extract(epoch from workflow.now()) * 1000)::bigint::text as now`,
    );
    return Number(row.now);
  }

  /**
   * Sandbox only: moves business time forward to `target` and wakes every worker. Time never goes back: an instant
   * in the past changes nothing.
   * @returns business time after the move
   */
  async moveTo(target: Instant): Promise<Instant> {
    await this.dataSource.query(
      `update workflow.clock
       set "offset" = "offset" + greatest(interval '0', to_timestamp($1::bigint / 1000.0) - workflow.now())`,
      [target],
    );
    await this.dataSource.query(`select pg_notify($1, '')`, [WAKE_CHANNEL]);
    return this.now();
  }

  /** When the first timer may fire, or `null`. For a role that looks for work; the application's does in a sandbox. */
  async nextDue(): Promise<Instant | null> {
    const [row] = await this.dataSource.query<[{ due: string | null }]>(
      `select round(extract(epoch from min(due_at)) * 1000)::bigint::text as due from ${DUE_UNTIL("'infinity'")}`,
    );
    return row.due === null ? null : Number(row.due);
  }

  /** Whether nothing is due and no effect waits: what time has brought so far has been dealt with. For a role as above. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.dataSource.query<[{ busy: boolean }]>(
      `select exists (select from ${DUE_UNTIL('workflow.now()')})
           or exists (select from workflow.outbox where parked_at is null) as busy`,
    );
    return !row.busy;
  }
}
