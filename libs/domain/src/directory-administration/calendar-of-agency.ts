import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { agencyInForce, requireAgency } from '../directory/agencies';
import { calendarOfAgency } from '../directory/agency-calendar';
import { calendarVersion, lockCalendars } from '../organizations/calendars';
import { officeFacts } from '../organizations/office-facts';
import { touchedDeadlines, type TouchedDeadline } from '../organizations/touched-deadlines';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { lockDirectory, type Changed } from './lock-directory';

/** What giving an agency a calendar touches. */
export interface CalendarOfAgencyPreview {
  /** Nothing of them changes by itself: who wants another deadline sets it. */
  readonly touched: readonly TouchedDeadline[];
}

const refused = (code: string, vi: string, en: string): Refusal =>
  refusal(code, { vi, en }, { field: 'calendar' });

async function wantedCalendar(
  tx: PostgresTransaction,
  id: string,
  own: WorkingCalendar,
): Promise<WorkingCalendar | Refusal> {
  const found = await calendarVersion(tx, id);
  if (isRefusal(found))
    return refused(
      'unknown-calendar',
      `Đơn vị không có lịch làm việc "${id}"; hãy lập lịch đó trước.`,
      `This organization keeps no working calendar "${id}": make it first.`,
    );
  const { calendar } = found;
  if (calendar.zone === own.zone) return calendar;
  return refused(
    'zone-of-organization',
    `Lịch "${id}" theo múi giờ ${calendar.zone}; lịch tính hạn phải theo múi giờ của đơn vị (${own.zone}).`,
    `The calendar "${id}" is of the zone ${calendar.zone}; deadlines are counted in the zone of the organization (${own.zone}).`,
  );
}

/**
 * What would be touched if an agency worked by another calendar; null: by the organization's own again. Changes nothing.
 * Refuses `not-found`, and with field `calendar`: `unknown-calendar`, `zone-of-organization`, `agency-not-in-force`.
 */
export async function previewCalendarOfAgency(
  tx: PostgresTransaction,
  id: string,
  wanted: string | null,
): Promise<CalendarOfAgencyPreview | Refusal> {
  const { directory, calendars } = await officeFacts(tx, 'directory', 'calendars');
  if (!directory.agencies.some((agency) => agency.id === id)) return notFound();
  const today = dateAt(zoneNamed(calendars.own.zone), tx.now);
  const agency = requireAgency(directory, id, today, 'calendar');
  if (isRefusal(agency)) return agency;
  const after = wanted === null ? calendars.own : await wantedCalendar(tx, wanted, calendars.own);
  if (isRefusal(after)) return after;
  const touched = await touchedDeadlines(tx, {
    before: calendarOfAgency(calendars, directory, id, today),
    after,
    concerns: (lead) => agencyInForce(directory, lead, today)?.id === id,
  });
  return { touched };
}

/**
 * From now on an agency works by one of the organization's calendars; null: by the organization's own. Deadlines that were
 * set stay, and what is planned for them until it is planned anew. Refuses as the preview.
 */
export async function giveCalendar(
  tx: PostgresTransaction,
  id: string,
  wanted: string | null,
): Promise<(Changed & CalendarOfAgencyPreview) | Refusal> {
  await lockDirectory(tx);
  // A version in another zone must not be put in force beside this.
  await lockCalendars(tx);
  const preview = await previewCalendarOfAgency(tx, id, wanted);
  if (isRefusal(preview)) return preview;
  await tx.query('update dondoc.agency set calendar_id = $3 where organization_id = $1 and id = $2', [
    tx.organization,
    id,
    wanted,
  ]);
  return { id, ...preview };
}
