import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { maySee, type ActingCaller } from '../authorization/abilities';
import * as course from '../lifecycles/course-acts';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import { directiveState } from '../lifecycles/directive-state';
import * as acts from '../lifecycles/directive-acts';
import { planDeadlineOrEvent } from '../lifecycles/event-date';
import { type DirectiveEventToSend, type ResultDocument } from '../lifecycles/directive.types';
import * as reports from '../lifecycles/report-acts';
import * as suspension from '../lifecycles/suspension-acts';
import { type CivilDate } from '../working-time/civil-date';
import { rulesToMoveTo } from '../organizations/rules-version';
import { directiveAtHand, type DirectiveAtHand } from './directive-facts';
import { handOn, type Part } from './hand-on';

/** What a person wants done with a directive, before any rule has looked at it. */
export type DirectiveIntent =
  | { readonly act: 'accept' | 'approve-report' | 'verify' | 'transfer' }
  | { readonly act: 'return'; readonly reason: string; readonly proposedAgency?: string | null | undefined }
  | { readonly act: 'assign-person'; readonly person: string; readonly note?: string | null | undefined }
  | { readonly act: 'hand-on'; readonly parts: readonly Part[] }
  | {
      readonly act: 'reassign';
      readonly lead: readonly string[];
      readonly coordinating?: readonly string[] | undefined;
      readonly reason?: string | null | undefined;
      readonly deadline?: DeadlineIntent | null | undefined;
    }
  | {
      readonly act: 'set-deadline';
      /** Either this, or the day of the event that the words wait for. */
      readonly deadline?: DeadlineIntent;
      readonly eventOn?: CivilDate;
    }
  | { readonly act: 'extend'; readonly deadline: DeadlineIntent; readonly reason: string }
  | { readonly act: 'report'; readonly result: ResultDocument }
  | { readonly act: 'return-report' | 'send-back' | 'suspend' | 'cancel'; readonly reason: string }
  | { readonly act: 'urge'; readonly note: string }
  | {
      readonly act: 'propose-resumption';
      readonly deadline?: DeadlineIntent | null | undefined;
      readonly reason?: string | null | undefined;
    }
  | { readonly act: 'resume'; readonly deadline?: DeadlineIntent | null | undefined }
  | { readonly act: 'replace'; readonly successor: string; readonly reason: string }
  | { readonly act: 'move-rules'; readonly version?: number | undefined; readonly reason: string };

/** What the directive is to hear, and what others are to hear after it, in the same transaction. */
export interface PlannedAct {
  readonly event: DirectiveEventToSend;
  readonly also: readonly { readonly instance: string; readonly event: DirectiveEventToSend }[];
}

/** From an intent to events: looks up what the pure acts need, and lets them decide. */
export async function planAct(
  tx: PostgresWork,
  acting: ActingCaller,
  intent: DirectiveIntent,
  found: DirectiveAtHand,
): Promise<PlannedAct | Refusal> {
  const by = acting.caller.person;
  if (intent.act === 'replace') {
    const later = await directiveAtHand(tx, intent.successor, 'lock');
    if (!later || !maySee(acting.caller, 'directive', later.relations)) return unknownSuccessor;
    const plan = course.planReplacement(
      { id: found.record.id, context: found.context },
      { id: later.record.id, work: later.work, context: later.context },
      { by, reason: intent.reason },
    );
    if (isRefusal(plan)) return plan;
    return { event: plan.replaced, also: [{ instance: later.record.id, event: plan.successor }] };
  }
  const event =
    intent.act === 'hand-on'
      ? await handOn(tx, acting, intent.parts, found)
      : intent.act === 'move-rules'
        ? await planMove(tx, by, intent, found)
        : planned(intent, { by, onBehalfOf: acting.onBehalfOf }, found);
  return isRefusal(event) ? event : { event, also: [] };
}

const unknownSuccessor = refusal(
  'unknown-directive',
  { vi: 'Không tìm thấy nhiệm vụ thay thế.', en: 'There is no such later directive.' },
  { field: 'successor' },
);

async function planMove(
  tx: PostgresWork,
  by: string,
  { version, reason }: Extract<DirectiveIntent, { act: 'move-rules' }>,
  { record, context, facts }: DirectiveAtHand,
): Promise<DirectiveEventToSend | Refusal> {
  const rules = await rulesToMoveTo(tx, version);
  if (isRefusal(rules)) return rules;
  const state = directiveState(record.snapshot.value);
  return course.planMoveToRules(context, state, { by, reason }, { ...facts, rules });
}

type PlainIntent = Exclude<DirectiveIntent, { act: 'hand-on' | 'replace' | 'move-rules' }>;

function planned(
  intent: PlainIntent,
  { by, onBehalfOf }: { readonly by: string; readonly onBehalfOf: string | null },
  { context, work, facts }: DirectiveAtHand,
): DirectiveEventToSend | Refusal {
  switch (intent.act) {
    case 'accept':
      return acts.planAcceptance(context, { by }, facts);
    case 'return': {
      const { reason, proposedAgency = null } = intent;
      return acts.planReturn({ by, reason, proposedAgency }, facts);
    }
    case 'assign-person':
      return acts.planPerson(context, { by, person: intent.person, note: intent.note ?? null }, facts);
    case 'reassign': {
      const { lead, coordinating, reason = null, deadline = null } = intent;
      const named = { by, lead, reason, deadline, ...(coordinating !== undefined && { coordinating }) };
      return acts.planReassignment(context, { work }, named, facts);
    }
    case 'transfer':
      return course.planTransfer(context, { by }, facts);
    case 'set-deadline':
      return planDeadlineOrEvent(context, { by, ...intent }, facts);
    case 'extend':
      return acts.planExtension(context, { by, deadline: intent.deadline, reason: intent.reason }, facts);
    case 'report':
      return reports.planReport(context, { by, onBehalfOf, result: intent.result }, facts);
    case 'approve-report':
      return reports.planReportApproval(context, { by, onBehalfOf }, facts);
    case 'return-report':
      return reports.planReportReturn({ by, reason: intent.reason });
    case 'verify':
      return reports.planVerification(context, { by, onBehalfOf });
    case 'send-back':
      return reports.planSendBack(context, { by, reason: intent.reason }, facts);
    case 'urge':
      return acts.planUrging({ by, note: intent.note });
    case 'suspend':
      return suspension.planSuspension({ by, reason: intent.reason });
    case 'propose-resumption': {
      const { deadline = null, reason = null } = intent;
      return suspension.planResumptionProposal(context, { by, deadline, reason }, facts);
    }
    case 'resume':
      return suspension.planResumption(context, { by, deadline: intent.deadline ?? null }, facts);
    case 'cancel':
      return acts.planCancellation({ by, reason: intent.reason });
  }
}
