import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { resolveAudience } from '../directory/audience';
import { endOfWindow } from '../working-rules/rule-instants';
import { sendsOutsideHours } from '../working-rules/working-rules';
import { nextOpening } from '../working-time/working-time';
import { type Instant } from '../working-time/zone';
import { requireText, withinCalendar, type ActFacts } from './act-facts';
import { countedForOffice } from './counted-for';
import { planDeadlineInForce, type DeadlineIntent } from './deadline-plan';
import { planExtension } from './directive-acts';
import { audienceFacts } from './directive.messages';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import {
  type DecisionTimes,
  type ExtensionRequestContext,
  type ExtensionRequestEventToSend,
  type ExtensionRequestInput,
  type HeldGrant,
} from './extension-request.types';
import { heldDecision, notCarriedOut, type CarriedOut } from './undo-window';
import { isHeadOfLead, type Acting } from './report-acts';

/** Who asks for more time, and decides on it, by the article on extensions. Pure; resolved as in `directive-acts`. */

export interface ExtensionRequestIntent extends Acting {
  readonly deadline: DeadlineIntent;
  readonly reason: string;
  /** What has been done so far. */
  readonly done?: string | null;
}

const no = (code: string, field: string, vi: string, en: string): Refusal =>
  refusal(code, { vi, en }, { field });

/** Whether the rules let the lead ask now: how long before the deadline, how often, and what is past it. */
function mayAsk(
  { deadline, extensions, extensionRequest }: DirectiveContext,
  facts: ActFacts,
): Refusal | Instant {
  const { requestBefore, atMost, afterDeadline } = facts.rules.extension.value;
  const { now, calendar } = facts;
  if (!deadline)
    return no('no-deadline-yet', 'deadline', 'Nhiệm vụ chưa có hạn.', 'The directive has no deadline yet.');
  if (extensionRequest !== null)
    return no(
      'extension-pending',
      'deadline',
      'Đã có một đề nghị gia hạn đang chờ quyết định.',
      'A request for more time waits for its decision already.',
    );
  if (atMost !== null && extensions >= atMost)
    return no(
      'extended-too-often',
      'deadline',
      `Quy chế cho gia hạn nhiều nhất ${atMost} lần; nhiệm vụ đã được gia hạn ${extensions} lần.`,
      `The rules allow ${atMost} extensions at most; this directive has had ${extensions}.`,
    );
  if (now >= deadline.at)
    return afterDeadline === 'stays-overdue'
      ? deadline.at
      : no(
          'extension-after-deadline',
          'deadline',
          'Đã quá hạn; quy chế không nhận đề nghị gia hạn sau hạn.',
          'The deadline has passed; the rules take no request after it.',
        );
  if (requestBefore !== null) {
    const { amount, unit } = requestBefore;
    if (now > endOfWindow(calendar, deadline.at, { amount: -amount, unit }))
      return no(
        'extension-too-late',
        'deadline',
        `Phải đề nghị gia hạn trước hạn ít nhất ${amount} ${{ wd: 'ngày làm việc', wh: 'giờ làm việc', h: 'giờ' }[unit]}.`,
        `More time has to be asked for at least ${amount} ${{ wd: 'working days', wh: 'working hours', h: 'hours' }[unit]} before the deadline.`,
      );
  }
  return deadline.at;
}

function decisionTimes(urgency: DirectiveContext['urgency'], facts: ActFacts): DecisionTimes {
  const { calendar, rules, now } = countedForOffice(facts);
  const { decideWithin } = rules.extension.value;
  const anyHour = sendsOutsideHours(rules, urgency);
  const after = (from: Instant): Instant => {
    const end = endOfWindow(calendar, from, decideWithin);
    return anyHour ? end : nextOpening(calendar, end);
  };
  const remindAt = after(now);
  return { remindAt, goUpAt: after(remindAt) };
}

/** Why the rules take no request for more time now, whoever asks; null when they do. */
export function noTimeToAsk(context: DirectiveContext, facts: ActFacts): Refusal | null {
  const refused = mayAsk(context, facts);
  return isRefusal(refused) ? refused : null;
}

/**
 * The lead asks for more time. Refuses `no-deadline-yet`, `extension-pending`, `extended-too-often`,
 * `extension-after-deadline`, `extension-too-late`, `not-later`, `missing-text`, and as `planDeadlineInForce`.
 */
export function planExtensionRequest(
  directive: { readonly id: string; readonly context: DirectiveContext },
  id: string,
  intent: ExtensionRequestIntent,
  facts: ActFacts,
): ExtensionRequestInput | Refusal {
  const { context } = directive;
  const deadline = mayAsk(context, facts);
  if (isRefusal(deadline)) return deadline;
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  return withinCalendar('deadline.date', () => {
    const asked = planDeadlineInForce(intent.deadline, context, facts);
    if (isRefusal(asked)) return asked;
    if (asked.at <= Math.max(facts.now, deadline))
      return no(
        'not-later',
        'deadline.date',
        'Hạn đề nghị phải sau hạn đang có và sau thời điểm hiện tại.',
        'The deadline asked for must be later than the one in force and than now.',
      );
    const { date, time = null, phrase = null, basis = null } = intent.deadline;
    const { rules } = facts;
    return {
      id,
      directive: directive.id,
      by: intent.by,
      onBehalfOf: intent.onBehalfOf ?? null,
      reason,
      done: intent.done?.trim() ?? null,
      asked: { date, time, phrase, basis },
      deadline,
      rules: context.rules,
      article: rules.extension.article,
      urgency: context.urgency,
      facts: audienceFacts(context),
      approver: rules.extension.value.approver,
      needsApproval: rules.headApproval.value.extensionRequests && !isHeadOfLead(context, intent, facts),
      decideBy: decisionTimes(context.urgency, facts),
    };
  });
}

/** The head lets the request leave the agency: the time to decide begins now. Refuses `not-the-head`. */
export function planRequestApproval(
  directive: DirectiveContext,
  { by, onBehalfOf = null }: Acting,
  facts: ActFacts,
): ExtensionRequestEventToSend<'approve'> | Refusal {
  if (!isHeadOfLead(directive, { by, onBehalfOf }, facts)) return notTheHead;
  const decideBy = decisionTimes(directive.urgency, facts);
  return withinCalendar('deadline.date', () => ({ type: 'approve', by, onBehalfOf, decideBy }));
}

const notTheHead = refusal('not-the-head', {
  vi: 'Chỉ thủ trưởng cơ quan chủ trì duyệt đề nghị này.',
  en: 'Only the head of the lead agency approves this request.',
});

/** The head does not let it leave. Refuses `not-the-head`, `missing-text`. */
export function planRequestDecline(
  directive: DirectiveContext,
  intent: Acting & { readonly reason: string },
  facts: ActFacts,
): ExtensionRequestEventToSend<'decline'> | Refusal {
  if (!isHeadOfLead(directive, intent, facts)) return notTheHead;
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'decline', by: intent.by, reason };
}

export interface ExtensionDecisionIntent extends Acting {
  readonly granted: boolean;
  /** Another deadline than the one asked for. */
  readonly deadline?: DeadlineIntent | null;
  /** Needed to refuse. */
  readonly note?: string | null;
  /** How long it can be undone; left out: not at all, and it takes effect at once. */
  readonly undoSeconds?: number;
}

/** What the request hears, and then, in the same transaction, what the directive hears. */
export interface PlannedExtensionDecision {
  readonly request: ExtensionRequestEventToSend<'decide'>;
  readonly directive: DirectiveEventToSend<'extend'> | null;
}

/** The people whom the rules name at this moment, delegates in their places, and the assigning leader. */
export function whoDecides(
  request: ExtensionRequestContext,
  directive: DirectiveContext,
  facts: ActFacts,
): readonly string[] {
  const { directory, now, calendar } = facts;
  const reached = ([request.approver, 'assigning-leader'] as const).flatMap((audience) =>
    resolveAudience(directory, audience, audienceFacts(directive), now, calendar.zone),
  );
  const people = reached.filter(({ via }) => via !== 'administrator').map(({ person }) => person);
  return directive.assigningLeader === null ? people : [...people, directive.assigningLeader];
}

/**
 * Grants or refuses. Refuses `not-the-approver`, `requester-decides`, `missing-text` (a refusal says why), and as
 * `planExtension`.
 */
export function planExtensionDecision(
  request: ExtensionRequestContext,
  directive: DirectiveContext,
  intent: ExtensionDecisionIntent,
  facts: ActFacts,
): PlannedExtensionDecision | Refusal {
  const { by, onBehalfOf = null, granted } = intent;
  const hands = [by, onBehalfOf].filter((one) => one !== null);
  if (hands.some((one) => request.requesters.includes(one)))
    return no(
      'requester-decides',
      'requester',
      'Người đề nghị không được tự quyết định gia hạn.',
      'Whoever asked for more time may not decide on it.',
    );
  const approvers = whoDecides(request, directive, facts);
  if (!hands.some((one) => approvers.includes(one)))
    return refusal('not-the-approver', {
      vi: 'Chỉ người có thẩm quyền theo quy chế hoặc lãnh đạo giao nhiệm vụ quyết định gia hạn.',
      en: 'Only whom the rules name, or the assigning leader, decides on more time.',
    });
  const note = intent.note?.trim() ?? null;
  const window = { now: facts.now, seconds: intent.undoSeconds, directive };
  if (!granted) {
    const reason = requireText(note, 'note');
    if (isRefusal(reason)) return reason;
    const made = { by, onBehalfOf, granted, note: reason, deadline: null };
    const held = heldDecision(made, window);
    return { request: { type: 'decide', ...made, held }, directive: null };
  }
  const deadline = intent.deadline ?? request.asked;
  const extension = planExtension(
    directive,
    { by, deadline, reason: note ?? request.reason, onRequest: true },
    facts,
  );
  if (isRefusal(extension)) return extension;
  const made = { by, onBehalfOf, granted, note };
  const held = heldDecision({ ...made, deadline: intent.deadline ?? null }, window);
  return {
    request: { type: 'decide', ...made, deadline: extension.deadline.at, held },
    directive: held === null ? extension : null,
  };
}

/** A decision takes effect when the time to undo it is over: judged again, by what is true then. */
export function planCarryingOutGrant(
  request: ExtensionRequestContext,
  held: HeldGrant,
  directive: DirectiveContext,
  facts: ActFacts,
): CarriedOut<ExtensionRequestEventToSend<'carry-out'>> {
  const plan = planExtensionDecision(request, directive, held, facts);
  if (isRefusal(plan)) return { decision: notCarriedOut(plan), directive: null };
  const { by, onBehalfOf, granted, note, deadline } = plan.request;
  return {
    decision: { type: 'carry-out', by, onBehalfOf, granted, note, deadline },
    directive: plan.directive,
  };
}

/** The lead needs no more time after all. */
export function planRequestWithdrawal({ by }: Acting): ExtensionRequestEventToSend<'withdraw'> {
  return { type: 'withdraw', by };
}
