import { refusal, type Refusal } from '@dondoc/workflow';
import { type DataSource } from 'typeorm';
import { nobody, operatorsOrigin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { unlessRefused } from '../persistence/organization-context';
import { plainLogin } from './log-in.service';
import { LoginThrottle } from './login-throttle';
import { issueSecret, type OneTimeSecret } from './one-time-secret';

/**
 * The operator's way back for somebody whom no administrator can help: a sole administrator who has lost password or
 * phone. Both stop working at once, every session and token of the account ends, and its owner sets a new password by the
 * secret. An account that was disabled can be used again.
 * @param owner a connection of the role that owns the tables
 */
export async function resetAccount(
  owner: DataSource,
  organization: string,
  asked: string,
): Promise<OneTimeSecret | Refusal> {
  const login = plainLogin(asked);
  const answer = await unlessRefused(owner, organization, async (manager) => {
    const [account] = await manager.query<{ id: string }[]>(
      `select id from dondoc.account where organization_id = $1 and login = $2 and kind = 'person' for update`,
      [organization, login],
    );
    if (!account)
      return refusal(
        'unknown-account',
        {
          vi: 'Đơn vị này không có tài khoản như vậy.',
          en: 'The organization has no such account.',
        },
        { field: 'login' },
      );
    const named = [organization, account.id];
    await manager.query(
      'update dondoc.account set password_hash = null, enabled = true where organization_id = $1 and id = $2',
      named,
    );
    for (const table of ['second_factor', 'recovery_code', 'session', 'api_token'])
      await manager.query(
        `delete from dondoc.${table} where organization_id = $1 and account_id = $2`,
        named,
      );
    const secret = await issueSecret(manager, { organization, account: account.id });
    const fact = { act: 'account.reset', subject: account.id, outcome: 'done', code: null } as const;
    await keepAudit(manager, organization, nobody, fact, operatorsOrigin);
    return secret;
  });
  if ('secret' in answer) await new LoginThrottle(owner).release(login);
  return answer;
}
