import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { isWorkingDay } from '../working-time/working-time';

/** A deadline of an open directive that falls on a day which another calendar makes one off, or one worked. */
export interface TouchedDeadline {
  readonly directive: string;
  readonly date: CivilDate;
  /** Whether the day is worked afterwards. */
  readonly worked: boolean;
}

interface CalendarChange {
  readonly before: WorkingCalendar;
  readonly after: WorkingCalendar;
  /** Which leads are counted by it. */
  readonly concerns: (lead: string) => boolean;
}

/** As many as are named one by one. */
const MOST_TOUCHED = 500;

/** Open directives whose deadline falls on a day that changes, the nearest first. Nothing of them moves by itself. */
export async function touchedDeadlines(
  tx: PostgresTransaction,
  { before, after, concerns }: CalendarChange,
): Promise<readonly TouchedDeadline[]> {
  const rows = await tx.query<{ id: string; lead: string; date: CivilDate }>(
    `select id, lead_id as lead, to_char((deadline_at - interval '1 ms') at time zone $2, 'YYYY-MM-DD') as date
     from dondoc.directive
     where organization_id = $1 and closed_at is null and deadline_at is not null order by deadline_at, id`,
    [tx.organization, after.zone],
  );
  return rows
    .filter(({ lead, date }) => concerns(lead) && isWorkingDay(before, date) !== isWorkingDay(after, date))
    .slice(0, MOST_TOUCHED)
    .map(({ id, date }) => ({ directive: id, date, worked: isWorkingDay(after, date) }));
}
