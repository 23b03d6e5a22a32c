import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type DataSource, type EntityManager } from 'typeorm';
import { nobody, operatorsOrigin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { unlessRefused } from '../persistence/organization-context';
import { loginRefusal } from './accounts.service';
import { issueToken, type NewApiToken, type WantedToken } from './api-tokens.service';
import { type CallerRole } from './caller';
import { plainLogin } from './log-in.service';

export interface WantedService {
  readonly login: string;
  /** Shown as who did it, for example `Cổng thông tin điện tử`. */
  readonly name: string;
  readonly role: CallerRole;
  /** Name or abbreviation of its agency, for roles that belong to one. */
  readonly agency: string | null;
  readonly token: WantedToken;
}

/**
 * Makes an account for a program, which holds an office like a person and has tokens only. A matter of the operator: the
 * API's role in the database cannot give anybody an office.
 * @param owner a connection of the role that owns the tables
 */
export async function makeServiceAccount(
  owner: DataSource,
  organization: string,
  wanted: WantedService,
): Promise<NewApiToken | Refusal> {
  const login = plainLogin(wanted.login);
  const malformed = loginRefusal(login);
  if (malformed) return malformed;
  return unlessRefused(owner, organization, (manager) => write(manager, organization, { ...wanted, login }));
}

async function write(manager: EntityManager, organization: string, wanted: WantedService) {
  const agency = await agencyNamed(manager, organization, wanted.agency);
  if (isRefusal(agency)) return agency;
  const [person, account] = [newUuid(), newUuid()];
  await manager.query('insert into dondoc.person (organization_id, id, name) values ($1, $2, $3)', [
    organization,
    person,
    wanted.name,
  ]);
  await manager.query(
    `insert into dondoc.office_held (organization_id, id, person_id, role, agency_id, held_from)
     select $1, $2, $3, $4, $5, (workflow.now() at time zone zone)::date from dondoc.organization where id = $1`,
    [organization, newUuid(), person, wanted.role, agency],
  );
  const made = await manager.query<unknown[]>(
    `insert into dondoc.account (organization_id, id, login, person_id, kind) values ($1, $2, $3, $4, 'service')
     on conflict (login) do nothing returning id`,
    [organization, account, wanted.login, person],
  );
  if (made.length === 0)
    return refusal(
      'login-taken',
      { vi: 'Tên này đã có người dùng.', en: 'This log-in is taken.' },
      { field: 'login' },
    );
  const token = await issueToken(manager, { organization, account }, wanted.token, null);
  if (isRefusal(token)) return token;
  const fact = { act: 'account.service', subject: account, outcome: 'done', code: null } as const;
  await keepAudit(manager, organization, nobody, fact, operatorsOrigin);
  return token;
}

async function agencyNamed(
  manager: EntityManager,
  organization: string,
  name: string | null,
): Promise<string | null | Refusal> {
  if (name === null) return null;
  const found = await manager.query<{ id: string }[]>(
    'select id from dondoc.agency where organization_id = $1 and valid_to is null and $2 in (name, abbreviation)',
    [organization, name],
  );
  const [only] = found;
  if (found.length === 1 && only) return only.id;
  return refusal(
    'unknown-agency',
    { vi: 'Không có đúng một cơ quan mang tên này.', en: 'There is not exactly one agency of this name.' },
    { field: 'agency' },
  );
}
