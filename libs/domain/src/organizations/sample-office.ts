import { createHash } from 'node:crypto';
import { type DataSource, type EntityManager, type EntityTarget } from 'typeorm';
import { hashPassword } from '../accounts/password';
import { AccountEntity } from '../persistence/entities/account.entities';
import {
  AgencyEntity,
  DelegationEntity,
  InChargeEntity,
  OfficeHeldEntity,
  PersonEntity,
} from '../persistence/entities/directory.entities';
import { OrganizationEntity } from '../persistence/entities/organization.entity';
import { WorkingCalendarEntity, WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { inOrganization } from '../persistence/organization-context';
import { type Office } from '../sample/office-document';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { dayNumberOfDate } from '../working-time/civil-date';
import { zoneNamed } from '../working-time/zone';

export interface SampleLogIn {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  /** Roles with the name of the agency, for people to choose by. */
  readonly offices: { readonly role: string; readonly agency: string | null }[];
}

export interface LoadedSample {
  readonly organization: string;
  readonly name: string;
  readonly logIns: readonly SampleLogIn[];
}

const CODE = 'sample';

/** The same id for the same thing of the sample office on every machine (UUID, version 8). */
export function sampleId(kind: string, key: string): string {
  const hash = createHash('sha256').update(`${CODE}/${kind}/${key}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

export const sampleOrganization = sampleId('organization', CODE);
const agencyId = (key: string | null): string | null => (key === null ? null : sampleId('agency', key));
const personId = (key: string): string => sampleId('person', key);

/** Known to everyone who has the source: for sandboxes only. */
export const samplePassword = (login: string): string => `mau-${login}`;

/**
 * Puts the sample office into a sandbox: directory, calendar, rules and log-ins. Loading it again adds what is missing
 * and changes nothing. The first load sets the sandbox clock to where the sample begins.
 * @param owner a connection of the role that owns the tables
 */
export async function loadSampleOffice(
  owner: DataSource,
  office: Office = sampleOffice(),
): Promise<LoadedSample> {
  await inOrganization(owner, sampleOrganization, async (manager) => {
    const known = await manager.existsBy(OrganizationEntity, { id: sampleOrganization });
    await keepDirectory(manager, office);
    await keepAccounts(manager, office);
    if (!known) await setClock(manager, office.startsAt);
  });
  return { organization: sampleOrganization, name: office.name, logIns: sampleLogIns(office) };
}

/** Everybody of the sample office, with what they need to log in. */
export function sampleLogIns(office: Office = sampleOffice()): SampleLogIn[] {
  const { agencies, offices, people } = office.directory;
  const nameOf = (id: string | null) => agencies.find((agency) => agency.id === id)?.name ?? null;
  return people.map(({ id, name }) => ({
    login: id,
    password: samplePassword(id),
    name,
    offices: offices
      .filter(({ person }) => person === id)
      .map(({ role, agency }) => ({ role, agency: nameOf(agency) })),
  }));
}

async function keepDirectory(manager: EntityManager, office: Office): Promise<void> {
  const organizationId = sampleOrganization;
  const { agencies, people, offices, inCharge, delegations } = office.directory;
  const keep = async (entity: EntityTarget<object>, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0)
      await manager.createQueryBuilder().insert().into(entity).values(rows).orIgnore().execute();
  };
  await keep(OrganizationEntity, [
    {
      id: organizationId,
      code: CODE,
      name: office.name,
      zone: sampleCalendar.zone,
      rulesEnforcedFrom: null,
      calendarId: sampleCalendar.id,
    },
  ]);
  await keep(
    AgencyEntity,
    agencies.map(({ id, parent, successor, aliases, ...agency }) => ({
      ...agency,
      organizationId,
      id: agencyId(id),
      aliases: [...aliases],
      parentId: agencyId(parent),
      successorId: agencyId(successor),
    })),
  );
  await keep(
    PersonEntity,
    people.map(({ id, name, email }) => ({ organizationId, id: personId(id), name, email })),
  );
  await keep(
    OfficeHeldEntity,
    offices.map(({ person, role, agency, from, to }) => ({
      organizationId,
      id: sampleId('office-held', `${person}/${role}/${agency ?? ''}/${from}`),
      personId: personId(person),
      role,
      agencyId: agencyId(agency),
      heldFrom: from,
      heldTo: to,
    })),
  );
  await keep(
    InChargeEntity,
    inCharge.map(({ leader, agency, field, from, to }) => ({
      organizationId,
      id: sampleId('in-charge', `${leader}/${agency ?? ''}/${field ?? ''}/${from}`),
      leaderId: personId(leader),
      agencyId: agencyId(agency),
      field,
      inChargeFrom: from,
      inChargeTo: to,
    })),
  );
  await keep(
    DelegationEntity,
    delegations.map(({ from, to, start, end }) => ({
      organizationId,
      id: sampleId('delegation', `${from}/${to}/${start}`),
      fromPersonId: personId(from),
      toPersonId: personId(to),
      startsOn: start,
      endsOn: end,
    })),
  );
  const { id, version } = sampleCalendar;
  await keep(WorkingCalendarEntity, [{ organizationId, id, version, body: sampleCalendar }]);
  const rules = defaultWorkingRules();
  await keep(WorkingRulesEntity, [
    { organizationId, version: rules.version, validFrom: rules.validFrom, body: rules },
  ]);
}

async function keepAccounts(manager: EntityManager, office: Office): Promise<void> {
  const kept = await manager.findBy(AccountEntity, { organizationId: sampleOrganization });
  const missing = office.directory.people.filter(({ id }) => !kept.some(({ login }) => login === id));
  const accounts = await Promise.all(
    missing.map(async ({ id }) => ({
      organizationId: sampleOrganization,
      id: sampleId('account', id),
      login: id,
      personId: personId(id),
      passwordHash: await hashPassword(samplePassword(id)),
      sandbox: true,
    })),
  );
  if (accounts.length > 0) await manager.insert(AccountEntity, accounts);
  await manager.update(AccountEntity, { organizationId: sampleOrganization }, { sandbox: true });
}

/** Only a clock that nobody has moved yet: in a sandbox that lives on, time never goes back. */
async function setClock(manager: EntityManager, startsAt: string): Promise<void> {
  const [date = '', time = ''] = startsAt.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const instant = zoneNamed(sampleCalendar.zone).instantOf(dayNumberOfDate(date), hours * 60 + minutes);
  await manager.query(
    `update workflow.clock set "offset" = to_timestamp($1::bigint / 1000.0) - clock_timestamp()
     where "offset" = interval '0'`,
    [instant],
  );
}
