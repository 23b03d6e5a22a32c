import { type CivilDate, parseCivilDate, type Weekday } from './civil-date';
import { type FieldReader, isRecord, readArray, reader } from './field-reader';
import { checkDays, checkSessions } from './calendar-contradictions';
import {
  type BilingualText,
  type DatedDay,
  type DatedDayKind,
  defaultRestDays,
  minutesOf,
  type Notice,
  type NoticedYear,
  type SessionRule,
  type WorkingCalendar,
  type WorkingPeriod,
} from './working-calendar';
import { findZone } from './zone';

/** What is wrong with one field of a calendar; `field` is a path such as `sessions[0].periods[1].opens`. */
export interface CalendarError extends BilingualText {
  readonly code: string;
  readonly field: string;
}

export type CalendarResult =
  | { readonly ok: true; readonly calendar: WorkingCalendar }
  | { readonly ok: false; readonly errors: readonly CalendarError[] };

const mostDays = 5_000;
const mostSessions = 500;

/**
 * Reads a working calendar from outside data and refuses, field by field, what is malformed or contradicts itself:
 * unknown zone, bad times, overlapping sessions, a day ordered both off and worked or ordered twice, no working time at all.
 * Unknown fields are refused too, so that a misspelt one is not silently without effect.
 */
export function parseWorkingCalendar(input: unknown): CalendarResult {
  const read = reader();
  if (!isRecord(input)) {
    read.fail(
      'not-an-object',
      '',
      'Lịch làm việc phải là một đối tượng.',
      'A working calendar must be an object.',
    );
    return { ok: false, errors: read.errors };
  }
  read.onlyFields(input, '', ['id', 'version', 'zone', 'sessions', 'restDays', 'days', 'noticedYears']);
  const calendar: WorkingCalendar = {
    id: read.text(input['id'], 'id'),
    version: read.wholeNumber(input['version'], 'version', 1, 1_000_000),
    zone: readZone(read, input['zone']),
    sessions: readArray(read, input['sessions'], 'sessions', mostSessions, readSession),
    restDays:
      input['restDays'] === undefined ? defaultRestDays : readWeekdays(read, input['restDays'], 'restDays'),
    days: readArray(read, input['days'] ?? [], 'days', mostDays, readDatedDay),
    noticedYears: readArray(read, input['noticedYears'] ?? [], 'noticedYears', 400, readNoticedYear),
  };
  if (read.errors.length === 0) {
    checkSessions(calendar, read);
    checkDays(calendar, read);
  }
  return read.errors.length === 0 ? { ok: true, calendar } : { ok: false, errors: read.errors };
}

function readZone(read: FieldReader, value: unknown): string {
  const zone = read.text(value, 'zone');
  if (zone !== '' && findZone(zone) === null) {
    read.fail(
      'unknown-zone',
      'zone',
      `Không có múi giờ "${zone.slice(0, 60)}".`,
      `There is no time zone "${zone.slice(0, 60)}".`,
    );
  }
  return zone;
}

function readSession(read: FieldReader, value: unknown, field: string): SessionRule {
  const record = read.record(value, field, ['from', 'to', 'days', 'periods', 'basis']);
  const days = record['days'] === undefined ? undefined : readWeekdays(read, record['days'], `${field}.days`);
  const session = {
    from: readDateOrNull(read, record['from'], `${field}.from`),
    to: readDateOrNull(read, record['to'], `${field}.to`),
    periods: readPeriods(read, record['periods'], `${field}.periods`),
    basis: read.text(record['basis'], `${field}.basis`),
  };
  if (session.from !== null && session.to !== null && session.from > session.to) {
    read.fail(
      'dates-reversed',
      `${field}.to`,
      'Ngày kết thúc trước ngày bắt đầu.',
      'The last day comes before the first.',
    );
  }
  return days === undefined ? session : { ...session, days };
}

function readPeriods(read: FieldReader, value: unknown, field: string): readonly WorkingPeriod[] {
  const periods = readArray(read, value, field, 20, readPeriod);
  if (Array.isArray(value) && value.length === 0) {
    read.fail('no-periods', field, 'Phải có ít nhất một buổi làm việc.', 'At least one session is needed.');
  }
  const sorted = [...periods].sort((a, b) => a.opens.localeCompare(b.opens));
  sorted.forEach((period, index) => {
    const next = sorted[index + 1];
    if (next !== undefined && next.opens < period.closes) {
      read.fail(
        'overlapping-sessions',
        field,
        `Buổi ${period.opens}–${period.closes} chồng lên buổi ${next.opens}–${next.closes}.`,
        `The session ${period.opens}–${period.closes} overlaps ${next.opens}–${next.closes}.`,
      );
    }
  });
  return periods;
}

function readPeriod(read: FieldReader, value: unknown, field: string): WorkingPeriod {
  const record = read.record(value, field, ['opens', 'closes']);
  const opens = readClock(read, record['opens'], `${field}.opens`);
  const closes = readClock(read, record['closes'], `${field}.closes`);
  if ((minutesOf(opens) ?? 0) >= (minutesOf(closes) ?? Infinity)) {
    read.fail(
      'times-reversed',
      `${field}.closes`,
      `Giờ đóng cửa ${closes} không sau giờ mở cửa ${opens}.`,
      `It closes at ${closes}, not after it opens at ${opens}.`,
    );
  }
  return { opens, closes };
}

function readClock(read: FieldReader, value: unknown, field: string): string {
  if (typeof value === 'string' && minutesOf(value) !== null) return value;
  read.fail(
    'bad-time',
    field,
    'Giờ phải có dạng HH:MM, từ 00:00 đến 24:00.',
    'A time must be HH:MM, 00:00 to 24:00.',
  );
  return '';
}

function readDate(read: FieldReader, value: unknown, field: string): CivilDate {
  if (typeof value === 'string' && parseCivilDate(value) !== null) return value;
  read.fail(
    'bad-date',
    field,
    'Ngày phải có thật, dạng YYYY-MM-DD.',
    'A date must be a real one, YYYY-MM-DD.',
  );
  return '1970-01-01';
}

function readDateOrNull(read: FieldReader, value: unknown, field: string): CivilDate | null {
  return value === null || value === undefined ? null : readDate(read, value, field);
}

function readWeekdays(read: FieldReader, value: unknown, field: string): readonly Weekday[] {
  const days = readArray(read, value, field, 7, (_, each, at) => read.wholeNumber(each, at, 1, 7) as Weekday);
  if (new Set(days).size !== days.length) {
    read.fail('duplicate-weekday', field, 'Một thứ được nêu hai lần.', 'A weekday is named twice.');
  }
  return days;
}

const kinds: readonly DatedDayKind[] = ['holiday', 'make-up-off', 'worked'];

function readDatedDay(read: FieldReader, value: unknown, field: string): DatedDay {
  const record = read.record(value, field, [
    'date',
    'kind',
    'name',
    'notice',
    'basis',
    'inPlaceOf',
    'periods',
  ]);
  const kind = kinds.find((each) => each === record['kind']);
  if (kind === undefined) {
    read.fail(
      'bad-kind',
      `${field}.kind`,
      'Loại ngày phải là holiday (nghỉ lễ), make-up-off (nghỉ bù, hoán đổi) hoặc worked (làm bù).',
      'The kind must be holiday, make-up-off or worked.',
    );
  }
  const name = read.record(record['name'], `${field}.name`, ['vi', 'en']);
  const day: DatedDay = {
    date: readDate(read, record['date'], `${field}.date`),
    kind: kind ?? 'holiday',
    name: { vi: read.text(name['vi'], `${field}.name.vi`), en: read.text(name['en'], `${field}.name.en`) },
    notice: record['notice'] == null ? null : readNotice(read, record['notice'], `${field}.notice`),
    ...(record['basis'] === undefined ? {} : { basis: read.text(record['basis'], `${field}.basis`) }),
    ...(record['inPlaceOf'] === undefined
      ? {}
      : { inPlaceOf: readDate(read, record['inPlaceOf'], `${field}.inPlaceOf`) }),
    ...(record['periods'] === undefined
      ? {}
      : { periods: readPeriods(read, record['periods'], `${field}.periods`) }),
  };
  if (day.notice === null && day.basis === undefined) {
    read.fail(
      'no-basis',
      `${field}.notice`,
      'Phải nêu thông báo hoặc căn cứ của ngày này.',
      'The notice or legal basis of this day must be named.',
    );
  }
  if (day.periods !== undefined && day.kind !== 'worked') {
    read.fail(
      'periods-on-day-off',
      `${field}.periods`,
      'Ngày nghỉ không có giờ làm việc.',
      'A day off has no sessions.',
    );
  }
  return day;
}

function readNotice(read: FieldReader, value: unknown, field: string): Notice {
  const record = read.record(value, field, ['number', 'issuer', 'issuedOn']);
  return {
    number: read.text(record['number'], `${field}.number`),
    issuer: read.text(record['issuer'], `${field}.issuer`),
    issuedOn: readDateOrNull(read, record['issuedOn'], `${field}.issuedOn`),
  };
}

function readNoticedYear(read: FieldReader, value: unknown, field: string): NoticedYear {
  const record = read.record(value, field, ['year', 'notices', 'complete']);
  return {
    year: read.wholeNumber(record['year'], `${field}.year`, 1900, 2199),
    notices: readArray(read, record['notices'], `${field}.notices`, 50, readNotice),
    complete: read.flag(record['complete'], `${field}.complete`),
  };
}
