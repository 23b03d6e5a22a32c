import { isRefusal, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted } from '../accounts/access-refusals.service';
import { personsOf, type Caller } from '../accounts/caller';
import { outOfPlace } from '../directives/allowed-acts';
import { directiveAtHand, type DirectiveAtHand } from '../directives/directive-facts';
import { permissionTo, whoMay } from '../authorization/abilities';
import { extensionRequestActs, type ExtensionRequestAct } from '../authorization/acts';
import { actorOf, directivePort, onlyPossible, visibleDirective } from '../directives/directives.service';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import {
  planExtensionDecision,
  planExtensionRequest,
  planRequestApproval,
  planRequestDecline,
  planRequestWithdrawal,
  type ExtensionDecisionIntent,
  type PlannedExtensionDecision,
} from '../lifecycles/extension-request-acts';
import {
  type ExtensionRequestContext,
  type ExtensionRequestEventToSend,
} from '../lifecycles/extension-request.types';
import { planUndo } from '../lifecycles/undo-window';
import { seeExtensionRequest, type ExtensionRequestView } from './extension-request-view';

export interface AskedExtension {
  readonly deadline: DeadlineIntent;
  readonly reason: string;
  readonly done?: string | null | undefined;
}

/** The lead of a directive asks for more time. */
export async function requestExtension(
  tx: PostgresWork,
  caller: Caller,
  directive: string,
  { deadline, reason, done }: AskedExtension,
  expectedRevision: number | undefined,
): Promise<ExtensionRequestView | Refusal> {
  const act = 'directive.request-extension';
  const seen = await visibleDirective(tx, caller, directive, act, 'look');
  if (isRefusal(seen)) return seen;
  const stale = await tx.catchUp([{ instance: directive, expectedRevision }]);
  if (stale) return onlyPossible(stale, caller, seen, null);
  const found = await visibleDirective(tx, caller, directive, act, 'lock');
  if (isRefusal(found)) return found;
  const permission = permissionTo(caller, 'directive', 'request-extension', found.relations);
  if (!permission) return notPermitted(act, directive, whoMay('directive', 'request-extension'));
  const impossible = outOfPlace('request-extension', found);
  if (impossible) return onlyPossible(impossible, caller, found, 'request-extension');
  const { onBehalfOf } = permission;
  const id = newUuid();
  const input = planExtensionRequest(
    { id: directive, context: found.context },
    id,
    { by: caller.person, onBehalfOf, deadline, reason, done: done ?? null },
    found.facts,
  );
  if (isRefusal(input)) return input;
  const started = await tx.start({
    lifecycle: 'extension-request',
    id,
    input: input as unknown as StoredEvent['input'],
    actor: actorOf(caller, onBehalfOf),
  });
  return isRefusal(started) ? started : seeExtensionRequest(tx, caller, id);
}

/** What the caller may do with a request in its present state: the head lets it leave, the approver decides. */
export function allowedOnRequest(
  caller: Caller,
  request: Pick<ExtensionRequestView, 'state' | 'recipients' | 'requester' | 'decidedBy' | 'undoUntil'>,
  { relations, facts }: Pick<DirectiveAtHand, 'relations' | 'facts'>,
): readonly ExtensionRequestAct[] {
  const { state, recipients, requester, decidedBy, undoUntil } = request;
  const takes: Readonly<Record<ExtensionRequestAct, boolean>> = {
    approve: state === 'awaiting-head',
    decline: state === 'awaiting-head',
    decide: state === 'requested' && !personsOf(caller).includes(requester.id),
    undo: undoUntil !== null && Date.parse(undoUntil) > facts.now && decidedBy?.id === caller.person,
    withdraw: state === 'awaiting-head' || state === 'requested',
  };
  const subject = {
    leads: relations.leads,
    approvers: recipients.map(({ id }) => id),
    decidedBy: decidedBy === null ? [] : [decidedBy.id],
  };
  return extensionRequestActs.filter(
    (act) => takes[act] && permissionTo(caller, 'extension-request', act, subject) !== null,
  );
}

/** What a person wants done with a request. */
export type ExtensionRequestIntent =
  | { readonly act: 'approve' }
  | { readonly act: 'withdraw' }
  | { readonly act: 'decline'; readonly reason: string }
  /** Within the seconds in which a decision can be taken back. */
  | { readonly act: 'undo' }
  | ({ readonly act: 'decide' } & Pick<
      ExtensionDecisionIntent,
      'granted' | 'deadline' | 'note' | 'undoSeconds'
    >);

/** Carries out an act on a request; a grant moves the directive's deadline in the same transaction, or nothing happens. */
export async function actOnExtensionRequest(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: ExtensionRequestIntent,
  expectedRevision: number | undefined,
): Promise<ExtensionRequestView | Refusal> {
  const seen = await seeExtensionRequest(tx, caller, id);
  if (isRefusal(seen)) return seen;
  // Both at once, in the one order in which everybody locks them, and with what a late worker has not fired yet.
  const stale = await tx.catchUp([{ instance: id, expectedRevision }, { instance: seen.directive.id }]);
  if (stale) return people(stale, intent.act);
  const request = await requestAtHand(tx, id);
  const directive = await directiveAtHand(tx, seen.directive.id, 'lock');
  if (!directive) return notFound();
  const acting = planned(request, directive, caller, intent);
  if (acting === null)
    return notPermitted(`extension-request.${intent.act}`, id, whoMay('extension-request', intent.act));
  const { plan, onBehalfOf } = acting;
  if (isRefusal(plan)) return plan;
  const actor = actorOf(caller, onBehalfOf);
  const sent = await tx.send({ instance: id, event: plan.request as unknown as StoredEvent, actor });
  if (isRefusal(sent)) return people(sent, intent.act);
  if (plan.directive) {
    // The request has told the directive that it was decided.
    const now = await directiveAtHand(tx, seen.directive.id, 'lock');
    const port = directivePort(tx, actor);
    const followed = await sendDown(port, seen.directive.id, (now ?? directive).context, plan.directive);
    if (isRefusal(followed)) return people(followed, intent.act);
  }
  return seeExtensionRequest(tx, caller, id);
}

interface Acting {
  readonly onBehalfOf: string | null;
  readonly plan:
    | Refusal
    | {
        readonly request: ExtensionRequestEventToSend;
        readonly directive: PlannedExtensionDecision['directive'];
      };
}

/** The plan, in the caller's own name or in another's; null when the caller is nobody who may do this. */
function planned(
  request: RequestAtHand,
  { context, facts, relations }: DirectiveAtHand,
  caller: Caller,
  intent: ExtensionRequestIntent,
): Acting | null {
  const by = caller.person;
  if (intent.act === 'undo') return undoing(request, caller, facts.now);
  if (intent.act === 'decide') {
    let refused: Acting | null = null;
    for (const person of personsOf(caller)) {
      const onBehalfOf = person === by ? null : person;
      const plan = planExtensionDecision(request.context, context, { ...intent, by, onBehalfOf }, facts);
      if (!isRefusal(plan)) return { onBehalfOf, plan };
      if (plan.code !== 'not-the-approver') refused ??= { onBehalfOf, plan };
    }
    return refused;
  }
  const permission = permissionTo(caller, 'extension-request', intent.act, { leads: relations.leads });
  if (!permission) return null;
  const { onBehalfOf } = permission;
  const event =
    intent.act === 'withdraw'
      ? planRequestWithdrawal({ by })
      : intent.act === 'approve'
        ? planRequestApproval(context, { by, onBehalfOf }, facts)
        : planRequestDecline(context, { by, onBehalfOf, reason: intent.reason }, facts);
  return { onBehalfOf, plan: isRefusal(event) ? event : { request: event, directive: null } };
}

/** In one's own name, or in that of the leader for whom it was decided; null: it is not theirs. */
function undoing({ context: { held }, hasEnded }: RequestAtHand, caller: Caller, now: number): Acting | null {
  const decidedBy = held === null ? [] : [held.by, held.onBehalfOf].filter((one) => one !== null);
  const permission = permissionTo(caller, 'extension-request', 'undo', { decidedBy });
  if (!permission && held !== null) return null;
  const onBehalfOf = permission?.onBehalfOf ?? null;
  const event = planUndo({ held, hasEnded }, { by: caller.person, onBehalfOf }, now);
  return { onBehalfOf, plan: isRefusal(event) ? event : { request: event, directive: null } };
}

interface RequestAtHand {
  readonly context: ExtensionRequestContext;
  readonly hasEnded: boolean;
}

async function requestAtHand(tx: PostgresWork, id: string): Promise<RequestAtHand> {
  const [record] = await tx.lock([id]);
  if (record?.lifecycle !== 'extension-request')
    throw new Error(`extension request ${id} has a row but no instance`);
  return {
    context: record.snapshot.context as unknown as ExtensionRequestContext,
    hasEnded: record.status === 'done',
  };
}

/** Of what the state would take, what people do; never the act that was just refused. */
function people(refused: Refusal, asked: string): Refusal {
  if (refused.allowed === undefined) return refused;
  return {
    ...refused,
    allowed: refused.allowed.filter(
      (act) => act !== asked && extensionRequestActs.some((one) => one === act),
    ),
  };
}
