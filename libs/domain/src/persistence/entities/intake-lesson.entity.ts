import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, idOrNull, instant, text } from '../column-kinds';
import { AgencyEntity, PersonEntity } from './directory.entities';

/** What a clerk's correction teaches the next reading, as plain data that can be seen, edited and undone. */
@Entity({ schema: 'dondoc', name: 'intake_lesson' })
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'taughtById'], ['organizationId', 'id'])
@Index('uq_intake_lesson_shape', ['organizationId', 'kind', 'shape'], { unique: true })
@Check('ck_intake_lesson_kind', "kind in ('alias', 'not-a-directive', 'split', 'merge')")
@Check('ck_intake_lesson_alias', "(kind = 'alias') = (agency_id is not null)")
export class IntakeLessonEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) kind!: string;
  /** The words it was taught on, as the document had them. */
  @Column(text) phrase!: string;
  /** How the words compare: without case, punctuation and figures. */
  @Column(text) shape!: string;
  /** Alias: the agency that the name means. */
  @Column(idOrNull) agencyId!: string | null;
  /** Split and merge: the parts' words. */
  @Column('jsonb') parts!: string[];
  @Column('boolean') active!: boolean;
  /** 1 at first; every change adds one. */
  @Column('integer') revision!: number;
  @Column(id) taughtById!: string;
  @Column(instant) taughtAt!: number;
}
