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

/**
 * A directive (nhiệm vụ) as lists and pages read it: a projection of its instance, whose id it bears. Lateness is
 * not kept here: it is derived from the deadline in force and the accepted result.
 */
@Entity({ schema: 'dondoc', name: 'directive' })
@ForeignKey(() => SourceEntity, ['organizationId', 'sourceId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'leadId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'assigningLeaderId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'trackingOfficerId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'assignedPersonId'], ['organizationId', 'id'])
@ForeignKey(() => DirectiveEntity, ['organizationId', 'replacedById'], ['organizationId', 'id'])
@ForeignKey(() => DirectiveEntity, ['organizationId', 'parentId'], ['organizationId', 'id'])
@Index('ix_directive_parent', ['organizationId', 'parentId'], { where: 'parent_id IS NOT NULL' })
@Index('uq_directive_ordinal', ['organizationId', 'sourceId', 'ordinal'], { unique: true })
@Index('ix_directive_assigned', ['organizationId', 'assignedAt', 'id'])
@Index('ix_directive_lead', ['organizationId', 'leadId', 'assignedAt', 'id'])
@Index('ix_directive_open_deadline', ['organizationId', 'deadlineAt'], { where: 'closed_at IS NULL' })
@Index('ix_directive_due', { synchronize: false })
@Index('ix_directive_open_due', { synchronize: false })
export class DirectiveEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) sourceId!: string;
  /** Place among the directives of its source, from 1: with the source's number it is the name people use. */
  @Column('integer') ordinal!: number;
  @Column(text) text!: string;
  /** What is searched, without marks and in small letters: the database keeps it in step with `text`. */
  @Column({ type: 'text', default: '', select: false, insert: false, update: false }) plainText?: string;
  @Column(textOrNull) sectionRef!: string | null;
  /** Where the words stand in the document's text, end exclusive. */
  @Column({ type: 'integer', nullable: true }) textStart!: number | null;
  @Column({ type: 'integer', nullable: true }) textEnd!: number | null;
  @Column(id) leadId!: string;
  @Column(idList) coordinatingIds!: string[];
  @Column(idOrNull) assigningLeaderId!: string | null;
  @Column(idOrNull) trackingOfficerId!: string | null;
  @Column(textOrNull) field!: string | null;
  @Column(text) kind!: string;
  @Column(text) urgency!: string;
  @Column(instant) assignedAt!: number;
  @Column(instantOrNull) deadlineAt!: number | null;
  @Column(civilDateOrNull) deadlineDate!: string | null;
  @Column(textOrNull) deadlinePhrase!: string | null;
  @Column(instantOrNull) originalDeadlineAt!: number | null;
  @Column(instantOrNull) nearDueAt!: number | null;
  @Column(text) workState!: string;
  @Column(instantOrNull) acceptedAt!: number | null;
  @Column(instantOrNull) reportedAt!: number | null;
  @Column(idOrNull) reporterId!: string | null;
  @Column(instantOrNull) closedAt!: number | null;
  /** Revision of the instance that this row shows. */
  @Column('integer') revision!: number;
  /** Whom the head of the lead named inside the agency. */
  @Column(idOrNull) assignedPersonId!: string | null;
  /** `id@version` of the working rules it lives under; null before the instance has started. */
  @Column(textOrNull) rules!: string | null;
  /** How many extensions were granted on request. */
  @Column({ type: 'integer', default: 0 }) extensions!: number;
  @Column({ type: 'integer', default: 0 }) openChildren!: number;
  /** By what it is judged whether the report came in time. */
  @Column(instantOrNull) judgedAt!: number | null;
  @Column(instantOrNull) suspendedAt!: number | null;
  @Column(instantOrNull) proposedDeadlineAt!: number | null;
  /** The later directive in whose favour it ended. */
  @Column(idOrNull) replacedById!: string | null;
  /** The directive that it was handed on from. */
  @Column(idOrNull) parentId!: string | null;
}

/** A request for more time (đề nghị gia hạn). */
@Entity({ schema: 'dondoc', name: 'extension_request' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'requesterId'], ['organizationId', 'id'])
@Index('ix_extension_request_directive', ['organizationId', 'directiveId'])
@Index('ix_extension_request_requested', ['organizationId', 'requestedAt', 'id'])
@Index('ix_extension_request_open', { synchronize: false })
export class ExtensionRequestEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  @Column(text) state!: string;
  @Column(id) requesterId!: string;
  @Column(instant) requestedAt!: number;
  @Column(text) reason!: string;
  /** What has been done so far. */
  @Column(textOrNull) done!: string | null;
  @Column(civilDate) askedDate!: string;
  /** The deadline that was in force when it was asked for. */
  @Column(instant) deadlineAt!: number;
  @Column(text) article!: string;
  /** Audience that the rules let decide. */
  @Column(text) approver!: string;
  /** For whom it waits now. */
  @Column(idList) recipientIds!: string[];
  /** When the approver is reminded; null while it has not left the lead agency. */
  @Column(instantOrNull) decideBy!: number | null;
  @Column(instantOrNull) decidedAt!: number | null;
  @Column(idOrNull) decidedById!: string | null;
  /** The deadline that was granted. */
  @Column(instantOrNull) grantedAt!: number | null;
  @Column(textOrNull) note!: string | null;
  /** Until when the decision can be taken back. */
  @Column(instantOrNull) undoUntil!: number | null;
  @Column('integer') revision!: number;
}

/** An escalation (trình lãnh đạo) with the people who must act on it now. */
@Entity({ schema: 'dondoc', name: 'escalation' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@Index('ix_escalation_directive', ['organizationId', 'directiveId'])
@Index('ix_escalation_raised', ['organizationId', 'raisedAt', 'id'])
@Index('ix_escalation_open', { synchronize: false })
export class EscalationEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  @Column(text) rung!: string;
  @Column(textOrNull) article!: string | null;
  @Column(text) state!: string;
  /** 0 for the first level of the chain. */
  @Column('integer') level!: number;
  @Column(text) audience!: string;
  /** The leaders reached at the present level, each in person, also where a delegate stands in. */
  @Column(idList) recipientIds!: string[];
  @Column(instant) raisedAt!: number;
  @Column(instantOrNull) acknowledgeBy!: number | null;
  @Column(instantOrNull) acknowledgedAt!: number | null;
  @Column(idOrNull) acknowledgedById!: string | null;
  /** When it comes back unless decided. */
  @Column(instantOrNull) decideBy!: number | null;
  /** How often it was acknowledged and forgotten at this level. */
  @Column('integer') forgotten!: number;
  @Column(instantOrNull) decidedAt!: number | null;
  @Column(idOrNull) decidedById!: string | null;
  /** The leader in whose place it was decided; null: in their own. */
  @Column(idOrNull) decidedForId!: string | null;
  @Column(textOrNull) decision!: string | null;
  @Column(textOrNull) note!: string | null;
  /** Of the decision to convene: `{date, time, place}`. */
  @Column({ type: 'jsonb', nullable: true }) meeting!: object | null;
  /** Until when the decision can be taken back. */
  @Column(instantOrNull) undoUntil!: number | null;
  @Column('integer') revision!: number;
}

/** A result (báo cáo kết quả) that the lead handed in, on a document of its own. */
@Entity({ schema: 'dondoc', name: 'result_document' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@ForeignKey(() => StoredFileEntity, ['organizationId', 'fileId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'reporterId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'approverId'], ['organizationId', 'id'])
@Index('ix_result_document_directive', ['organizationId', 'directiveId', 'reportedAt'])
export class ResultDocumentEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  @Column(text) number!: string;
  @Column(civilDate) date!: string;
  @Column(text) summary!: string;
  @Column(idOrNull) fileId!: string | null;
  @Column(id) reporterId!: string;
  @Column(instant) reportedAt!: number;
  /** The head of the lead agency who let it go, where the rules want that. */
  @Column(idOrNull) approverId!: string | null;
  /** Its date lies further from the submission than the rules tolerate. */
  @Column({ type: 'boolean', default: false }) dateFlagged!: boolean;
}

/** A message in somebody's in-app inbox (hộp thư). */
@Entity({ schema: 'dondoc', name: 'inbox_message' })
@ForeignKey(() => PersonEntity, ['organizationId', 'recipientId'], ['organizationId', 'id'])
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@Index('ix_inbox_message_recipient', ['organizationId', 'recipientId', 'deliverAt', 'id'])
@Index('uq_inbox_message_outbox', ['organizationId', 'outboxId', 'recipientId'], { unique: true })
@Check('ck_inbox_message_read', 'read_at is null or read_at >= deliver_at')
@Index('ix_inbox_message_unread', { synchronize: false })
export class InboxMessageEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) recipientId!: string;
  /** Id of the template whose words the message has. */
  @Column(text) subject!: string;
  @Column(idOrNull) directiveId!: string | null;
  @Column(idOrNull) escalationId!: string | null;
  /** The instance whose transition sent it, and its lifecycle; null on what was kept before these were. */
  @Column(textOrNull) lifecycle!: string | null;
  @Column(idOrNull) instanceId!: string | null;
  /** Article of the working rules that it follows. */
  @Column(textOrNull) article!: string | null;
  /** What the template needs beside the directive. */
  @Column('jsonb') details!: object;
  /** Why it came to this person when they do not hold the office themselves: `{vi, en}`. */
  @Column({ type: 'jsonb', nullable: true }) reason!: object | null;
  @Column(instant) createdAt!: number;
  /** Shown from this instant on: within working hours unless urgent. */
  @Column(instant) deliverAt!: number;
  @Column(instantOrNull) readAt!: number | null;
  /** The outbox row it was made from: one message per row and person. */
  @Column(id) outboxId!: string;
}
