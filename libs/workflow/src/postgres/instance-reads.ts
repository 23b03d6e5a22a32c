import { type HistoryRecord, type ParkedWork } from '../engine/records';
import { type HistoryPage } from '../engine/store.port';

/** Where questions are put: a transaction that shows one organization. */
interface Reading {
  readonly organization: string;
  query<TRow>(sql: string, parameters: readonly unknown[]): Promise<TRow[]>;
}

/** `$1` organization, `$2` instance, `$3` after this revision, `$4` limit or null. */
const HISTORY = `
  select h.revision, h.at, h.entry, encode(h.hash, 'hex') as hash
  from workflow.history h
  where h.organization_id = $1 and h.instance_id = $2 and h.revision > $3
  order by h.revision, h.recorded_at limit $4`;

/** `$1` organization, `$2` instance. */
const PARKED = `
  select 'timer' as kind, t.timer_id as id, coalesce(t.event ->> 'type', t.timer_id) as name,
    coalesce(t.parked_error, '') as error, t.parked_at
  from workflow.timer t
  where t.organization_id = $1 and t.instance_id = $2 and t.parked_at is not null
  union all
  select 'effect', o.id::text, o.effect, coalesce(o.last_error, ''), o.parked_at
  from workflow.outbox o
  where o.organization_id = $1 and o.instance_id = $2 and o.parked_at is not null
  order by parked_at`;

export async function readHistory(
  tx: Reading,
  instance: string,
  { after, limit }: HistoryPage,
): Promise<HistoryRecord[]> {
  const rows = await tx.query<Omit<HistoryRecord, 'at' | 'instance'> & { readonly at: Date }>(HISTORY, [
    tx.organization,
    instance,
    after,
    limit ?? null,
  ]);
  return rows.map((row) => ({ ...row, instance, at: row.at.getTime() }));
}

export async function readParkedWork(tx: Reading, instance: string): Promise<ParkedWork[]> {
  const rows = await tx.query<ParkedWork>(PARKED, [tx.organization, instance]);
  return rows.map(({ kind, id, name, error }) => ({ kind, id, name, error }));
}
