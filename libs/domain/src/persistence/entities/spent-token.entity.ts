import { Column, Entity, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';

/** A token from outside that counts once. Before it is known whose it is: the organization is the nil UUID. */
@Entity({ schema: 'dondoc', name: 'spent_token' })
export class SpentTokenEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** SHA-256 of issuer and id. */
  @PrimaryColumn(text) tokenHash!: string;
  /** Technical time, from which on the token says nothing and is forgotten. */
  @Column(instant) expiresAt!: number;
}
