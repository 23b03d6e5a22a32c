import fc from 'fast-check';
import { endOfWindow, offsetFrom } from '../../working-rules/rule-instants';
import { closingTimeOf, nextOpening } from '../../working-time/working-time';
import { Fingers } from './fingers';
import { calendars } from './offices';

const HOUR = 3_600_000;
const instants = fc
  .integer({ min: Date.parse('2026-10-20T00:00:00Z'), max: Date.parse('2027-01-20T00:00:00Z') })
  .map((at) => at - (at % 60_000));
const forward = fc.record({
  amount: fc.integer({ min: 1, max: 12 }),
  unit: fc.constantFrom('wd' as const, 'wh' as const, 'h' as const),
});

describe('counting on one’s fingers', () => {
  it('comes to what working time is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...calendars), instants, forward, (calendar, at, time) => {
        const fingers = new Fingers(calendar);
        expect(fingers.opening(at)).toBe(nextOpening(calendar, at));
        expect(fingers.windowEnd(at, time)).toBe(endOfWindow(calendar, at, time));
        expect(fingers.closing(fingers.dateOf(at))).toBe(closingTimeOf(calendar, fingers.dateOf(at)));
        const back = { amount: -time.amount, unit: 'wd' as const };
        expect(fingers.offset(at, back)).toBe(offsetFrom(calendar, at, back));
        expect(fingers.workBetween(at, fingers.afterWork(at, time.amount * HOUR))).toBe(time.amount * HOUR);
      }),
      { seed: 20_261_103, numRuns: 150 },
    );
  });
});
