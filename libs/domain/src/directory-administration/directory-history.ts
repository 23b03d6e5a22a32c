import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { dateAt, zoneNamed } from '../working-time/zone';
import { officeFacts } from '../organizations/office-facts';

/** The whole directory with what was, what is and what is to come. Days as "YYYY-MM-DD", both ends included. */
export interface DirectoryHistory {
  readonly today: string;
  readonly agencies: readonly object[];
  readonly people: readonly object[];
  readonly inCharge: readonly object[];
  /** Those directly below, which an agency can be. */
  readonly organizationsBelow: readonly object[];
}

/** `$2` today. `now`: whether it counts today. */
const READ = `
  select
    (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'aliases', a.aliases,
        'abbreviation', a.abbreviation, 'parent', a.parent_id, 'validFrom', a.valid_from, 'validTo', a.valid_to,
        'successor', a.successor_id, 'pointsTo', a.points_to_id, 'calendar', a.calendar_id, 'isOffice', a.is_office,
        'inForce', a.valid_from <= $2::date and coalesce(a.valid_to >= $2::date, true),
        'formerNames', (select coalesce(json_agg(json_build_object('name', f.name, 'abbreviation', f.abbreviation,
            'usedUntil', f.used_until) order by f.used_until desc, f.id desc), '[]')
          from dondoc.agency_former_name f where f.organization_id = a.organization_id and f.agency_id = a.id),
        'openDirectives', (select count(*) from dondoc.directive d
          where d.organization_id = a.organization_id and d.lead_id = a.id and d.closed_at is null)
      ) order by a.name, a.id), '[]')
     from dondoc.agency a where a.organization_id = $1) as agencies,
    (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'email', p.email,
        'login', (select min(c.login) from dondoc.account c
          where c.organization_id = p.organization_id and c.person_id = p.id),
        'offices', (select coalesce(json_agg(json_build_object('id', h.id, 'role', h.role, 'agency', h.agency_id,
            'from', h.held_from, 'to', h.held_to,
            'now', h.held_from <= $2::date and coalesce(h.held_to >= $2::date, true)) order by h.held_from desc, h.id), '[]')
          from dondoc.office_held h where h.organization_id = p.organization_id and h.person_id = p.id)
      ) order by p.name, p.id), '[]')
     from dondoc.person p where p.organization_id = $1) as people,
    (select coalesce(json_agg(json_build_object('id', c.id, 'leader', c.leader_id, 'agency', c.agency_id,
        'field', c.field, 'from', c.in_charge_from, 'to', c.in_charge_to,
        'now', c.in_charge_from <= $2::date and coalesce(c.in_charge_to >= $2::date, true))
        order by c.in_charge_from desc, c.id), '[]')
     from dondoc.in_charge c where c.organization_id = $1) as "inCharge",
    (select coalesce(json_agg(json_build_object('id', b.id, 'code', b.code, 'name', b.name) order by b.name, b.id), '[]')
     from dondoc.organization b where b.parent_id = $1) as "organizationsBelow"`;

export async function directoryHistory(tx: PostgresTransaction): Promise<DirectoryHistory> {
  const { zone } = await officeFacts(tx, 'zone');
  const today = dateAt(zoneNamed(zone), tx.now);
  const [found] = await tx.query<Omit<DirectoryHistory, 'today'>>(READ, [tx.organization, today]);
  if (!found) throw new Error('a query without from gives one row');
  return { today, ...found };
}
