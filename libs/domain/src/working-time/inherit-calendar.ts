import { parseCivilDate, weekdayOf } from './civil-date';
import { isRecord } from './field-reader';
import { parseWorkingCalendar, type CalendarError, type CalendarResult } from './parse-working-calendar';
import { type DatedDay, type WorkingCalendar } from './working-calendar';

/** One version of a calendar of the organization above. */
export interface CalendarReference {
  readonly id: string;
  readonly version: number;
}

function readReference(value: unknown): CalendarReference | null {
  if (!isRecord(value) || Object.keys(value).some((key) => key !== 'id' && key !== 'version')) return null;
  const { id, version } = value;
  return typeof id === 'string' && typeof version === 'number' ? { id, version } : null;
}

const refused = (code: string, vi: string, en: string): CalendarResult => ({
  ok: false,
  errors: [{ code, field: 'inherits', vi, en }],
});

/**
 * Reads a calendar that may build on one of the organization above: zone, sessions and weekly rest are the parent's unless
 * it has its own; days and noticed years are the parent's with its own beside them, and may not contradict them. Without
 * `inherits` it is read as it stands. Errors name the fields of `input`. Pure.
 */
export function readCalendar(
  input: unknown,
  find: (reference: CalendarReference) => WorkingCalendar | null,
): CalendarResult {
  if (!isRecord(input)) return parseWorkingCalendar(input);
  const { inherits: wanted, ...standing } = input;
  if (wanted === undefined || wanted === null) return parseWorkingCalendar(standing);
  const reference = readReference(wanted);
  if (!reference)
    return refused('bad-reference', 'Phải nêu id và version.', 'It has to name an id and a version.');
  const above = find(reference);
  if (!above)
    return refused(
      'unknown-parent',
      `Đơn vị cấp trên không có lịch ${reference.id}@${reference.version}.`,
      `The organization above has no calendar ${reference.id}@${reference.version}.`,
    );
  const { days = [], noticedYears = [], ...own } = standing;
  if (!Array.isArray(days) || !Array.isArray(noticedYears))
    return parseWorkingCalendar({ ...above, ...input });
  const ownYears = new Set(noticedYears.map((each: unknown) => (isRecord(each) ? each['year'] : undefined)));
  const years = above.noticedYears.filter(({ year }) => !ownYears.has(year));
  const { zone, sessions, restDays } = above;
  const inherited = above.days.filter((day) => !isWorkedAnyway(day, own['restDays'] ?? restDays));
  const result = parseWorkingCalendar({
    zone,
    sessions,
    restDays,
    ...own,
    days: [...inherited, ...(days as unknown[])],
    noticedYears: [...years, ...(noticedYears as unknown[])],
  });
  if (result.ok) return result;
  const shift = { days: inherited.length, noticedYears: years.length };
  return { ok: false, errors: result.errors.map((error) => ({ ...error, field: ownField(error, shift) })) };
}

/** A Saturday that is worked by order above is an ordinary day where Saturdays are worked. */
function isWorkedAnyway({ kind, date }: DatedDay, restDays: unknown): boolean {
  const weekday = weekdayOf(parseCivilDate(date) ?? 0);
  return kind === 'worked' && Array.isArray(restDays) && !restDays.includes(weekday);
}

/** The place in what the organization wrote, after what it inherits. */
function ownField(
  { field }: CalendarError,
  shift: { readonly days: number; readonly noticedYears: number },
): string {
  return field.replace(
    /^(days|noticedYears)\[(\d+)\]/,
    (_whole, list: 'days' | 'noticedYears', index: string) =>
      Number(index) < shift[list] ? `inherits.${list}[${index}]` : `${list}[${Number(index) - shift[list]}]`,
  );
}
