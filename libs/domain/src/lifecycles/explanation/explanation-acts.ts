import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../../directory/agencies';
import { requireText, today, versionOf, withinCalendar, type ActFacts } from '../act-facts';
import { countedFor } from '../counted-for';
import { planAnswerDue } from '../answer-due-plan';
import { type AnswerDue } from '../awaited-answer';
import { type DeadlineIntent } from '../deadline-plan';
import { audienceFacts } from '../directive.messages';
import { type DirectiveContext } from '../directive.types';
import {
  type ExplanationContext,
  type ExplanationEventToSend,
  type ExplanationInput,
} from './explanation.types';

interface ByPerson {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

function planDue(
  deadline: DeadlineIntent | null,
  urgency: ExplanationInput['urgency'],
  facts: ActFacts,
): AnswerDue | Refusal {
  const { value, article } = facts.rules.explanation;
  return planAnswerDue({ deadline, within: value.within, reminders: value.rungs, article, urgency }, facts);
}

/**
 * A leader demands an explanation of the lead's head, on a directive. Without a day the rules say until when. Refuses
 * `missing-text`, `directive-cancelled`, and as `planAnswerDue`.
 * @param field of the question in the request
 */
export function planExplanation(
  directive: { readonly id: string; readonly context: DirectiveContext; readonly work: string },
  intent: {
    readonly demandedBy: string;
    readonly question: string;
    readonly deadline: DeadlineIntent | null;
  },
  facts: ActFacts,
  field = 'question',
): ExplanationInput | Refusal {
  const { context, id, work } = directive;
  if (work === 'cancelled')
    return refusal('directive-cancelled', {
      vi: 'Nhiệm vụ đã bị hủy; không còn gì phải giải trình.',
      en: 'The directive was cancelled: there is nothing to explain.',
    });
  const question = requireText(intent.question, field);
  if (isRefusal(question)) return question;
  const agency = agencyInForce(facts.directory, context.lead, today(facts))?.id ?? context.lead;
  const counted = countedFor(facts, agency);
  const due = withinCalendar('deadline.date', () => planDue(intent.deadline, context.urgency, counted));
  if (isRefusal(due)) return due;
  return {
    directive: id,
    escalation: null,
    agency,
    demandedBy: intent.demandedBy,
    question,
    due,
    rules: versionOf(facts.rules),
    urgency: context.urgency,
    facts: { ...audienceFacts(context), lead: agency, assigningLeader: intent.demandedBy },
  };
}

/** What the head submits. Refuses `missing-text`. */
export function planSubmission(
  intent: ByPerson & { readonly text: string; readonly file: string | null },
): ExplanationEventToSend<'submit'> | Refusal {
  const { by, onBehalfOf, file } = intent;
  const text = requireText(intent.text, 'text');
  return isRefusal(text) ? text : { type: 'submit', by, onBehalfOf, text, file };
}

export function planExplanationAcceptance(
  intent: ByPerson & { readonly note: string | null },
): ExplanationEventToSend<'accept'> {
  return { type: 'accept', by: intent.by, onBehalfOf: intent.onBehalfOf, note: intent.note?.trim() ?? null };
}

/** What was submitted does not suffice: asked again, by a new day. Refuses as `planExplanation`. */
export function planAskingAgain(
  context: ExplanationContext,
  intent: ByPerson & { readonly question: string; readonly deadline: DeadlineIntent | null },
  facts: ActFacts,
): ExplanationEventToSend<'ask-again'> | Refusal {
  const { by, onBehalfOf } = intent;
  const question = requireText(intent.question, 'question');
  if (isRefusal(question)) return question;
  const counted = countedFor(facts, context.agency);
  const due = withinCalendar('deadline.date', () => planDue(intent.deadline, context.urgency, counted));
  return isRefusal(due) ? due : { type: 'ask-again', by, onBehalfOf, question, due };
}

/** It is no longer asked for. Refuses `missing-text`. */
export function planDemandWithdrawal(
  intent: ByPerson & { readonly reason: string },
): ExplanationEventToSend<'withdraw'> | Refusal {
  const { by, onBehalfOf } = intent;
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'withdraw', by, onBehalfOf, reason };
}
