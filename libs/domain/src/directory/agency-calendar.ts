import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { agencyInForce } from './agencies';
import { type Directory } from './directory';
import { officesOf } from './offices';

/** The calendars that count in one organization, each in its newest version; all are of one time zone. */
export interface OfficeCalendars {
  /** The organization's own: in it the leaders, the Office and every agency that was given no other are counted. */
  readonly own: WorkingCalendar;
  /** Those that agencies were given: a border post, a desk that is open on Saturdays. */
  readonly given: readonly WorkingCalendar[];
}

/**
 * The calendar of an agency on a date: the one that it was given, or whoever does its work then, else the organization's
 * own. An agency does not take over the one of the agency above it: what nobody was given is read in one place. Pure.
 */
export function calendarOfAgency(
  { own, given }: OfficeCalendars,
  directory: Directory,
  agency: string,
  date: CivilDate,
): WorkingCalendar {
  if (given.length === 0) return own;
  const id = agencyInForce(directory, agency, date)?.calendar ?? null;
  return given.find((calendar) => calendar.id === id) ?? own;
}

/**
 * The calendar by whose hours a person is reached: that of the one agency, or the several of one calendar, in which the
 * person holds an office; the organization's own for leaders and whoever works by several calendars. Pure.
 */
export function calendarOfPerson(
  calendars: OfficeCalendars,
  directory: Directory,
  person: string,
  date: CivilDate,
): WorkingCalendar {
  const { own, given } = calendars;
  if (given.length === 0) return own;
  const found = officesOf(directory, person, date).map(({ agency }) =>
    agency === null ? own : calendarOfAgency(calendars, directory, agency, date),
  );
  const [first = own] = found;
  return found.every(({ id }) => id === first.id) ? first : own;
}
