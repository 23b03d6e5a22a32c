import { calendarOfAgency } from '../directory/agency-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { type ActFacts } from './act-facts';

/** As much of the facts as choosing a calendar takes. */
export type CountingFacts = Pick<ActFacts, 'calendar' | 'calendars' | 'directory' | 'now'>;

/**
 * The facts with the calendar of an agency: what is awaited of it (a deadline, a reply, an explanation) is counted in its
 * working time. The one place where the calendar of an act is chosen. Pure.
 */
export function countedFor<T extends CountingFacts>(facts: T, agency: string): T {
  const { calendars, calendar, directory, now } = facts;
  if (!calendars) return facts;
  const date = dateAt(zoneNamed(calendar.zone), now);
  return { ...facts, calendar: calendarOfAgency(calendars, directory, agency, date) };
}

/** The facts with the organization's own calendar: what is awaited of its leaders and its Office. Pure. */
export function countedForOffice<T extends Pick<ActFacts, 'calendar' | 'calendars'>>(facts: T): T {
  return facts.calendars ? { ...facts, calendar: facts.calendars.own } : facts;
}
