import { isRefusal, type Actor, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { findFile } from '../files/files.service';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import {
  planAcceptance,
  planCancellation,
  planDeadline,
  planExtension,
  planReassignment,
  planReport,
  planReturn,
  planSendBack,
  planUrging,
  planVerification,
} from '../lifecycles/directive-acts';
import { type DirectiveEventToSend, type ResultDocument } from '../lifecycles/directive.types';
import { allowedActs, outOfPlace } from './allowed-acts';
import { directiveAtHand, type DirectiveAtHand, type Hold } from './directive-facts';
import { maySee, permissionTo, type DirectiveAct } from './directive-permissions';
import { findDirective, resultsOf, type DirectiveView, type ResultView } from './directive-view';

/** What a person wants done with a directive, before any rule has looked at it. */
export type DirectiveIntent =
  | { readonly act: 'accept' }
  | { readonly act: 'return'; readonly reason: string; readonly proposedAgency?: string | null | undefined }
  | {
      readonly act: 'reassign';
      readonly lead: readonly string[];
      readonly coordinating?: readonly string[] | undefined;
      readonly reason?: string | null | undefined;
      readonly deadline?: DeadlineIntent | null | undefined;
    }
  | { readonly act: 'set-deadline'; readonly deadline: DeadlineIntent }
  | { readonly act: 'extend'; readonly deadline: DeadlineIntent; readonly reason: string }
  | { readonly act: 'report'; readonly result: ResultDocument }
  | { readonly act: 'verify' }
  | { readonly act: 'send-back'; readonly reason: string }
  | { readonly act: 'urge'; readonly note: string }
  | { readonly act: 'cancel'; readonly reason: string };

export interface DirectiveDetail extends DirectiveView {
  readonly results: readonly ResultView[];
  /** What the caller may do with it in its present state. */
  readonly allowed: readonly DirectiveAct[];
}

/** One directive with its results, as the caller may see it. */
export async function seeDirective(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<DirectiveDetail | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.see', 'look');
  if (isRefusal(found)) return found;
  const view = await findDirective(tx, id);
  if (!view) return notFound();
  return { ...view, results: await resultsOf(tx, id), allowed: allowedActs(caller, found) };
}

/** Carries out an act: permission by role, agency and relation; the plan by the rules; the rest by the machine. */
export async function actOnDirective(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: DirectiveIntent,
  expectedRevision: number | undefined,
): Promise<DirectiveDetail | Refusal> {
  const act = `directive.${intent.act}`;
  const seen = await visibleDirective(tx, caller, id, act, 'look');
  if (isRefusal(seen)) return seen;
  // What a late worker has not fired yet comes first: acts are planned on what is true now.
  const stale = await tx.catchUp([{ instance: id, expectedRevision }]);
  if (stale) return onlyPossible(stale, caller, seen, null);
  const found = await visibleDirective(tx, caller, id, act, 'lock');
  if (isRefusal(found)) return found;
  const permission = permissionTo(intent.act, caller, found.relations);
  if (!permission) return notPermitted(act, id);
  const impossible = outOfPlace(intent.act, found);
  if (impossible) return onlyPossible(impossible, caller, found, intent.act);
  const missing = await missingFile(tx, caller, intent);
  if (missing) return missing;
  const event = planned(intent, caller.person, found);
  if (isRefusal(event)) return event;
  const sent = await tx.send({
    instance: id,
    event: event as unknown as StoredEvent,
    actor: actorOf(caller, permission.onBehalfOf),
  });
  if (isRefusal(sent)) return onlyPossible(sent, caller, found, intent.act);
  return seeDirective(tx, caller, id);
}

/** The directive when the caller may see it; what one may not see is as if it were not there. */
export async function visibleDirective(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
  act: string,
  hold: Hold,
): Promise<DirectiveAtHand | Refusal> {
  const found = await directiveAtHand(tx, id, hold);
  if (!found) return notFound();
  return maySee(caller, found.relations) ? found : notVisible(act, id);
}

export function actorOf(caller: Caller, onBehalfOf: string | null): Actor {
  return { kind: 'person', id: caller.person, ...(onBehalfOf !== null && { onBehalfOf }) };
}

function planned(
  intent: DirectiveIntent,
  by: string,
  { context, work, facts }: DirectiveAtHand,
): DirectiveEventToSend | Refusal {
  switch (intent.act) {
    case 'accept':
      return planAcceptance({ by });
    case 'return':
      return planReturn({ by, reason: intent.reason, proposedAgency: intent.proposedAgency ?? null }, facts);
    case 'reassign': {
      const { lead, coordinating, reason, deadline } = intent;
      const more = { reason: reason ?? null, deadline: deadline ?? null };
      return planReassignment(
        context,
        { work },
        { by, lead, ...more, ...(coordinating !== undefined && { coordinating }) },
        facts,
      );
    }
    case 'set-deadline':
      return planDeadline(context, { by, deadline: intent.deadline }, facts);
    case 'extend':
      return planExtension(context, { by, deadline: intent.deadline, reason: intent.reason }, facts);
    case 'report':
      return planReport({ by, result: intent.result }, facts);
    case 'verify':
      return planVerification({ by });
    case 'send-back':
      return planSendBack(context, { by, reason: intent.reason }, facts);
    case 'urge':
      return planUrging({ by, note: intent.note });
    case 'cancel':
      return planCancellation({ by, reason: intent.reason });
  }
}

/** Only a file that one may read oneself: whoever sees the directive will be able to read it through the report. */
async function missingFile(
  tx: PostgresWork,
  caller: Caller,
  intent: DirectiveIntent,
): Promise<Refusal | null> {
  if (intent.act !== 'report' || intent.result.file === null) return null;
  const file = await findFile(tx, caller, intent.result.file);
  return isRefusal(file) ? { ...file, code: 'unknown-file', field: 'result.file' } : null;
}

/** Of what the state would take, only what this caller could do; never the act that was just refused. */
function onlyPossible(
  refused: Refusal,
  caller: Caller,
  found: DirectiveAtHand,
  asked: DirectiveAct | null,
): Refusal {
  if (refused.allowed === undefined) return refused;
  const possible = allowedActs(caller, found).filter((act) => act !== asked);
  return { ...refused, allowed: refused.allowed.filter((act) => possible.some((one) => one === act)) };
}
