import { readEntry, type EffectPayload, type HistoryEntry, type Instant } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import {
  standingNames,
  timelineLines,
  type DeliveredMessage,
  type TimelineLine,
} from '../simulation/timeline';
import { DIRECTIVE_NAME } from './directive-name';

/** Business instants; what happened at `after` itself is left out. */
export interface TimelineWindow {
  readonly after: Instant;
  readonly to: Instant;
}

interface DeliveredRow {
  instance: string;
  revision: number;
  at: Date;
  payload: EffectPayload;
  recipients: string[];
}

/** Instances that moved in the window, with everything that ever happened to them: later lines rest on earlier ones. */
const HISTORY = `
  select h.instance_id as instance, h.revision, h.entry from workflow.history h
  where h.organization_id = $1 and h.instance_id in (
    select m.instance_id from workflow.history m
    where m.organization_id = $1 and m.at > to_timestamp($2 / 1000.0) and m.at <= to_timestamp($3 / 1000.0))
  order by h.instance_id, h.revision`;

const MESSAGES = `
  select o.instance_id as instance, o.revision, o.at, o.payload,
    coalesce((select array_agg(i.recipient_id::text order by i.recipient_id) from dondoc.inbox_message i
              where i.organization_id = o.organization_id and i.outbox_id = o.id), '{}') as recipients
  from workflow.outbox_delivered o
  where o.organization_id = $1 and o.effect = 'notify' and o.instance_id = any($2::uuid[])
  order by o.id`;

const DIRECTIVES = `
  select d.id, ${DIRECTIVE_NAME} as name from dondoc.directive d
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
  where d.organization_id = $1`;

const STANDING = `
  select s.id, coalesce(a.abbreviation, a.name) as agency from dondoc.standing_directive s
  join dondoc.agency a on a.organization_id = s.organization_id and a.id = s.lead_id
  where s.organization_id = $1 order by s.given_at, s.id`;

async function namesOf(
  manager: EntityManager,
  sql: string,
  organization: string,
): Promise<(id: string) => string> {
  const rows = await manager.query<{ id: string; name: string }[]>(sql, [organization]);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/**
 * What happened in an organization, told from its histories and delivered messages by the same function that tells a
 * simulation. People appear by `person`, by default their names.
 */
export async function storedTimeline(
  dataSource: DataSource,
  organization: { readonly id: string; readonly zone: string },
  window: TimelineWindow,
  person?: (id: string) => string,
): Promise<readonly TimelineLine[]> {
  return dataSource.transaction(async (manager) => {
    const { id, zone } = organization;
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [id]);
    const rows = await manager.query<{ instance: string; revision: number; entry: string }[]>(HISTORY, [
      id,
      window.after,
      window.to,
    ]);
    const history: HistoryEntry[] = rows.map(readEntry);
    const instances = [...new Set(history.map((entry) => entry.instance))];
    const delivered = await manager.query<DeliveredRow[]>(MESSAGES, [id, instances]);
    const messages: DeliveredMessage[] = delivered.map((row) => ({ ...row, at: row.at.getTime() }));
    const names = {
      zone,
      directive: await namesOf(manager, DIRECTIVES, id),
      agency: await namesOf(
        manager,
        'select id, coalesce(abbreviation, name) as name from dondoc.agency where organization_id = $1',
        id,
      ),
      standing: standingNames(await manager.query(STANDING, [id])),
      person:
        person ??
        (await namesOf(manager, 'select id, name from dondoc.person where organization_id = $1', id)),
    };
    const since = Math.floor(window.after / 1_000) * 1_000;
    return timelineLines(history, messages, names).filter(({ at }) => {
      const instant = Date.parse(at);
      return instant >= since && instant <= window.to;
    });
  });
}
