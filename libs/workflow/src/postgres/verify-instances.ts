import { type DataSource } from 'typeorm';
import { verifyInstance, type Finding } from '../engine/replay';
import { type HistoryRecord, type InstanceRecord, type TimerRecord } from '../engine/records';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { shardOf } from './shards';

export interface Verification {
  readonly instances: number;
  readonly entries: number;
  readonly findings: readonly Finding[];
}

interface StoredTimer extends Pick<TimerRecord, 'id' | 'dueAt' | 'sequence' | 'event'> {
  readonly shard: number;
}

interface VerifiedRow extends Omit<InstanceRecord, 'organization' | 'at' | 'startedAt' | 'dueFrom'> {
  readonly at: Date;
  readonly started_at: Date;
  readonly due_from: Date | null;
  readonly history: readonly { revision: number; entry: string; at: number; hash: string }[] | null;
  readonly timers: readonly StoredTimer[] | null;
}

/** Instances read at once: bounds memory, whatever the number of instances. */
const PAGE = 200;

const READ_PAGE = `
  select i.id, i.lifecycle, i.version, i.parent_id as parent, i.revision, i.status, i.at, i.started_at, i.snapshot,
    encode(i.head, 'hex') as head, i.due_from,
    (select json_agg(json_build_object('revision', h.revision, 'entry', h.entry,
       'at', round(extract(epoch from h.at) * 1000)::bigint, 'hash', encode(h.hash, 'hex'))
       order by h.revision, h.recorded_at)
     from workflow.history h where h.organization_id = i.organization_id and h.instance_id = i.id) as history,
    (select json_agg(json_build_object('id', t.timer_id,
       'dueAt', round(extract(epoch from t.due_at) * 1000)::bigint, 'sequence', t.sequence, 'shard', t.shard,
       'event', coalesce(t.event, jsonb_build_object('type', t.timer_id))))
     from workflow.timer t where t.organization_id = i.organization_id and t.instance_id = i.id) as timers
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
        const timers = row.timers ?? [];
        const record: InstanceRecord = {
          ...row,
          organization,
          at: row.at.getTime(),
          startedAt: row.started_at.getTime(),
          dueFrom: row.due_from?.getTime() ?? null,
        };
        findings.push(...verifyInstance(catalogue, record, history, timers));
        for (const { id } of timers.filter(({ dueAt }) => record.dueFrom === null || dueAt < record.dueFrom))
          findings.push({
            instance: row.id,
            revision: null,
            code: 'timers-differ',
            detail: `nobody who reads the instance sees that the timer ${id} is due`,
          });
        for (const { id, shard } of timers.filter((timer) => timer.shard !== shardOf(row.id)))
          findings.push({
            instance: row.id,
            revision: null,
            code: 'timers-differ',
            detail: `no worker looks for the timer ${id} in shard ${shard}`,
          });
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
