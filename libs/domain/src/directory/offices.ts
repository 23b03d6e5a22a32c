import { type CivilDate } from '../working-time/civil-date';
import { type Delegation, type Directory, type OfficeHeld, type Role } from './directory';

const covers = (from: CivilDate, to: CivilDate | null, date: CivilDate): boolean =>
  from <= date && (to === null || date <= to);

/** The offices a person holds on a date. */
export function officesOf(directory: Directory, person: string, date: CivilDate): readonly OfficeHeld[] {
  return directory.offices.filter((held) => held.person === person && covers(held.from, held.to, date));
}

/** Whether a person holds any office on a date: whoever holds none has left. */
export function isInOffice(directory: Directory, person: string, date: CivilDate): boolean {
  return officesOf(directory, person, date).length > 0;
}

/** Who holds a role on a date; `agency: null` asks for the role anywhere in the organization. */
export function holdersOf(
  directory: Directory,
  role: Role,
  agency: string | null,
  date: CivilDate,
): readonly OfficeHeld[] {
  return directory.offices.filter(
    (held) =>
      held.role === role && (agency === null || held.agency === agency) && covers(held.from, held.to, date),
  );
}

/** Delegations that count on a date: whoever holds no office any more stands in for nobody either. */
const delegationsOn = (directory: Directory, date: CivilDate): readonly Delegation[] =>
  directory.delegations.filter(
    ({ to, start, end }) => covers(start, end, date) && isInOffice(directory, to, date),
  );

/** Who stands in for a person on a date: the end of the line of delegations, or null when the person is there. */
export function delegateOf(directory: Directory, person: string, date: CivilDate): string | null {
  const delegations = delegationsOn(directory, date);
  const seen = new Set([person]);
  let present = person;
  for (;;) {
    const given = delegations.find((delegation) => delegation.from === present);
    if (!given || seen.has(given.to)) return present === person ? null : present;
    seen.add(given.to);
    present = given.to;
  }
}

const leading: ReadonlySet<Role> = new Set(['chair', 'vice-chair']);

/** Leaders who hold no office any more: what was put before them waits for the chair, whoever that is. */
function leftToChair(directory: Directory, person: string, date: CivilDate): readonly string[] {
  if (!holdersOf(directory, 'chair', null, date).some((held) => held.person === person)) return [];
  const former = directory.offices.filter(({ role, to }) => leading.has(role) && to !== null && to < date);
  return [...new Set(former.map((held) => held.person))].filter((one) => !isInOffice(directory, one, date));
}

/**
 * In whose place a person may act on a date, besides their own: of whoever has delegated to them and, for a chair, of leaders
 * who have left.
 */
export function standsInFor(directory: Directory, person: string, date: CivilDate): readonly string[] {
  const delegated = delegationsOn(directory, date).filter(({ to }) => to === person);
  return [...delegated.map(({ from }) => from), ...leftToChair(directory, person, date)];
}

/**
 * The leader in charge of an agency's work in a field on a date. The most specific entry wins: agency and field, then
 * agency, then field; among equals the one that began last.
 */
export function leaderInCharge(
  directory: Directory,
  matter: { readonly agency: string; readonly field: string | null },
  date: CivilDate,
): string | null {
  const weight = (agency: string | null, field: string | null) => (agency ? 2 : 0) + (field ? 1 : 0);
  const fitting = directory.inCharge
    .filter((entry) => covers(entry.from, entry.to, date))
    .filter((entry) => entry.agency !== null || entry.field !== null)
    .filter((entry) => entry.agency === null || entry.agency === matter.agency)
    .filter((entry) => entry.field === null || entry.field === matter.field)
    .sort((a, b) => weight(b.agency, b.field) - weight(a.agency, a.field) || b.from.localeCompare(a.from));
  return fitting[0]?.leader ?? null;
}

/** Whether a person answers for an agency's work on a date, as its head or on its staff. */
export function worksIn(directory: Directory, person: string, agency: string, date: CivilDate): boolean {
  return officesOf(directory, person, date).some(
    (held) => held.agency === agency && (held.role === 'agency-head' || held.role === 'staff'),
  );
}
