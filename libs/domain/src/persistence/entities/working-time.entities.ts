import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { civilDate, id, idOrNull, instantOrNull, text, textOrNull } from '../column-kinds';
import { PersonEntity } from './directory.entities';
import { OrganizationEntity } from './organization.entity';

/** One version of one of the organization's working calendars; never changed in place. */
@Entity({ schema: 'dondoc', name: 'working_calendar' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'putInForceById'], ['organizationId', 'id'])
export class WorkingCalendarEntity {
  @PrimaryColumn(id) organizationId!: string;
  /** Name of the calendar within the organization. */
  @PrimaryColumn(text) id!: string;
  @PrimaryColumn('integer') version!: number;
  /** The whole calendar, with what it inherits. */
  @Column('jsonb') body!: object;
  /** What the organization says itself; null: nothing is inherited. */
  @Column({ type: 'jsonb', nullable: true }) document!: object | null;
  /** Why it was put in force, in the words of who did it. */
  @Column(textOrNull) note!: string | null;
  @Column(idOrNull) putInForceById!: string | null;
  @Column(instantOrNull) putInForceAt!: number | null;
}

/** One version of the organization's working rules; never changed in place. */
@Entity({ schema: 'dondoc', name: 'working_rules' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'putInForceById'], ['organizationId', 'id'])
export class WorkingRulesEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column(civilDate) validFrom!: string;
  /** The whole rules, with what they inherit. */
  @Column('jsonb') body!: object;
  /** The text as it was authored; null: it came as data. */
  @Column(textOrNull) document!: string | null;
  /** The version that was in force when this one was put in force. */
  @Column({ type: 'integer', nullable: true }) replaces!: number | null;
  /** What it changed: values before and after, and how many open directives a move to it would touch. */
  @Column({ type: 'jsonb', nullable: true }) effect!: object | null;
  /** Why it was put in force, in the words of who did it. */
  @Column(textOrNull) note!: string | null;
  @Column(idOrNull) putInForceById!: string | null;
  @Column(instantOrNull) putInForceAt!: number | null;
}
