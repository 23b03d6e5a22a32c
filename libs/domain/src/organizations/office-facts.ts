import { isRefusal } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';
import { type Directory, type Role } from '../directory/directory';
import {
  AgencyEntity,
  DelegationEntity,
  InChargeEntity,
  OfficeHeldEntity,
  PersonEntity,
} from '../persistence/entities/directory.entities';
import { OrganizationEntity } from '../persistence/entities/organization.entity';
import { WorkingCalendarEntity, WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { checkWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';

/** A transaction of one organization, as much of it as reading facts needs. */
export interface OfficeTransaction {
  readonly organization: string;
  /** Business time at which the transaction began, milliseconds since the epoch. */
  readonly now: number;
  readonly manager: EntityManager;
}

/** What decides in one organization: looked up here, so that rules and machines look nothing up. */
export interface OfficeFacts {
  readonly name: string;
  readonly zone: string;
  readonly directory: Directory;
  /** The version in force, enforced from the organization's own day. */
  readonly rules: WorkingRules;
  /** First day on which any version of its rules is enforced; null: the day that each names itself. */
  readonly rulesEnforcedFrom: CivilDate | null;
  readonly calendar: WorkingCalendar;
}

const loaded = new WeakMap<EntityManager, Promise<OfficeFacts>>();

/** Directory, rules and calendar in force now; read once in a transaction. */
export function officeFacts(tx: OfficeTransaction): Promise<OfficeFacts> {
  const known = loaded.get(tx.manager);
  if (known) return known;
  const facts = load(tx);
  loaded.set(tx.manager, facts);
  return facts;
}

/** The zone alone, for what stands in the path of every transition: one row instead of the whole directory. */
export async function officeZone(tx: OfficeTransaction): Promise<string> {
  const known = loaded.get(tx.manager);
  if (known) return (await known).zone;
  const [office] = await tx.manager.query<{ zone: string }[]>(
    'select zone from dondoc.organization where id = $1',
    [tx.organization],
  );
  if (!office) throw new Error(`there is no organization ${tx.organization}`);
  return office.zone;
}

async function load({ manager, now, organization }: OfficeTransaction): Promise<OfficeFacts> {
  const office = await manager.findOneByOrFail(OrganizationEntity, { id: organization });
  const date = dateAt(zoneNamed(office.zone), now);
  const [kept] = await manager
    .createQueryBuilder(WorkingRulesEntity, 'rules')
    .where('rules.organizationId = :organization and rules.validFrom <= :date', { organization, date })
    .orderBy('rules.validFrom', 'DESC')
    .addOrderBy('rules.version', 'DESC')
    .limit(1)
    .getMany();
  if (!kept) throw new Error(`organization ${organization} has no working rules in force`);
  const rules = checkWorkingRules(kept.body);
  if (isRefusal(rules)) throw new Error(`working rules ${kept.version} of ${organization}: ${rules.en}`);
  const calendar = await manager.findOneOrFail(WorkingCalendarEntity, {
    where: { organizationId: organization, id: office.calendarId },
    order: { version: 'DESC' },
  });
  return {
    name: office.name,
    zone: office.zone,
    directory: await readDirectory(manager, organization),
    rules: enforcedIn(office, rules),
    rulesEnforcedFrom: office.rulesEnforcedFrom,
    calendar: calendar.body as WorkingCalendar,
  };
}

/** Rules as an organization enforces them: its own first day counts for every version. */
export function enforcedIn(
  { rulesEnforcedFrom }: Pick<OfficeFacts, 'rulesEnforcedFrom'>,
  rules: WorkingRules,
): WorkingRules {
  if (rulesEnforcedFrom === null) return rules;
  return { ...rules, enforcedFrom: { ...rules.enforcedFrom, value: rulesEnforcedFrom } };
}

/** Everything dated that is known of the organization, past entries included. */
export async function readDirectory(manager: EntityManager, organizationId: string): Promise<Directory> {
  const where = { organizationId };
  const order = { id: 'ASC' } as const;
  const agencies = await manager.find(AgencyEntity, { where, order });
  const people = await manager.find(PersonEntity, { where, order });
  const offices = await manager.find(OfficeHeldEntity, { where, order: { heldFrom: 'ASC', id: 'ASC' } });
  const inCharge = await manager.find(InChargeEntity, { where, order });
  const delegations = await manager.find(DelegationEntity, { where, order });
  return {
    agencies: agencies.map((agency) => ({
      id: agency.id,
      name: agency.name,
      aliases: agency.aliases,
      abbreviation: agency.abbreviation,
      parent: agency.parentId,
      validFrom: agency.validFrom,
      validTo: agency.validTo,
      successor: agency.successorId,
      isOffice: agency.isOffice,
    })),
    people: people.map(({ id, name, email }) => ({ id, name, email })),
    offices: offices.map((held) => ({
      person: held.personId,
      role: held.role as Role,
      agency: held.agencyId,
      from: held.heldFrom,
      to: held.heldTo,
    })),
    inCharge: inCharge.map((entry) => ({
      leader: entry.leaderId,
      agency: entry.agencyId,
      field: entry.field,
      from: entry.inChargeFrom,
      to: entry.inChargeTo,
    })),
    delegations: delegations
      .filter(({ endedAt }) => endedAt === null)
      .map((delegation) => ({
        from: delegation.fromPersonId,
        to: delegation.toPersonId,
        start: delegation.startsOn,
        end: delegation.endsOn,
      })),
  };
}
