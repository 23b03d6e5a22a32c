import { type EntityManager } from 'typeorm';
import { type OfficeCalendars } from '../directory/agency-calendar';
import { type Directory } from '../directory/directory';
import { type WorkingRules } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { readDirectory } from './read-directory';
import { BODY_HASH, storedCalendar, storedRules, type VersionMark } from './stored-versions';

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
  /** The organization's own. */
  readonly calendar: WorkingCalendar;
  readonly calendars: OfficeCalendars;
}

/** The organization's own row, with which versions are in force now. */
interface Setting extends Pick<OfficeFacts, 'name' | 'zone' | 'rulesEnforcedFrom'> {
  readonly rules: Pick<VersionMark, 'version' | 'hash'> | null;
  readonly calendar: VersionMark | null;
  /** Those that agencies were given. */
  readonly given: readonly VersionMark[];
}

/** `$2` now in milliseconds. */
const SETTING = `
  select o.name, o.zone, o.rules_enforced_from::text as "rulesEnforcedFrom",
    (select json_build_object('version', v.version, 'hash', ${BODY_HASH})
     from dondoc.working_rules v
     where v.organization_id = o.id
       and v.valid_from <= (to_timestamp($2::bigint / 1000.0) at time zone o.zone)::date
     order by v.valid_from desc, v.version desc limit 1) as rules,
    (select json_build_object('id', v.id, 'version', v.version, 'hash', ${BODY_HASH})
     from dondoc.working_calendar v
     where v.organization_id = o.id and v.id = o.calendar_id
     order by v.version desc limit 1) as calendar,
    (select coalesce(json_agg(json_build_object('id', v.id, 'version', v.version, 'hash', ${BODY_HASH}) order by v.id), '[]')
     from dondoc.working_calendar v
     where v.organization_id = o.id and v.id <> o.calendar_id
       and v.id in (select a.calendar_id from dondoc.agency a
                    where a.organization_id = o.id and a.calendar_id is not null)
       and not exists (select from dondoc.working_calendar w
                       where w.organization_id = o.id and w.id = v.id and w.version > v.version)) as given
  from dondoc.organization o where o.id = $1`;

/** What one transaction has asked for so far: each part is read at most once, and only when somebody asks. */
class OfficeReading {
  private readonly parts = new Map<string, Promise<unknown>>();

  constructor(private readonly tx: OfficeTransaction) {}

  async part(name: keyof OfficeFacts): Promise<unknown> {
    switch (name) {
      case 'directory':
        return this.once(name, () => readDirectory(this.tx.manager, this.tx.organization));
      case 'rules':
        return this.once(name, () => this.rules());
      case 'calendar':
        return this.once(name, () => this.calendar());
      case 'calendars':
        return this.once(name, () => this.calendars());
      default:
        return (await this.setting())[name];
    }
  }

  private once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const part = (this.parts.get(name) as Promise<T> | undefined) ?? read();
    this.parts.set(name, part);
    return part;
  }

  private setting(): Promise<Setting> {
    const { manager, organization, now } = this.tx;
    return this.once('setting', async () => {
      const [setting] = await manager.query<Setting[]>(SETTING, [organization, now]);
      if (!setting) throw new Error(`there is no organization ${organization}`);
      return setting;
    });
  }

  private async rules(): Promise<WorkingRules> {
    const { manager, organization } = this.tx;
    const setting = await this.setting();
    if (!setting.rules) throw new Error(`organization ${organization} has no working rules in force`);
    return enforcedIn(setting, await storedRules(manager, organization, setting.rules));
  }

  private async calendar(): Promise<WorkingCalendar> {
    const { manager, organization } = this.tx;
    const { calendar } = await this.setting();
    if (!calendar) throw new Error(`organization ${organization} has no working calendar`);
    return storedCalendar(manager, organization, calendar);
  }

  private async calendars(): Promise<OfficeCalendars> {
    const { manager, organization } = this.tx;
    const own = await this.once('calendar', () => this.calendar());
    const given: WorkingCalendar[] = [];
    for (const mark of (await this.setting()).given)
      given.push(await storedCalendar(manager, organization, mark));
    return { own, given };
  }
}

const readings = new WeakMap<EntityManager, OfficeReading>();

/** The parts that are asked for, as they are in force now; each is read at most once in a transaction. */
export async function officeFacts<P extends keyof OfficeFacts>(
  tx: OfficeTransaction,
  ...parts: readonly [P, ...P[]]
): Promise<Pick<OfficeFacts, P>> {
  const reading = readings.get(tx.manager) ?? new OfficeReading(tx);
  readings.set(tx.manager, reading);
  const found: [P, unknown][] = [];
  for (const part of parts) found.push([part, await reading.part(part)]);
  return Object.fromEntries(found) as Pick<OfficeFacts, P>;
}

/** Rules as an organization enforces them: its own first day counts for every version. */
export function enforcedIn(
  { rulesEnforcedFrom }: Pick<OfficeFacts, 'rulesEnforcedFrom'>,
  rules: WorkingRules,
): WorkingRules {
  if (rulesEnforcedFrom === null) return rules;
  return { ...rules, enforcedFrom: { ...rules.enforcedFrom, value: rulesEnforcedFrom } };
}
