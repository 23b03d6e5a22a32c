import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { civilDate, id } from '../column-kinds';
import { OrganizationEntity } from './organization.entity';

/** One version of the organization's working calendar; never changed in place. */
@Entity({ schema: 'dondoc', name: 'working_calendar' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
export class WorkingCalendarEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('jsonb') body!: object;
}

/** One version of the organization's working rules; never changed in place. */
@Entity({ schema: 'dondoc', name: 'working_rules' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
export class WorkingRulesEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column(civilDate) validFrom!: string;
  @Column('jsonb') body!: object;
}
