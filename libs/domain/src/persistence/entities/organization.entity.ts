import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { civilDateOrNull, id, text } from '../column-kinds';

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
  /** First day on which its rules are enforced; null: the day that the rules themselves name. */
  @Column(civilDateOrNull) rulesEnforcedFrom!: string | null;
}
