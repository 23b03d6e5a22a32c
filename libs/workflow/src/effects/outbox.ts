import { type DataSource } from 'typeorm';
import { type FaultPoints } from '../engine/fault-points.port';
import { type OutboxRecord } from '../engine/records';
import { StoreUnavailable } from '../engine/store.port';
import { tell, type RuntimeObserver } from '../observation/runtime-observer';
import { readTraceparent, spanned } from '../observation/spans';
import { type PostgresStore, type PostgresTransaction } from '../postgres/postgres.store';
import { type EffectHandlers } from './effect-handler';

/** After this many failures an effect is parked where a person sees it. */
export const MOST_ATTEMPTS = 6;

/** Wait before the next attempt, in milliseconds of technical time: 1 s, 2 s, 4 s, … */
export const backoffMs = (attempts: number): number => 1_000 * 2 ** (attempts - 1);

export interface EffectAddress {
  readonly organization: string;
  readonly id: string;
}

interface OutboxRow {
  id: string;
  instance_id: string;
  lifecycle: string;
  revision: number;
  effect: string;
  at: Date;
  payload: OutboxRecord['payload'];
  trace: string | null;
}

const toRecord = (row: OutboxRow): OutboxRecord => ({
  id: row.id,
  instance: row.instance_id,
  lifecycle: row.lifecycle,
  revision: row.revision,
  effect: row.effect,
  at: row.at.getTime(),
  payload: row.payload,
});

interface Failed {
  readonly effect: string;
  readonly parked: boolean;
}

/** Rows that wait to be delivered, and their delivery. */
export class Outbox {
  constructor(
    private readonly store: PostgresStore,
    private readonly dataSource: DataSource,
    private readonly handlers: EffectHandlers,
    private readonly observer?: RuntimeObserver,
    private readonly faults?: FaultPoints,
  ) {}

  /**
   * Delivers one effect; whoever comes second finds nothing to do. A failure is recorded, and the last one parks it.
   * An effect of a newer version, for which this process has no handler, is left to the processes that have one.
   * @throws what the handler threw, so that the queue tries again
   */
  async deliver({ organization, id }: EffectAddress): Promise<void> {
    const began = performance.now();
    try {
      const effect = await this.store.transaction(organization, (tx) => this.deliverWithin(tx, id));
      if (effect !== null)
        tell(this.observer, (to) => to.delivered(effect, 'delivered', performance.now() - began));
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const failed = await this.store.transaction(organization, (tx) => this.failed(tx, id, error));
      tell(this.observer, (to) => {
        if (failed) to.delivered(failed.effect, 'failed', performance.now() - began);
        if (failed?.parked === true) to.parked('effect', 1);
      });
      throw error;
    }
    await this.faults?.reach('effects.committed');
  }

  /** Effects whose turn came more than `lateByMs` ago: their job was lost with the queue. */
  async overdue(lateByMs: number, limit: number): Promise<EffectAddress[]> {
    return this.dataSource.query<EffectAddress[]>(
      `select organization_id as organization, id from workflow.outbox
       where parked_at is null and next_attempt_at < now() - make_interval(secs => $1 / 1000.0)
         and effect = any($3)
       order by next_attempt_at limit $2`,
      [lateByMs, limit, Object.keys(this.handlers)],
    );
  }

  /** @returns the name of the effect, or `null` when there was nothing to do */
  private async deliverWithin(tx: PostgresTransaction, id: string): Promise<string | null> {
    const [row] = await tx.query<OutboxRow>(
      `select id, instance_id, lifecycle, revision, effect, at, payload, trace from workflow.outbox
       where organization_id = $1 and id = $2 and parked_at is null for update skip locked`,
      [tx.organization, id],
    );
    const handler = row && this.handlers[row.effect];
    if (!handler) return null;
    await this.faults?.reach('effects.claimed');
    const asked = readTraceparent(row.trace);
    const origin = { parent: null, links: asked ? [asked] : [] };
    const attributes = { 'workflow.effect': row.effect, 'workflow.instance': row.instance_id };
    await spanned('workflow effect', origin, attributes, () => handler(toRecord(row), tx));
    await this.faults?.reach('effects.handled');
    await tx.query(
      `with delivered as (
         delete from workflow.outbox where organization_id = $1 and id = $2 returning *
       )
       insert into workflow.outbox_delivered
         (organization_id, id, instance_id, lifecycle, revision, effect, at, payload, created_at, attempts)
       select organization_id, id, instance_id, lifecycle, revision, effect, at, payload, created_at, attempts
       from delivered`,
      [tx.organization, id],
    );
    await this.faults?.reach('effects.recorded');
    return row.effect;
  }

  private async failed(tx: PostgresTransaction, id: string, error: unknown): Promise<Failed | undefined> {
    const text = error instanceof Error ? error.message : String(error);
    const [failed] = await tx.query<Failed>(
      `with failed as (
         update workflow.outbox
         set attempts = attempts + 1, last_error = $3,
             next_attempt_at = now() + make_interval(secs => power(2, attempts)),
             parked_at = case when attempts + 1 >= $4 then now() end
         where organization_id = $1 and id = $2 and parked_at is null
         returning effect, parked_at
       )
       select effect, parked_at is not null as parked from failed`,
      [tx.organization, id, text.slice(0, 2_000), MOST_ATTEMPTS],
    );
    return failed;
  }
}
