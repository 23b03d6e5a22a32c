import fc from 'fast-check';
import { type WorkingRules } from '../../working-rules/working-rules';
import { type CivilDate } from '../../working-time/civil-date';
import { defaultWorkingRules } from '../../sample/sample-files';
import { addDays } from '../../working-time/civil-date';

/** The day on which every random week begins, at 08:00. */
export const FIRST_DAY = '2026-11-02';

/** One moment at which somebody does something. What it is, is chosen among what the office then has to do. */
export interface Moment {
  /** Since the moment before, or since the beginning. */
  readonly hours: number;
  /** Chooses what is done, and with which words and days. */
  readonly choice: number;
  /** Days from then to the date that the act names, if it names one; in the past now and then. */
  readonly days: number;
  readonly variant: number;
  /** The person, of all there are, where the act is not left to those whose it is. */
  readonly anybody: boolean;
}

/** What the working rules of a week are, where offices differ. */
export interface RulesChoice {
  readonly headApproval: boolean;
  readonly returnSilence: 'accepted' | 'stays-assigned';
  readonly consultationSilence: 'deemed-consent' | 'no-answer';
  readonly afterDeadline: 'refuse' | 'stays-overdue';
  readonly extensions: number;
  /** Whether leaders who acknowledged something have to decide it by a day. */
  readonly decideWithin: boolean;
  readonly enforcedFrom: CivilDate | null;
  /** Which of the calendars: of the office, and of the one below it. */
  readonly calendar: number;
  /** Days after which another version of the rules comes into force; null: none does. */
  readonly laterRules: number | null;
  /** Whether messages also leave by mail, which takes long to play. */
  readonly mail: boolean;
}

/** A directive that is there at the beginning. */
export interface GivenDirective {
  readonly lead: string;
  readonly coordinating: readonly string[];
  readonly urgency: 'normal' | 'urgent' | 'very-urgent' | 'immediate';
  readonly deadline: { readonly phrase: string | null; readonly date: CivilDate | null } | null;
  /** To an agency under its lead, or to the organization below; null: to nobody yet. */
  readonly handedOn: string | null;
}

export interface RandomWeek {
  readonly rules: RulesChoice;
  readonly given: readonly GivenDirective[];
  readonly moments: readonly Moment[];
}

const day = fc.integer({ min: 0, max: 25 }).map((days) => addDays(FIRST_DAY, days));

const rulesChoice: fc.Arbitrary<RulesChoice> = fc.record({
  headApproval: fc.boolean(),
  returnSilence: fc.constantFrom('accepted' as const, 'stays-assigned' as const),
  consultationSilence: fc.constantFrom('deemed-consent' as const, 'no-answer' as const),
  afterDeadline: fc.constantFrom('refuse' as const, 'stays-overdue' as const),
  extensions: fc.integer({ min: 1, max: 3 }),
  decideWithin: fc.boolean(),
  enforcedFrom: fc.option(
    fc.integer({ min: 0, max: 12 }).map((days) => addDays(FIRST_DAY, days)),
    { freq: 2 },
  ),
  calendar: fc.nat(2),
  laterRules: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 2 }),
  mail: fc.nat(3).map((one) => one === 3),
});

const deadline = fc.oneof(
  { weight: 6, arbitrary: day.map((date) => ({ phrase: null, date })) },
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('trong 5 ngày làm việc kể từ ngày nhận được văn bản', 'ngay sau khi có nghị quyết')
      .map((phrase) => ({ phrase, date: null })),
  },
);

const given: fc.Arbitrary<GivenDirective> = fc.record({
  lead: fc.constantFrom('KT', 'KT', 'VHXH', 'BCHQS', 'TYT'),
  coordinating: fc.subarray(['TYT', 'CA', 'VHXH'], { minLength: 1 }),
  urgency: fc.constantFrom('normal' as const, 'normal' as const, 'urgent' as const, 'immediate' as const),
  deadline,
  handedOn: fc.constantFrom(null, 'KN', 'DVTT', 'DVTT'),
});

const moment: fc.Arbitrary<Moment> = fc.record({
  hours: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 130 }) },
  ),
  choice: fc.nat(9_999),
  days: fc.integer({ min: -2, max: 20 }),
  variant: fc.nat(99),
  anybody: fc.boolean(),
});

/** Some weeks of an office with a few directives, in which people do what they may, and now and then what they may not. */
export const randomWeeks = (most: { readonly moments: number }): fc.Arbitrary<RandomWeek> =>
  fc.record({
    rules: rulesChoice,
    given: fc.array(given, { minLength: 1, maxLength: 3 }),
    moments: fc.array(moment, { maxLength: most.moments, size: 'max' }),
  });

const rules = defaultWorkingRules();

/** The default rules with what a week chooses. */
export function rulesOf(choice: RulesChoice): WorkingRules {
  const { headApproval, returnSilence, consultationSilence, afterDeadline, extensions } = choice;
  const changed = <TSetting extends { readonly value: unknown }>(
    setting: TSetting,
    value: TSetting['value'],
  ): TSetting => ({ ...setting, value });
  const levels = rules.escalationLevels.value.map((level) => ({
    ...level,
    decideWithin: choice.decideWithin ? level.decideWithin : null,
  }));
  return {
    ...rules,
    headApproval: changed(rules.headApproval, { reports: headApproval, extensionRequests: headApproval }),
    returnSilence: changed(rules.returnSilence, returnSilence),
    consultation: changed(rules.consultation, { ...rules.consultation.value, silence: consultationSilence }),
    extension: changed(rules.extension, { ...rules.extension.value, afterDeadline, atMost: extensions }),
    escalationLevels: changed(rules.escalationLevels, levels),
    enforcedFrom: changed(rules.enforcedFrom, choice.enforcedFrom),
  };
}

/** A later version: other times, and a ladder with other rungs. */
export function laterRules(first: WorkingRules): WorkingRules {
  const within = (days: number) => ({ amount: days, unit: 'wd' as const });
  return {
    ...first,
    version: first.version + 1,
    nearDue: { ...first.nearDue, value: within(2) },
    returnWindow: { ...first.returnWindow, value: within(3) },
    consultation: { ...first.consultation, value: { ...first.consultation.value, replyWithin: within(2) } },
    explanation: { ...first.explanation, value: { ...first.explanation.value, within: within(4) } },
    verification: { ...first.verification, value: { ...first.verification.value, within: within(2) } },
    extension: {
      ...first.extension,
      value: { ...first.extension.value, requestBefore: null, decideWithin: within(1) },
    },
    handOn: { ...first.handOn, value: { earlierBy: within(2) } },
    escalationLevels: {
      ...first.escalationLevels,
      value: first.escalationLevels.value.map((level) => ({
        ...level,
        acknowledgeWithin: level.acknowledgeWithin && within(1),
      })),
    },
    ladders: first.ladders.map((ladder) => ({
      ...ladder,
      rungs: ladder.rungs
        .filter(({ id }) => id !== 'T-1')
        .map((rung) => (rung.id === 'T+3' ? { ...rung, offset: within(2) } : rung)),
    })),
  };
}
