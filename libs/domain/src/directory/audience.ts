import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type CivilDate } from '../working-time/civil-date';
import { dateAt, zoneNamed } from '../working-time/zone';
import { agencyInForce } from './agencies';
import { type Directory, type Role } from './directory';
import { delegateOf, holdersOf, leaderInCharge, officesOf } from './offices';

/** To whom a message goes, by role or relation; names are looked up when it is delivered. */
export const audiences = [
  'assigned-person',
  'lead-staff',
  'lead-head',
  'coordinating-staff',
  'coordinating-head',
  'tracking-officer',
  'chief-of-office',
  'leader-in-charge',
  'assigning-leader',
  'chair',
  'administrator',
] as const;
export type Audience = (typeof audiences)[number];

/** Of one directive: whom its relations point at. Ids of agencies and people. */
export interface AudienceFacts {
  readonly lead: string;
  /** Those that are meant where coordinating agencies are: all of them, or the one that was asked. */
  readonly coordinating: readonly string[];
  /** Whom the head of the lead named inside the agency; nobody yet: all of its staff. */
  readonly assignedPerson: string | null;
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
  readonly field: string | null;
}

export interface Recipient {
  readonly person: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly via: 'holder' | 'delegate' | 'one-level-up' | 'administrator';
  /** Whose place this person takes; null for everybody in their own. */
  readonly insteadOf: string | null;
  /** Why it reached this person in another's place; null for the holder. */
  readonly reason: Bilingual | null;
}

const levelUp: Readonly<Record<Audience, Audience | null>> = {
  'assigned-person': 'lead-staff',
  'lead-staff': 'lead-head',
  'lead-head': 'leader-in-charge',
  'coordinating-staff': 'coordinating-head',
  'coordinating-head': 'leader-in-charge',
  'tracking-officer': 'chief-of-office',
  'chief-of-office': 'chair',
  'leader-in-charge': 'chair',
  'assigning-leader': 'leader-in-charge',
  chair: null,
  administrator: null,
};

export const audienceWords: Readonly<Record<Audience, Bilingual>> = {
  'assigned-person': { vi: 'người được phân công', en: 'the person named to do it' },
  'lead-staff': { vi: 'chuyên viên cơ quan chủ trì', en: "the lead agency's staff" },
  'lead-head': { vi: 'thủ trưởng cơ quan chủ trì', en: 'the head of the lead agency' },
  'coordinating-staff': { vi: 'chuyên viên cơ quan phối hợp', en: "the coordinating agency's staff" },
  'coordinating-head': { vi: 'thủ trưởng cơ quan phối hợp', en: 'the head of the coordinating agency' },
  'tracking-officer': { vi: 'chuyên viên theo dõi', en: 'the tracking officer' },
  'chief-of-office': { vi: 'Chánh Văn phòng', en: 'the Chief of Office' },
  'leader-in-charge': { vi: 'lãnh đạo phụ trách', en: 'the leader in charge' },
  'assigning-leader': { vi: 'lãnh đạo giao nhiệm vụ', en: 'the assigning leader' },
  chair: { vi: 'Chủ tịch', en: 'the chair' },
  administrator: { vi: 'quản trị viên', en: 'the administrator' },
};

type Holder = Pick<Recipient, 'person' | 'role' | 'agency'>;

function inOffice(directory: Directory, person: string | null, date: CivilDate): Holder[] {
  const held = person === null ? undefined : officesOf(directory, person, date)[0];
  return held ? [{ person: held.person, role: held.role, agency: held.agency }] : [];
}

function holders(
  directory: Directory,
  audience: Audience,
  facts: AudienceFacts,
  date: CivilDate,
): readonly Holder[] {
  const lead = agencyInForce(directory, facts.lead, date);
  switch (audience) {
    case 'assigned-person': {
      if (facts.assignedPerson === null) return holders(directory, 'lead-staff', facts, date);
      const named = officesOf(directory, facts.assignedPerson, date);
      return named.filter(({ agency }) => agency === lead?.id).slice(0, 1);
    }
    case 'lead-staff':
    case 'coordinating-staff':
      return lead ? holdersOf(directory, 'staff', lead.id, date) : [];
    case 'lead-head':
    case 'coordinating-head':
      return lead ? holdersOf(directory, 'agency-head', lead.id, date) : [];
    case 'tracking-officer':
      return inOffice(directory, facts.trackingOfficer, date);
    case 'chief-of-office':
      return directory.agencies
        .filter((agency) => agency.isOffice)
        .flatMap((office) => holdersOf(directory, 'agency-head', office.id, date));
    case 'leader-in-charge': {
      const matter = { agency: lead?.id ?? facts.lead, field: facts.field };
      return inOffice(directory, leaderInCharge(directory, matter, date), date);
    }
    case 'assigning-leader':
      return inOffice(directory, facts.assigningLeader, date);
    default:
      return holdersOf(directory, audience, null, date);
  }
}

/** Each holder, or who stands in for them on that date. */
function present(directory: Directory, found: readonly Holder[], date: CivilDate): Recipient[] {
  return found.map(({ person, role, agency }) => {
    const delegate = delegateOf(directory, person, date);
    if (delegate === null) return { person, role, agency, via: 'holder', insteadOf: null, reason: null };
    const name = directory.people.find((known) => known.id === person)?.name ?? person;
    return {
      person: delegate,
      role,
      agency,
      via: 'delegate',
      insteadOf: person,
      reason: { vi: `Nhận thay ${name} theo ủy quyền`, en: `In place of ${name}, by delegation` },
    };
  });
}

/**
 * Those who were found earlier, as they are present on a later date: who has delegated meanwhile is represented, who is back
 * takes their own place again. Why a level above was reached stays.
 */
export function presentOn(
  directory: Directory,
  found: readonly Recipient[],
  date: CivilDate,
): readonly Recipient[] {
  return found.flatMap(({ person, insteadOf, role, agency, via, reason }) => {
    const now = present(directory, [{ person: insteadOf ?? person, role, agency }], date);
    return via === 'one-level-up' || via === 'administrator'
      ? now.map((one) => ({ ...one, via, reason }))
      : now;
  });
}

const ofCoordinating: ReadonlySet<Audience> = new Set(['coordinating-staff', 'coordinating-head']);

/** The matter as it stands for each agency that is meant: coordinating agencies are reached one by one. */
function matters(audience: Audience, facts: AudienceFacts): readonly AudienceFacts[] {
  return ofCoordinating.has(audience) ? facts.coordinating.map((lead) => ({ ...facts, lead })) : [facts];
}

/**
 * Who receives what is meant for an audience at an instant. When nobody holds the role it goes up level by level to the
 * first who does, and to the administrators as well, each with the reason: nobody home is never silence.
 * Empty only when the organization has neither, or when coordinating agencies are meant and there are none.
 */
export function resolveAudience(
  directory: Directory,
  audience: Audience,
  facts: AudienceFacts,
  at: Instant,
  zone: string,
): readonly Recipient[] {
  const date = dateAt(zoneNamed(zone), at);
  return matters(audience, facts).flatMap((matter) => recipients(directory, audience, matter, date));
}

function recipients(
  directory: Directory,
  audience: Audience,
  facts: AudienceFacts,
  date: CivilDate,
): readonly Recipient[] {
  const meant = present(directory, holders(directory, audience, facts, date), date);
  if (meant.length > 0) return meant;
  const words = audienceWords[audience];
  const reason = { vi: `Chưa có ai giữ vai trò ${words.vi}`, en: `Nobody holds the role of ${words.en}` };
  let above: Recipient[] = [];
  for (let up = levelUp[audience]; up !== null && above.length === 0; up = levelUp[up])
    above = present(directory, holders(directory, up, facts, date), date);
  const administrators =
    audience === 'administrator'
      ? []
      : present(directory, holders(directory, 'administrator', facts, date), date);
  return [
    ...above.map((recipient) => ({ ...recipient, via: 'one-level-up' as const, reason })),
    ...administrators.map((recipient) => ({ ...recipient, via: 'administrator' as const, reason })),
  ];
}

/** `resolveAudience` for several audiences: each person once, under the first audience that reaches them. */
export function resolveAudiences(
  directory: Directory,
  to: readonly Audience[],
  facts: AudienceFacts,
  at: Instant,
  zone: string,
): readonly Recipient[] {
  const found = to.flatMap((audience) => resolveAudience(directory, audience, facts, at, zone));
  const once = new Map<string, Recipient>();
  for (const recipient of found) if (!once.has(recipient.person)) once.set(recipient.person, recipient);
  return [...once.values()];
}
