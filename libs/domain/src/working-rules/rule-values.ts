import { z } from 'zod';
import { parseCivilDate } from '../working-time/civil-date';
import { minutesOf } from '../working-time/working-calendar';

/** Độ khẩn: thường, khẩn, thượng khẩn, hỏa tốc. */
export const urgencies = ['normal', 'urgent', 'very-urgent', 'immediate'] as const;
export type Urgency = (typeof urgencies)[number];

/** What was ordered: nhiệm vụ, nhiệm vụ thường xuyên, ý kiến định hướng. */
export const directiveKinds = ['task', 'standing', 'guidance'] as const;
export type DirectiveKind = (typeof directiveKinds)[number];

/** What a ladder and a default deadline are chosen by. */
export interface DirectiveMatter {
  readonly kind: DirectiveKind;
  readonly urgency: Urgency;
}

/** No ladder or window reaches further than this many of its units: a larger number is taken for a slip. */
const FURTHEST = 250;

/** The names under which the published schema shares these forms. */
const shared = <TForm extends z.ZodType>(id: string, form: TForm): TForm => form.meta({ id });

export const words = shared('words', z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }));

export const ruleName = shared('name', z.string().regex(/^[a-z][a-z0-9-]*$/));

export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => parseCivilDate(text) !== null, {
    params: {
      vi: 'không phải là ngày có thật dạng YYYY-MM-DD',
      en: 'is not a real date of the form YYYY-MM-DD',
    },
  });

/** Wall-clock 'HH:MM' in the organization's zone. */
export const clockTime = z
  .string()
  .regex(/^\d{2}:\d{2}$/)
  .refine((text) => (minutesOf(text) ?? Infinity) < 24 * 60, {
    params: { vi: 'không phải là giờ có thật dạng HH:MM', en: 'is not a real time of the form HH:MM' },
  });

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export const weekday = z.int().min(1).max(7);

/** `wd` working days, `wh` working hours, `h` hours of the clock. */
export const duration = (least: number) =>
  z.strictObject({
    amount: z.int().min(least).max(FURTHEST),
    unit: z.enum(['wd', 'wh', 'h']),
  });

/** Counted from an instant that it may lie before or after. */
export const offset = duration(-FURTHEST);

/**
 * Căn cứ: why a value is what it is. `verified: false` says that nobody has checked it against a text in force; whoever has
 * names the document.
 */
export const legalBasis = shared(
  'legalBasis',
  z
    .strictObject({
      text: z.string().min(1),
      document: z.string().min(1).nullable(),
      article: z.string().min(1).nullable(),
      verified: z.boolean(),
    })
    .refine(({ verified, document }) => !verified || document !== null, {
      path: ['document'],
      params: {
        vi: 'đã đánh dấu là đã đối chiếu thì phải nêu văn bản đã đối chiếu',
        en: 'has to name the document: this value is marked as verified against one',
      },
    }),
);

/** The article of these working rules that states something, and the legal basis of that article. */
export const stated = { article: z.string().min(1), legalBasis };

/** A value with its article and legal basis. */
export const setting = <TValue extends z.ZodType>(value: TValue) => z.strictObject({ value, ...stated });

/** For which directives something counts: one of the kinds and one of the urgencies. */
export const matters = {
  kinds: z.array(z.enum(directiveKinds)).min(1),
  urgency: z.array(z.enum(urgencies)).min(1),
};

export type LegalBasis = z.infer<typeof legalBasis>;
export type RuleDuration = z.infer<typeof offset>;

interface Matters {
  readonly kinds: readonly DirectiveKind[];
  readonly urgency: readonly Urgency[];
}

/** Whether something counts for a directive of this kind and urgency. */
export function countsFor({ kinds, urgency }: Matters, matter: DirectiveMatter): boolean {
  return kinds.includes(matter.kind) && urgency.includes(matter.urgency);
}
