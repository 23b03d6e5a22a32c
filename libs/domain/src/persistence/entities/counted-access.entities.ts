import { Column, Entity, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';

/** A place that an open event stream holds: the organization is the nil UUID. */
@Entity({ schema: 'dondoc', name: 'stream_slot' })
export class StreamSlotEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** Hash of an account or an address. */
  @PrimaryColumn(text) subject!: string;
  @PrimaryColumn(id) streamId!: string;
  /** Technical time. */
  @Column(instant) heldUntil!: number;
}

/** Requests of an hour that were refused to an address of which nobody is known: the organization is the nil UUID. */
@Entity({ schema: 'dondoc', name: 'refused_stranger' })
export class RefusedStrangerEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(instant) hour!: number;
  @PrimaryColumn(text) address!: string;
  @PrimaryColumn(text) code!: string;
  @Column('bigint') refused!: string;
  @Column(instant) lastAt!: number;
}
