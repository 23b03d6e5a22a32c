import { type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { type Agency } from '../directory/directory';
import {
  endAgencyRefusal,
  newAgencyRefusal,
  renameRefusal,
  type AgencyNames,
} from '../directory/directory-changes';
import { pointingRefusal } from '../directory/pointing';
import { officeFacts } from '../organizations/office-facts';
import { addDays, type CivilDate } from '../working-time/civil-date';
import { dateAt, zoneNamed } from '../working-time/zone';
import { lockDirectory, type Changed } from './lock-directory';

export interface NewAgency extends AgencyNames {
  readonly parent: string | null;
  readonly validFrom: CivilDate;
}

async function readAgency(tx: PostgresTransaction, id: string) {
  await lockDirectory(tx);
  const { directory, zone } = await officeFacts(tx, 'directory', 'zone');
  const today = dateAt(zoneNamed(zone), tx.now);
  return { directory, today, agency: directory.agencies.find((one) => one.id === id) };
}

/** Refuses what `newAgencyRefusal` does. */
export async function addAgency(tx: PostgresTransaction, wanted: NewAgency): Promise<Changed | Refusal> {
  await lockDirectory(tx);
  const { directory } = await officeFacts(tx, 'directory');
  const refused = newAgencyRefusal(directory, wanted);
  if (refused) return refused;
  const id = newUuid();
  const { name, abbreviation, aliases, parent, validFrom } = wanted;
  await tx.query(
    `insert into dondoc.agency
       (organization_id, id, name, aliases, abbreviation, parent_id, valid_from, is_office)
     values ($1, $2, $3, $4, $5, $6, $7, false)`,
    [tx.organization, id, name, aliases, abbreviation, parent, validFrom],
  );
  return { id };
}

const isCalled = (agency: Agency, { name, abbreviation }: AgencyNames): boolean =>
  agency.name === name && agency.abbreviation === abbreviation;

/** From today on; by the name before it stays known to notices. Refuses `not-found` and what `renameRefusal` does. */
export async function renameAgency(
  tx: PostgresTransaction,
  id: string,
  wanted: AgencyNames,
): Promise<Changed | Refusal> {
  const { directory, today, agency } = await readAgency(tx, id);
  if (!agency) return notFound();
  const refused = renameRefusal(directory, agency, wanted, today);
  if (refused) return refused;
  const isNew = !isCalled(agency, wanted);
  const before = isNew ? [agency.name, ...(agency.abbreviation ? [agency.abbreviation] : [])] : [];
  const kept = before.filter((name) => name !== wanted.name && name !== wanted.abbreviation);
  const aliases = [...new Set([...wanted.aliases, ...kept])];
  await tx.query(
    'update dondoc.agency set name = $3, abbreviation = $4, aliases = $5 where organization_id = $1 and id = $2',
    [tx.organization, id, wanted.name, wanted.abbreviation, aliases],
  );
  if (isNew)
    await tx.query(
      `insert into dondoc.agency_former_name (organization_id, id, agency_id, name, abbreviation, used_until)
       values ($1, $2, $3, $4, $5, $6)`,
      [tx.organization, newUuid(), id, agency.name, agency.abbreviation, addDays(today, -1)],
    );
  return { id };
}

async function openDirectivesOf(tx: PostgresTransaction, agency: string): Promise<number> {
  const [open] = await tx.query<{ count: number }>(
    `select count(*)::int as count from dondoc.directive
     where organization_id = $1 and lead_id = $2 and closed_at is null`,
    [tx.organization, agency],
  );
  return open?.count ?? 0;
}

/**
 * Says which organization an agency is, so that what is handed on to it goes there; null: none, it is worked here. What has
 * gone there already stays there. Refuses `not-found` and what `pointingRefusal` does.
 */
export async function pointAgency(
  tx: PostgresTransaction,
  id: string,
  organization: string | null,
): Promise<Changed | Refusal> {
  const { directory, today, agency } = await readAgency(tx, id);
  if (!agency) return notFound();
  if (organization !== null) {
    const [around] = await tx.query<{ above: string | null; below: string[] }>(
      `select parent_id as above, array(select b.id::text from dondoc.organization b where b.parent_id = o.id) as below
       from dondoc.organization o where o.id = $1`,
      [tx.organization],
    );
    if (!around) throw new Error(`there is no organization ${tx.organization}`);
    const openDirectives = await openDirectivesOf(tx, id);
    const pointing = { ...around, self: tx.organization, openDirectives, date: today };
    const refused = pointingRefusal(directory, agency, organization, pointing);
    if (refused) return refused;
  }
  await tx.query('update dondoc.agency set points_to_id = $3 where organization_id = $1 and id = $2', [
    tx.organization,
    id,
    organization,
  ]);
  return { id };
}

/**
 * It ends with the offices that are held in it and the charges over it; its directives are its successor's to transfer.
 * Refuses `not-found` and what `endAgencyRefusal` does.
 */
export async function endAgency(
  tx: PostgresTransaction,
  id: string,
  { lastDay, successor }: { readonly lastDay: CivilDate; readonly successor: string | null },
): Promise<Changed | Refusal> {
  const { directory, agency } = await readAgency(tx, id);
  if (!agency) return notFound();
  const next = addDays(lastDay, 1);
  const ending = { lastDay, successor, next, openDirectives: await openDirectivesOf(tx, id) };
  const refused = endAgencyRefusal(directory, agency, ending);
  if (refused) return refused;
  const ended = [tx.organization, id, lastDay];
  await tx.query(
    'update dondoc.agency set valid_to = $3, successor_id = $4 where organization_id = $1 and id = $2',
    [...ended, successor],
  );
  await tx.query(
    `update dondoc.office_held set held_to = greatest(held_from, $3::date) where organization_id = $1 and agency_id = $2
       and coalesce(held_to > $3::date, true)`,
    ended,
  );
  await tx.query(
    `update dondoc.in_charge set in_charge_to = greatest(in_charge_from, $3::date)
     where organization_id = $1 and agency_id = $2 and coalesce(in_charge_to > $3::date, true)`,
    ended,
  );
  return { id };
}
