import { type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { refusal } from '@dondoc/workflow';
import { type OfficeHeld, type Role } from '../directory/directory';
import {
  chargeRefusal,
  endChargeRefusal,
  endOfficeRefusal,
  officeRefusal,
  type Charge,
} from '../directory/directory-changes';
import { officeFacts } from '../organizations/office-facts';
import { addDays, type CivilDate } from '../working-time/civil-date';
import { lockDirectory, type Changed } from './lock-directory';

export interface PersonWords {
  readonly name: string;
  readonly email: string | null;
}

export async function addPerson(
  tx: PostgresTransaction,
  { name, email }: PersonWords,
): Promise<Changed | Refusal> {
  const id = newUuid();
  await tx.query('insert into dondoc.person (organization_id, id, name, email) values ($1, $2, $3, $4)', [
    tx.organization,
    id,
    name,
    email,
  ]);
  return { id };
}

/** Refuses `not-found`. */
export async function changePerson(
  tx: PostgresTransaction,
  id: string,
  { name, email }: PersonWords,
): Promise<Changed | Refusal> {
  const changed = await tx.query<{ id: string }>(
    `with changed as (
       update dondoc.person set name = $3, email = $4 where organization_id = $1 and id = $2 returning id
     ) select id from changed`,
    [tx.organization, id, name, email],
  );
  return changed.length === 0 ? notFound() : { id };
}

const unknownPerson = (field: string): Refusal =>
  refusal(
    'unknown-person',
    { vi: 'Không có người này trong danh bạ.', en: 'The directory knows nobody of this id.' },
    { field },
  );

/** Refuses `not-found` and what `officeRefusal` does. */
export async function giveOffice(tx: PostgresTransaction, wanted: OfficeHeld): Promise<Changed | Refusal> {
  await lockDirectory(tx);
  const { directory } = await officeFacts(tx, 'directory');
  if (!directory.people.some(({ id }) => id === wanted.person)) return notFound();
  const refused = officeRefusal(directory, wanted);
  if (refused) return refused;
  const id = newUuid();
  await tx.query(
    `insert into dondoc.office_held (organization_id, id, person_id, role, agency_id, held_from, held_to)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.organization, id, wanted.person, wanted.role, wanted.agency, wanted.from, wanted.to],
  );
  return { id };
}

/** Refuses `not-found` and what `endOfficeRefusal` does. */
export async function endOffice(
  tx: PostgresTransaction,
  id: string,
  lastDay: CivilDate,
): Promise<Changed | Refusal> {
  await lockDirectory(tx);
  const { directory } = await officeFacts(tx, 'directory');
  const [row] = await tx.query<{
    person: string;
    role: Role;
    agency: string | null;
    from: string;
    to: string | null;
  }>(
    `select person_id as person, role, agency_id as agency, held_from::text as "from", held_to::text as "to"
     from dondoc.office_held where organization_id = $1 and id = $2`,
    [tx.organization, id],
  );
  if (!row) return notFound();
  const refused = endOfficeRefusal(directory, row, lastDay, addDays(lastDay, 1));
  if (refused) return refused;
  await tx.query('update dondoc.office_held set held_to = $3 where organization_id = $1 and id = $2', [
    tx.organization,
    id,
    lastDay,
  ]);
  return { id };
}

/** Refuses `unknown-person` and what `chargeRefusal` does. */
export async function putInCharge(tx: PostgresTransaction, wanted: Charge): Promise<Changed | Refusal> {
  await lockDirectory(tx);
  const { directory } = await officeFacts(tx, 'directory');
  if (!directory.people.some(({ id }) => id === wanted.leader)) return unknownPerson('leader');
  const refused = chargeRefusal(directory, wanted);
  if (refused) return refused;
  const id = newUuid();
  await tx.query(
    `insert into dondoc.in_charge (organization_id, id, leader_id, agency_id, field, in_charge_from)
     values ($1, $2, $3, $4, $5, $6)`,
    [tx.organization, id, wanted.leader, wanted.agency, wanted.field, wanted.from],
  );
  return { id };
}

/** Refuses `not-found` and what `endChargeRefusal` does. */
export async function endCharge(
  tx: PostgresTransaction,
  id: string,
  lastDay: CivilDate,
): Promise<Changed | Refusal> {
  await lockDirectory(tx);
  const [row] = await tx.query<{ from: string; to: string | null }>(
    `select in_charge_from::text as "from", in_charge_to::text as "to" from dondoc.in_charge
     where organization_id = $1 and id = $2`,
    [tx.organization, id],
  );
  if (!row) return notFound();
  const refused = endChargeRefusal(row, lastDay);
  if (refused) return refused;
  await tx.query('update dondoc.in_charge set in_charge_to = $3 where organization_id = $1 and id = $2', [
    tx.organization,
    id,
    lastDay,
  ]);
  return { id };
}
