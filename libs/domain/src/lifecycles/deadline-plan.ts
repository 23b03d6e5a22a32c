import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { climb, type Climb } from '../working-rules/climb';
import { endOfWindow, offsetFrom } from '../working-rules/rule-instants';
import {
  defaultDeadlineFor,
  ladderFor,
  sendsOutsideHours,
  type DirectiveMatter,
} from '../working-rules/working-rules';
import { dayNumberOfDate, type CivilDate } from '../working-time/civil-date';
import { closingTimeOf, nextOpening } from '../working-time/working-time';
import { minutesOf } from '../working-time/working-calendar';
import { zoneNamed } from '../working-time/zone';
import { requireDate, versionOf, type ActFacts } from './act-facts';
import { type DeadlineInForce } from './directive.types';

/** The rung that asks the Office for a missing deadline; it stands on no ladder. */
export const DEADLINE_PROMPT = 'set-deadline';

/** A deadline as a person gives or confirms it. Without an hour it is the end of the day's last session. */
export interface DeadlineIntent {
  readonly date: CivilDate;
  /** Wall-clock 'HH:MM'. */
  readonly time?: string | null;
  /** The literal words of the source. */
  readonly phrase?: string | null;
  /** How the words became the date. */
  readonly basis?: string | null;
}

/** The deadline with what the rules of `facts` say about it; the instant itself stays. */
export function judgedByRules<T extends { readonly at: Instant }>(
  deadline: T,
  { calendar, rules }: ActFacts,
): T & Pick<DeadlineInForce, 'nearDueAt' | 'articles'> {
  const { at } = deadline;
  const { amount, unit } = rules.nearDue.value;
  return {
    ...deadline,
    nearDueAt: Math.min(at, offsetFrom(calendar, at, { amount: -amount, unit })),
    articles: { nearDue: rules.nearDue.article, overdue: rules.nearDue.article },
  };
}

function inForce(at: Instant, intent: Partial<DeadlineIntent>, facts: ActFacts): DeadlineInForce {
  const said = { at, phrase: intent.phrase ?? null, basis: intent.basis ?? null };
  return judgedByRules({ ...said, calendar: versionOf(facts.calendar) }, facts);
}

/**
 * The deadline that a person gave, as the instant it means.
 * Refuses `not-a-date`, `not-a-time`, `deadline-before-source` (earlier than the notice), with field `deadline…`.
 */
export function planDeadlineInForce(
  intent: DeadlineIntent,
  sourceDate: CivilDate,
  facts: ActFacts,
): DeadlineInForce | Refusal {
  const date = requireDate(intent.date, 'deadline.date');
  if (isRefusal(date)) return date;
  if (date < sourceDate)
    return refusal(
      'deadline-before-source',
      {
        vi: `Hạn ${date} sớm hơn ngày của văn bản giao (${sourceDate}).`,
        en: `The deadline ${date} is earlier than its source (${sourceDate}).`,
      },
      { field: 'deadline.date' },
    );
  if (intent.time === undefined || intent.time === null)
    return inForce(closingTimeOf(facts.calendar, date), intent, facts);
  const minutes = minutesOf(intent.time);
  if (minutes === null)
    return refusal(
      'not-a-time',
      { vi: 'Giờ phải có dạng HH:MM.', en: 'The time must be of the form HH:MM.' },
      { field: 'deadline.time' },
    );
  const zone = zoneNamed(facts.calendar.zone);
  return inForce(zone.instantOf(dayNumberOfDate(date), minutes), intent, facts);
}

/** The deadline that the rules give to a directive without one; null when they leave it open. */
export function defaultDeadline(matter: DirectiveMatter, facts: ActFacts): DeadlineInForce | null {
  const within = defaultDeadlineFor(facts.rules, matter);
  if (within === null) return null;
  const { article } = facts.rules.defaultDeadline;
  return inForce(endOfWindow(facts.calendar, facts.now, within), { basis: article }, facts);
}

/** The end of the time to return a directive that is assigned now. */
export function returnWindowEnd(facts: ActFacts): Instant {
  return endOfWindow(facts.calendar, facts.now, facts.rules.returnWindow.value);
}

export interface LadderQuestion extends DirectiveMatter {
  readonly deadline: DeadlineInForce | null;
  readonly assignedAt: Instant;
  readonly alreadySent: readonly string[];
}

/** The ladder for a deadline; without one, a single rung that asks the tracking officer to set it. */
export function planLadder(question: LadderQuestion, facts: ActFacts): Climb {
  const { deadline, kind, urgency, assignedAt, alreadySent } = question;
  const { rules, calendar, now } = facts;
  if (deadline !== null)
    return climb(ladderFor(rules, { kind, urgency }), {
      deadline: deadline.at,
      assignedAt,
      alreadySent,
      now,
      enforcedFrom: rules.enforcedFrom.value,
      calendar,
      urgent: sendsOutsideHours(rules, urgency),
    });
  const { value, article } = rules.deadlinePrompt;
  const at = nextOpening(calendar, offsetFrom(calendar, now, value));
  const to = ['tracking-officer'] as const;
  const prompt = { id: DEADLINE_PROMPT, at, kind: 'prompt', to, article, collapsed: [] } as const;
  return { rungs: alreadySent.includes(prompt.id) ? [] : [prompt], summarized: [] };
}
