import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  civilDate,
  civilDateOrNull,
  id,
  idList,
  idOrNull,
  instant,
  instantOrNull,
  text,
  textOrNull,
} from '../column-kinds';
import { AgencyEntity, PersonEntity } from './directory.entities';
import { SourceEntity, StoredFileEntity } from './intake.entities';

/** A standing directive (nhiệm vụ thường xuyên): no deadline, reports on the dates of the working rules. */
@Entity({ schema: 'dondoc', name: 'standing_directive' })
@ForeignKey(() => AgencyEntity, ['organizationId', 'leadId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'assigningLeaderId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'trackingOfficerId'], ['organizationId', 'id'])
@ForeignKey(() => SourceEntity, ['organizationId', 'sourceId'], ['organizationId', 'id'])
@Index('ix_standing_directive_given', ['organizationId', 'givenAt', 'id'])
export class StandingDirectiveEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) text!: string;
  /** Where its words come from; null for one that was entered by itself. */
  @Column(idOrNull) sourceId!: string | null;
  @Column(textOrNull) sectionRef!: string | null;
  /** Where the words stand in the document's text, end exclusive. */
  @Column({ type: 'integer', nullable: true }) textStart!: number | null;
  @Column({ type: 'integer', nullable: true }) textEnd!: number | null;
  @Column(id) leadId!: string;
  @Column(idList) coordinatingIds!: string[];
  @Column(idOrNull) assigningLeaderId!: string | null;
  @Column(idOrNull) trackingOfficerId!: string | null;
  @Column(textOrNull) field!: string | null;
  @Column(text) urgency!: string;
  /** Ids of periodic reports of the working rules. */
  @Column({ type: 'text', array: true }) reports!: string[];
  @Column(id) givenById!: string;
  @Column(instant) givenAt!: number;
  @Column(instantOrNull) endedAt!: number | null;
  @Column(textOrNull) endReason!: string | null;
  @Column('integer') revision!: number;
}

/** The report of one period (kỳ báo cáo). */
@Entity({ schema: 'dondoc', name: 'reporting_obligation' })
@ForeignKey(
  () => StandingDirectiveEntity,
  ['organizationId', 'standingDirectiveId'],
  ['organizationId', 'id'],
)
@ForeignKey(() => StoredFileEntity, ['organizationId', 'fileId'], ['organizationId', 'id'])
@Index('ix_reporting_obligation_due', ['organizationId', 'dueAt', 'id'])
@Index('uq_reporting_obligation_period', ['organizationId', 'standingDirectiveId', 'report', 'periodFirst'], {
  unique: true,
})
@Check('ck_reporting_obligation_state', "state in ('awaited', 'reported', 'accepted', 'withdrawn')")
@Index('ix_reporting_obligation_open', { synchronize: false })
export class ReportingObligationEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) standingDirectiveId!: string;
  @Column(text) report!: string;
  @Column(civilDate) periodFirst!: string;
  @Column(civilDate) periodLast!: string;
  /** `{vi, en}`. */
  @Column('jsonb') periodName!: object;
  @Column(text) state!: string;
  @Column(textOrNull) article!: string | null;
  @Column(instant) openedAt!: number;
  @Column(instant) dueAt!: number;
  /** Of the document it was reported with last. */
  @Column(textOrNull) number!: string | null;
  @Column(civilDateOrNull) date!: string | null;
  @Column(textOrNull) summary!: string | null;
  @Column(idOrNull) fileId!: string | null;
  @Column(instantOrNull) reportedAt!: number | null;
  @Column(idOrNull) reporterId!: string | null;
  @Column(instantOrNull) judgedAt!: number | null;
  @Column(idOrNull) judgedById!: string | null;
  @Column(textOrNull) note!: string | null;
  @Column('integer') revision!: number;
}
