import { refusal, type Refusal } from '@dondoc/workflow';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type DataSource, type EntityManager } from 'typeorm';
import { type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { notFound, notVisible } from './access-refusals.service';
import { type AccountSettings } from './account-settings';
import { actorOf, type Caller } from './caller';
import { hashToken, newApiToken, organizationOf } from './session-token';
import { CALLER_OF_ACCOUNT, callerIn, type CallerRow } from './sessions.service';
import { isScope } from './token-scope';

export interface WantedToken {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Days of technical time, 1 to 366. */
  readonly days: number;
}

/** Instants are technical time, in milliseconds since the epoch. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Null: never. */
  readonly lastUsedAt: number | null;
}

export interface NewApiToken extends ApiToken {
  /** Shown this once. */
  readonly token: string;
}

const FIND_CALLER = `
  with caller as (
    select a.organization_id, a.id as account, a.person_id, k.scopes,
      k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as stale
    from dondoc.api_token k
    join dondoc.account a on a.organization_id = k.organization_id and a.id = k.account_id
    where k.token_hash = $1 and k.expires_at > now() and a.enabled and (not a.sandbox or $2)
  ), found as (
    with ${CALLER_OF_ACCOUNT}
  )
  select found.*, caller.scopes from found, caller`;

const millis = (column: string, name: string) =>
  `floor(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

const SHOWN = `id, name, scopes, ${millis('created_at', 'createdAt')}, ${millis('expires_at', 'expiresAt')},
  ${millis('last_used_at', 'lastUsedAt')}`;

/** Writes a token; for whoever has decided that it may be. */
export async function issueToken(
  manager: EntityManager,
  owner: { readonly organization: string; readonly account: string },
  { name, scopes, days }: WantedToken,
  createdBy: string | null,
): Promise<NewApiToken | Refusal> {
  const wrong = scopes.findIndex((scope) => !isScope(scope));
  if (scopes.length === 0 || wrong >= 0)
    return refusal(
      'invalid-scope',
      {
        vi: 'phạm vi phải là read hoặc act, có thể kèm loại dữ liệu, ví dụ read:directives',
        en: 'a scope is read or act, perhaps of one kind of thing, for example read:directives',
      },
      { field: wrong >= 0 ? `scopes[${wrong}]` : 'scopes' },
    );
  const token = newApiToken(owner.organization);
  const [kept] = await manager.query<ApiToken[]>(
    `insert into dondoc.api_token
       (organization_id, id, account_id, token_hash, name, scopes, created_at, created_by_id, expires_at)
     values ($1, $2, $3, $4, $5, $6, now(), $7, now() + make_interval(days => $8)) returning ${SHOWN}`,
    [
      owner.organization,
      newUuid(),
      owner.account,
      hashToken(token),
      name,
      [...new Set(scopes)],
      createdBy,
      days,
    ],
  );
  if (!kept) throw new Error('the token was not kept');
  return { ...kept, token };
}

/** Tokens by which programs act for a person, or for a service account. */
export class ApiTokensService {
  constructor(
    private readonly source: DataSource,
    private readonly settings: AccountSettings,
  ) {}

  /** Whoever a token stands for, with its scopes; null: expired, revoked, disabled, or none at all. */
  async callerOf(token: string): Promise<Caller | null> {
    const organization = organizationOf(token);
    if (organization === null) return null;
    return inOrganization(this.source, organization, async (manager) => {
      const hash = hashToken(token);
      const [row] = await manager.query<CallerRow[]>(FIND_CALLER, [hash, this.settings.sandbox]);
      if (!row) return null;
      if (row.stale)
        await manager.query(
          'update dondoc.api_token set last_used_at = now() where organization_id = $1 and token_hash = $2',
          [organization, hash],
        );
      return callerIn(row);
    });
  }

  /**
   * Everybody makes and ends tokens of their own; administrators those of service accounts, never those of other people.
   * @param account null: the caller's own
   */
  create(
    caller: Caller,
    account: string | null,
    wanted: WantedToken,
    origin: Origin,
  ): Promise<NewApiToken | Refusal> {
    return this.on(caller, account, async (manager, id) => {
      const owner = { organization: caller.organization, account: id };
      const made = await issueToken(manager, owner, wanted, caller.person);
      if (!('token' in made)) return made;
      const details = { account: id, scopes: [...wanted.scopes], days: wanted.days };
      await this.keep(manager, caller, 'token.create', made.id, details, origin);
      return made;
    });
  }

  list(caller: Caller, account: string | null): Promise<readonly ApiToken[] | Refusal> {
    return this.on(caller, account, (manager, id) =>
      manager.query<ApiToken[]>(
        `select ${SHOWN} from dondoc.api_token where organization_id = $1 and account_id = $2 order by created_at, id`,
        [caller.organization, id],
      ),
    );
  }

  revoke(caller: Caller, account: string | null, token: string, origin: Origin): Promise<Refusal | null> {
    return this.on<null>(caller, account, async (manager, id) => {
      const [, ended] = await manager.query<[unknown, number]>(
        'delete from dondoc.api_token where organization_id = $1 and account_id = $2 and id = $3',
        [caller.organization, id, token],
      );
      if (ended === 0) {
        const others = await manager.query<unknown[]>(
          'select from dondoc.api_token where organization_id = $1 and id = $2',
          [caller.organization, token],
        );
        return others.length > 0 ? notVisible('token.revoke', token) : notFound();
      }
      await this.keep(manager, caller, 'token.revoke', token, { account: id }, origin);
      return null;
    });
  }

  private on<T>(
    caller: Caller,
    account: string | null,
    work: (manager: EntityManager, account: string) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return inOrganization(this.source, caller.organization, async (manager) => {
      if (account === null) return work(manager, caller.account);
      const found = await manager.query<unknown[]>(
        `select from dondoc.account where organization_id = $1 and id = $2 and kind = 'service'`,
        [caller.organization, account],
      );
      return found.length > 0 ? work(manager, account) : notFound();
    });
  }

  private keep(
    manager: EntityManager,
    caller: Caller,
    act: string,
    subject: string,
    details: Readonly<Record<string, string | number | string[]>>,
    origin: Origin,
  ): Promise<void> {
    const fact = { act, subject, outcome: 'done', code: null, details } as const;
    return keepAudit(manager, caller.organization, actorOf(caller), fact, origin);
  }
}
