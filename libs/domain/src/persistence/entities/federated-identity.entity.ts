import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';
import { AccountEntity } from './account.entities';

/** Who an account is for an OpenID provider: bound at the first log-in, and by nothing that may change there. */
@Entity({ schema: 'dondoc', name: 'federated_identity' })
@ForeignKey(() => AccountEntity, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  onDelete: 'CASCADE',
})
@Index('uq_federated_identity_subject', ['issuer', 'subject'], { unique: true })
export class FederatedIdentityEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) accountId!: string;
  @PrimaryColumn(text) issuer!: string;
  /** Unique and never used again, at the issuer. */
  @Column(text) subject!: string;
  @Column(instant) createdAt!: number;
}
