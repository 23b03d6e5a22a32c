import { z } from 'zod';
import { audiences } from '../directory/audience';
import { matters, offset, ruleName, stated, words } from './rule-values';

export const channels = ['inbox', 'mail'] as const;

/** A message that the rules send at an offset from an instant: to whom, by which channels, with what demand. */
const message = (id: RegExp) => ({
  id: z.string().regex(id),
  offset,
  to: z.array(z.enum(audiences)).min(1),
  channels: z.array(z.enum(channels)).min(1),
  demand: words,
  ...stated,
});

/** Bậc: counted from the deadline in force; negative before it. */
export const rung = z.strictObject({ ...message(/^T[+-]\d+[a-z]*$/), kind: z.enum(['remind', 'escalate']) });

/** A reminder that is counted from the end of the time for a verification (V) or an explanation (E). */
export const reminder = (letter: 'V' | 'E') =>
  z.strictObject(message(new RegExp(`^${letter}[+-]\\d+[a-z]*$`)));

/** Bậc thang đôn đốc: for the kinds and urgencies that it names. */
export const ladder = z.strictObject({
  id: ruleName,
  title: words,
  ...matters,
  rungs: z.array(rung).min(1),
});

export type Ladder = z.infer<typeof ladder>;
export type Rung = z.infer<typeof rung>;
export type Reminder = z.infer<ReturnType<typeof reminder>>;

/** Reminders as a ladder that `climb` takes. */
export function ladderOf(reminders: readonly Reminder[]): { readonly rungs: readonly Rung[] } {
  return { rungs: reminders.map((one) => ({ ...one, kind: 'remind' })) };
}
