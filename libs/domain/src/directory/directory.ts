import { type CivilDate } from '../working-time/civil-date';

/** Roles an office-holder can have. Chánh Văn phòng is the `agency-head` of the agency marked `isOffice`. */
export const roles = ['clerk', 'staff', 'agency-head', 'vice-chair', 'chair', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Cơ quan: a dated node of one organization's directory. All dates are civil dates, both ends included. */
export interface Agency {
  readonly id: string;
  readonly name: string;
  /** Other names that notices use for it. */
  readonly aliases: readonly string[];
  readonly abbreviation: string | null;
  readonly parent: string | null;
  readonly validFrom: CivilDate;
  /** Last day of its existence; null while it exists. */
  readonly validTo: CivilDate | null;
  /** Who took over its work when it was abolished. */
  readonly successor: string | null;
  /** The organization that it is, where it has an office of its own here (a commune in a province's directory). */
  readonly pointsTo?: string | null;
  /** The calendar of the organization that it works by; null: the organization's own. */
  readonly calendar?: string | null;
  /** The Office (Văn phòng), whose head is the Chief of Office. */
  readonly isOffice: boolean;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly login?: string;
  readonly email: string | null;
}

/** Chức vụ: who held which role, where, from when to when (`to: null` = still). */
export interface OfficeHeld {
  readonly person: string;
  readonly role: Role;
  /** Null for the leaders and the administrator of the whole organization. */
  readonly agency: string | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** Phụ trách: which leader answers for which agency, field, or field within an agency. */
export interface InCharge {
  readonly leader: string;
  readonly agency: string | null;
  readonly field: string | null;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** Ủy quyền: what would reach `from` reaches `to` on these dates. */
export interface Delegation {
  readonly from: string;
  readonly to: string;
  readonly start: CivilDate;
  readonly end: CivilDate;
}

/** Everything dated that is known of one organization's agencies and people. */
export interface Directory {
  readonly agencies: readonly Agency[];
  readonly people: readonly Person[];
  readonly offices: readonly OfficeHeld[];
  readonly inCharge: readonly InCharge[];
  readonly delegations: readonly Delegation[];
}

export const emptyDirectory: Directory = {
  agencies: [],
  people: [],
  offices: [],
  inCharge: [],
  delegations: [],
};
