import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { civilDate, civilDateOrNull, id, idOrNull, instantOrNull, text, textOrNull } from '../column-kinds';
import { OrganizationEntity } from './organization.entity';

/** Checked at the commit: a tree is entered in any order. */
const afterwards = { deferrable: 'INITIALLY DEFERRED' } as const;

/** A dated node of the organization's directory; an abolished one keeps its rows and names its successor. */
@Entity({ schema: 'dondoc', name: 'agency' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
@ForeignKey(() => OrganizationEntity, ['pointsToId'], ['id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'parentId'], ['organizationId', 'id'], afterwards)
@ForeignKey(() => AgencyEntity, ['organizationId', 'successorId'], ['organizationId', 'id'], afterwards)
@Index('ix_agency_calendar', ['organizationId', 'calendarId'], { where: 'calendar_id IS NOT NULL' })
@Check('ck_agency_dates', 'valid_to is null or valid_to >= valid_from')
export class AgencyEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) name!: string;
  @Column({ type: 'text', array: true }) aliases!: string[];
  @Column(textOrNull) abbreviation!: string | null;
  @Column(idOrNull) parentId!: string | null;
  @Column(civilDate) validFrom!: string;
  /** Last day on which it exists. */
  @Column(civilDateOrNull) validTo!: string | null;
  @Column(idOrNull) successorId!: string | null;
  /** The organization that it is, where it keeps an office of its own in this installation. */
  @Column(idOrNull) pointsToId!: string | null;
  /** The calendar of the organization that it works by; null: the organization's own. */
  @Column(textOrNull) calendarId!: string | null;
  /** The Office (Văn phòng), whose head is Chánh Văn phòng. */
  @Column('boolean') isOffice!: boolean;
}

/** What an agency was called before: notices of those days say it so. Added to, never changed. */
@Entity({ schema: 'dondoc', name: 'agency_former_name' })
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@Index('ix_agency_former_name_agency', ['organizationId', 'agencyId'])
export class AgencyFormerNameEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) agencyId!: string;
  @Column(text) name!: string;
  @Column(textOrNull) abbreviation!: string | null;
  /** The last day of that name. */
  @Column(civilDate) usedUntil!: string;
}

@Entity({ schema: 'dondoc', name: 'person' })
@ForeignKey(() => OrganizationEntity, ['organizationId'], ['id'])
export class PersonEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(text) name!: string;
  @Column(textOrNull) email!: string | null;
}

/** A role that a person holds, in an agency or over the whole organization, from one day to another. */
@Entity({ schema: 'dondoc', name: 'office_held' })
@ForeignKey(() => PersonEntity, ['organizationId', 'personId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
@Index('ix_office_held_person', ['organizationId', 'personId'])
@Check(
  'ck_office_held_role',
  "role in ('clerk', 'staff', 'agency-head', 'vice-chair', 'chair', 'administrator')",
)
export class OfficeHeldEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) personId!: string;
  @Column(text) role!: string;
  @Column(idOrNull) agencyId!: string | null;
  @Column(civilDate) heldFrom!: string;
  @Column(civilDateOrNull) heldTo!: string | null;
}

/** Which leader answers for which agency or field; the most specific entry wins. */
@Entity({ schema: 'dondoc', name: 'in_charge' })
@ForeignKey(() => PersonEntity, ['organizationId', 'leaderId'], ['organizationId', 'id'])
@ForeignKey(() => AgencyEntity, ['organizationId', 'agencyId'], ['organizationId', 'id'])
export class InChargeEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) leaderId!: string;
  @Column(idOrNull) agencyId!: string | null;
  @Column(textOrNull) field!: string | null;
  @Column(civilDate) inChargeFrom!: string;
  @Column(civilDateOrNull) inChargeTo!: string | null;
}

@Entity({ schema: 'dondoc', name: 'delegation' })
@ForeignKey(() => PersonEntity, ['organizationId', 'fromPersonId'], ['organizationId', 'id'])
@ForeignKey(() => PersonEntity, ['organizationId', 'toPersonId'], ['organizationId', 'id'])
@Index('ix_delegation_to', ['organizationId', 'toPersonId', 'endsOn'])
@Check('ck_delegation_not_to_oneself', 'from_person_id <> to_person_id')
export class DelegationEntity {
  @PrimaryColumn(id) organizationId!: string;
  @PrimaryColumn(id) id!: string;
  @Column(id) fromPersonId!: string;
  @Column(id) toPersonId!: string;
  @Column(civilDate) startsOn!: string;
  @Column(civilDate) endsOn!: string;
  @Column(textOrNull) reason!: string | null;
  /** When it was ended before its time; null while it was not. */
  @Column(instantOrNull) endedAt!: number | null;
  /** Revision of the instance that this row shows; 0 for what was entered with the directory. */
  @Column({ type: 'integer', default: 0 }) revision!: number;
}
