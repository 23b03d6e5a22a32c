import { refusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { existsOn } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { requireText } from '../lifecycles/act-facts';
import { AgencyEntity } from '../persistence/entities/directory.entities';
import { OrganizationEntity } from '../persistence/entities/organization.entity';
import { WorkingCalendarEntity } from '../persistence/entities/working-time.entities';
import { applyOrder, type CalendarOrder, type OrderedDays } from '../working-time/calendar-orders';
import { readCalendar, type CalendarReference } from '../working-time/inherit-calendar';
import { type CalendarError, type CalendarResult } from '../working-time/parse-working-calendar';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { calendarByAgency } from './calendar-by-agency';
import { versionsAbove } from './inherited-versions';
import { officeFacts, type OfficeTransaction } from './office-facts';
import { touchedDeadlines, type TouchedDeadline } from './touched-deadlines';

/** A version of a working calendar as people see it in a list. */
export interface CalendarView {
  readonly id: string;
  readonly version: number;
  /** Whether it is the organization's own: deadlines are counted in it where the lead was given no other. */
  readonly main: boolean;
  /** Agencies that were given it and exist today. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly inherits: CalendarReference | null;
  /** A newer version of the calendar that it inherits, which it does not have yet. */
  readonly newerAbove: number | null;
  readonly note: string | null;
  readonly putInForceBy: { readonly id: string; readonly name: string } | null;
  /** ISO 8601, UTC. */
  readonly putInForceAt: string | null;
}

export interface CalendarVersion extends CalendarView {
  readonly calendar: WorkingCalendar;
}

/** What the organization says of a calendar itself. */
interface Document extends Partial<OrderedDays> {
  readonly inherits?: CalendarReference | null;
}

const documentOf = ({ document, body }: WorkingCalendarEntity): Document => document ?? body;

const rowsOf = ({ manager, organization }: OfficeTransaction): Promise<WorkingCalendarEntity[]> =>
  manager.find(WorkingCalendarEntity, {
    where: { organizationId: organization },
    order: { id: 'ASC', version: 'DESC' },
  });

async function latest(tx: OfficeTransaction, id: string): Promise<WorkingCalendarEntity | undefined> {
  return (await rowsOf(tx)).find((row) => row.id === id);
}

const givenTo = (calendar: string, { agencies }: Directory, now: number, zone: string) => {
  const today = dateAt(zoneNamed(zone), now);
  return agencies
    .filter((agency) => agency.calendar === calendar && existsOn(agency, today))
    .map(({ id, name }) => ({ id, name }));
};

async function viewed(tx: OfficeTransaction, row: WorkingCalendarEntity): Promise<CalendarView> {
  const { calendarId, zone } = await tx.manager.findOneByOrFail(OrganizationEntity, { id: tx.organization });
  const { directory } = await officeFacts(tx, 'directory');
  const inherits = documentOf(row).inherits ?? null;
  const above = inherits ? await versionsAbove<WorkingCalendar>(tx, 'working_calendar') : [];
  const newest = Math.max(0, ...above.filter(({ id }) => id === inherits?.id).map(({ version }) => version));
  const person = directory.people.find(({ id }) => id === row.putInForceById);
  return {
    id: row.id,
    version: row.version,
    main: row.id === calendarId,
    agencies: givenTo(row.id, directory, tx.now, zone),
    inherits,
    newerAbove: inherits && newest > inherits.version ? newest : null,
    note: row.note,
    putInForceBy: person ? { id: person.id, name: person.name } : null,
    putInForceAt: row.putInForceAt === null ? null : new Date(row.putInForceAt).toISOString(),
  };
}

/** Every calendar of the organization in its newest version. */
export async function listCalendars(tx: OfficeTransaction): Promise<readonly CalendarView[]> {
  const rows = await rowsOf(tx);
  const newest = rows.filter((row, index) => rows[index - 1]?.id !== row.id);
  return Promise.all(newest.map((row) => viewed(tx, row)));
}

/** Every version of one calendar, the newest first. Refuses `not-found`. */
export async function calendarHistory(
  tx: OfficeTransaction,
  id: string,
): Promise<readonly CalendarView[] | Refusal> {
  const rows = (await rowsOf(tx)).filter((row) => row.id === id);
  return rows.length === 0 ? notFound(id) : Promise.all(rows.map((row) => viewed(tx, row)));
}

const notFound = (id: string): Refusal =>
  refusal('not-found', { vi: `Không có lịch "${id}" này.`, en: `There is no such calendar "${id}".` });

/** One version of a calendar, the newest where none is named. Refuses `not-found`. */
export async function calendarVersion(
  tx: OfficeTransaction,
  id: string,
  version?: number,
): Promise<CalendarVersion | Refusal> {
  const row = (await rowsOf(tx)).find(
    (one) => one.id === id && (version === undefined || one.version === version),
  );
  if (!row) return notFound(id);
  return { ...(await viewed(tx, row)), calendar: row.body as WorkingCalendar };
}

/** A refusal of a calendar or of an order, field by field. */
function refuseCalendar(errors: readonly CalendarError[]): Refusal {
  const [first] = errors;
  const base = refusal(
    'invalid-calendar',
    { vi: `${first?.field ?? ''}: ${first?.vi ?? ''}`, en: `${first?.field ?? ''}: ${first?.en ?? ''}` },
    first?.field ? { field: first.field } : {},
  );
  return { ...base, errors } as Refusal;
}

async function readDocument(tx: OfficeTransaction, document: object): Promise<CalendarResult> {
  const above = await versionsAbove<WorkingCalendar>(tx, 'working_calendar');
  return readCalendar(
    document,
    ({ id, version }) => above.find((one) => one.id === id && one.version === version) ?? null,
  );
}

export interface NewVersion {
  /** Why, in the words of who does it. */
  readonly note: string;
  /** The person who does it. */
  readonly by: string;
}

/** What a sound calendar may still not be in this organization. */
async function strangeness(
  { manager, organization }: OfficeTransaction,
  { id, zone }: WorkingCalendar,
): Promise<CalendarError | null> {
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(id))
    return {
      code: 'bad-id',
      field: 'id',
      vi: 'Tên lịch gồm chữ thường không dấu, số và gạch nối.',
      en: 'The name of a calendar consists of small letters, digits and hyphens.',
    };
  const office = await manager.findOneByOrFail(OrganizationEntity, { id: organization });
  if (zone === office.zone) return null;
  const isGiven = await manager.existsBy(AgencyEntity, { organizationId: organization, calendarId: id });
  if (id !== office.calendarId && !isGiven) return null;
  return {
    code: 'zone-of-organization',
    field: 'zone',
    vi: `Lịch tính hạn phải theo múi giờ của đơn vị (${office.zone}).`,
    en: `The calendar that deadlines are counted in has the zone of the organization (${office.zone}).`,
  };
}

async function keep(
  tx: PostgresTransaction,
  id: string,
  document: Document,
  { note, by }: NewVersion,
): Promise<CalendarVersion | Refusal> {
  const words = requireText(note, 'note');
  if (typeof words !== 'string') return words;
  await lockCalendars(tx);
  const version = ((await latest(tx, id))?.version ?? 0) + 1;
  const read = await readDocument(tx, { ...document, id, version });
  if (!read.ok) return refuseCalendar(read.errors);
  const strange = await strangeness(tx, read.calendar);
  if (strange) return refuseCalendar([strange]);
  await tx.manager.insert(WorkingCalendarEntity, {
    organizationId: tx.organization,
    id,
    version,
    body: read.calendar,
    document: document.inherits ? document : null,
    note: words,
    putInForceById: by,
    putInForceAt: tx.now,
  });
  return calendarVersion(tx, id, version);
}

/** Two at the same time would each count their version from the same last one. */
export const lockCalendars = (tx: PostgresTransaction) =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`working-calendar/${tx.organization}`]);

/**
 * A new version of a calendar, or the first one of a new name: hours by season, weekly rest, days. Deadlines that were set
 * keep the version they were counted with. Refuses `invalid-calendar`, `missing-text`.
 */
export function putCalendarInForce(
  tx: PostgresTransaction,
  id: string,
  document: object,
  act: NewVersion,
): Promise<CalendarVersion | Refusal> {
  return keep(tx, id, document, act);
}

export interface OrderPreview {
  readonly calendar: WorkingCalendar;
  /** Nothing of them changes by itself: who wants another deadline sets it. */
  readonly touched: readonly TouchedDeadline[];
}

interface Ordered {
  readonly document: Document;
  readonly preview: OrderPreview;
}

async function ordered(
  tx: PostgresTransaction,
  id: string,
  order: CalendarOrder,
): Promise<Ordered | Refusal> {
  const row = await latest(tx, id);
  if (!row) return notFound(id);
  const before = row.body as WorkingCalendar;
  const own = documentOf(row);
  const result = applyOrder({ days: own.days ?? [], noticedYears: own.noticedYears ?? [] }, order, {
    all: before.days,
    restDays: before.restDays,
  });
  if (!result.ok) return refuseCalendar(result.errors);
  const { days, noticedYears } = result;
  const document = { ...own, days, noticedYears };
  const read = await readDocument(tx, { ...document, id, version: row.version + 1 });
  if (!read.ok) return refuseCalendar(read.errors);
  const calendarOf = await calendarByAgency(tx);
  const touched = await touchedDeadlines(tx, {
    before,
    after: read.calendar,
    concerns: (lead) => calendarOf(lead).id === id,
  });
  return { document, preview: { calendar: read.calendar, touched } };
}

/** What a notice would make of a calendar, and which deadlines it touches. Changes nothing. */
export async function previewOrder(
  tx: PostgresTransaction,
  id: string,
  order: CalendarOrder,
): Promise<OrderPreview | Refusal> {
  const result = await ordered(tx, id, order);
  return 'preview' in result ? result.preview : result;
}

/**
 * Enters a notice as a new version of a calendar. Refuses `not-found`, `invalid-calendar` (with what contradicts what),
 * `missing-text`.
 */
export async function enterOrder(
  tx: PostgresTransaction,
  id: string,
  order: CalendarOrder,
  act: NewVersion,
): Promise<(CalendarVersion & Pick<OrderPreview, 'touched'>) | Refusal> {
  await lockCalendars(tx);
  const result = await ordered(tx, id, order);
  if (!('preview' in result)) return result;
  const kept = await keep(tx, id, result.document, act);
  return 'calendar' in kept ? { ...kept, touched: result.preview.touched } : kept;
}
