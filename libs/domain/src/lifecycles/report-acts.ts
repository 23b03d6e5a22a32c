import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../directory/agencies';
import { holdersOf } from '../directory/offices';
import { endOfWindow } from '../working-rules/rule-instants';
import { dayNumberOfDate, type CivilDate } from '../working-time/civil-date';
import { zoneNamed, type Instant } from '../working-time/zone';
import { requireDate, requireText, today, withinCalendar, type ActFacts } from './act-facts';
import { planReminders } from './answer-due-plan';
import { countedForOffice } from './counted-for';
import { beforeParent, planLadderAnew } from './deadline-plan';
import {
  type DirectiveContext,
  type DirectiveEventToSend,
  type ResultDocument,
  type Submission,
} from './directive.types';

/** Who acts, and in whose place. */
export interface Acting {
  readonly by: string;
  readonly onBehalfOf?: string | null;
}

/** Số/ký hiệu, ngày, trích yếu, file. Refuses `missing-text`, `not-a-date`, `result-in-future`. */
export function requireResult(result: ResultDocument, facts: ActFacts): ResultDocument | Refusal {
  const number = requireText(result.number, 'result.number');
  if (isRefusal(number)) return number;
  const summary = requireText(result.summary, 'result.summary');
  if (isRefusal(summary)) return summary;
  const date = requireDate(result.date, 'result.date');
  if (isRefusal(date)) return date;
  if (date > today(facts))
    return refusal(
      'result-in-future',
      {
        vi: 'Ngày của văn bản báo cáo kết quả ở tương lai.',
        en: 'The result document is dated in the future.',
      },
      { field: 'result.date' },
    );
  return { number, date, summary, file: result.file };
}

const beginningOf = (date: CivilDate, { calendar }: ActFacts): Instant =>
  zoneNamed(calendar.zone).instantOf(dayNumberOfDate(date), 0);

/** What a report that leaves the lead agency now is judged by, and who is reminded of it while it waits. */
function submit(context: DirectiveContext, result: ResultDocument, facts: ActFacts): Submission {
  const { rules, calendar, now } = facts;
  const { judgedBy, documentDateTolerance } = rules.completion.value;
  const dated = beginningOf(result.date, facts);
  const { within, rungs } = rules.verification.value;
  // Who verifies works by the organization's own calendar.
  const office = countedForOffice(facts);
  return {
    result,
    judgedAt: judgedBy === 'document-date' ? dated : null,
    dateFlagged: now > endOfWindow(calendar, dated, documentDateTolerance),
    verification: planReminders(endOfWindow(office.calendar, now, within), rungs, context.urgency, office),
  };
}

/** Whether the head of the lead agency acts, in person or through somebody. */
export function isHeadOfLead(
  context: DirectiveContext,
  { by, onBehalfOf }: Acting,
  facts: ActFacts,
): boolean {
  const { directory } = facts;
  const lead = agencyInForce(directory, context.lead, today(facts))?.id ?? context.lead;
  const heads = holdersOf(directory, 'agency-head', lead, today(facts));
  return heads.some(({ person }) => person === by || person === onBehalfOf);
}

/**
 * The lead reports. Where the rules want it, a report of anybody but the head goes to the head first. Refuses
 * `missing-text`, `not-a-date`, `result-in-future`.
 */
export function planReport(
  context: DirectiveContext,
  intent: Acting & { readonly result: ResultDocument },
  facts: ActFacts,
): DirectiveEventToSend<'report'> | Refusal {
  const result = requireResult(intent.result, facts);
  if (isRefusal(result)) return result;
  const { by, onBehalfOf = null } = intent;
  const needsApproval = facts.rules.headApproval.value.reports && !isHeadOfLead(context, intent, facts);
  return withinCalendar('result.date', () => ({
    type: 'report',
    by,
    onBehalfOf,
    needsApproval,
    ...submit(context, result, facts),
  }));
}

/** The head lets a report go: from now on it awaits verification. Refuses `no-report` when none waits for the head. */
export function planReportApproval(
  context: DirectiveContext,
  { by, onBehalfOf = null }: Acting,
  facts: ActFacts,
): DirectiveEventToSend<'approve-report'> | Refusal {
  const { draft } = context;
  if (!draft)
    return refusal('no-report', {
      vi: 'Không có báo cáo nào chờ thủ trưởng duyệt.',
      en: 'No report waits for the head of the agency.',
    });
  return withinCalendar('result.date', () => ({
    type: 'approve-report',
    by,
    onBehalfOf,
    ...submit(context, draft.result, facts),
  }));
}

/** The head sends a report back inside the agency; it never left. */
export function planReportReturn(intent: {
  readonly by: string;
  readonly reason: string;
}): DirectiveEventToSend<'return-report'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'return-report', by: intent.by, reason };
}

/**
 * The assigning side accepts the result. Refuses `verifier-is-reporter` (in person, in another's place, or through
 * another; field `reporter`) and `open-children` (field `openChildren`): the fields of the directive that stand in the way.
 */
export function planVerification(
  { reporters, children }: DirectiveContext,
  { by, onBehalfOf = null }: Acting,
): DirectiveEventToSend<'verify'> | Refusal {
  if ([by, onBehalfOf].some((one) => one !== null && reporters.includes(one)))
    return refusal(
      'verifier-is-reporter',
      {
        vi: 'Người báo cáo không được tự xác nhận hoàn thành.',
        en: 'Whoever reported may not verify.',
      },
      { field: 'reporter' },
    );
  if (children.length > 0)
    return refusal(
      'open-children',
      {
        vi: `Còn ${children.length} nhiệm vụ đã giao tiếp chưa kết thúc.`,
        en: `Handed on and not ended yet: ${children.length}.`,
      },
      { field: 'openChildren' },
    );
  return { type: 'verify', by, onBehalfOf };
}

/** The report is not accepted: the clock and the ladder go on from the deadline in force. */
export function planSendBack(
  context: DirectiveContext,
  intent: { readonly by: string; readonly reason: string },
  facts: ActFacts,
): DirectiveEventToSend<'send-back'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  if (isRefusal(reason)) return reason;
  const deadline = beforeParent(context.parent, context.deadline, facts);
  return { type: 'send-back', by: intent.by, reason, deadline, ...planLadderAnew(context, deadline, facts) };
}
