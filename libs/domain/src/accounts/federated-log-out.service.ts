import { createHash } from 'node:crypto';
import { type DataSource, type EntityManager } from 'typeorm';
import { nobody, type Origin } from '../audit/audit-entry';
import { keepAudit } from '../audit/audit-trail';
import { INSTALLATION, inOrganization } from '../persistence/organization-context';

/** What a provider has said, once it is proved that it was the provider. */
export interface SaidLoggedOut {
  readonly issuer: string;
  readonly subject: string | null;
  readonly session: string | null;
  readonly id: string;
  /** Technical instant in seconds since the epoch. */
  readonly expires: number;
}

interface Found {
  readonly organization: string;
  readonly account: string;
}

/** Ends sessions because the OpenID provider by which they were opened has ended its own (back-channel log-out). */
export class FederatedLogOutService {
  constructor(private readonly source: DataSource) {}

  /** Answers whether the notice was new; one that was seen before ends nothing. */
  async logOut(said: SaidLoggedOut, origin: Origin): Promise<boolean> {
    if (!(await this.spend(said))) return false;
    for (const { organization, account } of await this.found(said))
      await inOrganization(this.source, organization, async (manager) => {
        const [, ended] = await manager.query<[unknown, number]>(
          `delete from dondoc.session where organization_id = $1 and account_id = $2 and federated_issuer = $3
             and ($4::text is null or federated_session = $4)`,
          [organization, account, said.issuer, said.session],
        );
        const fact = {
          act: 'account.log-out-by-provider',
          subject: account,
          outcome: 'done',
          code: null,
        } as const;
        const details = { issuer: said.issuer, sessions: ended };
        await keepAudit(manager, organization, nobody, { ...fact, details }, origin);
      });
    return true;
  }

  private spend({ issuer, id, expires }: SaidLoggedOut): Promise<boolean> {
    const hash = createHash('sha256').update(`${issuer} ${id}`).digest('hex');
    return inOrganization(this.source, INSTALLATION, async (manager) => {
      await manager.query(
        'delete from dondoc.spent_token where organization_id = $1 and expires_at < now()',
        [INSTALLATION],
      );
      const rows = await manager.query<unknown[]>(
        `insert into dondoc.spent_token (organization_id, token_hash, expires_at) values ($1, $2, to_timestamp($3))
         on conflict do nothing returning token_hash`,
        [INSTALLATION, hash, expires],
      );
      return rows.length > 0;
    });
  }

  /** By the person at the provider, else by the session there; of either there is one row that may be seen before. */
  private async found({ issuer, subject, session }: SaidLoggedOut): Promise<readonly Found[]> {
    const look = (key: string, sql: string, parameters: readonly string[]) =>
      this.source.transaction(async (manager: EntityManager) => {
        await manager.query(`select set_config('dondoc.login', $1, true)`, [`${issuer} ${key}`]);
        return manager.query<Found[]>(sql, [...parameters]);
      });
    if (subject !== null)
      return look(
        subject,
        `select organization_id as organization, account_id as account from dondoc.federated_identity
         where issuer = $1 and subject = $2`,
        [issuer, subject],
      );
    if (session === null) return [];
    return look(
      session,
      `select distinct organization_id as organization, account_id as account from dondoc.session
       where federated_issuer = $1 and federated_session = $2`,
      [issuer, session],
    );
  }
}
