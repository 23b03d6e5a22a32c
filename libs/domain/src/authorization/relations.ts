import { agencyInForce } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { leaderInCharge, officesOf, standsInFor } from '../directory/offices';
import { type CivilDate } from '../working-time/civil-date';
import { type Strength } from './abilities';
import { type DirectiveRelations } from './subjects';

/** What relations are resolved by: the directory, as it stands on a day. */
export interface DirectoryOn {
  readonly directory: Directory;
  readonly date: CivilDate;
}

/** An agency, and the one that does its work on that day where it was abolished. */
export function withSuccessor(agency: string, { directory, date }: DirectoryOn): readonly string[] {
  const successor = agencyInForce(directory, agency, date)?.id;
  return successor === undefined || successor === agency ? [agency] : [agency, successor];
}

interface Assigned {
  readonly lead: string;
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
}

export function directiveRelations(
  { lead, coordinating, assigningLeader, trackingOfficer }: Assigned,
  on: DirectoryOn,
): DirectiveRelations {
  return { leads: withSuccessor(lead, on), coordinating, assigningLeader, trackingOfficer };
}

/** The leader who is in charge of an agency's work in a field. */
export function inChargeOf(
  { lead, field }: { readonly lead: string; readonly field: string | null },
  { directory, date }: DirectoryOn,
): string | null {
  const agency = agencyInForce(directory, lead, date)?.id ?? lead;
  return leaderInCharge(directory, { agency, field }, date);
}

/**
 * The strength that somebody claims who acts in a person's place, or in their own (`onBehalfOf` absent); null when they do
 * not stand in for that person on that day.
 */
export function strengthOn(
  { id, onBehalfOf }: { readonly id: string; readonly onBehalfOf?: string },
  { directory, date }: DirectoryOn,
): Strength | null {
  if (onBehalfOf !== undefined && !standsInFor(directory, id, date).includes(onBehalfOf)) return null;
  const person = onBehalfOf ?? id;
  const offices = officesOf(directory, person, date).map(({ role, agency }) => {
    const ofOffice = directory.agencies.some(({ id, isOffice }) => id === agency && isOffice);
    return { role, agency, ofOffice };
  });
  return { onBehalfOf: onBehalfOf ?? null, person, offices };
}
