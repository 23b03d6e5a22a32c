import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { existsOn } from '../directory/agencies';
import { officesOf } from '../directory/offices';
import { type Agency, type InCharge, type OfficeHeld } from '../directory/directory';
import { dateAt, zoneNamed } from '../working-time/zone';
import { officeFacts } from './office-facts';

export interface AgencyView extends Agency {
  /** Whether directives can be given to it today. */
  readonly inForce: boolean;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** Offices held today. */
  readonly offices: readonly Omit<OfficeHeld, 'person'>[];
}

async function todayIn(tx: PostgresTransaction) {
  const { directory, zone } = await officeFacts(tx, 'directory', 'zone');
  return { directory, date: dateAt(zoneNamed(zone), tx.now) };
}

export interface OfficeView {
  readonly name: string;
  /** IANA zone in which its dates and times are meant. */
  readonly zone: string;
}

export function officeView(tx: PostgresTransaction): Promise<OfficeView> {
  return officeFacts(tx, 'name', 'zone');
}

/** Every agency, past ones included: old directives name them. */
export async function listAgencies(tx: PostgresTransaction): Promise<readonly AgencyView[]> {
  const { directory, date } = await todayIn(tx);
  return directory.agencies.map((agency) => ({ ...agency, inForce: existsOn(agency, date) }));
}

/** People with their offices of today. */
export async function listPeople(tx: PostgresTransaction): Promise<readonly PersonView[]> {
  const { directory, date } = await todayIn(tx);
  return directory.people.map(({ id, name }) => ({
    id,
    name,
    offices: officesOf(directory, id, date).map(({ role, agency, from, to }) => ({ role, agency, from, to })),
  }));
}

/** Who is in charge of what today. */
export async function listInCharge(tx: PostgresTransaction): Promise<readonly InCharge[]> {
  const { directory, date } = await todayIn(tx);
  return directory.inCharge.filter(({ from, to }) => from <= date && (to === null || date <= to));
}
