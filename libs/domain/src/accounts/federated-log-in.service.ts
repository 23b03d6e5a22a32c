import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { nobody, type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { type AccountSettings } from './account-settings';
import { plainLogin } from './log-in.service';
import { type NewSession, type SessionsService } from './sessions.service';

/** Whom an OpenID provider vouches for. */
export interface VouchedFor {
  readonly issuer: string;
  readonly subject: string;
  /** How the provider names its own session, to end this one with it. */
  readonly session: string | null;
  /** What the provider says the account is called; used at the first log-in only. */
  readonly login: string | null;
}

interface Found {
  readonly organization_id: string;
  readonly id: string;
}

interface AccountRow {
  readonly enabled: boolean;
  readonly sandbox: boolean;
  readonly kind: string;
  readonly subject: string | null;
}

const noAccount = (): Refusal =>
  refusal('no-account', {
    vi: 'Tài khoản này chưa được cấp quyền dùng hệ thống; hãy liên hệ quản trị viên.',
    en: 'There is no account for you here; ask an administrator.',
  });

/**
 * Log-ins of people for whom an OpenID provider vouches. An account has to be there: nobody gets one by logging in. It is
 * found by the provider's subject; before that was ever seen, by the log-in, and bound to the subject from then on.
 * A second factor is the provider's to ask for.
 */
export class FederatedLogInService {
  constructor(
    private readonly source: DataSource,
    private readonly settings: AccountSettings,
    private readonly sessions: SessionsService,
  ) {}

  async logIn(vouched: VouchedFor, origin: Origin, before: string | null): Promise<NewSession | Refusal> {
    const { issuer, subject, login } = vouched;
    const bound = await this.look(
      `${issuer} ${subject}`,
      `select organization_id, account_id as id from dondoc.federated_identity where issuer = $1 and subject = $2`,
      [issuer, subject],
    );
    const named = login === null ? null : plainLogin(login);
    const found =
      bound ??
      (named === null
        ? undefined
        : await this.look(named, 'select organization_id, id from dondoc.account where login = $1', [named]));
    if (!found) return noAccount();
    const { organization_id: organization, id: account } = found;
    return inOrganization(this.source, organization, async (manager) => {
      const may = await this.mayEnter(manager, found, vouched);
      const session = may
        ? await this.sessions.open(manager, organization, account, origin, before, vouched)
        : noAccount();
      const actor = isRefusal(session) ? nobody : { account, person: session.caller.person, onBehalfOf: [] };
      const fact = {
        act: 'account.log-in',
        subject: account,
        outcome: may ? 'done' : 'refused',
        code: may ? null : 'no-account',
        details: { issuer },
      } as const;
      await keepAudit(manager, organization, actor, fact, origin);
      return session;
    });
  }

  private async mayEnter(
    manager: EntityManager,
    { organization_id, id }: Found,
    { issuer, subject }: VouchedFor,
  ): Promise<boolean> {
    const [account] = await manager.query<AccountRow[]>(
      `select a.enabled, a.sandbox, a.kind, f.subject from dondoc.account a
       left join dondoc.federated_identity f
         on f.organization_id = a.organization_id and f.account_id = a.id and f.issuer = $3
       where a.organization_id = $1 and a.id = $2 for update of a`,
      [organization_id, id, issuer],
    );
    const usable =
      account?.enabled && account.kind === 'person' && (!account.sandbox || this.settings.sandbox);
    if (!usable) return false;
    if (account.subject !== null) return account.subject === subject;
    await manager.query(
      `insert into dondoc.federated_identity (organization_id, account_id, issuer, subject, created_at)
       values ($1, $2, $3, $4, now())`,
      [organization_id, id, issuer, subject],
    );
    return true;
  }

  /** What is seen before the organization is known. */
  private look(key: string, sql: string, parameters: string[]): Promise<Found | undefined> {
    return this.source.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.login', $1, true)`, [key]);
      return (await manager.query<Found[]>(sql, parameters))[0];
    });
  }
}
