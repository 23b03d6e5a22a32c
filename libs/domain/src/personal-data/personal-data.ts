import { type JsonValue } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';

/** What an answer holds of each kind at most, the latest first; the count says how many there are. */
const MOST_ROWS = 5_000;

/** What is kept about a person, by what it is kept for. Each query: `$1` organization, `$2` person; the latest first. */
const QUERIES = {
  person: `select id, name, email from dondoc.person where organization_id = $1 and id = $2`,
  offices: `
    select o.role, a.name as agency, o.held_from::text as "from", o.held_to::text as "to" from dondoc.office_held o
    left join dondoc.agency a on a.organization_id = o.organization_id and a.id = o.agency_id
    where o.organization_id = $1 and o.person_id = $2 order by o.held_from desc, o.id`,
  inCharge: `
    select a.name as agency, i.field, i.in_charge_from::text as "from", i.in_charge_to::text as "to"
    from dondoc.in_charge i
    left join dondoc.agency a on a.organization_id = i.organization_id and a.id = i.agency_id
    where i.organization_id = $1 and i.leader_id = $2 order by i.in_charge_from desc, i.id`,
  delegations: `
    select from_person_id as "from", to_person_id as "to", starts_on::text as start, ends_on::text as "end", reason
    from dondoc.delegation where organization_id = $1 and $2 in (from_person_id, to_person_id)
    order by starts_on desc, id`,
  accounts: `
    select a.login, a.kind, a.enabled, a.created_at as "createdAt", a.password_changed_at as "passwordChangedAt",
      exists (select from dondoc.second_factor f where f.organization_id = $1 and f.account_id = a.id) as "secondFactor"
    from dondoc.account a where a.organization_id = $1 and a.person_id = $2 order by a.created_at desc, a.id`,
  identities: `
    select f.issuer, f.subject, f.created_at as "createdAt" from dondoc.federated_identity f
    join dondoc.account a on a.organization_id = f.organization_id and a.id = f.account_id
    where f.organization_id = $1 and a.person_id = $2 order by f.created_at desc`,
  sessions: `
    select s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", s.address,
      s.user_agent as "userAgent"
    from dondoc.session s join dondoc.account a on a.organization_id = s.organization_id and a.id = s.account_id
    where s.organization_id = $1 and a.person_id = $2 order by s.last_seen_at desc, s.id`,
  tokens: `
    select k.name, k.scopes, k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"
    from dondoc.api_token k join dondoc.account a on a.organization_id = k.organization_id and a.id = k.account_id
    where k.organization_id = $1 and a.person_id = $2 order by k.created_at desc, k.id`,
  preferences: `
    select language, mail_reminders as "mailReminders", mail_news as "mailNews", mail_digests as "mailDigests"
    from dondoc.message_preference where organization_id = $1 and person_id = $2`,
  mails: `
    select send_at as "sendAt", channel, address, reader_name as "readerName", subject, state from dondoc.dispatch
    where organization_id = $1 and recipient_id = $2 order by send_at desc, id`,
  files: `
    select name, size, stored_at as "storedAt" from dondoc.stored_file
    where organization_id = $1 and stored_by_id = $2 order by stored_at desc, id`,
  acts: `
    select e.recorded_at as "recordedAt", e.act, e.subject, e.outcome, o.address, o.user_agent as "userAgent"
    from dondoc.audit_entry e
    left join dondoc.audit_origin o on o.organization_id = e.organization_id and o.entry_id = e.id
    where e.organization_id = $1 and e.person_id = $2 order by e.recorded_at desc, e.id`,
} as const;

export type PersonalSection = keyof typeof QUERIES;

export interface KeptOfPerson {
  readonly count: number;
  readonly items: readonly Readonly<Record<string, JsonValue>>[];
}

export type PersonalData = Readonly<Record<PersonalSection, KeptOfPerson>>;

export const personalSections = Object.keys(QUERIES) as readonly PersonalSection[];

/**
 * All that is kept about a person, but secrets, and words that people have written in their acts: those are evidence, and
 * named by `acts`. Null: there is nobody of this id.
 * @param manager a transaction that sees `organization`
 */
export async function personalDataOf(
  manager: EntityManager,
  organization: string,
  person: string,
): Promise<PersonalData | null> {
  const found: Partial<Record<PersonalSection, KeptOfPerson>> = {};
  for (const section of personalSections) {
    const [kept] = await manager.query<[KeptOfPerson]>(
      `select count(*)::int as count,
         coalesce(json_agg(row_to_json(q)) filter (where q.place <= ${MOST_ROWS}), '[]') as items
       from (select row_number() over () as place, kept.* from (${QUERIES[section]}) kept) q`,
      [organization, person],
    );
    found[section] = { count: kept.count, items: kept.items.map(({ place: _, ...row }) => row) };
  }
  const data = found as PersonalData;
  return data.person.count === 0 ? null : data;
}
