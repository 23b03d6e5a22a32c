import { civilPartsOf, parseCivilDate, weekdayOf, type CivilDate } from './civil-date';
import { type CalendarError } from './parse-working-calendar';
import { type DatedDay, type Notice, type NoticedYear, type Weekdays } from './working-calendar';

/** What a notice orders for one year: thông báo nghỉ lễ, Tết, hoán đổi, làm bù. */
export interface CalendarOrder {
  readonly notice: Notice;
  readonly year: number;
  /** Whether everything about the year is ordered now; until then dates in it carry a warning. */
  readonly complete: boolean;
  readonly days: readonly Omit<DatedDay, 'notice'>[];
  /** Days of earlier notices that this one takes back. */
  readonly withdraws?: readonly CivilDate[];
}

/** As much of a calendar as an order changes; a calendar that inherits says only its own. */
export interface OrderedDays {
  readonly days: readonly DatedDay[];
  readonly noticedYears: readonly NoticedYear[];
}

export type OrderResult =
  ({ readonly ok: true } & OrderedDays) | { readonly ok: false; readonly errors: readonly CalendarError[] };

const fail = (code: string, field: string, vi: string, en: string): CalendarError => ({
  code,
  field,
  vi,
  en,
});

/** December before and January after belong to the exchanges around the new year. */
function isAbout(year: number, date: CivilDate): boolean {
  const parts = civilPartsOf(parseCivilDate(date) ?? 0);
  return (
    parts.year === year ||
    (parts.year === year - 1 && parts.month === 12) ||
    (parts.year === year + 1 && parts.month === 1)
  );
}

/**
 * The days of a calendar after a notice: what it takes back is gone, what it orders is there under its number. A day that
 * was known by an article only is confirmed by the notice. Refuses, field by field, what contradicts another notice or
 * itself: a day ordered twice, off and worked at once, of another year, an exchange whose other half nobody orders, a
 * day in lieu on a weekly rest day, a withdrawal of what was never ordered. Pure.
 * @param all every day that counts in the calendar, inherited ones included
 */
export function applyOrder(
  own: OrderedDays,
  order: CalendarOrder,
  { all, restDays }: { readonly all: readonly DatedDay[]; readonly restDays: Weekdays },
): OrderResult {
  const withdrawn = new Set(order.withdraws ?? []);
  const errors: CalendarError[] = [...withdrawn].flatMap((date, index) =>
    own.days.some((day) => day.date === date)
      ? []
      : [
          fail(
            'nothing-to-withdraw',
            `withdraws[${index}]`,
            `Lịch này không có ngày ${date} được quy định riêng để thu hồi.`,
            `This calendar has no order of its own about ${date} to withdraw.`,
          ),
        ],
  );
  const ordered = order.days.map((day): DatedDay => ({ ...day, notice: order.notice }));
  const stays = (day: DatedDay): boolean => !withdrawn.has(day.date) && !confirms(ordered, day);
  const known = all.filter(stays);
  ordered.forEach((day, index) => {
    errors.push(
      ...contradictionsOf(day, `days[${index}]`, {
        ...{ order, known, ordered, restDays },
        before: [...known, ...ordered.slice(0, index)],
      }),
    );
  });
  if (errors.length > 0) return { ok: false, errors };
  const days = [...own.days.filter(stays), ...ordered].sort((a, b) => a.date.localeCompare(b.date));
  return { ok: true, days, noticedYears: noticed(own.noticedYears, order) };
}

/**
 * What a notice for everybody means in a calendar of other hours: a day in lieu that is weekly rest there is no order, nor a
 * Saturday that is worked there anyway, and only what the calendar has can be taken back from it. Pure.
 */
export function orderAsItConcerns(
  order: CalendarOrder,
  { restDays, days }: { readonly restDays: Weekdays; readonly days: readonly DatedDay[] },
): CalendarOrder {
  const rests = (date: CivilDate): boolean => restDays.includes(weekdayOf(parseCivilDate(date) ?? 0));
  return {
    ...order,
    days: order.days.filter(({ date, kind }) => kind === 'holiday' || rests(date) === (kind === 'worked')),
    withdraws: (order.withdraws ?? []).filter((date) => days.some((day) => day.date === date)),
  };
}

/** A day that only an article made a day off is named again by the yearly notice. */
const confirms = (ordered: readonly DatedDay[], day: DatedDay): boolean =>
  day.notice === null && ordered.some(({ date, kind }) => date === day.date && kind === day.kind);

interface Surroundings {
  readonly order: CalendarOrder;
  readonly known: readonly DatedDay[];
  readonly ordered: readonly DatedDay[];
  /** What is known, and what the notice itself has ordered before this day. */
  readonly before: readonly DatedDay[];
  readonly restDays: Weekdays;
}

function contradictionsOf(day: DatedDay, field: string, around: Surroundings): CalendarError[] {
  const { order, known, ordered, before, restDays } = around;
  const errors: CalendarError[] = [];
  const { date, kind, inPlaceOf } = day;
  if (!isAbout(order.year, date))
    errors.push(
      fail(
        'day-of-another-year',
        `${field}.date`,
        `Ngày ${date} không thuộc năm ${order.year}.`,
        `${date} does not belong to ${order.year}.`,
      ),
    );
  const other = before.find((one) => one.date === date);
  if (other)
    errors.push(
      fail(
        (other.kind === 'worked') === (kind === 'worked') ? 'duplicate-day' : 'contradicting-day',
        `${field}.date`,
        `Ngày ${date} đã có quy định khác (${sourceOf(other)}); thông báo mới phải thu hồi ngày đó trước.`,
        `${date} is ordered otherwise already (${sourceOf(other)}); the new notice has to withdraw that first.`,
      ),
    );
  const rests = restDays.includes(weekdayOf(parseCivilDate(date) ?? 0));
  if (kind === 'make-up-off' && rests)
    errors.push(
      fail(
        'off-day-is-rest-day',
        `${field}.date`,
        `Ngày ${date} vốn là ngày nghỉ hằng tuần, không phải ngày nghỉ bù hoặc hoán đổi.`,
        `${date} is a weekly rest day already, no day in lieu and no exchange.`,
      ),
    );
  if (kind === 'worked' && !isOff(inPlaceOf, [...known, ...ordered]))
    errors.push(
      fail(
        'exchange-without-day-off',
        `${field}.inPlaceOf`,
        `Ngày làm bù ${date} phải nêu ngày nghỉ được hoán đổi, và ngày đó phải được cho nghỉ.`,
        `The worked day ${date} has to name the day off that it pays for, and that day has to be off.`,
      ),
    );
  return errors;
}

const isOff = (date: CivilDate | undefined, days: readonly DatedDay[]): boolean =>
  days.some((day) => day.date === date && day.kind !== 'worked');

const sourceOf = ({ notice, basis }: DatedDay): string => notice?.number ?? basis ?? '?';

function noticed(years: readonly NoticedYear[], { year, notice, complete }: CalendarOrder): NoticedYear[] {
  const known = years.find((one) => one.year === year);
  const others = (known?.notices ?? []).filter(({ number }) => number !== notice.number);
  const changed = { year, notices: [...others, notice], complete };
  return [...years.filter((one) => one.year !== year), changed].sort((a, b) => a.year - b.year);
}
