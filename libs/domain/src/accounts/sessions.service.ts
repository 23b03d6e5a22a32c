import { refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { inOrganization } from '../persistence/organization-context';
import { type Caller, type CallerOffice } from './caller';
import { passwordMatches } from './password';
import { hashToken, newSessionToken, organizationOf } from './session-token';

export interface NewSession {
  readonly token: string;
  /** Technical instant, milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly caller: Caller;
}

interface AccountRow {
  readonly organization_id: string;
  readonly id: string;
  readonly password_hash: string;
  readonly enabled: boolean;
}

interface CallerRow {
  readonly organization: string;
  readonly zone: string;
  readonly account: string;
  readonly person: string;
  readonly name: string;
  readonly offices: readonly CallerOffice[] | null;
}

/** `$1` hash of the token. Sessions end by technical time; offices and delegations count by business date. */
const FIND_CALLER = `
  with today as (
    select o.id as organization, o.zone, (workflow.now() at time zone o.zone)::date as date
    from dondoc.organization o
  ), caller as (
    select a.organization_id, a.id as account, a.person_id
    from dondoc.session s
    join dondoc.account a on a.organization_id = s.organization_id and a.id = s.account_id
    where s.token_hash = $1 and s.expires_at > now() and a.enabled
  ), place as (
    select person_id as person, null::uuid as on_behalf_of from caller
    union all
    select d.from_person_id, d.from_person_id
    from caller c join dondoc.delegation d on d.organization_id = c.organization_id and d.to_person_id = c.person_id
    join today t on t.date between d.starts_on and d.ends_on
  )
  select t.organization, t.zone, c.account, p.id as person, p.name,
    (select json_agg(json_build_object('role', o.role, 'agency', o.agency_id, 'onBehalfOf', place.on_behalf_of)
       order by place.on_behalf_of nulls first, o.held_from, o.id)
     from place join dondoc.office_held o on o.organization_id = c.organization_id and o.person_id = place.person
     where o.held_from <= t.date and (o.held_to is null or o.held_to >= t.date)) as offices
  from caller c join today t on t.organization = c.organization_id
  join dondoc.person p on p.organization_id = c.organization_id and p.id = c.person_id`;

/** Log-ins and their sessions, kept on the server: ending one takes effect at once. */
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly hours: number,
  ) {}

  /** Refuses with `wrong-login` whatever the reason: nobody learns which log-ins exist. */
  async logIn(login: string, password: string): Promise<NewSession | Refusal> {
    const account = await this.findAccount(login.trim().toLowerCase());
    const matches = await passwordMatches(account?.password_hash, password);
    if (!account?.enabled || !matches)
      return refusal('wrong-login', {
        vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
        en: 'The log-in or the password is wrong.',
      });
    const token = newSessionToken(account.organization_id);
    return inOrganization(this.source, account.organization_id, async (manager) => {
      const expiresAt = await this.keepSession(manager, account, token);
      const caller = await findCaller(manager, token);
      if (!caller) throw new Error('a session is found right after it was made');
      return { token, expiresAt, caller };
    });
  }

  /** Whoever a token stands for, or null: ended, expired, disabled, or no token at all. */
  async callerOf(token: string): Promise<Caller | null> {
    const organization = organizationOf(token);
    if (organization === null) return null;
    return inOrganization(this.source, organization, (manager) => findCaller(manager, token));
  }

  async logOut(token: string): Promise<void> {
    const organization = organizationOf(token);
    if (organization === null) return;
    await inOrganization(this.source, organization, (manager) =>
      manager.query('delete from dondoc.session where organization_id = $1 and token_hash = $2', [
        organization,
        hashToken(token),
      ]),
    );
  }

  private async findAccount(login: string): Promise<AccountRow | undefined> {
    return this.source.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.login', $1, true)`, [login]);
      const [account] = await manager.query<AccountRow[]>(
        'select organization_id, id, password_hash, enabled from dondoc.account where login = $1',
        [login],
      );
      return account;
    });
  }

  private async keepSession(manager: EntityManager, account: AccountRow, token: string): Promise<number> {
    await manager.query('delete from dondoc.session where organization_id = $1 and expires_at <= now()', [
      account.organization_id,
    ]);
    const [kept] = await manager.query<{ expires_at: Date }[]>(
      `insert into dondoc.session (organization_id, token_hash, account_id, created_at, expires_at)
       values ($1, $2, $3, now(), now() + make_interval(hours => $4)) returning expires_at`,
      [account.organization_id, hashToken(token), account.id, this.hours],
    );
    if (!kept) throw new Error('the session was not kept');
    return kept.expires_at.getTime();
  }
}

async function findCaller(manager: EntityManager, token: string): Promise<Caller | null> {
  const [row] = await manager.query<CallerRow[]>(FIND_CALLER, [hashToken(token)]);
  return row ? { ...row, offices: row.offices ?? [] } : null;
}
