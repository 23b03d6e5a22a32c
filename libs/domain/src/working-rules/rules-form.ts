import { z } from 'zod';
import { ladder, reminder } from './ladder-rules';
import { periodicReport } from './periodic-report-rules';
import { rulesLimit, rulesReference } from './rules-limits';
import {
  civilDate,
  clockTime,
  duration,
  matters,
  ruleName,
  setting,
  urgencies,
  weekday,
  words,
} from './rule-values';

/** Levels at which a matter can be submitted to a leader. */
export const escalationAudiences = [
  'chief-of-office',
  'leader-in-charge',
  'assigning-leader',
  'chair',
] as const;

/** Who the document is, from when on it counts, and what it builds on. */
export const rulesHead = {
  id: ruleName,
  version: z.int().min(1),
  validFrom: civilDate,
  title: words,
  /** The version of the parent organization's rules that it builds on; null: it stands alone. */
  inherits: rulesReference.nullable().default(null),
  /** What organizations below may not change, or only so far. */
  limits: z.array(rulesLimit).default([]),
};

/** Every value of working rules that stands for itself. */
export const rulesSettings = {
  /** Deadlines before this date go into one summary instead of messages; null: enforced from the beginning. */
  enforcedFrom: setting(civilDate.nullable()),
  /**
   * What is overdue already when the rules begin to be enforced, or when it is entered, gets no reminders one by one: it is
   * counted by agency in one summary, at this hour of a working day and only when there is more of it; null: none.
   */
  lateSummary: setting(
    z.strictObject({ at: clockTime, to: z.array(z.enum(['chief-of-office', 'chair'])).min(1) }).nullable(),
  ),
  /** What "trước ngày X" registers: X − 1, or X itself. */
  beforeMeans: setting(z.enum(['previous-day', 'that-day'])),
  /** What becomes of a deadline in words whose last day is not worked; "trước ngày X" never moves past X. */
  restDayDeadline: setting(z.enum(['stays', 'next-working-day'])),
  /** How long before the deadline a directive counts as near due. */
  nearDue: setting(duration(1)),
  /** Deadlines of directives whose source names none; those not listed stay open until the clerk sets one. */
  defaultDeadline: setting(z.array(z.strictObject({ ...matters, within: duration(1) }))),
  /** How soon the tracking officer is asked to set a missing deadline. */
  deadlinePrompt: setting(duration(1)),
  /** How it is asked for again until the day is set: how often, how many times, and from which time also the Chief of Office. */
  deadlinePromptAgain: setting(
    z.strictObject({
      every: duration(1),
      atMost: z.int().min(0).max(52),
      chiefFrom: z.int().min(1).max(52).nullable(),
    }),
  ),
  /** Time to return a directive to its sender. */
  returnWindow: setting(duration(1)),
  /** What silence beyond that time is. */
  returnSilence: setting(z.enum(['accepted', 'stays-assigned'])),
  /** From which day words count that count from receipt, where nobody took it on: its assignment, or the end of that time. */
  silentReceipt: setting(z.enum(['assignment', 'window-end'])),
  /** Giao tiếp: how long before the directive a part of it is due whose own deadline nobody names. */
  handOn: setting(z.strictObject({ earlierBy: duration(1) })),
  /** Gia hạn. */
  extension: setting(
    z.strictObject({
      /** How long before the deadline it has to be asked for; null: any time before it. */
      requestBefore: duration(1).nullable(),
      /** How often one directive may be extended on request; null: no limit. */
      atMost: z.int().min(0).max(20).nullable(),
      /** A request after the deadline: refused, or taken while the directive stays overdue until it is decided. */
      afterDeadline: z.enum(['refuse', 'stays-overdue']),
      decideWithin: duration(1),
      approver: z.enum(escalationAudiences),
    }),
  ),
  /** Lấy ý kiến phối hợp. */
  consultation: setting(
    z.strictObject({ replyWithin: duration(1), silence: z.enum(['deemed-consent', 'no-answer']) }),
  ),
  /** Xác nhận hoàn thành: the reply time of a report that awaits verification, with a ladder of its own. */
  verification: setting(z.strictObject({ within: duration(1), rungs: z.array(reminder('V')) })),
  /** Giải trình: how long the agency's head has to explain. */
  explanation: setting(z.strictObject({ within: duration(1), rungs: z.array(reminder('E')) })),
  /** What leaves an agency only after its head has approved it. */
  headApproval: setting(z.strictObject({ reports: z.boolean(), extensionRequests: z.boolean() })),
  /** Which day says whether a result was on time, and how far the two may lie apart before it is flagged. */
  completion: setting(
    z.strictObject({
      judgedBy: z.enum(['submission', 'document-date']),
      documentDateTolerance: duration(0),
    }),
  ),
  /** When each person's digest is made, on working days; null: none. */
  digest: setting(
    z.strictObject({
      daily: clockTime.nullable(),
      weekly: z.strictObject({ weekday, at: clockTime }).nullable(),
    }),
  ),
  /** Urgencies whose messages do not wait for working hours. */
  outsideHours: setting(z.array(z.enum(urgencies))),
  /**
   * From the lowest level up. `acknowledgeWithin: null` on the last one: nobody is above. `decideWithin`: how long after
   * being acknowledged an undecided matter comes back; null: never.
   */
  escalationLevels: setting(
    z
      .array(
        z.strictObject({
          audience: z.enum(escalationAudiences),
          acknowledgeWithin: duration(1).nullable(),
          decideWithin: duration(1).nullable(),
        }),
      )
      .min(1),
  ),
};

/** Every list whose entries have an id. */
export const rulesLists = { periodicReports: z.array(periodicReport), ladders: z.array(ladder).min(1) };

/**
 * Quy chế làm việc as data: a versioned document in which every value stands beside its article and legal basis.
 * A new version is a new document; what runs keeps the version it began with. Of the right form only: whether its values
 * go together is for `contradictionsIn` to say.
 */
export const workingRulesForm = z.strictObject({ ...rulesHead, ...rulesSettings, ...rulesLists });

export type WorkingRules = z.infer<typeof workingRulesForm>;

/** Rules as somebody writes them: what is left out is inherited. */
export const authoredRulesForm = z.strictObject({
  ...rulesHead,
  ...z.object({ ...rulesSettings, ...rulesLists }).partial().shape,
});

/** Working rules are authored rules that leave nothing out. */
export type AuthoredRules = z.infer<typeof authoredRulesForm>;

/** Names of everything that has a value: what can be inherited, and what a new version can change. */
export const ruleNames = [...Object.keys(rulesSettings), ...Object.keys(rulesLists)] as readonly RuleName[];
export type RuleName = keyof typeof rulesSettings | keyof typeof rulesLists;
