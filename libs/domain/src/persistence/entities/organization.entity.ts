import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';

/** An office with its own clerks, calendar and rules: the tenant. Its own row is all it sees of this table. */
@Entity({ schema: 'dondoc', name: 'organization' })
@Index('uq_organization_code', ['code'], { unique: true })
export class OrganizationEntity {
  @PrimaryColumn(id) id!: string;
  /** Short stable name for people and scripts, unique over the installation. */
  @Column(text) code!: string;
  @Column(text) name!: string;
  /** IANA zone in which its dates and hours are read. */
  @Column(text) zone!: string;
  /** Rules send nothing about what was late before this instant. */
  @Column(instant) rulesEnforcedFrom!: number;
}
