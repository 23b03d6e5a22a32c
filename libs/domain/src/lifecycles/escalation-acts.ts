import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../directory/agencies';
import { worksIn } from '../directory/offices';
import { minutesOf } from '../working-time/working-calendar';
import { requireDate, requireText, today, withinCalendar, type ActFacts } from './act-facts';
import { type DeadlineIntent } from './deadline-plan';
import { planExtension, planReassignment, planUrging } from './directive-acts';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import { goesUpWhenForgotten } from './escalation.updates';
import {
  decisions,
  type Decision,
  type EscalationContext,
  type EscalationEventToSend,
  type EscalationLevel,
  type HeldDecision,
  type Meeting,
} from './escalation.types';
import { heldDecision, notCarriedOut, type CarriedOut } from './undo-window';
import { planExplanation } from './explanation/explanation-acts';
import { type ExplanationInput } from './explanation/explanation.types';
import { endInHours, escalationChain } from './prepare-escalation';

/** Who acts, and in whose place: null in their own. */
export interface ByLeader {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

export interface DecisionIntent extends ByLeader {
  readonly decision: Decision;
  /** What the leader says; needed to urge, to extend, to demand an explanation, to convene and to criticize. */
  readonly note?: string | null;
  /** For `extend`, and if wanted for `reassign` and `explain` (there: until when; left out, as the rules say). */
  readonly deadline?: DeadlineIntent | null;
  /** For `reassign`. */
  readonly lead?: readonly string[];
  /** For `convene`. */
  readonly meeting?: Meeting | null;
  /** How long it can be undone; left out: not at all, and it takes effect at once. */
  readonly undoSeconds?: number;
}

export interface DirectiveToDecideOn {
  readonly id: string;
  readonly context: DirectiveContext;
  readonly work: string;
}

/** One decision: what the escalation hears, and then, in the same transaction, what the directive hears. */
export interface PlannedDecision {
  readonly escalation: EscalationEventToSend<'decide'>;
  readonly directive: DirectiveEventToSend<'urge' | 'extend' | 'reassign'> | null;
}

/**
 * A leader has it: until when they decide, and how it goes on if they forget. Refuses `decides-on-oneself`,
 * `beyond-calendar`.
 */
export function planAcknowledgement(
  context: EscalationContext,
  intent: ByLeader,
  facts: ActFacts,
): EscalationEventToSend<'acknowledge'> | Refusal {
  const own = decidesOnOneself(intent.by, context.facts.lead, facts);
  if (own) return own;
  return withinCalendar('decideBy', () => {
    const { by, onBehalfOf } = intent;
    const level = context.chain[context.level];
    const rule = facts.rules.escalationLevels.value.find(({ audience }) => audience === level?.audience);
    const decideWithin = rule?.decideWithin;
    if (!level || !decideWithin)
      return { type: 'acknowledge', by, onBehalfOf, decideBy: null, again: [] } as const;
    const decideBy = endInHours(facts.now, decideWithin, context.urgency, facts);
    const goesOnAt = goesUpWhenForgotten(context) ? context.chain[context.level + 1] : level;
    const again = escalationChain((goesOnAt ?? level).audience, decideBy, context, facts);
    return { type: 'acknowledge', by, onBehalfOf, decideBy, again: orAsItWas(again, level) } as const;
  });
}

/** Whoever is found in the directory later may be nobody; then it comes back to those who had it. */
function orAsItWas(again: readonly EscalationLevel[], level: EscalationLevel): readonly EscalationLevel[] {
  return again.length > 0 ? again : [{ ...level, acknowledgeBy: null }];
}

/** Nobody decides on what their own agency did not do, not even in a leader's place. */
function decidesOnOneself(by: string, lead: string, facts: ActFacts): Refusal | null {
  const agency = agencyInForce(facts.directory, lead, today(facts))?.id ?? lead;
  if (!worksIn(facts.directory, by, agency, today(facts))) return null;
  return refusal('decides-on-oneself', {
    vi: 'Không được quyết định về việc của chính cơ quan mình, kể cả khi được ủy quyền.',
    en: 'Nobody decides on a matter of their own agency, not even by delegation.',
  });
}

function requireMeeting(meeting: Meeting | null | undefined, facts: ActFacts): Meeting | Refusal {
  if (!meeting)
    return refusal(
      'no-meeting-given',
      {
        vi: 'Triệu tập họp cần ngày, giờ và địa điểm.',
        en: 'To convene takes a date, a time and a place.',
      },
      { field: 'meeting' },
    );
  const date = requireDate(meeting.date, 'meeting.date');
  if (isRefusal(date)) return date;
  if (date < today(facts))
    return refusal(
      'meeting-in-past',
      { vi: 'Ngày họp đã qua.', en: 'The day of the meeting is over.' },
      { field: 'meeting.date' },
    );
  if (minutesOf(meeting.time) === null)
    return refusal(
      'not-a-time',
      { vi: 'Giờ phải có dạng HH:MM.', en: 'The time must be of the form HH:MM.' },
      { field: 'meeting.time' },
    );
  const place = requireText(meeting.place, 'meeting.place');
  return isRefusal(place) ? place : { date, time: meeting.time, place };
}

interface Carried {
  readonly directive: PlannedDecision['directive'];
  readonly explanation: ExplanationInput | null;
  readonly meeting: Meeting | null;
}

const nothing: Carried = { directive: null, explanation: null, meeting: null };

function carried(
  escalation: EscalationContext,
  directive: DirectiveToDecideOn,
  intent: DecisionIntent,
  facts: ActFacts,
): Carried | Refusal {
  const { by, note } = intent;
  const forDirective = (planned: Carried['directive'] | Refusal): Carried | Refusal =>
    isRefusal(planned) ? planned : { ...nothing, directive: planned };
  switch (intent.decision) {
    case 'urge':
      return forDirective(planUrging({ by, note: note ?? '', article: escalation.article }));
    case 'explain': {
      const explanation = planExplanation(
        directive,
        { demandedBy: intent.onBehalfOf ?? by, question: note ?? '', deadline: intent.deadline ?? null },
        facts,
        'note',
      );
      return isRefusal(explanation) ? explanation : { ...nothing, explanation };
    }
    case 'extend': {
      if (!intent.deadline)
        return refusal(
          'no-deadline-given',
          { vi: 'Gia hạn cần có hạn mới.', en: 'An extension needs a new deadline.' },
          { field: 'deadline' },
        );
      const reason = requireText(note, 'note');
      if (isRefusal(reason)) return reason;
      return forDirective(planExtension(directive.context, { by, deadline: intent.deadline, reason }, facts));
    }
    case 'reassign':
      return forDirective(
        planReassignment(
          directive.context,
          directive,
          { by, lead: intent.lead ?? [], reason: note ?? null, deadline: intent.deadline ?? null },
          facts,
        ),
      );
    case 'convene': {
      const words = requireText(note, 'note');
      if (isRefusal(words)) return words;
      const meeting = requireMeeting(intent.meeting, facts);
      return isRefusal(meeting) ? meeting : { ...nothing, meeting };
    }
    case 'criticize': {
      const words = requireText(note, 'note');
      return isRefusal(words) ? words : nothing;
    }
    case 'close':
      return nothing;
  }
}

/**
 * What a leader decides on an escalation. Refuses as the act it implies (`planUrging`, `planExtension`,
 * `planReassignment`, `planExplanation`), `no-deadline-given`, `no-meeting-given`, `meeting-in-past`, `not-a-time`,
 * `unknown-decision`, and `decides-on-oneself`.
 */
export function planDecision(
  escalation: EscalationContext,
  directive: DirectiveToDecideOn,
  intent: DecisionIntent,
  facts: ActFacts,
): PlannedDecision | Refusal {
  if (!decisions.includes(intent.decision))
    return refusal(
      'unknown-decision',
      { vi: 'Không có cách xử lý này.', en: 'There is no such decision.' },
      { field: 'decision' },
    );
  const own = decidesOnOneself(intent.by, escalation.facts.lead, facts);
  if (own) return own;
  const planned = carried(escalation, directive, intent, facts);
  if (isRefusal(planned)) return planned;
  const { by, onBehalfOf, decision, deadline = null, lead = [] } = intent;
  const { explanation, meeting } = planned;
  const note = intent.note?.trim() ?? null;
  const made = { by, onBehalfOf, decision, note, meeting };
  const window = { now: facts.now, seconds: intent.undoSeconds, directive: directive.context };
  const held = heldDecision({ ...made, deadline, lead }, window);
  return held === null
    ? { escalation: { type: 'decide', ...made, explanation, held }, directive: planned.directive }
    : { escalation: { type: 'decide', ...made, explanation: null, held }, directive: null };
}

/** A decision takes effect when the time to undo it is over: judged again, by what is true then. */
export function planCarryingOut(
  escalation: EscalationContext,
  held: HeldDecision,
  directive: DirectiveToDecideOn,
  facts: ActFacts,
): CarriedOut<EscalationEventToSend<'carry-out'>> {
  const plan = planDecision(escalation, directive, held, facts);
  if (isRefusal(plan)) return { decision: notCarriedOut(plan), directive: null };
  const { by, onBehalfOf, decision, note, explanation, meeting } = plan.escalation;
  return {
    decision: { type: 'carry-out', by, onBehalfOf, decision, note, explanation, meeting },
    directive: plan.directive,
  };
}
