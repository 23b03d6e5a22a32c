import { explainAddWorkingDays } from './explained-working-time';
import { parseWorkingCalendar } from './parse-working-calendar';
import { sampleCalendar } from './sample-calendar';
import { renderSteps } from './steps';
import { type WorkingCalendar } from './working-calendar';
import {
  addWorkingDays,
  addWorkingHours,
  addWorkingTime,
  closingTimeOf,
  isOpen,
  nextOpening,
  sessionsOf,
  workingDaysBetween,
  workingTimeBetween,
} from './working-time';

const at = (local: string): number => Date.parse(`${local}:00+07:00`);
const hours = (ms: number): number => ms / 3_600_000;
const name = { vi: 'Ngày đặt ra để thử', en: 'Made up for this test' };
const notice = { number: '1/TB-THU', issuer: 'Cơ quan thử', issuedOn: null };
const basis = 'Quyết định (thử)';

function parsed(input: object): WorkingCalendar {
  const result = parseWorkingCalendar({ id: 'thu', version: 1, zone: 'Asia/Ho_Chi_Minh', ...input });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.calendar;
}

/** Three sessions a day, of which the last begins later in summer; a short Saturday all year. */
const threeSessions = parsed({
  restDays: [7],
  sessions: [
    {
      ...{ from: null, to: '2026-04-15', basis },
      periods: [
        { opens: '07:30', closes: '11:30' },
        { opens: '13:30', closes: '17:00' },
        { opens: '18:00', closes: '19:30' },
      ],
    },
    {
      ...{ from: '2026-04-16', to: '2026-10-15', basis },
      periods: [
        { opens: '07:00', closes: '11:00' },
        { opens: '14:00', closes: '17:30' },
        { opens: '19:00', closes: '20:00' },
      ],
    },
    { from: '2026-10-16', to: null, basis, periods: [{ opens: '07:30', closes: '11:30' }] },
    { from: null, to: null, days: [6], basis, periods: [{ opens: '08:00', closes: '10:00' }] },
  ],
});

describe('hours that differ by season, three sessions a day and a short Saturday', () => {
  it('end a day with the last session of its season', () => {
    expect(
      ['2026-04-15', '2026-04-16', '2026-04-18', '2026-10-16'].map((date) =>
        closingTimeOf(threeSessions, date),
      ),
    ).toEqual([
      at('2026-04-15T19:30'),
      at('2026-04-16T20:00'),
      at('2026-04-18T10:00'),
      at('2026-10-16T11:30'),
    ]);
  });

  it('count over the change of season, there and back', () => {
    const [before, after] = [at('2026-04-15T18:30'), at('2026-04-16T08:00')];
    expect(hours(workingTimeBetween(threeSessions, before, after))).toBe(2);
    expect(addWorkingHours(threeSessions, before, 2)).toBe(after);
    expect(addWorkingHours(threeSessions, after, -2)).toBe(before);
    // 1 h on the 15th, 8.5 h each on two weekdays of the new season, 2 h of a Saturday.
    expect(hours(workingTimeBetween(threeSessions, before, at('2026-04-19T12:00')))).toBe(1 + 8.5 + 8.5 + 2);
    expect(workingDaysBetween(threeSessions, before, at('2026-04-19T12:00'))).toBe(3);
  });

  it('open next at the last instant of a session, and not within it', () => {
    for (const [from, then] of [
      ['2026-04-15T11:29', '2026-04-15T11:29'],
      ['2026-04-15T11:30', '2026-04-15T13:30'],
      ['2026-04-15T17:00', '2026-04-15T18:00'],
      ['2026-04-15T19:30', '2026-04-16T07:00'],
      ['2026-04-18T10:00', '2026-04-20T07:00'],
    ] as const) {
      expect(nextOpening(threeSessions, at(from))).toBe(at(then));
      expect(isOpen(threeSessions, at(from))).toBe(from === then);
    }
  });

  it('add no time from the closing, and end at a closing rather than at the opening after it', () => {
    const closing = at('2026-04-15T19:30');
    expect(addWorkingTime(threeSessions, at('2026-04-15T18:00'), 90 * 60_000)).toBe(closing);
    expect(addWorkingTime(threeSessions, closing, 60_000)).toBe(at('2026-04-16T07:01'));
    expect(addWorkingTime(threeSessions, at('2026-04-16T07:00'), -60_000)).toBe(closing - 60_000);
  });
});

describe('days that orders cross', () => {
  const worked = (date: string, inPlaceOf: string, more = {}) => ({
    ...{ date, kind: 'worked', name, notice, inPlaceOf },
    ...more,
  });
  const off = (date: string, kind = 'holiday') => ({ date, kind, name, notice });
  const week = {
    restDays: [6, 7],
    sessions: sampleCalendar.sessions,
  };

  it('count a Saturday that is worked within a holiday of several days', () => {
    // Thursday and Friday off, the Saturday between them and a Monday off is worked for the Friday.
    const calendar = parsed({
      ...week,
      days: [
        ...['2026-03-05', '2026-03-09'].map((date) => off(date)),
        { ...off('2026-03-06', 'make-up-off'), inPlaceOf: '2026-03-07' },
        worked('2026-03-07', '2026-03-06'),
      ],
    });
    expect(addWorkingDays(calendar, '2026-03-04', 1)).toBe(at('2026-03-07T17:00'));
    expect(addWorkingDays(calendar, '2026-03-04', 2)).toBe(at('2026-03-10T17:00'));
    expect(addWorkingDays(calendar, '2026-03-10', -2)).toBe(at('2026-03-04T17:00'));
    expect(workingDaysBetween(calendar, '2026-03-04', '2026-03-10')).toBe(2);
    expect(renderSteps(explainAddWorkingDays(calendar, '2026-03-04', 2).steps, 'en')).toEqual([
      'Start at Wed 04/03/2026; that day is not counted.',
      'Thu 05/03/2026: not counted, Made up for this test (by 1/TB-THU).',
      'Fri 06/03/2026: not counted, Made up for this test (by 1/TB-THU).',
      'Sat 07/03/2026: working day 1; Made up for this test (by 1/TB-THU).',
      'Sun 08/03/2026: not counted, weekly rest.',
      'Mon 09/03/2026: not counted, Made up for this test (by 1/TB-THU).',
      'Tue 10/03/2026: working day 2.',
      'End of the last session of the day: 17:00 on Tue 10/03/2026.',
    ]);
  });

  it('subtract hours over a holiday and the worked Saturday in it, of whose morning alone is worked', () => {
    const calendar = parsed({
      ...week,
      days: [
        off('2026-03-06', 'make-up-off'),
        worked('2026-03-07', '2026-03-06', { periods: [{ opens: '08:00', closes: '10:00' }] }),
      ],
    });
    // 1 h of Monday, 2 h of Saturday, 1 h of Thursday.
    expect(addWorkingHours(calendar, at('2026-03-09T08:30'), -4)).toBe(at('2026-03-05T16:00'));
    expect(addWorkingHours(calendar, at('2026-03-05T16:00'), 4)).toBe(at('2026-03-09T08:30'));
  });

  it('give a worked Saturday the hours of the season of the day it stands in', () => {
    const calendar = parsed({
      restDays: [6, 7],
      sessions: [
        { from: null, to: '2026-04-15', basis, periods: [{ opens: '08:00', closes: '16:00' }] },
        { from: '2026-04-16', to: null, basis, periods: [{ opens: '07:00', closes: '15:00' }] },
      ],
      // The day it pays for is of the season before.
      days: [off('2026-04-15', 'make-up-off'), worked('2026-04-18', '2026-04-15')],
    });
    expect(sessionsOf(calendar, '2026-04-18')).toEqual([
      { opens: at('2026-04-18T07:00'), closes: at('2026-04-18T15:00') },
    ]);
  });

  it('bear a Saturday worked by notice where Saturdays are worked, and no other weekday', () => {
    const days = [off('2026-03-06', 'make-up-off'), worked('2026-03-07', '2026-03-06')];
    const calendar = parsed({ ...week, restDays: [7], days });
    expect(addWorkingDays(calendar, '2026-03-05', 2)).toBe(at('2026-03-09T17:00'));
    const tuesday = { ...week, restDays: [7], id: 'thu', version: 1, zone: 'Asia/Ho_Chi_Minh' };
    const refused = parseWorkingCalendar({ ...tuesday, days: [worked('2026-03-10', '2026-03-06')] });
    expect(refused.ok ? [] : refused.errors).toMatchObject([
      { code: 'worked-day-is-no-rest-day', field: 'days[0].date' },
    ]);
  });

  it('keep what was counted by a version when a later one says otherwise', () => {
    const calendar = parsed({ ...week, days: [] });
    const later = parsed({ ...week, version: 2, days: [off('2026-03-06')] });
    expect([calendar, later, calendar].map((each) => addWorkingDays(each, '2026-03-05', 1))).toEqual([
      at('2026-03-06T17:00'),
      at('2026-03-09T17:00'),
      at('2026-03-06T17:00'),
    ]);
  });
});

describe('sessions that a change of the clock falls into', () => {
  const overnight = (zone: string): WorkingCalendar =>
    parsed({
      zone,
      restDays: [],
      sessions: [{ from: null, to: null, basis, periods: [{ opens: '01:00', closes: '04:00' }] }],
    });

  it.each([
    ['Europe/Berlin', '2026-03-29', 2],
    ['Europe/Berlin', '2026-10-25', 4],
    ['America/New_York', '2026-03-08', 2],
    ['America/New_York', '2026-11-01', 4],
  ])('last as long as really passes, there and back: %s on %s', (zone, date, length) => {
    const calendar = overnight(zone);
    const [session] = sessionsOf(calendar, date);
    if (!session) throw new Error('no session');
    expect(hours(session.closes - session.opens)).toBe(length);
    expect(addWorkingHours(calendar, session.opens, length)).toBe(session.closes);
    expect(addWorkingHours(calendar, session.closes, -length)).toBe(session.opens);
    expect(addWorkingHours(calendar, session.opens, length + 3)).toBe(
      sessionsOf(calendar, dayAfter(date))[0]?.closes,
    );
    expect(isOpen(calendar, session.closes - 1)).toBe(true);
  });
});

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
