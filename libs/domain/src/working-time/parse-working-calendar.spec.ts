import { CalendarRangeError } from './day-table';
import { parseWorkingCalendar } from './parse-working-calendar';
import { addWorkingDays, addWorkingTime, isWorkingDay, sessionsOf } from './working-time';

const morning = { opens: '08:00', closes: '12:00' };
const afternoon = { opens: '13:00', closes: '17:00' };
const allYear = { from: null, to: null, periods: [morning, afternoon], basis: 'Quyết định thử' };
const name = { vi: 'Ngày thử', en: 'Test day' };
const notice = { number: '01/TB-THU', issuer: 'Sở Thử', issuedOn: '2026-01-05' };
const other = { ...notice, number: '02/TB-THU' };

const valid = {
  id: 'thu',
  version: 3,
  zone: 'Asia/Ho_Chi_Minh',
  sessions: [allYear],
  restDays: [6, 7],
  days: [] as unknown[],
  noticedYears: [{ year: 2026, notices: [notice], complete: true }],
};

const errorsOf = (input: unknown): readonly (readonly [string, string])[] => {
  const result = parseWorkingCalendar(input);
  return result.ok ? [] : result.errors.map((error) => [error.code, error.field] as const);
};

const parsed = (input: unknown) => {
  const result = parseWorkingCalendar(input);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.calendar;
};

describe('a working calendar from outside', () => {
  it('is accepted with Saturday and Sunday as rest unless it says otherwise', () => {
    const { restDays: _restDays, days: _days, ...rest } = valid;
    expect(parsed(rest)).toEqual({ ...valid, restDays: [6, 7], days: [] });
  });

  it.each<[string, unknown, string, string]>([
    ['no object', 'lịch', 'not-an-object', ''],
    ['an unknown zone', { ...valid, zone: 'Asia/Nowhere' }, 'unknown-zone', 'zone'],
    ['a misspelt field', { ...valid, resDays: [7] }, 'unknown-field', 'resDays'],
    ['no version', { ...valid, version: 0 }, 'bad-number', 'version'],
    ['no sessions list', { ...valid, sessions: 'x' }, 'bad-list', 'sessions'],
    ['no session at all', { ...valid, sessions: [] }, 'no-working-time', 'sessions'],
    ['rest all week', { ...valid, restDays: [1, 2, 3, 4, 5, 6, 7] }, 'no-working-time', 'sessions'],
    ['a weekday twice', { ...valid, restDays: [6, 6] }, 'duplicate-weekday', 'restDays'],
    [
      'a bad time',
      session({ periods: [{ opens: '8:00', closes: '12:00' }] }),
      'bad-time',
      'sessions[0].periods[0].opens',
    ],
    [
      '25 hours',
      session({ periods: [{ opens: '08:00', closes: '25:00' }] }),
      'bad-time',
      'sessions[0].periods[0].closes',
    ],
    [
      'closing before opening',
      session({ periods: [{ opens: '12:00', closes: '08:00' }] }),
      'times-reversed',
      'sessions[0].periods[0].closes',
    ],
    [
      'sessions that overlap on one day',
      session({ periods: [morning, { opens: '11:30', closes: '17:00' }] }),
      'overlapping-sessions',
      'sessions[0].periods',
    ],
    [
      'seasons that overlap',
      { ...valid, sessions: [allYear, { ...allYear, from: '2026-05-01', to: '2026-09-30' }] },
      'overlapping-sessions',
      'sessions[1]',
    ],
    ['no periods', session({ periods: [] }), 'no-periods', 'sessions[0].periods'],
    ['dates reversed', session({ from: '2026-02-01', to: '2026-01-01' }), 'dates-reversed', 'sessions[0].to'],
    ['no basis of hours', session({ basis: ' ' }), 'bad-text', 'sessions[0].basis'],
    [
      'a date that is none',
      days({ date: '2026-02-30', kind: 'holiday', name, notice }),
      'bad-date',
      'days[0].date',
    ],
    [
      'an unknown kind',
      days({ date: '2026-02-20', kind: 'feast', name, notice }),
      'bad-kind',
      'days[0].kind',
    ],
    [
      'a day without basis',
      days({ date: '2026-02-20', kind: 'holiday', name }),
      'no-basis',
      'days[0].notice',
    ],
    [
      'a notice that contradicts another',
      days(
        { date: '2026-08-22', kind: 'worked', name, notice },
        { date: '2026-08-22', kind: 'make-up-off', name, notice: other },
      ),
      'contradicting-day',
      'days[1].date',
    ],
    [
      'a day listed twice',
      days(
        { date: '2026-09-02', kind: 'holiday', name, notice },
        { date: '2026-09-02', kind: 'make-up-off', name, notice: other },
      ),
      'duplicate-day',
      'days[1].date',
    ],
    [
      'an ordinary weekday ordered worked',
      days({ date: '2026-08-21', kind: 'worked', name, notice }),
      'worked-day-is-no-rest-day',
      'days[0].date',
    ],
    [
      'hours on a day off',
      days({ date: '2026-08-21', kind: 'holiday', name, notice, periods: [morning] }),
      'periods-on-day-off',
      'days[0].periods',
    ],
    [
      'a year listed twice',
      { ...valid, noticedYears: [...valid.noticedYears, ...valid.noticedYears] },
      'duplicate-year',
      'noticedYears[1].year',
    ],
  ])('is refused with code and field: %s', (_title, input, code, field) => {
    expect(errorsOf(input)).toContainEqual([code, field]);
  });

  it('names the two notices that contradict one another, in both languages', () => {
    const result = parseWorkingCalendar(
      days(
        { date: '2026-08-22', kind: 'worked', name, notice },
        { date: '2026-08-22', kind: 'holiday', name, notice: other },
      ),
    );
    const [error] = result.ok ? [] : result.errors;
    expect(error?.vi).toContain('01/TB-THU, 02/TB-THU');
    expect(error?.en).toContain('both off and worked');
  });
});

describe('hours by season and weekday', () => {
  const at = (local: string): number => Date.parse(`${local}:00+07:00`);

  it('change with the season and give a short Saturday its own hours', () => {
    const calendar = parsed({
      ...valid,
      restDays: [7],
      sessions: [
        { ...allYear, to: '2026-04-30', days: [1, 2, 3, 4, 5] },
        {
          ...allYear,
          from: '2026-05-01',
          days: [1, 2, 3, 4, 5],
          periods: [{ opens: '07:00', closes: '11:00' }],
        },
        { ...allYear, days: [6], periods: [morning] },
      ],
    });
    expect(sessionsOf(calendar, '2026-04-30')).toHaveLength(2);
    expect(sessionsOf(calendar, '2026-05-04')).toEqual([
      { opens: at('2026-05-04T07:00'), closes: at('2026-05-04T11:00') },
    ]);
    expect(sessionsOf(calendar, '2026-05-09')).toEqual([
      { opens: at('2026-05-09T08:00'), closes: at('2026-05-09T12:00') },
    ]);
    expect(addWorkingDays(calendar, '2026-05-08', 1)).toBe(at('2026-05-09T12:00'));
  });

  it('give a worked rest day its own hours, else those of the day it stands for', () => {
    const calendar = parsed(
      days(
        { date: '2026-08-22', kind: 'worked', name, notice, inPlaceOf: '2026-08-31' },
        { date: '2026-08-23', kind: 'worked', name, notice, periods: [morning] },
      ),
    );
    expect(sessionsOf(calendar, '2026-08-22')).toHaveLength(2);
    expect(sessionsOf(calendar, '2026-08-23')).toHaveLength(1);
  });

  it('leave a weekday without sessions unworked', () => {
    const calendar = parsed({ ...valid, sessions: [{ ...allYear, days: [1, 3] }] });
    expect(isWorkingDay(calendar, '2026-11-16')).toBe(true);
    expect(isWorkingDay(calendar, '2026-11-17')).toBe(false);
  });

  it('end where the calendar ends, with an error that says so', () => {
    const calendar = parsed({ ...valid, sessions: [{ ...allYear, to: '2026-12-31' }] });
    expect(addWorkingDays(calendar, '2026-12-30', 1)).toBe(at('2026-12-31T17:00'));
    expect(() => addWorkingDays(calendar, '2026-12-30', 2)).toThrow(CalendarRangeError);
    expect(() => addWorkingTime(calendar, at('2026-12-31T16:00'), 2 * 3_600_000)).toThrow(CalendarRangeError);
  });
});

function session(change: Record<string, unknown>): unknown {
  return { ...valid, sessions: [{ ...allYear, ...change }] };
}

function days(...list: readonly unknown[]): unknown {
  return { ...valid, days: list };
}
