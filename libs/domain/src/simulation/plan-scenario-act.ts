import { isRefusal, type InstanceRecord, type Refusal } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { planMoveToRules, planTransfer } from '../lifecycles/course-acts';
import * as acts from '../lifecycles/directive-acts';
import { directiveState, type WorkState } from '../lifecycles/directive-state';
import { type DirectiveContext, type DirectiveEventToSend } from '../lifecycles/directive.types';
import * as requests from '../lifecycles/extension-request-acts';
import {
  type ExtensionRequestContext,
  type ExtensionRequestEventToSend,
} from '../lifecycles/extension-request.types';
import * as reports from '../lifecycles/report-acts';
import * as suspension from '../lifecycles/suspension-acts';
import { type AnswerAct } from './answer-acts';
import { type Act, type ActOf } from './scenario';
import { deadlineOf, type ScenarioNames } from './scenario-intents';

export interface FoundDirective {
  readonly id: string;
  readonly work: WorkState;
  readonly context: DirectiveContext;
  readonly snapshot: InstanceRecord['snapshot'];
}

type Named<TAct> = TAct extends { readonly directive: string } ? TAct : never;

/** Acts on a request for more time. */
export type RequestAct = ActOf<
  'request-extension' | 'approve-request' | 'decline-request' | 'decide-request' | 'withdraw-request'
>;

/** Acts that become one event of one directive. */
export type DirectiveAct = Exclude<Named<Act>, RequestAct | AnswerAct | ActOf<'replace' | 'hand-on'>>;

/** From a scenario's act to the event that its directive is sent. */
export function planDirectiveAct(
  act: DirectiveAct,
  { context, work, snapshot }: FoundDirective,
  names: ScenarioNames,
  facts: ActFacts,
): DirectiveEventToSend | Refusal {
  const by = names.person(act.by);
  switch (act.act) {
    case 'accept':
      return acts.planAcceptance(context, { by }, facts);
    case 'return': {
      const proposedAgency = act.proposedAgency === undefined ? null : names.agency(act.proposedAgency);
      return acts.planReturn({ by, reason: act.reason, proposedAgency }, facts);
    }
    case 'assign-person':
      return acts.planPerson(
        context,
        { by, person: names.person(act.person), note: act.note ?? null },
        facts,
      );
    case 'reassign': {
      const [lead, deadline] = [act.lead.map(names.agency), deadlineOf(act.deadline)];
      return acts.planReassignment(
        context,
        { work },
        { by, lead, reason: act.reason ?? null, deadline },
        facts,
      );
    }
    case 'transfer':
      return planTransfer(context, { by }, facts);
    case 'set-deadline':
      return acts.planDeadline(context, { by, deadline: deadlineOf(act.deadline) }, facts);
    case 'extend':
      return acts.planExtension(
        context,
        { by, reason: act.reason, deadline: deadlineOf(act.deadline) },
        facts,
      );
    case 'urge':
      return acts.planUrging({ by, note: act.note });
    case 'report':
      return reports.planReport(context, { by, result: act.result }, facts);
    case 'approve-report':
      return reports.planReportApproval(context, { by }, facts);
    case 'return-report':
      return reports.planReportReturn({ by, reason: act.reason });
    case 'verify':
      return reports.planVerification(context, { by });
    case 'send-back':
      return reports.planSendBack(context, { by, reason: act.reason }, facts);
    case 'suspend':
      return suspension.planSuspension({ by, reason: act.reason });
    case 'propose-resumption': {
      const proposal = { by, reason: act.reason ?? null, deadline: deadlineOf(act.deadline) };
      return suspension.planResumptionProposal(context, proposal, facts);
    }
    case 'resume':
      return suspension.planResumption(context, { by, deadline: deadlineOf(act.deadline) }, facts);
    case 'cancel':
      return acts.planCancellation({ by, reason: act.reason });
    case 'move-rules':
      return planMoveToRules(context, directiveState(snapshot.value), { by, reason: act.reason }, facts);
  }
}

interface PlannedRequestAct {
  readonly request: ExtensionRequestEventToSend;
  readonly directive: DirectiveEventToSend<'extend'> | null;
}

/** From a scenario's act to what a request for more time hears, and its directive after it. */
export function planRequestAct(
  act: Exclude<RequestAct, ActOf<'request-extension'>>,
  request: ExtensionRequestContext,
  { context }: FoundDirective,
  names: ScenarioNames,
  facts: ActFacts,
): PlannedRequestAct | Refusal {
  const by = names.person(act.by);
  const alone = (event: ExtensionRequestEventToSend | Refusal): PlannedRequestAct | Refusal =>
    isRefusal(event) ? event : { request: event, directive: null };
  switch (act.act) {
    case 'approve-request':
      return alone(requests.planRequestApproval(context, { by }, facts));
    case 'decline-request':
      return alone(requests.planRequestDecline(context, { by, reason: act.reason }, facts));
    case 'withdraw-request':
      return alone(requests.planRequestWithdrawal({ by }));
    case 'decide-request': {
      const { granted, note = null } = act;
      const decision = { by, granted, note, deadline: deadlineOf(act.deadline) };
      return requests.planExtensionDecision(request, context, decision, facts);
    }
  }
}
