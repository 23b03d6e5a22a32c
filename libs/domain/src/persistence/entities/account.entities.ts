import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { PersonEntity } from './directory.entities';

/** How a person logs in. Log-ins are lower case and unique over the installation. */
@Entity({ schema: 'dondoc', name: 'account' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@Index('uq_account_login', ['login'], { unique: true })
@Check('ck_account_kind', `kind in ('person', 'service')`)
export class AccountEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) login!: string;
  @Column(id) personId!: string;
  /** Argon2id, with its parameters inside. Null: nobody can log in by a password. */
  @Column(textOrNull) passwordHash!: string | null;
  @Column({ type: 'boolean', default: true }) enabled!: boolean;
  /** A service is a program: it has tokens, and neither password nor sessions. */
  @Column({ ...text, default: 'person' }) kind!: 'person' | 'service';
  /** Made with a password that everybody knows: refused wherever real time counts. */
  @Column({ type: 'boolean', default: false }) sandbox!: boolean;
  @Column({ ...instant, default: () => 'now()' }) createdAt!: number;
  @Column(instantOrNull) passwordChangedAt!: number | null;
}

/** A log-in that has not ended. Its instants are technical time, which the sandbox clock does not move. */
@Entity({ schema: 'dondoc', name: 'session' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
@Index('ix_session_expires_at', ['organizationId', 'expiresAt'])
@Index('uq_session_id', ['organizationId', 'id'], { unique: true })
@Index('ix_session_account', ['organizationId', 'accountId'])
@Index('ix_session_federated', ['federatedIssuer', 'federatedSession'], {
  where: 'federated_issuer IS NOT NULL',
})
export class SessionEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** SHA-256 of the token, hex: who reads this table cannot log in with it. */
  @PrimaryColumn(text) tokenHash!: string;
  @Column(id) accountId!: string;
  @Column(instant) createdAt!: number;
  @Column(instant) expiresAt!: number;
  /** How its owner names it when ending it. */
  @Column(id) id!: string;
  /** Kept to the minute. */
  @Column(instant) lastSeenAt!: number;
  @Column(textOrNull) address!: string | null;
  @Column(textOrNull) userAgent!: string | null;
  /** The OpenID provider by which it was opened, and the session there as the provider names it. */
  @Column(textOrNull) federatedIssuer!: string | null;
  @Column(textOrNull) federatedSession!: string | null;
}

/** What sets a password once: a new account's, or one whose password was lost. */
@Entity({ schema: 'dondoc', name: 'account_secret' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
export class AccountSecretEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** SHA-256 of the secret, hex. */
  @PrimaryColumn(text) tokenHash!: string;
  @Column(id) accountId!: string;
  @Column(instant) createdAt!: number;
  @Column(instant) expiresAt!: number;
}

/** The app on a person's phone that shows a code of six digits (RFC 6238). */
@Entity({ schema: 'dondoc', name: 'second_factor' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
export class SecondFactorEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) accountId!: string;
  /** AES-256-GCM under the installation's key. */
  @Column(text) sealedSecret!: string;
  /** Null: begun and not yet asked for at a log-in. */
  @Column(instantOrNull) confirmedAt!: number | null;
  /** The last step whose code was taken: none is taken twice. */
  @Column('bigint') lastStep!: string;
}

/** What lets in once without the phone. */
@Entity({ schema: 'dondoc', name: 'recovery_code' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
export class RecoveryCodeEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) accountId!: string;
  /** SHA-256 of the code, hex. */
  @PrimaryColumn(text) codeHash!: string;
}

/** Failed log-ins, counted before it is known who asks: the organization is the nil UUID, the installation. */
@Entity({ schema: 'dondoc', name: 'login_throttle' })
@Index('ix_login_throttle_counted_from', ['organizationId', 'countedFrom'])
export class LoginThrottleEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** Hash of a log-in, an address, or both. */
  @PrimaryColumn(text) subject!: string;
  @Column('integer') failures!: number;
  @Column(instant) countedFrom!: number;
  @Column(instantOrNull) blockedUntil!: number | null;
}
