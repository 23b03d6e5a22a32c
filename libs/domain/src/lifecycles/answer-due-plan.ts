import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { climb, type PlannedRung } from '../working-rules/climb';
import { ladderOf, type Reminder } from '../working-rules/ladder-rules';
import { endOfWindow } from '../working-rules/rule-instants';
import { sendsOutsideHours, type RuleDuration, type Urgency } from '../working-rules/working-rules';
import { today, versionOf, type ActFacts } from './act-facts';
import { type AnswerDue } from './awaited-answer';
import { planDeadlineInForce, type DeadlineIntent } from './deadline-plan';

export interface AnswerQuestion {
  /** The day that a person named; null: as the rules say. */
  readonly deadline: DeadlineIntent | null;
  readonly within: RuleDuration;
  readonly reminders: readonly Reminder[];
  readonly article: string;
  readonly urgency: Urgency;
}

/**
 * Until when something that is asked for now is awaited. Refuses as `planDeadlineInForce`, and `deadline-not-ahead` when
 * the day that was named is over.
 * @throws CalendarRangeError where the calendar ends.
 */
export function planAnswerDue(question: AnswerQuestion, facts: ActFacts): AnswerDue | Refusal {
  const { deadline, within, article, reminders, urgency } = question;
  const { calendar, now } = facts;
  const due = (at: Instant, statedBy: string | null): AnswerDue => ({
    at,
    article: statedBy,
    calendar: versionOf(calendar),
    reminders: planReminders(at, reminders, urgency, facts),
  });
  if (deadline === null) return due(endOfWindow(calendar, now, within), article);
  const named = planDeadlineInForce(deadline, { sourceDate: today(facts), parent: null }, facts);
  if (isRefusal(named)) return named.code === 'deadline-before-source' ? notAhead : named;
  return named.at <= now ? notAhead : due(named.at, null);
}

const notAhead = refusal(
  'deadline-not-ahead',
  { vi: 'Thời hạn phải sau thời điểm hiện tại.', en: 'The time must end later than now.' },
  { field: 'deadline.date' },
);

/** The reminders of an answer that is awaited from now on. */
export function planReminders(
  at: Instant,
  reminders: readonly Reminder[],
  urgency: Urgency,
  { calendar, rules, now }: ActFacts,
): readonly PlannedRung[] {
  return climb(ladderOf(reminders), {
    deadline: at,
    assignedAt: now,
    alreadySent: [],
    now,
    enforcedFrom: rules.enforcedFrom.value,
    calendar,
    urgent: sendsOutsideHours(rules, urgency),
  }).rungs;
}
