import { explainAddDuration, parseDuration } from './duration';
import { sampleCalendar } from './sample-calendar';

const at = (local: string): number => Date.parse(`${local}:00+07:00`);

describe('durations', () => {
  it.each([
    ['5wd', 5, 'working-day'],
    ['3wh', 3, 'working-hour'],
    ['2d', 2, 'calendar-day'],
    ['4H', 4, 'hour'],
    [' 90m ', 90, 'minute'],
    ['-5wd', -5, 'working-day'],
    ['0d', 0, 'calendar-day'],
  ])('reads %s', (text, amount, unit) => {
    expect(parseDuration(text)).toEqual({ ok: true, duration: { amount, unit } });
  });

  it.each([
    ['', 'duration-empty'],
    ['5', 'duration-malformed'],
    ['wd', 'duration-malformed'],
    ['1.5wd', 'duration-malformed'],
    ['5 wd 3', 'duration-malformed'],
    ['NaNwd', 'duration-malformed'],
    ['5y', 'duration-unknown-unit'],
    ['5cons', 'duration-unknown-unit'],
    ['99999999wd', 'duration-too-long'],
  ])('refuses "%s" as %s', (text, code) => {
    const result = parseDuration(text);
    expect(result.ok ? null : result.error.code).toBe(code);
  });

  it.each([
    ['5wd', '2026-11-20T09:00', '2026-11-30T17:00'],
    ['-1wd', '2026-11-25T09:00', '2026-11-23T17:00'],
    ['3wh', '2026-11-20T16:00', '2026-11-23T09:30'],
    ['2d', '2026-11-20T09:00', '2026-11-22T17:00'],
    ['4h', '2026-11-20T16:00', '2026-11-20T20:00'],
    ['90m', '2026-11-20T16:00', '2026-11-20T17:30'],
  ])('adds %s to %s', (text, from, due) => {
    const parsed = parseDuration(text);
    if (!parsed.ok) throw new Error(parsed.error.en);
    const result = explainAddDuration(sampleCalendar, at(from), parsed.duration);
    expect(result.instant).toBe(at(due));
    expect(result.steps.length).toBeGreaterThan(1);
  });

  it('rolls calendar days to a working day when asked to', () => {
    const duration = { amount: 2, unit: 'calendar-day' } as const;
    expect(
      explainAddDuration(sampleCalendar, at('2026-11-20T09:00'), duration, 'next-working-day').instant,
    ).toBe(at('2026-11-23T17:00'));
  });
});
