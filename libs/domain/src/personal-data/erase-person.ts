import { refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { nobody, operatorsOrigin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { unlessRefused } from '../persistence/organization-context';

/** What stands where a name stood. */
export const ERASED_NAME = '(đã xóa dữ liệu cá nhân)';

export interface ErasureWish {
  /** Why, for the audit trail: the request, or the end of the period for which data is kept. Nothing personal. */
  readonly reason: string;
  /** The name stays, where another law wants it kept beside what was done in office. */
  readonly keepName: boolean;
}

export interface Erased {
  readonly accounts: number;
  readonly mails: number;
  readonly origins: number;
}

/**
 * Erases what is kept about a person and is no evidence in itself: name and address, log-ins with all their credentials, from
 * where they acted, what was mailed to them, and the values before and after that the audit trail has kept beside its
 * entries. Histories and entries stay as they are, with an id that leads to nobody, and every chain still holds. Refused while
 * the person holds an office.
 * @param owner a connection of the role that owns the tables: the processes may erase nothing
 */
export function erasePerson(
  owner: DataSource,
  organization: string,
  person: string,
  { reason, keepName }: ErasureWish,
): Promise<Erased | Refusal> {
  return unlessRefused(owner, organization, async (manager) => {
    const refused = await erasureRefusal(manager, organization, person);
    if (refused) return refused;
    const accounts = await manager.query<{ id: string }[]>(
      'select id from dondoc.account where organization_id = $1 and person_id = $2 for update',
      [organization, person],
    );
    const ids = accounts.map(({ id }) => id);
    for (const table of [
      ...['session', 'api_token', 'second_factor', 'recovery_code', 'account_secret', 'federated_identity'],
    ])
      await manager.query(
        `delete from dondoc.${table} where organization_id = $1 and account_id = any($2::uuid[])`,
        [organization, ids],
      );
    await manager.query(
      `update dondoc.account set enabled = false, password_hash = null, login = 'erased-' || id
       where organization_id = $1 and person_id = $2`,
      [organization, person],
    );
    await manager.query(
      `update dondoc.person set email = null, name = case when $4 then name else $3 end
       where organization_id = $1 and id = $2`,
      [organization, person, ERASED_NAME, keepName],
    );
    await manager.query(
      'delete from dondoc.message_preference where organization_id = $1 and person_id = $2',
      [organization, person],
    );
    const [, mails] = await manager.query<[unknown, number]>(
      `update dondoc.dispatch set address = null, reader_name = null, subject = null, text_body = null, html_body = null
       where organization_id = $1 and recipient_id = $2`,
      [organization, person],
    );
    const fact = { act: 'personal-data.erase', subject: person, outcome: 'done', code: null } as const;
    const entry = { ...fact, details: { reason, keepName } };
    await keepAudit(manager, organization, nobody, entry, operatorsOrigin);
    // After the entry: what stands beside it of this very act goes as well.
    const [, origins] = await manager.query<[unknown, number]>(
      `delete from dondoc.audit_origin o where o.organization_id = $1 and (
         exists (select from dondoc.audit_entry e
           where e.organization_id = $1 and e.id = o.entry_id and (e.person_id = $2 or e.subject = any($3)))
         or o.personal is not null and exists (select from unnest($3::text[]) id where strpos(o.personal, id) > 0))`,
      [organization, person, [person, ...ids]],
    );
    return { accounts: ids.length, mails, origins };
  });
}

async function erasureRefusal(
  manager: EntityManager,
  organization: string,
  person: string,
): Promise<Refusal | null> {
  const [found] = await manager.query<{ holds: boolean }[]>(
    `select exists (select from dondoc.office_held o join dondoc.organization g on g.id = o.organization_id
       where o.organization_id = $1 and o.person_id = p.id
         and (o.held_to is null or o.held_to >= (workflow.now() at time zone g.zone)::date)) as holds
     from dondoc.person p where p.organization_id = $1 and p.id = $2 for update of p`,
    [organization, person],
  );
  if (!found)
    return refusal(
      'unknown-person',
      { vi: 'Không có người này trong danh bạ.', en: 'The directory knows nobody of this id.' },
      { field: 'person' },
    );
  if (!found.holds) return null;
  return refusal('still-in-office', {
    vi: 'Người này còn giữ chức vụ; chỉ xóa dữ liệu cá nhân sau khi thôi giữ mọi chức vụ.',
    en: 'This person holds an office: personal data is erased after the last one has ended.',
  });
}
