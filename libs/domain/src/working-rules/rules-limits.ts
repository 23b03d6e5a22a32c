import { z } from 'zod';
import { offset, ruleName, stated } from './rule-values';

/** One version of working rules. */
export const rulesReference = z.strictObject({ id: ruleName, version: z.int().min(1) });
export type RulesReference = z.infer<typeof rulesReference>;

/** A number, or a length of time; lengths compare in the same unit only. */
const measure = z.union([z.number(), offset]);

/**
 * What organizations below may do with a value: nothing (`locked`), or stay between `least` and `most`. The path names a
 * setting or a member of its value, entries of lists by their id: `returnWindow`, `extension.atMost`,
 * `ladders.ordinary.rungs.T+5.offset`.
 */
export const rulesLimit = z.strictObject({
  path: z.string().regex(/^[a-zA-Z][\w+-]*(\.[\w+-]+)*$/),
  locked: z.boolean().optional(),
  least: measure.optional(),
  most: measure.optional(),
  ...stated,
});

export type RulesLimit = z.infer<typeof rulesLimit>;
export type RulesMeasure = z.infer<typeof measure>;
