import { sampleCalendar } from './sample-calendar';
import { type WorkingCalendar } from './working-calendar';
import { addWorkingDays, addWorkingHours, nextOpening, sessionsOf, workingTimeBetween } from './working-time';
import { findZone, zoneNamed } from './zone';

const hours = (ms: number): number => ms / 3_600_000;

const nightAndDay = (zone: string): WorkingCalendar => ({
  ...sampleCalendar,
  id: zone,
  zone,
  days: [],
  restDays: [],
  sessions: [
    {
      from: null,
      to: null,
      basis: 'test',
      periods: [
        { opens: '00:00', closes: '06:00' },
        { opens: '08:00', closes: '12:00' },
      ],
    },
  ],
});

describe('zones', () => {
  it('are found by their IANA name only', () => {
    expect(findZone('Asia/Ho_Chi_Minh')?.offsetAt(0)).toBeDefined();
    for (const name of ['', 'Asia/Saigon2', '+07:00', 'Asia/../UTC', '../etc'])
      expect(findZone(name)).toBeNull();
    expect(() => zoneNamed('Mars/Olympus')).toThrow(RangeError);
  });

  it('give a wall time that the clock jumps over as the instant of the jump', () => {
    const berlin = zoneNamed('Europe/Berlin');
    const day = Date.UTC(2026, 2, 29) / 86_400_000;
    const jump = Date.parse('2026-03-29T01:00:00Z');
    expect(berlin.instantOf(day, 2 * 60)).toBe(jump);
    expect(berlin.instantOf(day, 2 * 60 + 30)).toBe(jump);
    expect(berlin.instantOf(day, 3 * 60)).toBe(jump);
    expect(berlin.instantOf(day, 3 * 60 + 1)).toBe(jump + 60_000);
  });

  it('give a wall time that comes twice as its first occurrence', () => {
    const newYork = zoneNamed('America/New_York');
    const day = Date.UTC(2026, 10, 1) / 86_400_000;
    expect(newYork.instantOf(day, 90)).toBe(Date.parse('2026-11-01T05:30:00Z'));
    expect(newYork.instantOf(day, 2 * 60)).toBe(Date.parse('2026-11-01T07:00:00Z'));
  });

  it('know a day that a country left out', () => {
    const apia = zoneNamed('Pacific/Apia');
    const last = apia.instantOf(Date.UTC(2011, 11, 29) / 86_400_000, 24 * 60);
    expect(apia.instantOf(Date.UTC(2011, 11, 30) / 86_400_000, 12 * 60)).toBe(last);
    expect(apia.instantOf(Date.UTC(2011, 11, 31) / 86_400_000, 0)).toBe(last);
    const calendar = nightAndDay('Pacific/Apia');
    expect(sessionsOf(calendar, '2011-12-30')).toEqual([]);
    expect(addWorkingDays(calendar, '2011-12-29', 1)).toBe(last);
    expect(nextOpening(calendar, last - 1)).toBe(last);
  });
});

describe.each([
  ['Europe/Berlin', '2026-03-29', 5, '2026-03-29T00:00:00+01:00', '2026-03-29T10:00:00+02:00'],
  ['Europe/Berlin', '2026-10-25', 7, '2026-10-25T00:00:00+02:00', '2026-10-25T08:00:00+01:00'],
  ['America/New_York', '2026-03-08', 5, '2026-03-08T00:00:00-05:00', '2026-03-08T10:00:00-04:00'],
  ['America/New_York', '2026-11-01', 7, '2026-11-01T00:00:00-04:00', '2026-11-01T08:00:00-05:00'],
] as const)('a day on which the clock changes in %s (%s)', (zone, date, nightHours, midnight, afterSeven) => {
  const calendar = nightAndDay(zone);

  it('has a night of as many hours as really pass', () => {
    const [night, morning] = sessionsOf(calendar, date);
    expect(hours((night?.closes ?? 0) - (night?.opens ?? 0))).toBe(nightHours);
    expect(hours((morning?.closes ?? 0) - (morning?.opens ?? 0))).toBe(4);
  });

  it('counts seven working hours by the hours that pass, there and back', () => {
    const from = Date.parse(midnight);
    const expected = nightHours === 7 ? Date.parse(afterSeven) - 2 * 3_600_000 : Date.parse(afterSeven);
    expect(new Date(addWorkingHours(calendar, from, 7)).toISOString()).toBe(new Date(expected).toISOString());
    expect(hours(workingTimeBetween(calendar, from, expected))).toBe(7);
    expect(hours(workingTimeBetween(calendar, from - 86_400_000, from))).toBe(10);
  });
});
