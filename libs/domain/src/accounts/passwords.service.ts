import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource, type EntityManager } from 'typeorm';
import { type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { type AccountSettings } from './account-settings';
import { actorOf, type Caller } from './caller';
import { type LoginThrottle } from './login-throttle';
import { accountOfSecret } from './one-time-secret';
import { hashPassword, passwordMatches } from './password';
import { normalizedPassword, passwordRefusal } from './password-rules';
import { type FactorBegun, type FactorState, type SecondFactors } from './second-factors';
import { organizationOf } from './session-token';
import { type SessionsService } from './sessions.service';

interface Owner {
  readonly organization: string;
  readonly account: string;
  readonly login: string;
  readonly person: string;
  readonly passwordHash: string | null;
  /** What a guesser would try: log-in, name, office. */
  readonly own: readonly string[];
}

const FIND_OWNER = `
  select a.login, a.person_id as person, a.password_hash as hash, p.name, o.name as office, o.code
  from dondoc.account a
  join dondoc.person p on p.organization_id = a.organization_id and p.id = a.person_id
  join dondoc.organization o on o.id = a.organization_id
  where a.organization_id = $1 and a.id = $2 and a.kind = 'person'`;

const wrongSecret = (): Refusal =>
  refusal('secret-not-valid', {
    vi: 'Mã thiết lập không đúng, đã dùng hoặc đã hết hạn; hãy xin quản trị viên mã mới.',
    en: 'The one-time secret is wrong, used or out of date; ask an administrator for a new one.',
  });

/** What people do about their own password and second factor. */
export class PasswordsService {
  constructor(
    private readonly source: DataSource,
    private readonly settings: AccountSettings,
    private readonly throttle: LoginThrottle,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactors,
  ) {}

  /** Ends every other session of the account. */
  async change(
    caller: Caller,
    token: string | null,
    current: string,
    next: string,
    origin: Origin,
  ): Promise<Refusal | null> {
    return this.proved(caller, current, origin, 'account.change-password', async (manager, owner) => {
      const refused = await this.keep(manager, owner, next);
      if (refused) return refused;
      await this.sessions.endOthers(manager, owner.organization, owner.account, token);
      return null;
    });
  }

  /** Sets a password by a one-time secret; all sessions of the account end, and its log-in is unlocked. */
  async setUp(secret: string, password: string, origin: Origin): Promise<Refusal | null> {
    const organization = organizationOf(secret);
    if (organization === null) return wrongSecret();
    return inOrganization(this.source, organization, async (manager) => {
      const account = await accountOfSecret(manager, organization, secret);
      const owner = account === null ? null : await findOwner(manager, organization, account);
      if (!owner) return wrongSecret();
      const refused = await this.keep(manager, owner, password);
      if (refused) return refused;
      await manager.query(
        'delete from dondoc.account_secret where organization_id = $1 and account_id = $2',
        [organization, owner.account],
      );
      await this.sessions.endOthers(manager, organization, owner.account, null);
      await this.throttle.release(owner.login);
      const actor = { account: owner.account, person: owner.person, onBehalfOf: [] };
      await keepAudit(manager, organization, actor, done('account.set-up', owner), origin);
      return null;
    });
  }

  /** Whether the caller's log-in needs a code, and how many recovery codes are left. */
  factorOf({ organization, account }: Caller): Promise<FactorState> {
    return inOrganization(this.source, organization, (manager) =>
      this.factors.stateOf(manager, { organization, account }),
    );
  }

  async beginFactor(caller: Caller, password: string, origin: Origin): Promise<FactorBegun | Refusal> {
    return this.proved(caller, password, origin, 'account.begin-second-factor', (manager, owner) =>
      this.factors.begin(manager, owner, owner.login),
    );
  }

  /** Answers the recovery codes, which are shown this once. */
  async confirmFactor(caller: Caller, code: string, origin: Origin): Promise<readonly string[] | Refusal> {
    return inOrganization(this.source, caller.organization, async (manager) => {
      const owner = await findOwner(manager, caller.organization, caller.account);
      if (!owner) return wrongSecret();
      const answer = await this.factors.confirm(manager, owner, code);
      if (!isRefusal(answer))
        await keepAudit(
          manager,
          owner.organization,
          actorOf(caller),
          done('account.confirm-second-factor', owner),
          origin,
        );
      return answer;
    });
  }

  async removeFactor(caller: Caller, password: string, origin: Origin): Promise<Refusal | null> {
    return this.proved(caller, password, origin, 'account.remove-second-factor', async (manager, owner) => {
      await this.factors.remove(manager, owner);
      return null;
    });
  }

  /** Runs `work` when the password is the caller's: a session that was left open is not enough. */
  private async proved<T>(
    caller: Caller,
    password: string,
    origin: Origin,
    act: string,
    work: (manager: EntityManager, owner: Owner) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const owner = await inOrganization(this.source, caller.organization, (manager) =>
      findOwner(manager, caller.organization, caller.account),
    );
    const attempt = { login: owner?.login ?? caller.account, address: origin.address };
    const blocked = await this.throttle.begin(attempt);
    if (blocked) return blocked;
    if (!owner || !(await passwordMatches(owner.passwordHash, normalizedPassword(password))))
      return refusal(
        'wrong-password',
        { vi: 'Mật khẩu hiện tại không đúng.', en: 'The present password is wrong.' },
        { field: 'current' },
      );
    await this.throttle.succeeded(attempt);
    return inOrganization(this.source, caller.organization, async (manager) => {
      const answer = await work(manager, owner);
      if (!isRefusal(answer))
        await keepAudit(manager, owner.organization, actorOf(caller), done(act, owner), origin);
      return answer;
    });
  }

  private async keep(manager: EntityManager, owner: Owner, password: string): Promise<Refusal | null> {
    const refused = passwordRefusal(password, this.settings.passwordMinLength, owner.own);
    if (refused) return refused;
    await manager.query(
      `update dondoc.account set password_hash = $3, password_changed_at = now()
       where organization_id = $1 and id = $2`,
      [owner.organization, owner.account, await hashPassword(normalizedPassword(password))],
    );
    return null;
  }
}

const done = (act: string, { account }: Pick<Owner, 'account'>) =>
  ({ act, subject: account, outcome: 'done', code: null }) as const;

async function findOwner(
  manager: EntityManager,
  organization: string,
  account: string,
): Promise<Owner | null> {
  const [row] = await manager.query<
    { login: string; person: string; hash: string | null; name: string; office: string; code: string }[]
  >(FIND_OWNER, [organization, account]);
  if (!row) return null;
  const { login, person, hash, name, office, code } = row;
  return { organization, account, login, person, passwordHash: hash, own: [login, name, office, code] };
}
