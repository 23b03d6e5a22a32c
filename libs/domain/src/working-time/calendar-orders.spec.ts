import { applyOrder, type CalendarOrder } from './calendar-orders';
import { readCalendar } from './inherit-calendar';
import { sampleCalendar } from './sample-calendar';
import { type DatedDay, type WorkingCalendar } from './working-calendar';
import { addWorkingDays, dateOf, isWorkingDay } from './working-time';
import { explainAddWorkingDays } from './explained-working-time';

/** Days that the tests make up: nobody has ordered anything about 2027 here. */
const name = { vi: 'Nghỉ (ngày đặt ra để thử)', en: 'Off (made up for this test)' };
const off = (date: string, kind: DatedDay['kind'] = 'holiday', inPlaceOf?: string) => ({
  date,
  kind,
  name,
  ...(inPlaceOf !== undefined && { inPlaceOf }),
});
const notice = { number: '1/TB-THU', issuer: 'Cơ quan thử', issuedOn: '2026-11-30' };
const order = (more: Partial<CalendarOrder>): CalendarOrder => ({
  notice,
  year: 2027,
  complete: true,
  days: [],
  ...more,
});
const apply = (more: Partial<CalendarOrder>, own = sampleCalendar) =>
  applyOrder(own, order(more), { all: own.days, restDays: own.restDays });

function after(more: Partial<CalendarOrder>): WorkingCalendar {
  const result = apply(more);
  if (!result.ok) throw new Error(result.errors[0]?.en);
  const read = readCalendar(
    { ...sampleCalendar, version: 2, days: result.days, noticedYears: result.noticedYears },
    () => null,
  );
  if (!read.ok) throw new Error(read.errors[0]?.en);
  return read.calendar;
}

describe('a notice', () => {
  it('adds days off and the Saturday that pays for one, and the year needs no warning any more', () => {
    const days = [off('2027-02-08'), off('2027-02-09'), off('2027-02-05', 'make-up-off', '2027-02-20')];
    const calendar = after({ days: [...days, off('2027-02-20', 'worked', '2027-02-05')] });
    expect(['2027-02-05', '2027-02-08', '2027-02-20'].map((date) => isWorkingDay(calendar, date))).toEqual([
      false,
      false,
      true,
    ]);
    expect(dateOf(calendar, addWorkingDays(calendar, '2027-02-04', 1))).toBe('2027-02-10');
    const { steps, warnings } = explainAddWorkingDays(calendar, '2027-02-04', 1);
    expect(warnings).toEqual([]);
    expect(JSON.stringify(steps)).toContain('1/TB-THU');
    expect(isWorkingDay(sampleCalendar, '2027-02-08')).toBe(true);
  });

  it('confirms a day that only the law made a day off', () => {
    const calendar = after({ days: [off('2027-01-01')] });
    const first = calendar.days.filter(({ date }) => date === '2027-01-01');
    expect(first.map((day) => day.notice?.number)).toEqual(['1/TB-THU']);
    expect(calendar.noticedYears.find(({ year }) => year === 2027)).toMatchObject({ complete: true });
  });

  it('may take back what an earlier one ordered', () => {
    const calendar = after({ year: 2026, withdraws: ['2026-08-31', '2026-08-22'] });
    expect(isWorkingDay(calendar, '2026-08-31')).toBe(true);
    expect(isWorkingDay(calendar, '2026-08-22')).toBe(false);
  });

  it.each<[string, Partial<CalendarOrder>, string, string]>([
    [
      'works a day that another orders off',
      { year: 2026, days: [off('2026-11-24', 'worked')] },
      'contradicting-day',
      'days[0].date',
    ],
    [
      'orders a day that another has ordered',
      { year: 2026, days: [off('2026-11-24')] },
      'duplicate-day',
      'days[0].date',
    ],
    ['speaks of another year', { days: [off('2028-03-01')] }, 'day-of-another-year', 'days[0].date'],
    [
      'exchanges a weekly rest day',
      { days: [off('2027-03-06', 'make-up-off')] },
      'off-day-is-rest-day',
      'days[0].date',
    ],
    [
      'lets a Saturday be worked for nothing',
      { days: [off('2027-03-06', 'worked')] },
      'exchange-without-day-off',
      'days[0].inPlaceOf',
    ],
    [
      'lets it be worked for a day that is worked',
      { days: [off('2027-03-06', 'worked', '2027-03-08')] },
      'exchange-without-day-off',
      'days[0].inPlaceOf',
    ],
    ['takes back what nobody ordered', { withdraws: ['2027-03-08'] }, 'nothing-to-withdraw', 'withdraws[0]'],
  ])('is refused that %s', (_what, more, code, field) => {
    const result = apply(more);
    const error = result.ok ? undefined : result.errors.find((one) => one.code === code);
    expect(error).toMatchObject({ code, field });
    expect(error?.vi).not.toBe(error?.en);
  });

  it('names the other notice where two contradict', () => {
    const result = apply({ year: 2026, days: [off('2026-09-01', 'worked', '2026-08-31')] });
    expect(result.ok ? '' : result.errors[0]?.vi).toContain('9441/TB-BNV');
  });
});

describe('a calendar that inherits', () => {
  const find = ({ id, version }: { id: string; version: number }) =>
    id === 'sample' && version === 1 ? sampleCalendar : null;
  const hours = [
    { from: null, to: null, periods: [{ opens: '07:00', closes: '11:00' }], basis: 'Quyết định (thử)' },
  ];
  const below = { id: 'mot-cua', version: 1, inherits: { id: 'sample', version: 1 } };

  it('has the days of the organization above, and hours of its own', () => {
    const read = readCalendar({ ...below, sessions: hours, restDays: [7] }, find);
    if (!read.ok) throw new Error(read.errors[0]?.en);
    expect(isWorkingDay(read.calendar, '2026-11-24')).toBe(false);
    expect(isWorkingDay(read.calendar, '2026-11-21')).toBe(true);
    expect(read.calendar).toMatchObject({ id: 'mot-cua', zone: 'Asia/Ho_Chi_Minh', sessions: hours });
    expect(read.calendar).not.toHaveProperty('inherits');
  });

  it('may add days of its own, and say all of a year itself', () => {
    const festival = { ...off('2026-12-10'), notice };
    const year = { year: 2027, notices: [notice], complete: true };
    const read = readCalendar({ ...below, days: [festival], noticedYears: [year] }, find);
    expect(read.ok && isWorkingDay(read.calendar, '2026-12-10')).toBe(false);
    expect(read.ok && read.calendar.noticedYears.filter((one) => one.year === 2027)).toEqual([year]);
  });

  it.each([
    [
      'a day that it works although it is off above',
      { days: [{ ...off('2026-11-24', 'worked'), notice }] },
      'contradicting-day',
      'days[0].date',
    ],
    ['sessions that overlap', { sessions: [...hours, ...hours] }, 'overlapping-sessions', 'sessions[1]'],
    ['a parent that there is not', { inherits: { id: 'sample', version: 2 } }, 'unknown-parent', 'inherits'],
    ['a parent that is none', { inherits: 'sample' }, 'bad-reference', 'inherits'],
    ['days that are none', { days: 5 }, 'bad-list', 'days'],
    ['what nobody knows', { colour: 'red' }, 'unknown-field', 'colour'],
  ])('is refused for %s, at its own field', (_what, own, code, field) => {
    const read = readCalendar({ ...below, ...own }, find);
    expect(read.ok ? [] : read.errors.map((error) => [error.code, error.field])).toContainEqual([
      code,
      field,
    ]);
  });

  it('is read as it stands when it inherits nothing', () => {
    expect(readCalendar(JSON.parse(JSON.stringify({ ...sampleCalendar, inherits: null })), find)).toEqual({
      ok: true,
      calendar: sampleCalendar,
    });
    for (const nonsense of [null, 5, 'x', []]) expect(readCalendar(nonsense, find).ok).toBe(false);
  });
});
