import { agenciesOf, personsOf, type Caller } from '../accounts/caller';
import { seesAll } from './abilities';
import { authority } from './authority';
import { type Who } from './who';

/**
 * How a row says what the table of authority asks of a thing, as SQL: `first` without another table, `then` with one. `$2` is whether
 * the caller sees everything, `$3` their agencies, `$4` the persons they act for.
 */
interface InRows {
  readonly first: string;
  readonly then?: string;
}

/** The condition under which rows are seen, made of the same table that decides about each thing. */
function visibleRows<F extends string>(
  allowed: readonly Who<F>[],
  fields: Readonly<Partial<Record<F, InRows>>>,
): string {
  const parts = allowed.map((who): InRows => {
    if (who.by !== 'role') {
      const rows = fields[who.field];
      if (!rows) throw new Error(`rows do not say who is meant by: ${who.en}`);
      return rows;
    }
    if (!authority.organization['see-all'].includes(who))
      throw new Error(`rows cannot be shown to ${who.en}: only to those who see everything`);
    return { first: '$2::boolean' };
  });
  const conditions = [...parts.map(({ first }) => first), ...parts.flatMap(({ then }) => then ?? [])];
  return `(${[...new Set(conditions)].join(' or ')})`;
}

const EXISTS = `t.date between g.valid_from and coalesce(g.valid_to, 'infinity')`;

/**
 * The agencies whose work those of `$3` do today: themselves, and abolished ones by lines of successors of any length, as
 * `agencyInForce` follows them. Asked once for a whole query, not for each of its rows.
 */
export const PREDECESSORS = `array(
  with recursive t as (
    select (workflow.now() at time zone o.zone)::date as date from dondoc.organization o where o.id = $1
  ), before(id) as (
    select g.id from dondoc.agency g, t where g.organization_id = $1 and g.id = any($3::uuid[]) and ${EXISTS}
    union
    select g.id from t, before b join dondoc.agency g on g.organization_id = $1 and g.successor_id = b.id
    where not ${EXISTS}
  ) select id from before)`;

const isSuccessor = (agency: string) => `${agency} = any(${PREDECESSORS})`;

const assigned = (row: string) =>
  ({
    leads: { first: `${row}.lead_id = any($3::uuid[])`, then: isSuccessor(`${row}.lead_id`) },
    coordinating: { first: `${row}.coordinating_ids && $3::uuid[]` },
    assigningLeader: { first: `${row}.assigning_leader_id = any($4::uuid[])` },
    trackingOfficer: { first: `${row}.tracking_officer_id = any($4::uuid[])` },
  }) as const;

/** Directives `d`; an abolished lead's successor sees its directives. */
export const VISIBLE = visibleRows(authority.directive.see, assigned('d'));

/** Standing directives `s`. */
export const VISIBLE_STANDING = visibleRows(authority['standing-directive'].see, assigned('s'));

/** Consultations `k` about directives `d`. */
export const VISIBLE_CONSULTATIONS = visibleRows(authority.consultation.see, {
  leads: {
    first: 'k.lead_id = any($3::uuid[]) or d.lead_id = any($3::uuid[])',
    then: isSuccessor('k.lead_id'),
  },
  agencies: { first: 'k.agency_id = any($3::uuid[])', then: isSuccessor('k.agency_id') },
  assigningLeader: { first: 'd.assigning_leader_id = any($4::uuid[])' },
  trackingOfficer: { first: 'd.tracking_officer_id = any($4::uuid[])' },
});

/**
 * Parameters `$1` to `$4` of a query over what the caller may see.
 * @param own only what the caller has to do with, by agency or by name, also for those who see everything
 */
export function visibilityOf(caller: Caller, own = false): readonly unknown[] {
  return [caller.organization, !own && seesAll(caller), agenciesOf(caller), personsOf(caller)];
}
