import { type DataSource } from 'typeorm';
import { verifyInstance, type Finding } from '../engine/replay';
import { type HistoryRecord, type InstanceRecord } from '../engine/records';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { shardOf } from './shards';
import { firesAt, hasParked, timersFrom } from './stored-timers';

export interface Verification {
  readonly instances: number;
  readonly entries: number;
  readonly findings: readonly Finding[];
}

interface VerifiedRow extends Omit<InstanceRecord, 'organization' | 'at' | 'startedAt' | 'timers'> {
  readonly at: Date;
  readonly started_at: Date;
  readonly timers: string | null;
  /** Milliseconds. */
  readonly due_at: number | null;
  readonly has_parked: boolean;
  readonly shard: number;
  readonly history: readonly { revision: number; entry: string; at: number; hash: string }[] | null;
}

/** Instances read at once: bounds memory, whatever the number of instances. */
const PAGE = 200;

const READ_PAGE = `
  select i.id, i.lifecycle, i.version, i.parent_id as parent, i.revision, i.status, i.at, i.started_at, i.snapshot,
    encode(i.head, 'hex') as head, i.timers::text, round(extract(epoch from i.due_at) * 1000)::float8 as due_at,
    i.has_parked, i.shard,
    (select json_agg(json_build_object('revision', h.revision, 'entry', h.entry,
       'at', round(extract(epoch from h.at) * 1000)::bigint, 'hash', encode(h.hash, 'hex'))
       order by h.revision, h.recorded_at)
     from workflow.history h where h.organization_id = i.organization_id and h.instance_id = i.id) as history
  from workflow.instance i
  where i.organization_id = $1 and i.id > $2 order by i.id limit ${PAGE}`;

const ORPHANS = `
  select distinct h.instance_id as id from workflow.history h
  where h.organization_id = $1
    and not exists (select from workflow.instance i where i.organization_id = $1 and i.id = h.instance_id)`;

/** Checks the chain of every instance of an organization and replays it against what is stored. Changes nothing. */
export async function verifyStoredInstances(
  dataSource: DataSource,
  catalogue: LifecycleCatalogue,
  organization: string,
): Promise<Verification> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [organization]);
    const findings: Finding[] = [];
    let instances = 0;
    let entries = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await manager.query<VerifiedRow[]>(READ_PAGE, [organization, after]);
      const last = rows.at(-1);
      if (!last) break;
      for (const row of rows) {
        const history: HistoryRecord[] = (row.history ?? []).map((h) => ({ ...h, instance: row.id }));
        const record: InstanceRecord = {
          ...row,
          organization,
          at: row.at.getTime(),
          startedAt: row.started_at.getTime(),
          timers: timersFrom(row.timers),
        };
        findings.push(...verifyInstance(catalogue, record, history));
        const differs = (detail: string): void => {
          findings.push({ instance: row.id, revision: null, code: 'timers-differ', detail });
        };
        if (row.due_at !== firesAt(record)) differs('workers look for its first timer at another instant');
        if (row.has_parked !== hasParked(record)) differs('nobody who looks for parked timers finds its own');
        if (row.shard !== shardOf(row.id)) differs(`no worker looks for it in shard ${row.shard}`);
        instances += 1;
        entries += history.length;
      }
      after = last.id;
    }
    for (const { id } of await manager.query<{ id: string }[]>(ORPHANS, [organization]))
      findings.push({
        instance: id,
        revision: null,
        code: 'missing-instance',
        detail: 'there is history of this instance, but the instance itself is gone',
      });
    return { instances, entries, findings };
  });
}
