import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';
import { PersonEntity } from './directory.entities';

/** How a person logs in. Log-ins are lower case and unique over the installation. */
@Entity({ schema: 'dondoc', name: 'account' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@Index('uq_account_login', ['login'], { unique: true })
export class AccountEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) login!: string;
  @Column(id) personId!: string;
  /** Argon2id, with its parameters inside. */
  @Column(text) passwordHash!: string;
  @Column({ type: 'boolean', default: true }) enabled!: boolean;
}

/** A log-in that has not ended. Its instants are technical time, which the sandbox clock does not move. */
@Entity({ schema: 'dondoc', name: 'session' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
@Index('ix_session_expires_at', ['organizationId', 'expiresAt'])
export class SessionEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** SHA-256 of the token, hex: who reads this table cannot log in with it. */
  @PrimaryColumn(text) tokenHash!: string;
  @Column(id) accountId!: string;
  @Column(instant) createdAt!: number;
  @Column(instant) expiresAt!: number;
}

/** One act or view that was refused to a person, kept for the administrator. */
@Entity({ schema: 'dondoc', name: 'access_refusal' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@Index('ix_access_refusal_at', ['organizationId', 'at'])
export class AccessRefusalEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(instant) at!: number;
  @Column(id) personId!: string;
  /** What was attempted, for example `directive.verify` or `GET /api/v1/totals`. */
  @Column(text) act!: string;
  @Column({ ...text, nullable: true }) subject!: string | null;
  @Column(text) code!: string;
  @Column(text) correlation!: string;
}
