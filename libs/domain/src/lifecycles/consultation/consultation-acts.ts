import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../../directory/agencies';
import { endOfWindow } from '../../working-rules/rule-instants';
import { requireText, today, versionOf, withinCalendar, type ActFacts } from '../act-facts';
import { countedFor } from '../counted-for';
import { planDeadlineInForce, type DeadlineIntent } from '../deadline-plan';
import { audienceFacts } from '../directive.messages';
import { type DirectiveContext } from '../directive.types';
import {
  positions,
  type ConsultationEventToSend,
  type ConsultationInput,
  type Position,
} from './consultation.types';

interface ByPerson {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

export interface ConsultationIntent {
  readonly by: string;
  /** Each gets a consultation of its own. */
  readonly agencies: readonly string[];
  readonly question: string;
  /** More time than the rules give; null: as the rules say. */
  readonly deadline: DeadlineIntent | null;
}

/** Never less than the rules give: what silence will mean depends on it. */
function planReplyBy(deadline: DeadlineIntent | null, facts: ActFacts): Instant | Refusal {
  const { calendar, now, rules } = facts;
  const least = endOfWindow(calendar, now, rules.consultation.value.replyWithin);
  if (deadline === null) return least;
  const named = planDeadlineInForce(deadline, { sourceDate: today(facts), parent: null }, facts);
  if (isRefusal(named) && named.code !== 'deadline-before-source') return named;
  if (!isRefusal(named) && named.at >= least) return named.at;
  const { article } = rules.consultation;
  return refusal(
    'reply-time-too-short',
    {
      vi: `Thời gian cho ý kiến ngắn hơn quy chế (${article}).`,
      en: `The time to reply is shorter than the working rules give (${article}).`,
    },
    { field: 'deadline.date' },
  );
}

function requireAsked(
  agencies: readonly string[],
  { lead, coordinating }: DirectiveContext,
): readonly string[] | Refusal {
  const asked = [...new Set(agencies)];
  if (asked.length === 0)
    return refusal(
      'no-agency-asked',
      { vi: 'Cần nêu cơ quan được lấy ý kiến.', en: 'Name the agencies to ask.' },
      { field: 'agencies' },
    );
  const stranger = asked.findIndex((agency) => agency === lead || !coordinating.includes(agency));
  if (stranger === -1) return asked;
  return refusal(
    'not-coordinating',
    {
      vi: 'Chỉ lấy ý kiến cơ quan phối hợp của nhiệm vụ này.',
      en: 'Only coordinating agencies of this directive are asked.',
    },
    { field: `agencies[${stranger}]` },
  );
}

/**
 * The lead asks coordinating agencies. Refuses `missing-text`, `no-agency-asked`, `not-coordinating`, `directive-over`,
 * `reply-time-too-short`, `beyond-calendar`, and as `planDeadlineInForce`. The ids are the caller's to add.
 */
export function planConsultation(
  directive: { readonly id: string; readonly context: DirectiveContext; readonly isOver: boolean },
  intent: ConsultationIntent,
  facts: ActFacts,
): readonly Omit<ConsultationInput, 'id' | 'round'>[] | Refusal {
  const { context, id, isOver } = directive;
  if (isOver)
    return refusal('directive-over', {
      vi: 'Nhiệm vụ đã báo cáo hoặc kết thúc; không cần lấy ý kiến nữa.',
      en: 'The directive was reported or has ended: no opinion is needed any more.',
    });
  const asked = requireAsked(intent.agencies, context);
  if (isRefusal(asked)) return asked;
  const question = requireText(intent.question, 'question');
  if (isRefusal(question)) return question;
  const { value, article } = facts.rules.consultation;
  const lead = agencyInForce(facts.directory, context.lead, today(facts))?.id ?? context.lead;
  const inputs: Omit<ConsultationInput, 'id' | 'round'>[] = [];
  for (const agency of asked) {
    const counted = countedFor(facts, agency);
    const replyBy = withinCalendar('deadline.date', () => planReplyBy(intent.deadline, counted));
    if (isRefusal(replyBy)) return replyBy;
    inputs.push({
      directive: id,
      lead,
      agency,
      askedBy: intent.by,
      question,
      replyBy,
      silence: value.silence,
      article,
      rules: versionOf(facts.rules),
      urgency: context.urgency,
      facts: { ...audienceFacts(context), lead, coordinating: [agency] },
    });
  }
  return inputs;
}

/** An agency's opinion; only plain agreement needs no words. Refuses `unknown-position`, `missing-text`. */
export function planReply(
  intent: ByPerson & {
    readonly position: Position;
    readonly opinion: string | null;
    readonly file: string | null;
  },
): ConsultationEventToSend<'reply'> | Refusal {
  const { by, onBehalfOf, position, file } = intent;
  if (!positions.includes(position))
    return refusal(
      'unknown-position',
      { vi: 'Không có loại ý kiến này.', en: 'There is no such position.' },
      { field: 'position' },
    );
  const reply = { type: 'reply', by, onBehalfOf, position, file } as const;
  const words = requireText(intent.opinion, 'opinion');
  if (!isRefusal(words)) return { ...reply, opinion: words };
  return position === 'agree' ? { ...reply, opinion: null } : words;
}

/** The lead no longer needs the opinion. Refuses `missing-text`. */
export function planConsultationWithdrawal(
  intent: ByPerson & { readonly reason: string },
): ConsultationEventToSend<'withdraw'> | Refusal {
  const { by, onBehalfOf } = intent;
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'withdraw', by, onBehalfOf, reason };
}
