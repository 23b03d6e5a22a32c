import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import {
  addWorkingDays,
  addWorkingTime,
  workingDaysBetween,
  workingTimeBetween,
} from '../working-time/working-time';
import { requireText, withinCalendar, type ActFacts } from './act-facts';
import { planReturnWindow } from './counted-from-receipt';
import {
  inForce,
  beforeParent,
  planDeadlineInForce,
  planLadderAnew,
  unlessBySilence,
  type DeadlineIntent,
} from './deadline-plan';
import { type DeadlineInForce, type DirectiveContext, type DirectiveEventToSend } from './directive.types';

/** The clock stands still until the assigning leader lets it go on. */
export function planSuspension(intent: {
  readonly by: string;
  readonly reason: string;
}): DirectiveEventToSend<'suspend'> | Refusal {
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'suspend', by: intent.by, reason };
}

/**
 * The working time that was left when the clock stopped, counted again from now: whole working days to the end of the
 * last of them, less than a day in hours. What was overdue then, or without a deadline, stays as it was.
 */
export function remainingDeadline(context: DirectiveContext, facts: ActFacts): DeadlineInForce | null {
  const { deadline, suspension } = context;
  const { calendar, now } = facts;
  if (deadline === null || suspension === null || deadline.at <= suspension.since) return deadline;
  const days = workingDaysBetween(calendar, suspension.since, deadline.at);
  const at =
    days > 0
      ? addWorkingDays(calendar, now, days)
      : addWorkingTime(calendar, now, workingTimeBetween(calendar, suspension.since, deadline.at));
  const basis = `Thời gian làm việc còn lại khi tạm dừng${days > 0 ? `: ${days} ngày làm việc` : ''}`;
  return beforeParent(context.parent, inForce(at, { phrase: deadline.phrase, basis }, facts), facts);
}

/** A date that somebody names for going on, else the time that remained. Refuses `deadline-passed`, `due-after-parent`. */
function deadlineToGoOn(
  context: DirectiveContext,
  wanted: DeadlineIntent | null | undefined,
  facts: ActFacts,
): DeadlineInForce | null | Refusal {
  if (wanted === undefined || wanted === null) return remainingDeadline(context, facts);
  const deadline = planDeadlineInForce(wanted, context, facts);
  if (isRefusal(deadline) || deadline.at > facts.now) return deadline;
  return refusal(
    'deadline-passed',
    { vi: 'Hạn mới phải sau thời điểm hiện tại.', en: 'The new deadline must be later than now.' },
    { field: 'deadline.date' },
  );
}

/** The Office or the lead proposes to go on, by a date; the assigning leader decides. */
export function planResumptionProposal(
  context: DirectiveContext,
  intent: { readonly by: string; readonly deadline?: DeadlineIntent | null; readonly reason?: string | null },
  facts: ActFacts,
): DirectiveEventToSend<'propose-resumption'> | Refusal {
  return withinCalendar('deadline.date', () => {
    const deadline = deadlineToGoOn(context, intent.deadline, facts);
    if (isRefusal(deadline)) return deadline;
    return { type: 'propose-resumption', by: intent.by, reason: intent.reason?.trim() ?? null, deadline };
  });
}

/** The clock goes on: by the date named now, else the one proposed while it is still to come, else what remained. */
export function planResumption(
  context: DirectiveContext,
  intent: { readonly by: string; readonly deadline?: DeadlineIntent | null },
  facts: ActFacts,
): DirectiveEventToSend<'resume'> | Refusal {
  return withinCalendar('deadline.date', () => {
    const proposed = context.suspension?.proposed ?? null;
    const named = intent.deadline ?? null;
    const deadline =
      named === null && proposed !== null && proposed.at > facts.now
        ? beforeParent(context.parent, proposed, facts)
        : deadlineToGoOn(context, named, facts);
    if (isRefusal(deadline)) return deadline;
    const window = planReturnWindow({ ...context, deadline }, facts);
    return {
      type: 'resume',
      by: intent.by,
      deadline,
      ...window,
      ...unlessBySilence(window.bySilence, () => planLadderAnew(context, deadline, facts)),
    };
  });
}
