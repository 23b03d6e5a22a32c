import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, idOrNull, instant, instantOrNull, text } from '../column-kinds';
import { AccountEntity } from './account.entities';
import { PersonEntity } from './directory.entities';

/** By which a program acts for an account. Its instants are technical time. */
@Entity({ schema: 'dondoc', name: 'api_token' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
@ForeignKey(() => PersonEntity, ['organizationId', 'createdById'], ['organizationId', 'id'])
@Index('uq_api_token_hash', ['organizationId', 'tokenHash'], { unique: true })
@Index('ix_api_token_account', ['organizationId', 'accountId', 'createdAt'])
export class ApiTokenEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) accountId!: string;
  /** SHA-256 of the token, hex. */
  @Column(text) tokenHash!: string;
  @Column(text) name!: string;
  @Column({ ...text, array: true }) scopes!: string[];
  @Column(instant) createdAt!: number;
  /** Null: by the operator's command line. */
  @Column(idOrNull) createdById!: string | null;
  @Column(instant) expiresAt!: number;
  /** Kept to the minute. */
  @Column(instantOrNull) lastUsedAt!: number | null;
}
