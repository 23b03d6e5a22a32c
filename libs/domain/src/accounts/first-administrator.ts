import { newUuid } from '@dondoc/workflow/durable/index';
import { refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { nobody, operatorsOrigin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { unlessRefused } from '../persistence/organization-context';
import { findZone } from '../working-time/zone';
import { loginRefusal } from './accounts.service';
import { plainLogin } from './log-in.service';
import { issueSecret, type OneTimeSecret } from './one-time-secret';

export interface FirstAdministrator {
  /** Short name of the organization, unique over the installation. */
  readonly code: string;
  /** Full name of the organization; used when it is not there yet. */
  readonly organization: string;
  /** IANA zone; used when the organization is not there yet. */
  readonly zone: string;
  readonly name: string;
  readonly login: string;
}

const wrongField = (field: string, vi: string, en: string): Refusal =>
  refusal('invalid-input', { vi, en }, { field });

function inputRefusal({ code, organization, zone, name }: FirstAdministrator): Refusal | null {
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(code))
    return wrongField(
      'code',
      'mã đơn vị gồm chữ thường không dấu, chữ số và dấu -',
      'a code is small letters, digits and -',
    );
  if (organization.trim() === '')
    return wrongField('organization', 'thiếu tên đơn vị', 'the name is missing');
  if (name.trim() === '') return wrongField('name', 'thiếu họ tên', 'the name is missing');
  if (findZone(zone) === null) return wrongField('zone', 'không có múi giờ này', 'there is no such zone');
  return null;
}

/**
 * Makes the first administrator of an organization, and the organization with it where it is new. There is no
 * default password anywhere: the answer is a secret by which a password is set, once, within three days.
 * Refused as soon as the organization has an administrator who has set a password.
 * @param owner a connection of the role that owns the tables
 * @param find the organization's id, as a role sees it that may look over all organizations
 */
export async function makeFirstAdministrator(
  owner: DataSource,
  asked: FirstAdministrator,
  find: (code: string) => Promise<string | null>,
): Promise<OneTimeSecret | Refusal> {
  const login = plainLogin(asked.login);
  const refused = inputRefusal(asked) ?? loginRefusal(login);
  if (refused) return refused;
  const known = await find(asked.code);
  const organization = known ?? newUuid();
  return unlessRefused(owner, organization, (manager) =>
    write(manager, organization, known === null, { ...asked, login }),
  );
}

async function write(
  manager: EntityManager,
  organization: string,
  isNew: boolean,
  asked: FirstAdministrator,
): Promise<OneTimeSecret | Refusal> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `administrator ${asked.code}`,
  ]);
  if (isNew) await makeOrganization(manager, organization, asked);
  const administrators = await manager.query<{ active: boolean }[]>(
    `select a.password_hash is not null as active from dondoc.account a
       join dondoc.office_held o on o.organization_id = a.organization_id and o.person_id = a.person_id
       where a.organization_id = $1 and a.enabled and o.role = 'administrator'
         and (o.held_to is null or o.held_to >= current_date)`,
    [organization],
  );
  if (administrators.some(({ active }) => active))
    return refusal('administrator-there', {
      vi: 'Đơn vị này đã có quản trị viên; hãy nhờ họ tạo tài khoản mới.',
      en: 'This organization has an administrator; new accounts are theirs to make.',
    });
  const account = await keepAdministrator(manager, organization, asked.name.trim(), asked.login);
  if (account === null)
    return refusal(
      'login-taken',
      { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This log-in is taken.' },
      { field: 'login' },
    );
  const secret = await issueSecret(manager, { organization, account });
  const fact = { act: 'account.first-administrator', subject: account, outcome: 'done', code: null } as const;
  await keepAudit(manager, organization, nobody, fact, operatorsOrigin);
  return secret;
}

async function makeOrganization(
  manager: EntityManager,
  id: string,
  { code, organization, zone }: FirstAdministrator,
): Promise<void> {
  await manager.query('insert into dondoc.organization (id, code, name, zone) values ($1, $2, $3, $4)', [
    id,
    code,
    organization.trim(),
    zone,
  ]);
}

/** The account with that log-in of somebody who is administrator and has no password yet, or a new one. */
async function keepAdministrator(
  manager: EntityManager,
  organization: string,
  name: string,
  login: string,
): Promise<string | null> {
  const [waiting] = await manager.query<{ id: string }[]>(
    `select a.id from dondoc.account a
     join dondoc.office_held o on o.organization_id = a.organization_id and o.person_id = a.person_id
     where a.organization_id = $1 and a.login = $2 and a.password_hash is null and o.role = 'administrator'`,
    [organization, login],
  );
  if (waiting) return waiting.id;
  const [person, office, account] = [newUuid(), newUuid(), newUuid()];
  await manager.query('insert into dondoc.person (organization_id, id, name) values ($1, $2, $3)', [
    organization,
    person,
    name,
  ]);
  await manager.query(
    `insert into dondoc.office_held (organization_id, id, person_id, role, held_from)
     select $1, $2, $3, 'administrator', (workflow.now() at time zone zone)::date from dondoc.organization where id = $1`,
    [organization, office, person],
  );
  const made = await manager.query<unknown[]>(
    `insert into dondoc.account (organization_id, id, login, person_id) values ($1, $2, $3, $4)
     on conflict (login) do nothing returning id`,
    [organization, account, login, person],
  );
  return made.length > 0 ? account : null;
}
