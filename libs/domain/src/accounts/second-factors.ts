import { createHash } from 'node:crypto';
import { refusal, type Refusal } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';
import { seal, unseal } from './sealed-text';
import {
  base32,
  factorAddress,
  matchingStep,
  newFactorSecret,
  newRecoveryCodes,
  plainRecoveryCode,
} from './time-code';

export interface AccountKey {
  readonly organization: string;
  readonly account: string;
}

export interface FactorBegun {
  /** Base 32, to be typed where the picture cannot be read. */
  readonly secret: string;
  /** `otpauth://…`, for the picture. */
  readonly address: string;
}

export interface FactorState {
  /** Whether a log-in needs a code. */
  readonly on: boolean;
  /** Each lets in once. */
  readonly recoveryCodesLeft: number;
}

interface FactorRow {
  readonly sealed_secret: string;
  readonly confirmed: boolean;
  readonly last_step: string;
  readonly now: string;
}

const needed = () =>
  refusal('second-factor-needed', {
    vi: 'Hãy nhập mã 6 số trên ứng dụng xác thực, hoặc một mã khôi phục.',
    en: 'Give the six digits of your authenticator app, or a recovery code.',
  });

const unavailable = () =>
  refusal('second-factor-unavailable', {
    vi: 'Khóa ACCOUNT_SECRETS_KEY của hệ thống chưa đặt hoặc đã đổi nên không dùng được ứng dụng xác thực.',
    en: 'ACCOUNT_SECRETS_KEY is not set or another one: authenticator apps cannot be used here.',
  });

const wrongCode = () =>
  refusal('wrong-second-factor', {
    vi: 'Mã xác thực không đúng, đã hết hạn hoặc đã dùng.',
    en: 'The code is wrong, out of date or already used.',
  });

const hashCode = (code: string): string => createHash('sha256').update(plainRecoveryCode(code)).digest('hex');
const ownerOf = ({ organization, account }: AccountKey): string => `${organization}/${account}`;

/** Codes of an authenticator app, each good once, and recovery codes for who has lost it. */
export class SecondFactors {
  constructor(private readonly key: Buffer | null) {}

  /** Why a log-in is not enough yet; null when no factor is set up, or the code is right and now used. */
  async refusalOf(
    manager: EntityManager,
    owner: AccountKey,
    code: string | undefined,
  ): Promise<Refusal | null> {
    const factor = await this.find(manager, owner);
    if (!factor?.confirmed) return null;
    if (code === undefined || code.trim() === '') return needed();
    if (/^\s*\d{6}\s*$/.test(code)) return this.take(manager, owner, factor, code.trim());
    const [, used] = await manager.query<[unknown, number]>(
      'delete from dondoc.recovery_code where organization_id = $1 and account_id = $2 and code_hash = $3',
      [owner.organization, owner.account, hashCode(code)],
    );
    return used > 0 ? null : wrongCode();
  }

  /** Begins anew: what was begun and not confirmed is forgotten. */
  async begin(manager: EntityManager, owner: AccountKey, login: string): Promise<FactorBegun | Refusal> {
    if (!this.key) return unavailable();
    if ((await this.find(manager, owner))?.confirmed)
      return refusal('second-factor-there', {
        vi: 'Tài khoản đã bật xác thực hai bước.',
        en: 'A second factor is set up already.',
      });
    const secret = newFactorSecret();
    await manager.query(
      `insert into dondoc.second_factor (organization_id, account_id, sealed_secret, last_step) values ($1, $2, $3, 0)
       on conflict (organization_id, account_id) do update set sealed_secret = excluded.sealed_secret, last_step = 0`,
      [owner.organization, owner.account, seal(this.key, ownerOf(owner), secret)],
    );
    return { secret: base32(secret), address: factorAddress(secret, login, 'Đôn Đốc') };
  }

  /** From now on log-ins need a code. Answers the recovery codes, which are shown this once. */
  async confirm(
    manager: EntityManager,
    owner: AccountKey,
    code: string,
  ): Promise<readonly string[] | Refusal> {
    const factor = await this.find(manager, owner);
    if (!factor || factor.confirmed)
      return refusal('second-factor-not-begun', {
        vi: 'Chưa bắt đầu đăng ký xác thực hai bước.',
        en: 'No second factor has been begun.',
      });
    const refused = await this.take(manager, owner, factor, code.trim());
    if (refused) return refused;
    await manager.query(
      'update dondoc.second_factor set confirmed_at = now() where organization_id = $1 and account_id = $2',
      [owner.organization, owner.account],
    );
    const codes = newRecoveryCodes();
    await manager.query(
      `insert into dondoc.recovery_code (organization_id, account_id, code_hash)
       select $1, $2, unnest($3::text[])`,
      [owner.organization, owner.account, codes.map(hashCode)],
    );
    return codes;
  }

  async stateOf(manager: EntityManager, owner: AccountKey): Promise<FactorState> {
    const [row] = await manager.query<FactorState[]>(
      `select exists (select from dondoc.second_factor
           where organization_id = $1 and account_id = $2 and confirmed_at is not null) as on,
         (select count(*)::int from dondoc.recovery_code where organization_id = $1 and account_id = $2)
           as "recoveryCodesLeft"`,
      [owner.organization, owner.account],
    );
    if (!row) throw new Error('a query without from gives one row');
    return row;
  }

  async remove(manager: EntityManager, owner: AccountKey): Promise<void> {
    for (const table of ['recovery_code', 'second_factor'])
      await manager.query(`delete from dondoc.${table} where organization_id = $1 and account_id = $2`, [
        owner.organization,
        owner.account,
      ]);
  }

  private async find(manager: EntityManager, owner: AccountKey): Promise<FactorRow | undefined> {
    const [row] = await manager.query<FactorRow[]>(
      `select sealed_secret, confirmed_at is not null as confirmed, last_step,
         floor(extract(epoch from now()) * 1000)::bigint as now
       from dondoc.second_factor where organization_id = $1 and account_id = $2 for update`,
      [owner.organization, owner.account],
    );
    return row;
  }

  /** A code is good once: the step it belongs to has to be later than the last one taken. Null when it was taken. */
  private async take(
    manager: EntityManager,
    owner: AccountKey,
    factor: FactorRow,
    code: string,
  ): Promise<Refusal | null> {
    const secret = this.open(owner, factor);
    if (!secret) return unavailable();
    const step = matchingStep(secret, code, Number(factor.now));
    if (step === null || step <= Number(factor.last_step)) return wrongCode();
    await manager.query(
      'update dondoc.second_factor set last_step = $3 where organization_id = $1 and account_id = $2',
      [owner.organization, owner.account, step],
    );
    return null;
  }

  private open(owner: AccountKey, factor: FactorRow): Buffer | null {
    if (!this.key) return null;
    try {
      return unseal(this.key, ownerOf(owner), factor.sealed_secret);
    } catch {
      return null;
    }
  }
}
