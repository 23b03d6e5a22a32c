import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce, requireAgency } from '../directory/agencies';
import { officesOf } from '../directory/offices';
import { type Climb } from '../working-rules/climb';
import { type DirectiveKind, type Urgency } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import {
  requireCoordinating,
  requireDate,
  requireLead,
  requireText,
  today,
  versionOf,
  withinCalendar,
  type ActFacts,
} from './act-facts';
import { countedFor } from './counted-for';
import { countedFromReceipt, planReturnWindow } from './counted-from-receipt';
import {
  deadlineUnnamed,
  judgedByRules,
  planDeadlineInForce,
  planLadder,
  planLadderAnew,
  unlessBySilence,
  type DeadlineIntent,
} from './deadline-plan';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveEventToSend,
  type DirectiveInput,
  type ParentDirective,
} from './directive.types';

/**
 * From what a person wants to the input or event that is sent: every rule that needs the calendar, the working rules or
 * the directory is applied here, and nowhere else. Whether the directive takes the event in its present state is the
 * machine's answer. Pure; all refusals carry the field they are about.
 */

export interface AssignmentIntent {
  /** Exactly one; several are refused with `several-leads`. */
  readonly lead: readonly string[];
  readonly coordinating?: readonly string[];
  readonly assigningLeader?: string | null;
  readonly trackingOfficer?: string | null;
  readonly field?: string | null;
  /** Left out: a task. */
  readonly kind?: DirectiveKind;
  readonly urgency?: Urgency;
  /** Date of the notice, letter or order. */
  readonly sourceDate: CivilDate;
  /** Null: the source names none. */
  readonly deadline: DeadlineIntent | null;
  /** Of a directive that is handed on; null for one that comes from its source. */
  readonly parent?: ParentDirective | null;
  /** Words about a deadline from which no day could be told. */
  readonly openPhrase?: string | null;
}

/**
 * A confirmed draft goes to its lead. Refuses `no-lead`, `several-leads`, `unknown-agency`, `agency-not-in-force`,
 * `lead-is-organization`, `source-in-future`, `not-a-date`, `not-a-time`, `deadline-before-source`, `due-after-parent`,
 * `beyond-calendar`.
 */
export function planAssignment(intent: AssignmentIntent, facts: ActFacts): DirectiveInput | Refusal {
  const sourceDate = requireDate(intent.sourceDate, 'sourceDate');
  if (isRefusal(sourceDate)) return sourceDate;
  if (sourceDate > today(facts))
    return refusal(
      'source-in-future',
      { vi: 'Ngày của văn bản giao ở tương lai.', en: 'The source is dated in the future.' },
      { field: 'sourceDate' },
    );
  const lead = requireLead(intent.lead, facts, intent.parent ? 'or-elsewhere' : null);
  if (isRefusal(lead)) return lead;
  const coordinating = requireCoordinating(intent.coordinating ?? [], lead, facts);
  if (isRefusal(coordinating)) return coordinating;
  const matter = { kind: intent.kind ?? 'task', urgency: intent.urgency ?? 'normal' };
  const counted = countedFor(facts, lead);
  return withinCalendar('deadline.date', () => {
    const parent = intent.parent ?? null;
    const deadline =
      intent.deadline === null
        ? deadlineUnnamed(matter, parent, counted)
        : planDeadlineInForce(intent.deadline, { sourceDate, parent }, counted);
    if (isRefusal(deadline)) return deadline;
    const openPhrase = deadline === null ? (intent.openPhrase ?? null) : null;
    const window = planReturnWindow({ ...matter, deadline, openPhrase, parent, sourceDate }, counted);
    return {
      lead,
      coordinating,
      assigningLeader: intent.assigningLeader ?? null,
      trackingOfficer: intent.trackingOfficer ?? null,
      field: intent.field ?? null,
      ...matter,
      sourceDate,
      rules: versionOf(facts.rules),
      assignedAt: facts.now,
      ...window,
      returnSilence: facts.rules.returnSilence.value,
      deadline,
      openPhrase,
      parent,
      ...unlessBySilence(window.bySilence, () =>
        planLadder({ deadline, ...matter, assignedAt: facts.now, alreadySent: [] }, counted),
      ),
    };
  });
}

/**
 * The lead takes it on. Words that count from receipt ("N ngày làm việc kể từ ngày nhận") become a day now, and nobody has
 * to wait for the clerk. Refuses `beyond-calendar`.
 */
export function planAcceptance(
  context: DirectiveContext,
  intent: { readonly by: string },
  facts: ActFacts,
): DirectiveEventToSend<'accept'> | Refusal {
  return withinCalendar('deadline', () => {
    const deadline = countedFromReceipt(context, facts);
    const counted = deadline && { deadline, ...planLadderAnew(context, deadline, facts) };
    return { type: 'accept', by: intent.by, counted };
  });
}

/** Wrong addressee: with a reason, and the agency that should have it where the lead knows one. */
export function planReturn(
  intent: { readonly by: string; readonly reason: string; readonly proposedAgency?: string | null },
  facts: ActFacts,
): DirectiveEventToSend<'return'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  const proposedAgency = intent.proposedAgency ?? null;
  if (proposedAgency !== null) {
    const agency = requireAgency(facts.directory, proposedAgency, today(facts), 'proposedAgency');
    if (isRefusal(agency)) return agency;
  }
  return { type: 'return', by: intent.by, reason, proposedAgency };
}

export interface ReassignmentIntent {
  readonly by: string;
  readonly lead: readonly string[];
  /** Left out: those it had. */
  readonly coordinating?: readonly string[];
  readonly reason?: string | null;
  /** Left out: the deadline in force stays; when it is near, the calendar of the new lead says. */
  readonly deadline?: DeadlineIntent | null;
}

/** To another lead, or back to the same one after it was returned. Refuses as `planAssignment`, and `same-lead`. */
export function planReassignment(
  context: DirectiveContext,
  state: { readonly work: string },
  intent: ReassignmentIntent,
  facts: ActFacts,
): DirectiveEventToSend<'reassign'> | Refusal {
  const lead = requireLead(intent.lead, facts);
  if (isRefusal(lead)) return lead;
  const present = agencyInForce(facts.directory, context.lead, today(facts))?.id ?? context.lead;
  if (lead === present && present === context.lead && state.work !== 'returned')
    return refusal(
      'same-lead',
      { vi: 'Cơ quan này đang chủ trì nhiệm vụ.', en: 'This agency is the lead already.' },
      { field: 'lead' },
    );
  const wanted = intent.coordinating ?? context.coordinating.filter((agency) => agency !== context.lead);
  const coordinating = requireCoordinating(wanted, lead, facts);
  if (isRefusal(coordinating)) return coordinating;
  const counted = countedFor(facts, lead);
  return withinCalendar('deadline.date', () => {
    const deadline =
      intent.deadline === undefined || intent.deadline === null
        ? context.deadline && judgedByRules(context.deadline, counted)
        : planDeadlineInForce(intent.deadline, context, counted);
    if (isRefusal(deadline)) return deadline;
    const window = planReturnWindow({ ...context, deadline }, counted);
    const ladder = unlessBySilence(window.bySilence, () =>
      planLadderAnew({ ...context, assignedAt: facts.now }, deadline, counted),
    );
    return {
      type: 'reassign',
      by: intent.by,
      reason: intent.reason?.trim() ?? null,
      lead,
      coordinating,
      assignedAt: facts.now,
      ...window,
      deadline,
      ...ladder,
    };
  });
}

interface NewDeadline {
  readonly deadline: DeadlineInForce;
  readonly ladder: Climb;
}

function planNewDeadline(
  context: DirectiveContext,
  intent: DeadlineIntent,
  facts: ActFacts,
): NewDeadline | Refusal {
  return withinCalendar('deadline.date', () => {
    const deadline = planDeadlineInForce(intent, context, facts);
    return isRefusal(deadline) ? deadline : { deadline, ladder: planLadderAnew(context, deadline, facts) };
  });
}

/** The clerk sets the deadline that the source did not name. Refuses as `planDeadlineInForce`, and `beyond-calendar`. */
export function planDeadline(
  context: DirectiveContext,
  intent: { readonly by: string; readonly deadline: DeadlineIntent },
  facts: ActFacts,
): DirectiveEventToSend<'set-deadline'> | Refusal {
  const planned = planNewDeadline(context, intent.deadline, facts);
  if (isRefusal(planned)) return planned;
  const { deadline, ladder } = planned;
  return { type: 'set-deadline', by: intent.by, deadline, ...ladder };
}

/** More time, by who may give it. Refuses `not-later` when the new deadline is not after the one in force and now. */
export function planExtension(
  context: DirectiveContext,
  intent: {
    readonly by: string;
    readonly deadline: DeadlineIntent;
    readonly reason: string;
    /** Granted on request: it counts towards how often the rules allow one. */
    readonly onRequest?: boolean;
  },
  facts: ActFacts,
): DirectiveEventToSend<'extend'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  const planned = planNewDeadline(context, intent.deadline, facts);
  if (isRefusal(planned)) return planned;
  const { deadline, ladder } = planned;
  if (deadline.at <= Math.max(facts.now, context.deadline?.at ?? 0))
    return refusal(
      'not-later',
      {
        vi: 'Hạn mới phải sau hạn đang có và sau thời điểm hiện tại.',
        en: 'The new deadline must be later than the one in force and than now.',
      },
      { field: 'deadline.date' },
    );
  const { by, onRequest = false } = intent;
  return { type: 'extend', by, reason, deadline, onRequest, ...ladder };
}

/** The head of the lead agency names who does it. Refuses `not-of-lead` for a person who holds no office there. */
export function planPerson(
  context: DirectiveContext,
  intent: { readonly by: string; readonly person: string; readonly note?: string | null },
  facts: ActFacts,
): DirectiveEventToSend<'assign-person'> | Refusal {
  const { directory } = facts;
  const lead = agencyInForce(directory, context.lead, today(facts))?.id ?? context.lead;
  if (!officesOf(directory, intent.person, today(facts)).some(({ agency }) => agency === lead))
    return refusal(
      'not-of-lead',
      {
        vi: 'Người được phân công không thuộc cơ quan chủ trì.',
        en: 'This person holds no office in the lead agency.',
      },
      { field: 'person' },
    );
  return { type: 'assign-person', by: intent.by, person: intent.person, note: intent.note?.trim() ?? null };
}

/** A letter that urges again, beside the ladder. */
export function planUrging(intent: {
  readonly by: string;
  readonly note: string;
  readonly article?: string | null;
}): DirectiveEventToSend<'urge'> | Refusal {
  const note = requireText(intent.note, 'note');
  if (isRefusal(note)) return note;
  return { type: 'urge', by: intent.by, note, article: intent.article ?? null };
}

export function planCancellation(intent: {
  readonly by: string;
  readonly reason: string;
}): DirectiveEventToSend<'cancel'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'cancel', by: intent.by, reason };
}
