import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { id, instant, text } from '../column-kinds';
import { PersonEntity } from './directory.entities';

/** Filters of the list of directives that a person has given a name, to come back to. */
@Entity({ schema: 'dondoc', name: 'saved_view' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@Index('uq_saved_view_name', ['organizationId', 'personId', 'name'], { unique: true })
export class SavedViewEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) personId!: string;
  @Column(text) name!: string;
  /** What the list is asked with, by the name of each filter. */
  @Column('jsonb') filters!: Readonly<Record<string, string>>;
  @Column(instant) savedAt!: number;
}
