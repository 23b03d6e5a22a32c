import { z } from 'zod';
import { clockTime, ruleName, stated, weekday, words } from './rule-values';

export const reportPeriods = ['week', 'month', 'quarter', 'half-year', 'nine-months', 'year'] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** The hour of a due day; null: the end of its last session. */
const at = clockTime.nullable();

/** What becomes of a due day that is not worked. */
const restDay = z.enum(['stays', 'next-working-day', 'previous-working-day']);

/**
 * When a report of a period is due: on a weekday of the week it ends (`weeksAfter: 0`) or of a later one, or on a day of
 * the month in which the period ends (`monthsAfter: 0`) or of a later one; `day: last` is that month's last day, and a
 * day that the month lacks becomes its last one.
 */
const dueRule = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('week'), weekday, weeksAfter: z.int().min(0).max(4), at, restDay }),
  z.strictObject({
    in: z.literal('month'),
    day: z.union([z.int().min(1).max(31), z.literal('last')]),
    monthsAfter: z.int().min(0).max(12),
    at,
    restDay,
  }),
]);

/** Kỳ báo cáo: a report that is due for each period. */
export const periodicReport = z.strictObject({
  id: ruleName,
  title: words,
  every: z.enum(reportPeriods),
  due: dueRule,
  ...stated,
});

export type PeriodicReport = z.infer<typeof periodicReport>;
