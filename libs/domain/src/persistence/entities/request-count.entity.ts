import { Column, Entity, PrimaryColumn } from 'typeorm';
import { id, text } from '../column-kinds';

/** Requests of one minute, counted before it is known whose they are: the organization is the nil UUID. */
@Entity({ schema: 'dondoc', name: 'request_count' })
export class RequestCountEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** Hash of an account or an address. */
  @PrimaryColumn(text) subject!: string;
  /** Of technical time, since the epoch. */
  @PrimaryColumn('integer') minute!: number;
  @Column('integer') requests!: number;
}
