import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, idOrNull, instant, instantOrNull, text, textOrNull } from '../column-kinds';
import { DirectiveEntity } from './directive.entities';
import { AgencyEntity, PersonEntity } from './directory.entities';
import { StoredFileEntity } from './intake.entities';

/** An explanation (giải trình) that a leader demanded of an agency's head; each round of asking is in its history. */
@Entity({ schema: 'dondoc', name: 'explanation' })
@ForeignKey(() => DirectiveEntity, ['organizationId', 'directiveId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'demandedById'], ['organizationId', 'id'])
@ForeignKey(() => StoredFileEntity, ['organizationId', 'fileId'], ['organizationId', 'id'])
@Index('ix_explanation_directive', ['organizationId', 'directiveId'])
@Index('ix_explanation_demanded', ['organizationId', 'demandedAt', 'id'])
@Check('ck_explanation_state', "state in ('demanded', 'submitted', 'accepted', 'withdrawn')")
@Index('ix_explanation_open', { synchronize: false })
export class ExplanationEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) directiveId!: string;
  /** The escalation it was decided on; null when it was demanded without one. */
  @Column(idOrNull) escalationId!: string | null;
  @Column(id) agencyId!: string;
  @Column(id) demandedById!: string;
  /** What was asked last. */
  @Column(text) question!: string;
  @Column(text) state!: string;
  /** Rounds of asking, from 1. */
  @Column('integer') round!: number;
  /** Article that states the time; null when the leader named the day. */
  @Column(textOrNull) article!: string | null;
  @Column(instant) demandedAt!: number;
  @Column(instant) dueAt!: number;
  /** What was submitted last. */
  @Column(textOrNull) text!: string | null;
  @Column(idOrNull) fileId!: string | null;
  @Column(instantOrNull) submittedAt!: number | null;
  @Column(idOrNull) submittedById!: string | null;
  @Column(instantOrNull) judgedAt!: number | null;
  @Column(idOrNull) judgedById!: string | null;
  @Column(textOrNull) note!: string | null;
  @Column('integer') revision!: number;
}
