import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { DirectiveEntity } from './directive.entities';
import { AgencyEntity, PersonEntity } from './directory.entities';

/** A part of a directive that another organization does, as the one that handed it on knows it. */
@Entity({ schema: 'dondoc', name: 'remote_part' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'givenById'], ['organizationId', 'id'])
@Index('ix_remote_part_directive', ['organizationId', 'directiveId'])
@Check('ck_remote_part_state', "state in ('sent', 'received', 'refused', 'ended', 'withdrawn')")
export class RemotePartEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  /** The agency that stands for the other organization here. */
  @Column(id) agencyId!: string;
  @Column(id) toOrganizationId!: string;
  @Column(text) text!: string;
  @Column(id) givenById!: string;
  @Column(instant) givenAt!: number;
  /** The first instant that is too late. */
  @Column(instantOrNull) deadlineAt!: number | null;
  @Column(text) state!: string;
  /** What was last heard of the directive there; null while nothing was. */
  @Column(textOrNull) workState!: string | null;
  @Column('boolean') overdue!: boolean;
  @Column(instantOrNull) saidDeadlineAt!: number | null;
  /** Since when it is as was said, there. */
  @Column(instantOrNull) saidAt!: number | null;
  /** When that was heard here. */
  @Column(instantOrNull) receivedAt!: number | null;
  /** Why it was returned or could not be taken. */
  @Column(textOrNull) note!: string | null;
  @Column({ type: 'jsonb', nullable: true }) result!: object | null;
  @Column('integer') revision!: number;
}

/** Where a directive comes from that another organization handed on; it bears the directive's id. */
@Entity({ schema: 'dondoc', name: 'received_directive' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'id'], ['organizationId', 'id'])
@Index('uq_received_directive_part', ['organizationId', 'fromOrganizationId', 'partId'], { unique: true })
export class ReceivedDirectiveEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) fromOrganizationId!: string;
  @Column(text) fromName!: string;
  @Column(id) partId!: string;
  /** What the directive that it is a part of is called there. */
  @Column(text) sourceName!: string;
  /** Of the newest order that was applied: older ones that come late change nothing. */
  @Column('integer') orderNumber!: number;
  /** What that order limits the deadline to. */
  @Column(instantOrNull) deadlineAt!: number | null;
  /** Since when it stands still because the other organization said so. */
  @Column(instantOrNull) suspendedAt!: number | null;
  @Column(instant) receivedAt!: number;
}

/** Inbox key: a message from another organization that has been applied, by the id of its row in the outbox there. */
@Entity({ schema: 'dondoc', name: 'cascade_message' })
export class CascadeMessageEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) fromOrganizationId!: string;
  @Column(instant) receivedAt!: number;
}
