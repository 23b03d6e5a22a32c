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
import { closingTimeOf, nthWorkingDay } from '../working-time/working-time';
import { minutesOf } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { planPrompts } from './deadline-prompts';
import { requireDate, versionOf, type ActFacts } from './act-facts';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type NewDeadline,
  type ParentDirective,
} from './directive.types';

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

/** A deadline at a known instant, with when it becomes near by the rules at hand. */
export function inForce(
  at: Instant,
  intent: Pick<Partial<DeadlineIntent>, 'phrase' | 'basis'>,
  facts: ActFacts,
): DeadlineInForce {
  const said = { at, phrase: intent.phrase ?? null, basis: intent.basis ?? null };
  return judgedByRules({ ...said, calendar: versionOf(facts.calendar) }, facts);
}

/** What limits a deadline that somebody gives. */
export interface DeadlineBounds {
  /** Date of the notice: nothing is due before it. */
  readonly sourceDate: CivilDate;
  /** What is handed on is due before what it was made of. */
  readonly parent: ParentDirective | null;
}

/** Refuses `deadline-before-source`: nothing is due before it was ordered. */
export function refuseBeforeSource(date: CivilDate, sourceDate: CivilDate, field: string): Refusal | null {
  if (date >= sourceDate) return null;
  return refusal(
    'deadline-before-source',
    {
      vi: `Hạn ${date} sớm hơn ngày của văn bản giao (${sourceDate}).`,
      en: `The deadline ${date} is earlier than its source (${sourceDate}).`,
    },
    { field },
  );
}

/**
 * The deadline that a person gave, as the instant it means. Refuses `not-a-date`, `not-a-time`,
 * `deadline-before-source` (earlier than the notice), `due-after-parent`, with field `deadline…`.
 */
export function planDeadlineInForce(
  intent: DeadlineIntent,
  bounds: DeadlineBounds,
  facts: ActFacts,
): DeadlineInForce | Refusal {
  const { sourceDate, parent } = bounds;
  const date = requireDate(intent.date, 'deadline.date');
  if (isRefusal(date)) return date;
  const early = refuseBeforeSource(date, sourceDate, 'deadline.date');
  if (early) return early;
  const at = instantOn(date, intent.time ?? null, facts);
  if (isRefusal(at)) return at;
  if (isTooLate(parent, at))
    return refusal(
      'due-after-parent',
      {
        vi: 'Hạn của phần giao tiếp phải sớm hơn hạn của nhiệm vụ gốc; trong cùng ngày thì nêu giờ.',
        en: 'What is handed on has to be due before the directive it belongs to; on its very day, name an hour.',
      },
      { field: 'deadline.date' },
    );
  return inForce(at, intent, facts);
}

function instantOn(date: CivilDate, time: string | null, { calendar }: ActFacts): Instant | Refusal {
  if (time === null) return closingTimeOf(calendar, date);
  const minutes = minutesOf(time);
  if (minutes !== null) return zoneNamed(calendar.zone).instantOf(dayNumberOfDate(date), minutes);
  return refusal(
    'not-a-time',
    { vi: 'Giờ phải có dạng HH:MM.', en: 'The time must be of the form HH:MM.' },
    { field: 'deadline.time' },
  );
}

/**
 * Whether a part would not be done before its directive. One that came from another organization is judged there by the
 * deadline that it was handed on with, which lies before that of the directive already.
 */
function isTooLate(parent: ParentDirective | null, at: Instant): boolean {
  const limit = parent?.deadline ?? null;
  if (limit === null) return false;
  return parent?.organization === null ? at >= limit : at > limit;
}

const MINUTE_MS = 60_000;

/** When a part is due of which nobody says when: before its directive by what the rules say, while there is time for it. */
export function partDueAt(limit: Instant, { calendar, rules, now }: ActFacts): Instant {
  const { amount, unit } = rules.handOn.value.earlierBy;
  const lastDay = dateAt(zoneNamed(calendar.zone), limit - 1);
  const earlier =
    unit === 'wd'
      ? closingTimeOf(calendar, nthWorkingDay(calendar, lastDay, -amount))
      : offsetFrom(calendar, limit, { amount: -amount, unit });
  return earlier > now ? earlier : limit - MINUTE_MS;
}

/** The latest deadline of a part, and why. */
function latestOf({ organization }: ParentDirective, limit: Instant, facts: ActFacts) {
  return organization === null
    ? {
        at: partDueAt(limit, facts),
        basis: `Sớm hơn hạn của nhiệm vụ gốc, theo ${facts.rules.handOn.article}`,
      }
    : { at: limit, basis: 'Theo hạn của đơn vị giao' };
}

/** A deadline that was not given by hand, moved before that of the parent where it would be too late. */
export function beforeParent(
  parent: ParentDirective | null,
  deadline: DeadlineInForce | null,
  facts: ActFacts,
): DeadlineInForce | null {
  const limit = parent?.deadline ?? null;
  if (deadline === null || parent === null || limit === null || !isTooLate(parent, deadline.at))
    return deadline;
  const { at, basis } = latestOf(parent, limit, facts);
  return inForce(at, { phrase: deadline.phrase, basis }, facts);
}

/** Of a directive whose source names none: by its parent's, else what the rules give it; null when they leave it open. */
export function deadlineUnnamed(
  matter: DirectiveMatter,
  parent: ParentDirective | null,
  facts: ActFacts,
): DeadlineInForce | null {
  const limit = parent?.deadline ?? null;
  if (parent !== null && limit !== null) {
    const { at, basis } = latestOf(parent, limit, facts);
    return inForce(at, { basis }, facts);
  }
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

/** The ladder for a deadline; without one, the rungs that ask the Office to set it. */
export function planLadder(question: LadderQuestion, facts: ActFacts): Climb {
  const { deadline, kind, urgency, assignedAt, alreadySent } = question;
  if (deadline !== null) {
    const { rules, calendar, now } = facts;
    return climb(ladderFor(rules, { kind, urgency }), {
      deadline: deadline.at,
      assignedAt,
      alreadySent,
      now,
      enforcedFrom: rules.enforcedFrom.value,
      calendar,
      urgent: sendsOutsideHours(rules, urgency),
    });
  }
  return { rungs: planPrompts(alreadySent, facts), summarized: [] };
}

/** Words that will be a day whether the lead answers or not ask nobody for one: then there is nothing to send yet. */
export function unlessBySilence(bySilence: NewDeadline | null, plan: () => Climb): Climb {
  return bySilence === null ? plan() : { rungs: [], summarized: [] };
}

/**
 * The ladder of a directive that goes on: what was sent for the same deadline is not sent again, and rungs from before the
 * lead had it, or from before the deadline in force was given, are no use to anybody.
 */
export function planLadderAnew(
  { deadline: before, deadlineSince, kind, urgency, assignedAt, ladder }: DirectiveContext,
  deadline: DeadlineInForce | null,
  facts: ActFacts,
): Climb {
  const isSame = deadline?.at === before?.at;
  const from = isSame ? Math.max(assignedAt, deadlineSince ?? 0) : facts.now;
  const alreadySent = isSame ? ladder.sent : [];
  return planLadder({ deadline, kind, urgency, assignedAt: from, alreadySent }, facts);
}
