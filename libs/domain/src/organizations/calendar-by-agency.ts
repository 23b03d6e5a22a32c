import { calendarOfAgency, calendarOfPerson } from '../directory/agency-calendar';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { officeFacts, type OfficeTransaction } from './office-facts';

type CalendarOf = (id: string) => WorkingCalendar;

async function chosenBy(
  tx: OfficeTransaction,
  choose: typeof calendarOfAgency | typeof calendarOfPerson,
): Promise<CalendarOf> {
  const { calendars } = await officeFacts(tx, 'calendars');
  if (calendars.given.length === 0) return () => calendars.own;
  const { directory } = await officeFacts(tx, 'directory');
  const date = dateAt(zoneNamed(calendars.own.zone), tx.now);
  return (id) => choose(calendars, directory, id, date);
}

/** The calendar of each agency today, for whatever shows many at once. */
export const calendarByAgency = (tx: OfficeTransaction): Promise<CalendarOf> =>
  chosenBy(tx, calendarOfAgency);

/** The calendar by whose hours each person is reached today. */
export const calendarByPerson = (tx: OfficeTransaction): Promise<CalendarOf> =>
  chosenBy(tx, calendarOfPerson);
