import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { nobody, type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { inOrganization } from '../persistence/organization-context';
import { type AccountSettings } from './account-settings';
import { type LoginThrottle } from './login-throttle';
import { passwordMatches } from './password';
import { normalizedPassword } from './password-rules';
import { type SecondFactors } from './second-factors';
import { type NewSession, type SessionsService } from './sessions.service';

export interface LogIn {
  readonly login: string;
  readonly password: string;
  /** Six digits of the authenticator app, or a recovery code; needed where a second factor is set up. */
  readonly code?: string | undefined;
}

interface AccountRow {
  readonly organization_id: string;
  readonly id: string;
  readonly password_hash: string | null;
  readonly enabled: boolean;
  readonly sandbox: boolean;
  readonly kind: string;
}

export const plainLogin = (login: string): string => login.trim().toLowerCase();

const wrong = (): Refusal =>
  refusal('wrong-login', {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'The log-in or the password is wrong.',
  });

/** Log-ins by password. */
export class LogInService {
  constructor(
    private readonly source: DataSource,
    private readonly settings: AccountSettings,
    private readonly throttle: LoginThrottle,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactors,
  ) {}

  /**
   * Refuses with `wrong-login` whatever the reason: nobody learns which log-ins exist. Whoever knows the password may
   * learn that a code is needed (`second-factor-needed`) or wrong (`wrong-second-factor`).
   * @param before the session token that the same browser held
   */
  async logIn(asked: LogIn, origin: Origin, before: string | null = null): Promise<NewSession | Refusal> {
    const login = plainLogin(asked.login);
    const attempt = { login, address: origin.address };
    const blocked = await this.throttle.begin(attempt);
    if (blocked) return blocked;
    const account = await this.findAccount(login);
    const matches = await passwordMatches(account?.password_hash, normalizedPassword(asked.password));
    if (!account) return wrong();
    const may = account.enabled && account.kind === 'person' && (!account.sandbox || this.settings.sandbox);
    const answer = await inOrganization(this.source, account.organization_id, async (manager) => {
      const owner = { organization: account.organization_id, account: account.id };
      const refused = may && matches ? await this.factors.refusalOf(manager, owner, asked.code) : wrong();
      const session =
        refused ?? (await this.sessions.open(manager, owner.organization, owner.account, origin, before));
      const actor = isRefusal(session)
        ? nobody
        : { account: account.id, person: session.caller.person, onBehalfOf: [] };
      const outcome = isRefusal(session)
        ? ({ outcome: 'refused', code: session.code } as const)
        : ({ outcome: 'done', code: null } as const);
      const fact = { act: 'account.log-in', subject: account.id, ...outcome };
      await keepAudit(manager, owner.organization, actor, fact, origin);
      return session;
    });
    if (!isRefusal(answer)) await this.throttle.succeeded(attempt);
    return answer;
  }

  private async findAccount(login: string): Promise<AccountRow | undefined> {
    return this.source.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.login', $1, true)`, [login]);
      const [account] = await manager.query<AccountRow[]>(
        'select organization_id, id, password_hash, enabled, sandbox, kind from dondoc.account where login = $1',
        [login],
      );
      return account;
    });
  }
}
