import { isRefusal, type Actor, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { maySee, permissionTo, whoMay } from '../authorization/abilities';
import { type DirectiveAct } from '../authorization/acts';
import { remotePartAtHand } from '../cascade/remote-part-at-hand';
import {
  partsElsewhere,
  receivedFromOf,
  type ReceivedFrom,
  type RemotePartView,
} from '../cascade/remote-part-view';
import { findFile } from '../files/files.service';
import { sendDown, type DirectivePort } from '../lifecycles/cascade/cascade-acts';
import { allowedActs, outOfPlace } from './allowed-acts';
import { actFacts, directiveAtHand, type DirectiveAtHand, type Hold } from './directive-facts';
import { relatedTo, resultsOf, type RelatedDirective, type ResultView } from './directive-parts';
import { findDirective, type DirectiveView } from './directive-view';
import { planAct, type DirectiveIntent } from './plan-act';

export interface DirectiveDetail extends DirectiveView {
  readonly results: readonly ResultView[];
  /** What it was handed on as, and what it took the place of. */
  readonly related: readonly RelatedDirective[];
  /** Parts of it that other organizations do, as they last said. */
  readonly elsewhere: readonly RemotePartView[];
  /** The organization that handed it on to this one. */
  readonly receivedFrom: ReceivedFrom | null;
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
  const [results, related] = [await resultsOf(tx, id), await relatedTo(tx, id)];
  const [elsewhere, receivedFrom] = [await partsElsewhere(tx, id), await receivedFromOf(tx, found)];
  return { ...view, results, related, elsewhere, receivedFrom, allowed: allowedActs(caller, found) };
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
  const permission = permissionTo(caller, 'directive', intent.act, found.relations);
  if (!permission) return notPermitted(act, id, whoMay('directive', intent.act));
  const impossible = outOfPlace(intent.act, found);
  if (impossible) return onlyPossible(impossible, caller, found, intent.act);
  const missing = await missingFile(tx, caller, intent);
  if (missing) return missing;
  const { onBehalfOf } = permission;
  const actor = actorOf(caller, onBehalfOf);
  const plan = await planAct(tx, { caller, onBehalfOf, actor }, intent, found);
  if (isRefusal(plan)) return plan;
  const sent = await sendDown(directivePort(tx, actor), id, found.context, plan.event);
  if (isRefusal(sent)) return onlyPossible(sent, caller, found, intent.act);
  for (const { instance, event } of plan.also) {
    const followed = await tx.send({ instance, event: event as unknown as StoredEvent, actor });
    if (isRefusal(followed)) return onlyPossible(followed, caller, found, intent.act);
  }
  return seeDirective(tx, caller, id);
}

/** Directives of the database, for what travels from one to those it was handed on as. */
export function directivePort(tx: PostgresWork, actor: Actor): DirectivePort {
  return {
    find: (id) => directiveAtHand(tx, id, 'lock'),
    async findPart(id) {
      const context = await remotePartAtHand(tx, id);
      return context && { context, facts: await actFacts(tx, context.rules) };
    },
    send: (id, event) => tx.send({ instance: id, event: event as unknown as StoredEvent, actor }),
  };
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
  return maySee(caller, 'directive', found.relations) ? found : notVisible(act, id);
}

export function actorOf(caller: Caller, onBehalfOf: string | null): Actor {
  return { kind: 'person', id: caller.person, ...(onBehalfOf !== null && { onBehalfOf }) };
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
export function onlyPossible(
  refused: Refusal,
  caller: Caller,
  found: DirectiveAtHand,
  asked: DirectiveAct | null,
): Refusal {
  if (refused.allowed === undefined) return refused;
  const possible = allowedActs(caller, found).filter((act) => act !== asked);
  return { ...refused, allowed: refused.allowed.filter((act) => possible.some((one) => one === act)) };
}
