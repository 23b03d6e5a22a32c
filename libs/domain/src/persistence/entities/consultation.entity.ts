import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, idOrNull, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { DirectiveEntity } from './directive.entities';
import { AgencyEntity, PersonEntity } from './directory.entities';
import { StoredFileEntity } from './intake.entities';

/** An opinion (ý kiến phối hợp) that the lead asked of one coordinating agency. */
@Entity({ schema: 'dondoc', name: 'consultation' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'leadId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'askedById'], ['organizationId', 'id'])
@ForeignKey(() => StoredFileEntity, ['organizationId', 'fileId'], ['organizationId', 'id'])
@Index('ix_consultation_directive', ['organizationId', 'directiveId'])
@Index('ix_consultation_agency', ['organizationId', 'agencyId', 'askedAt', 'id'])
@Index('ix_consultation_asked', ['organizationId', 'askedAt', 'id'])
@Check('ck_consultation_state', "state in ('asked', 'late', 'answered', 'deemed-consent', 'withdrawn')")
@Index('ix_consultation_open', { synchronize: false })
export class ConsultationEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  /** Those asked together. */
  @Column(id) roundId!: string;
  /** The agency that asks. */
  @Column(id) leadId!: string;
  /** The agency that is asked. */
  @Column(id) agencyId!: string;
  @Column(id) askedById!: string;
  @Column(text) question!: string;
  @Column(text) state!: string;
  /** What silence is, by the rules it was asked under. */
  @Column(text) silence!: string;
  @Column(text) article!: string;
  @Column(instant) askedAt!: number;
  @Column(instant) replyBy!: number;
  @Column(textOrNull) position!: string | null;
  @Column(textOrNull) opinion!: string | null;
  @Column(idOrNull) fileId!: string | null;
  @Column(instantOrNull) answeredAt!: number | null;
  @Column(idOrNull) answeredById!: string | null;
  /** Answered, deemed to consent, or no longer needed. */
  @Column(instantOrNull) endedAt!: number | null;
  @Column('integer') revision!: number;
}
