import { type Refusal } from '@dondoc/workflow';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type DataSource, type EntityManager } from 'typeorm';
import { type Origin } from '../audit/audit-entry';
import { inOrganization } from '../persistence/organization-context';
import { notFound, notVisible } from './access-refusals.service';
import { type AccountSettings } from './account-settings';
import { type Caller, type CallerOffice } from './caller';
import { hashToken, newSessionToken, organizationOf } from './session-token';

export interface NewSession {
  readonly token: string;
  /** Technical instant, milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly caller: Caller;
}

/** The OpenID provider that has vouched for somebody, and how it names its own session. */
export interface OpenedBy {
  readonly issuer: string;
  readonly session: string | null;
}

/** A log-in that has not ended, as its owner sees it. Instants are technical time, in milliseconds since the epoch. */
export interface OpenSession {
  readonly id: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly current: boolean;
}

interface SessionRow extends Pick<OpenSession, 'id' | 'address' | 'userAgent' | 'current'> {
  readonly created: Date;
  readonly seen: Date;
  readonly expires: Date;
}

export interface CallerRow {
  readonly organization: string;
  readonly zone: string;
  readonly account: string;
  readonly person: string;
  readonly name: string;
  readonly offices: readonly CallerOffice[] | null;
  readonly leftToChair: readonly string[] | null;
  readonly stale: boolean;
  /** Of a token. */
  readonly scopes?: readonly string[];
}

/** The rest of a query that has named the account in `caller(organization_id, account, person_id)`. */
export const CALLER_OF_ACCOUNT = `
  today as (
    select o.id as organization, o.zone, (workflow.now() at time zone o.zone)::date as date
    from dondoc.organization o join caller c on c.organization_id = o.id
  ), held as not materialized (
    select o.* from today t join dondoc.office_held o on o.organization_id = t.organization
    where o.held_from <= t.date and (o.held_to is null or o.held_to >= t.date)
  ), place as (
    select person_id as person, null::uuid as on_behalf_of from caller
    union all
    select d.from_person_id, d.from_person_id
    from caller c join dondoc.delegation d on d.organization_id = c.organization_id and d.to_person_id = c.person_id
      and d.ended_at is null
    join today t on t.date between d.starts_on and d.ends_on
    -- Whoever holds no office any more stands in for nobody either.
    where exists (select from held where held.person_id = c.person_id)
  )
  select t.organization, t.zone, c.account, p.id as person, p.name, c.stale,
    (select json_agg(json_build_object('role', o.role, 'agency', o.agency_id, 'ofOffice', coalesce(g.is_office, false),
         'onBehalfOf', place.on_behalf_of)
       order by place.on_behalf_of nulls first, o.held_from, o.id)
     from place join held o on o.person_id = place.person
     left join dondoc.agency g on g.organization_id = c.organization_id and g.id = o.agency_id) as offices,
    (select json_agg(distinct f.person_id) from dondoc.office_held f
     where f.organization_id = c.organization_id and f.role in ('chair', 'vice-chair') and f.held_to < t.date
       and exists (select from held where held.person_id = c.person_id and held.role = 'chair')
       and not exists (select from held where held.person_id = f.person_id)) as "leftToChair"
  from caller c join today t on t.organization = c.organization_id
  join dondoc.person p on p.organization_id = c.organization_id and p.id = c.person_id`;

/**
 * `$1` hash of the token, `$2` minutes without use, `$3` whether known passwords are taken. Sessions end by technical
 * time; offices and delegations count by business date.
 */
const FIND_CALLER = `
  with caller as (
    select a.organization_id, a.id as account, a.person_id, s.last_seen_at < now() - interval '1 minute' as stale
    from dondoc.session s
    join dondoc.account a on a.organization_id = s.organization_id and a.id = s.account_id
    where s.token_hash = $1 and s.expires_at > now() and s.last_seen_at > now() - make_interval(mins => $2)
      and a.enabled and (not a.sandbox or $3)
  ), ${CALLER_OF_ACCOUNT}`;

export const callerIn = ({ stale: _, offices, leftToChair, ...caller }: CallerRow): Caller => ({
  ...caller,
  offices: offices ?? [],
  ...(leftToChair && { leftToChair }),
});

/** Sessions of people who have logged in, kept on the server: ending one takes effect at once. */
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly settings: AccountSettings,
  ) {}

  /**
   * Opens a session for an account that has proved itself. What the browser held before is ended, so that nobody can
   * have it use a session of his choice.
   */
  async open(
    manager: EntityManager,
    organization: string,
    account: string,
    origin: Origin,
    before: string | null,
    provider: OpenedBy | null = null,
  ): Promise<NewSession> {
    const token = newSessionToken(organization);
    if (before !== null) await this.forget(manager, organization, before);
    await manager.query(
      `delete from dondoc.session where organization_id = $1
         and (expires_at <= now() or last_seen_at <= now() - make_interval(mins => $2))`,
      [organization, this.settings.sessionIdleMinutes],
    );
    const [kept] = await manager.query<{ expires_at: Date }[]>(
      `insert into dondoc.session
         (organization_id, token_hash, account_id, created_at, expires_at, id, last_seen_at, address, user_agent,
          federated_issuer, federated_session)
       values ($1, $2, $3, now(), now() + make_interval(hours => $4), $5, now(), $6, $7, $8, $9) returning expires_at`,
      [
        organization,
        hashToken(token),
        account,
        this.settings.sessionHours,
        newUuid(),
        origin.address,
        origin.userAgent?.replaceAll('\0', '').slice(0, 200) ?? null,
        provider?.issuer ?? null,
        provider?.session ?? null,
      ],
    );
    const caller = await this.find(manager, token);
    if (!kept || !caller) throw new Error('a session is found right after it was made');
    return { token, expiresAt: kept.expires_at.getTime(), caller };
  }

  /** Whoever a token stands for, or null: ended, expired, unused too long, disabled, or no token at all. */
  async callerOf(token: string): Promise<Caller | null> {
    const organization = organizationOf(token);
    if (organization === null) return null;
    return inOrganization(this.source, organization, (manager) => this.find(manager, token));
  }

  /** Whoever a session stands for now, without counting as a use of it; null when it has ended. */
  async stillCallerOf(token: string): Promise<Caller | null> {
    const organization = organizationOf(token);
    if (organization === null) return null;
    const { sessionIdleMinutes, sandbox } = this.settings;
    const rows = await inOrganization(this.source, organization, (manager) =>
      manager.query<CallerRow[]>(FIND_CALLER, [hashToken(token), sessionIdleMinutes, sandbox]),
    );
    const [row] = rows;
    return row ? callerIn(row) : null;
  }

  async logOut(token: string): Promise<void> {
    const organization = organizationOf(token);
    if (organization === null) return;
    await inOrganization(this.source, organization, (manager) => this.forget(manager, organization, token));
  }

  /** The caller's open sessions, the one used last first. */
  async list(caller: Caller, token: string | null): Promise<OpenSession[]> {
    return inOrganization(this.source, caller.organization, async (manager) => {
      const rows = await manager.query<SessionRow[]>(
        `select id, created_at as created, last_seen_at as seen, expires_at as expires, address,
           user_agent as "userAgent", token_hash = $3 as current
         from dondoc.session
         where organization_id = $1 and account_id = $2 and expires_at > now()
           and last_seen_at > now() - make_interval(mins => $4)
         order by last_seen_at desc, id`,
        [
          caller.organization,
          caller.account,
          token === null ? '' : hashToken(token),
          this.settings.sessionIdleMinutes,
        ],
      );
      return rows.map(({ id, created, seen, expires, address, userAgent, current }) => ({
        id,
        createdAt: created.getTime(),
        lastSeenAt: seen.getTime(),
        expiresAt: expires.getTime(),
        address,
        userAgent,
        current,
      }));
    });
  }

  /** Ends one session of the caller. Refuses `not-found`. */
  async end(caller: Caller, id: string): Promise<Refusal | null> {
    return inOrganization(this.source, caller.organization, async (manager) => {
      const [, ended] = await manager.query<[unknown, number]>(
        'delete from dondoc.session where organization_id = $1 and account_id = $2 and id = $3',
        [caller.organization, caller.account, id],
      );
      if (ended > 0) return null;
      const others = await manager.query<unknown[]>(
        'select from dondoc.session where organization_id = $1 and id = $2',
        [caller.organization, id],
      );
      return others.length > 0 ? notVisible('session.end', id) : notFound();
    });
  }

  /** Ends every session of an account but the one of `kept`. */
  async endOthers(
    manager: EntityManager,
    organization: string,
    account: string,
    kept: string | null,
  ): Promise<void> {
    await manager.query(
      'delete from dondoc.session where organization_id = $1 and account_id = $2 and token_hash <> $3',
      [organization, account, kept === null ? '' : hashToken(kept)],
    );
  }

  private async find(manager: EntityManager, token: string): Promise<Caller | null> {
    const { sessionIdleMinutes, sandbox } = this.settings;
    const hash = hashToken(token);
    const [row] = await manager.query<CallerRow[]>(FIND_CALLER, [hash, sessionIdleMinutes, sandbox]);
    if (!row) return null;
    const caller = callerIn(row);
    if (row.stale)
      await manager.query(
        'update dondoc.session set last_seen_at = now() where organization_id = $1 and token_hash = $2',
        [caller.organization, hash],
      );
    return caller;
  }

  private async forget(manager: EntityManager, organization: string, token: string): Promise<void> {
    await manager.query('delete from dondoc.session where organization_id = $1 and token_hash = $2', [
      organization,
      hashToken(token),
    ]);
  }
}
