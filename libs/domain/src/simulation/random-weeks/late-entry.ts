import fc from 'fast-check';
import { type CivilDate } from '../../working-time/civil-date';
import { addDays } from '../../working-time/civil-date';
import { FIRST_DAY } from './random-week';

/** Notices of a year that an office enters on the day from which its rules are enforced. */
export interface LateEntry {
  readonly notices: readonly {
    readonly lead: string;
    readonly urgency: 'normal' | 'urgent' | 'immediate';
    readonly givenOn: CivilDate;
    readonly due: CivilDate;
  }[];
}

export const lateEntries: fc.Arbitrary<LateEntry> = fc.record({
  notices: fc.array(
    fc
      .record({
        lead: fc.constantFrom('KT', 'VHXH', 'CA', 'TYT'),
        urgency: fc.constantFrom('normal' as const, 'urgent' as const, 'immediate' as const),
        given: fc.integer({ min: 30, max: 365 }),
        within: fc.integer({ min: 0, max: 29 }),
      })
      .map(({ lead, urgency, given, within }) => ({
        lead,
        urgency,
        givenOn: addDays(FIRST_DAY, -given),
        due: addDays(FIRST_DAY, within - given),
      })),
    { minLength: 1, maxLength: 25, size: 'max' },
  ),
});
