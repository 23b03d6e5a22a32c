import { type EntityManager } from 'typeorm';
import { type Directory } from '../directory/directory';
import { keptByHash } from './kept-by-hash';

/** All lists come in one round trip; days as "YYYY-MM-DD". */
const DIRECTORY = `
  select
    (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'aliases', a.aliases,
        'abbreviation', a.abbreviation, 'parent', a.parent_id, 'validFrom', a.valid_from, 'validTo', a.valid_to,
        'successor', a.successor_id, 'pointsTo', a.points_to_id, 'calendar', a.calendar_id,
        'isOffice', a.is_office) order by a.id), '[]')
     from dondoc.agency a where a.organization_id = $1) as agencies,
    (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'email', p.email) order by p.id), '[]')
     from dondoc.person p where p.organization_id = $1) as people,
    (select coalesce(json_agg(json_build_object('person', h.person_id, 'role', h.role, 'agency', h.agency_id,
        'from', h.held_from, 'to', h.held_to) order by h.held_from, h.id), '[]')
     from dondoc.office_held h where h.organization_id = $1) as offices,
    (select coalesce(json_agg(json_build_object('leader', c.leader_id, 'agency', c.agency_id, 'field', c.field,
        'from', c.in_charge_from, 'to', c.in_charge_to) order by c.id), '[]')
     from dondoc.in_charge c where c.organization_id = $1) as "inCharge",
    (select coalesce(json_agg(json_build_object('from', g.from_person_id, 'to', g.to_person_id,
        'start', g.starts_on, 'end', g.ends_on) order by g.id), '[]')
     from dondoc.delegation g where g.organization_id = $1 and g.ended_at is null) as delegations`;

/** Changes with any row of the directory; some ten times cheaper than reading the rows. */
const DIRECTORY_HASH = `
  select concat_ws('/', ${['agency', 'person', 'office_held', 'in_charge', 'delegation']
    .map(
      (table) =>
        `(select sum(hash_record_extended(t, 0)) from dondoc.${table} t where t.organization_id = $1)`,
    )
    .join(', ')}) as hash`;

/** Everything dated that is known of the organization, past entries included. */
export async function readDirectory(manager: EntityManager, organization: string): Promise<Directory> {
  const [mark] = await manager.query<{ hash: string }[]>(DIRECTORY_HASH, [organization]);
  return keptByHash(`directory of ${organization}`, mark?.hash ?? '', async () => {
    const [row] = await manager.query<(Directory & { hash: string })[]>(
      `select * from (${DIRECTORY}) d, (${DIRECTORY_HASH}) h`,
      [organization],
    );
    if (!row) throw new Error(`the directory of ${organization} was not read`);
    const { hash, ...value } = row;
    return { hash, value };
  });
}
