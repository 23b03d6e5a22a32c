import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { civilDateOrNull, id, idOrNull, text } from '../column-kinds';

/** An office with its own clerks, calendar and rules: the tenant. It sees its own row and those directly below. */
@Entity({ schema: 'dondoc', name: 'organization' })
@ForeignKey(() => OrganizationEntity, ['parentId'], ['id'])
@Check('ck_organization_parent', 'parent_id <> id')
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
  /** The organization whose rules and calendars it can inherit, and may read for that. */
  @Column(idOrNull) parentId!: string | null;
  /** The calendar that its deadlines are counted in. */
  @Column({ ...text, default: 'main' }) calendarId!: string;
}
