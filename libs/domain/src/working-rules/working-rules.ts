import { z } from 'zod';
import { audiences } from '../directory/audience';
import { parseCivilDate } from '../working-time/civil-date';

/** Độ khẩn: thường, khẩn, thượng khẩn, hỏa tốc. */
export const urgencies = ['normal', 'urgent', 'very-urgent', 'immediate'] as const;
export type Urgency = (typeof urgencies)[number];

/** No ladder or window reaches further than this many of its units: a larger number is taken for a slip. */
const FURTHEST = 250;

const words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

const civilDate = z.string().refine((text) => parseCivilDate(text) !== null, {
  params: {
    vi: 'không phải là ngày có thật dạng YYYY-MM-DD',
    en: 'is not a real date of the form YYYY-MM-DD',
  },
});

/** `wd` working days, `wh` working hours, `h` hours of the clock. */
const duration = (least: number) =>
  z.strictObject({
    amount: z.int().min(least).max(FURTHEST),
    unit: z.enum(['wd', 'wh', 'h']),
  });

/** Căn cứ: why a value is what it is. `verified: false` says that nobody has checked it against a text in force. */
const legalBasis = z.strictObject({
  text: z.string().min(1),
  document: z.string().min(1).nullable(),
  article: z.string().min(1).nullable(),
  verified: z.boolean(),
});

/** A value with the article of these working rules that states it, and the legal basis of that article. */
const setting = <TValue extends z.ZodType>(value: TValue) =>
  z.strictObject({ value, article: z.string().min(1), legalBasis });

const rung = z.strictObject({
  id: z.string().regex(/^T[+-]\d+[a-z]*$/),
  /** Counted from the deadline in force; negative before it. */
  offset: duration(-FURTHEST),
  kind: z.enum(['remind', 'escalate']),
  to: z.array(z.enum(audiences)).min(1),
  channel: z.enum(['inbox']),
  demand: words,
  article: z.string().min(1),
  legalBasis,
});

const ladder = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: words,
  urgency: z.array(z.enum(urgencies)).min(1),
  rungs: z.array(rung).min(1),
});

/**
 * Quy chế làm việc as data: a versioned document in which every value stands beside its article and legal basis.
 * A new version is a new document; what runs keeps the version it began with.
 */
export const workingRulesSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    version: z.int().min(1),
    validFrom: civilDate,
    title: words,
    /** Deadlines before this date go into one summary instead of messages; null: enforced from the beginning. */
    enforcedFrom: setting(civilDate.nullable()),
    /** What "trước ngày X" registers: X − 1, or X itself. */
    beforeMeans: setting(z.enum(['previous-day', 'that-day'])),
    /** How long before the deadline a directive counts as near due. */
    nearDue: setting(duration(1)),
    /** Deadline of a directive whose source names none; null: it stays open until the clerk sets one. */
    defaultDeadline: setting(duration(1).nullable()),
    /** How soon the tracking officer is asked to set a missing deadline. */
    deadlinePrompt: setting(duration(1)),
    /** Time to return a directive to its sender; silence beyond it is acceptance. */
    returnWindow: setting(duration(1)),
    /** Urgencies whose messages do not wait for working hours. */
    outsideHours: setting(z.array(z.enum(urgencies))),
    /** From the lowest level up; `acknowledgeWithin: null` on the last one: nobody is above. */
    escalationLevels: setting(
      z
        .array(
          z.strictObject({
            audience: z.enum(['chief-of-office', 'leader-in-charge', 'assigning-leader', 'chair']),
            acknowledgeWithin: duration(1).nullable(),
          }),
        )
        .min(1),
    ),
    ladders: z.array(ladder).min(1),
  })
  .superRefine((rules, context) => {
    const problem = (path: (string | number)[], vi: string, en: string) =>
      context.addIssue({ code: 'custom', path, params: { vi, en } });
    for (const urgency of urgencies) {
      const count = rules.ladders.filter((candidate) => candidate.urgency.includes(urgency)).length;
      if (count !== 1)
        problem(
          ['ladders'],
          `độ khẩn "${urgency}" phải có đúng một bậc thang đôn đốc, hiện có ${count}`,
          `urgency "${urgency}" needs exactly one ladder, and has ${count}`,
        );
    }
    const levels = rules.escalationLevels.value;
    levels.forEach((level, index) => {
      if ((level.acknowledgeWithin === null) !== (index === levels.length - 1))
        problem(
          ['escalationLevels', 'value', index, 'acknowledgeWithin'],
          'chỉ cấp cuối cùng để trống thời hạn tiếp nhận',
          'only the last level is without a time to acknowledge',
        );
    });
    rules.ladders.forEach(({ rungs }, ladderIndex) => {
      rungs.forEach((one, index) => {
        const at = (field: string) => ['ladders', ladderIndex, 'rungs', index, field];
        if (rungs.findIndex((other) => other.id === one.id) !== index)
          problem(at('id'), `bậc "${one.id}" xuất hiện hai lần`, `rung "${one.id}" appears twice`);
        if (one.kind === 'escalate' && !levels.some((level) => level.audience === one.to[0]))
          problem(
            at('to'),
            'bậc trình lãnh đạo phải bắt đầu ở một cấp có trong escalationLevels',
            'an escalation must begin at a level listed in escalationLevels',
          );
      });
    });
  });

export type WorkingRules = z.infer<typeof workingRulesSchema>;
export type Ladder = z.infer<typeof ladder>;
export type Rung = z.infer<typeof rung>;
export type LegalBasis = z.infer<typeof legalBasis>;
export type RuleDuration = z.infer<ReturnType<typeof duration>>;

/** The ladder for an urgency. @throws when the rules were not validated. */
export function ladderFor(rules: WorkingRules, urgency: Urgency): Ladder {
  const found = rules.ladders.find((candidate) => candidate.urgency.includes(urgency));
  if (!found) throw new Error(`working rules ${rules.id}@${rules.version} have no ladder for ${urgency}`);
  return found;
}

/** Whether messages of this urgency may leave at any hour. */
export function sendsOutsideHours(rules: WorkingRules, urgency: Urgency): boolean {
  return rules.outsideHours.value.includes(urgency);
}

/** The rung of a version of the rules by its id, for the words of a message. */
export function rungOf(rules: WorkingRules, urgency: Urgency, id: string): Rung | null {
  return ladderFor(rules, urgency).rungs.find((one) => one.id === id) ?? null;
}
