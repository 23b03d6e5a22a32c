import { type EntityManager } from 'typeorm';
import { hashToken, newSessionToken } from './session-token';
import { type AccountKey } from './second-factors';

/** Hours of technical time in which a new account's password has to be set. */
const HOURS = 72;

export interface OneTimeSecret {
  /** Shown once; whoever has it may set the password of the account, once. */
  readonly secret: string;
  /** Technical instant, milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A new secret takes the place of earlier ones. */
export async function issueSecret(manager: EntityManager, owner: AccountKey): Promise<OneTimeSecret> {
  const secret = newSessionToken(owner.organization);
  await manager.query('delete from dondoc.account_secret where organization_id = $1 and account_id = $2', [
    owner.organization,
    owner.account,
  ]);
  const [kept] = await manager.query<{ expires_at: Date }[]>(
    `insert into dondoc.account_secret (organization_id, token_hash, account_id, created_at, expires_at)
     values ($1, $2, $3, now(), now() + make_interval(hours => ${HOURS})) returning expires_at`,
    [owner.organization, hashToken(secret), owner.account],
  );
  if (!kept) throw new Error('the secret was not kept');
  return { secret, expiresAt: kept.expires_at.getTime() };
}

/** The account that a secret is for, which is locked for the transaction; null when it is none, or too old. */
export async function accountOfSecret(
  manager: EntityManager,
  organization: string,
  secret: string,
): Promise<string | null> {
  const [row] = await manager.query<{ account_id: string }[]>(
    `select account_id from dondoc.account_secret
     where organization_id = $1 and token_hash = $2 and expires_at > now() for update`,
    [organization, hashToken(secret)],
  );
  return row?.account_id ?? null;
}
