import { sampleCalendar } from '../working-time/sample-calendar';
import { clockTarget, lastSandboxYear, type ClockMove } from './clock-target';

const now = Date.parse('2026-11-02T09:00:00+07:00');
const target = (move: ClockMove, from = now) => clockTarget(move, sampleCalendar, from);

describe('where the clock of a sandbox may go', () => {
  it('goes forward by a duration or to an instant, or stays', () => {
    expect(target({ by: '1wd' })).toBe(Date.parse('2026-11-03T17:00:00+07:00'));
    expect(target({ to: now + 1 })).toBe(now + 1);
    expect(target({ by: '0m' })).toBe(now);
    const evening = Date.parse('2026-11-02T20:00:00+07:00');
    expect(target({ by: '0wd' }, evening)).toBe(evening);
  });

  it.each([
    ['a negative duration', { by: '-1d' }, 'by', 'clock-never-back'],
    ['an instant that is over', { to: now - 1 }, 'to', 'clock-never-back'],
    ['what is no duration', { by: 'NaN' }, 'by', 'duration-malformed'],
    ['an instant no calendar reaches', { to: Date.parse('9999-12-31T23:59:59Z') }, 'to', 'beyond-calendar'],
  ] as const)('refuses %s', (_title, move, field, code) => {
    expect(target(move)).toMatchObject({ code, field });
  });

  it('leaves room to count in at the far end, whatever the unit', () => {
    const late = Date.parse(`${lastSandboxYear}-12-20T09:00:00+07:00`);
    for (const by of ['12500wd', '100000wh', '18250d', '438000h', '26280000m'])
      expect([by, target({ by }, late)]).toMatchObject([by, { code: 'beyond-calendar', field: 'by' }]);
    expect(target({ by: '1wd' }, late)).toBe(Date.parse(`${lastSandboxYear}-12-21T17:00:00+07:00`));
  });
});
