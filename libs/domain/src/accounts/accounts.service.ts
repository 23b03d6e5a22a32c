import { newUuid } from '@dondoc/workflow/durable/index';
import { refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { type JsonValue } from '@dondoc/workflow';
import { type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { notFound } from './access-refusals.service';
import { actorOf, type Caller } from './caller';
import { plainLogin } from './log-in.service';
import { type LoginThrottle } from './login-throttle';
import { issueSecret, type OneTimeSecret } from './one-time-secret';
import { type SecondFactors } from './second-factors';
import { type OpenSession, type SessionsService } from './sessions.service';

export interface AccountView {
  readonly id: string;
  readonly login: string;
  readonly person: string;
  readonly name: string;
  readonly kind: 'person' | 'service';
  readonly enabled: boolean;
  /** Whether a password was ever set. */
  readonly active: boolean;
  readonly secondFactor: boolean;
  /** Instant until which it cannot be logged in to, at least from one address: too many failed. */
  readonly lockedUntil: number | null;
}

type AccountRow = Omit<AccountView, 'lockedUntil'>;

export interface NewAccount extends OneTimeSecret {
  readonly account: AccountView;
}

const FIND = `
  select a.id, a.login, a.person_id as person, p.name, a.kind, a.enabled, a.password_hash is not null as active,
    f.confirmed_at is not null as "secondFactor"
  from dondoc.account a
  join dondoc.person p on p.organization_id = a.organization_id and p.id = a.person_id
  left join dondoc.second_factor f on f.organization_id = a.organization_id and f.account_id = a.id
  where a.organization_id = $1`;

const loginForm = /^[a-z0-9](?:[a-z0-9._@+-]{0,98}[a-z0-9])?$/;

/** Why a text cannot be a log-in; null when it can. */
export function loginRefusal(login: string): Refusal | null {
  if (loginForm.test(login)) return null;
  return refusal(
    'login-malformed',
    {
      vi: 'Tên đăng nhập gồm 1–100 chữ cái không dấu, chữ số và . _ @ + - (không ở đầu, cuối).',
      en: 'A log-in is 1 to 100 unaccented letters, digits and . _ @ + - (not first or last).',
    },
    { field: 'login' },
  );
}

/** What administrators do about the accounts of their organization. Each act is kept with who did it. */
export class AccountsService {
  constructor(
    private readonly source: DataSource,
    private readonly throttle: LoginThrottle,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactors,
  ) {}

  async list({ organization }: Caller): Promise<AccountView[]> {
    const rows = await inOrganization(this.source, organization, (manager) =>
      manager.query<AccountRow[]>(`${FIND} order by a.login`, [organization]),
    );
    const locked = await this.throttle.lockedUntil(rows.map(({ login }) => login));
    return rows.map((row) => ({ ...row, lockedUntil: locked.get(row.login) ?? null }));
  }

  /** The open sessions of an account, the one used last first. */
  sessionsOf(caller: Caller, id: string): Promise<OpenSession[] | Refusal> {
    return this.on(caller, id, () => this.sessions.list({ ...caller, account: id }, null));
  }

  /** Ends one session of an account. */
  endSession(caller: Caller, id: string, session: string, origin: Origin): Promise<Refusal | null> {
    return this.on<null>(caller, id, async (manager) => {
      const refused = await this.sessions.end({ ...caller, account: id }, session);
      if (refused) return refused;
      await keep(manager, caller, 'account.end-session', id, { session }, origin);
      return null;
    });
  }

  /** An account without a password; its owner sets one by the secret. */
  async create(caller: Caller, person: string, asked: string, origin: Origin): Promise<NewAccount | Refusal> {
    const login = plainLogin(asked);
    const malformed = loginRefusal(login);
    if (malformed) return malformed;
    const { organization } = caller;
    return inOrganization(this.source, organization, async (manager) => {
      const known = await manager.query<unknown[]>(
        'select from dondoc.person where organization_id = $1 and id = $2',
        [organization, person],
      );
      if (known.length === 0)
        return refusal(
          'unknown-person',
          { vi: 'Không có người này trong danh bạ.', en: 'The directory knows nobody of this id.' },
          { field: 'person' },
        );
      const id = newUuid();
      // Log-ins are unique over the installation, and one of another organization cannot be seen from here.
      const [made] = await manager.query<unknown[]>(
        `insert into dondoc.account (organization_id, id, login, person_id) values ($1, $2, $3, $4)
         on conflict (login) do nothing returning id`,
        [organization, id, login, person],
      );
      if (made === undefined)
        return refusal(
          'login-taken',
          { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This log-in is taken.' },
          { field: 'login' },
        );
      const secret = await issueSecret(manager, { organization, account: id });
      await keep(manager, caller, 'account.create', id, { person }, origin);
      return { ...secret, account: await this.find(manager, organization, id) };
    });
  }

  /** For a lost password or phone: the old ones stop working at once, and the owner sets a new password. */
  renew(caller: Caller, id: string, origin: Origin): Promise<NewAccount | Refusal> {
    return this.on(caller, id, async (manager, account) => {
      if (account.kind === 'service') return notFound();
      const owner = { organization: caller.organization, account: id };
      await manager.query(
        'update dondoc.account set password_hash = null where organization_id = $1 and id = $2',
        [caller.organization, id],
      );
      await this.factors.remove(manager, owner);
      await this.sessions.endOthers(manager, caller.organization, id, null);
      const secret = await issueSecret(manager, owner);
      await keep(manager, caller, 'account.renew', id, { secondFactorBefore: account.secondFactor }, origin);
      return { ...secret, account: await this.find(manager, caller.organization, id) };
    });
  }

  /** Ends all its sessions when it is disabled. Nobody disables themselves: somebody has to be left. */
  setEnabled(caller: Caller, id: string, enabled: boolean, origin: Origin): Promise<AccountView | Refusal> {
    return this.on(caller, id, async (manager) => {
      if (id === caller.account && !enabled)
        return refusal('own-account', {
          vi: 'Không thể tự khóa tài khoản của chính mình.',
          en: 'Nobody disables their own account.',
        });
      await manager.query('update dondoc.account set enabled = $3 where organization_id = $1 and id = $2', [
        caller.organization,
        id,
        enabled,
      ]);
      if (!enabled) await this.sessions.endOthers(manager, caller.organization, id, null);
      const act = enabled ? 'account.enable' : 'account.disable';
      await keep(manager, caller, act, id, {}, origin);
      return this.find(manager, caller.organization, id);
    });
  }

  /** Lets a log-in be tried again at once that failed too often. */
  unlock(caller: Caller, id: string, origin: Origin): Promise<AccountView | Refusal> {
    return this.on(caller, id, async (manager, account) => {
      await this.throttle.release(account.login);
      await keep(manager, caller, 'account.unlock', id, {}, origin);
      return this.find(manager, caller.organization, id);
    });
  }

  private on<T>(
    { organization }: Caller,
    id: string,
    work: (manager: EntityManager, account: AccountRow) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return inOrganization(this.source, organization, async (manager) => {
      const [account] = await manager.query<AccountRow[]>(`${FIND} and a.id = $2 for update of a`, [
        organization,
        id,
      ]);
      return account ? work(manager, account) : notFound();
    });
  }

  private async find(manager: EntityManager, organization: string, id: string): Promise<AccountView> {
    const [row] = await manager.query<AccountRow[]>(`${FIND} and a.id = $2`, [organization, id]);
    if (!row) throw new Error('an account is found right after it was changed');
    const locked = await this.throttle.lockedUntil([row.login]);
    return { ...row, lockedUntil: locked.get(row.login) ?? null };
  }
}

function keep(
  manager: EntityManager,
  caller: Caller,
  act: string,
  subject: string,
  details: JsonValue,
  origin: Origin,
): Promise<void> {
  const fact = { act, subject, outcome: 'done', code: null, details } as const;
  return keepAudit(manager, caller.organization, actorOf(caller), fact, origin);
}
