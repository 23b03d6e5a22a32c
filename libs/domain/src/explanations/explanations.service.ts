import { isRefusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { actOnInstance } from '../acts/act-on-instance';
import { maySee, permissionTo, whoMay, type Permission } from '../authorization/abilities';
import { explanationActs, type ExplanationAct } from '../authorization/acts';
import { inChargeOf, withSuccessor } from '../authorization/relations';
import { type Subjects } from '../authorization/subjects';
import { actFacts, directiveAtHand, type DirectiveAtHand } from '../directives/directive-facts';
import { actorOf, visibleDirective } from '../directives/directives.service';
import { findFile } from '../files/files.service';
import { today, type ActFacts } from '../lifecycles/act-facts';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import {
  planAskingAgain,
  planDemandWithdrawal,
  planExplanation,
  planExplanationAcceptance,
  planSubmission,
} from '../lifecycles/explanation/explanation-acts';
import { explanationLifecycle } from '../lifecycles/explanation/explanation.lifecycle';
import { type ExplanationContext } from '../lifecycles/explanation/explanation.types';
import { findExplanation, type ExplanationView } from './explanation-view';

/** What a person wants done with an explanation, before any rule has looked at it. */
export type ExplanationIntent =
  | { readonly act: 'submit'; readonly text: string; readonly file: string | null }
  | { readonly act: 'accept'; readonly note: string | null }
  | { readonly act: 'ask-again'; readonly question: string; readonly deadline: DeadlineIntent | null }
  | { readonly act: 'withdraw'; readonly reason: string };

export interface ExplanationDetail extends ExplanationView {
  /** What the caller may do with it in its present state. */
  readonly allowed: readonly ExplanationAct[];
}

/** As which leader: whoever gave the directive, is in charge of it, or chairs the organization. */
function demandingLeader(caller: Caller, { context, relations, facts }: DirectiveAtHand): Permission | null {
  const inCharge = inChargeOf(context, { directory: facts.directory, date: today(facts) });
  return permissionTo(caller, 'directive', 'demand-explanation', { ...relations, inCharge });
}

/** Whether the caller may demand an explanation of the lead of a directive now. */
export function mayDemandExplanation(caller: Caller, found: DirectiveAtHand): boolean {
  return found.work !== 'cancelled' && demandingLeader(caller, found) !== null;
}

/** A leader demands an explanation of a directive's lead, without an escalation. */
export async function demandExplanation(
  tx: PostgresWork,
  caller: Caller,
  directive: string,
  intent: { readonly question: string; readonly deadline: DeadlineIntent | null },
): Promise<ExplanationDetail | Refusal> {
  const found = await visibleDirective(tx, caller, directive, 'explanation.demand', 'lock');
  if (isRefusal(found)) return found;
  const leader = demandingLeader(caller, found);
  if (!leader)
    return notPermitted('explanation.demand', directive, whoMay('directive', 'demand-explanation'));
  const facts = await actFacts(tx);
  const input = planExplanation(
    { id: directive, context: found.context, work: found.work },
    { ...intent, demandedBy: leader.onBehalfOf ?? caller.person },
    facts,
  );
  if (isRefusal(input)) return input;
  const id = newUuid();
  const started = await tx.start({
    lifecycle: 'explanation',
    id,
    input: input as unknown as StartCommand['input'],
    actor: actorOf(caller, leader.onBehalfOf),
  });
  return isRefusal(started) ? started : seeExplanation(tx, caller, id);
}

async function visibleExplanation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  act: string,
): Promise<ExplanationView | Refusal> {
  const view = await findExplanation(tx, id);
  if (!view) return notFound();
  if (maySee(caller, 'explanation', { agencies: [view.agency.id] })) return view;
  const directive = await directiveAtHand(tx, view.directive.id, 'look');
  return directive && maySee(caller, 'directive', directive.relations) ? view : notVisible(act, id);
}

function relationsIn(context: ExplanationContext, facts: ActFacts): Subjects['explanation'] {
  const on = { directory: facts.directory, date: today(facts) };
  return { demandedBy: context.demandedBy, agencies: withSuccessor(context.agency, on) };
}

/** One explanation, with what the caller may do. */
export async function seeExplanation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<ExplanationDetail | Refusal> {
  const view = await visibleExplanation(tx, caller, id, 'explanation.see');
  if (isRefusal(view)) return view;
  const [record] = await tx.read([id]);
  if (!record) throw new Error(`explanation ${id} has a row but no instance`);
  const { snapshot } = record;
  const possible = allowedEvents(fromStored(explanationLifecycle.machine, snapshot));
  const relations = relationsIn(snapshot.context as unknown as ExplanationContext, await actFacts(tx));
  const allowed = explanationActs.filter(
    (act) => possible.includes(act) && permissionTo(caller, 'explanation', act, relations) !== null,
  );
  return { ...view, allowed };
}

function planned(
  context: ExplanationContext,
  intent: ExplanationIntent,
  who: { readonly by: string; readonly onBehalfOf: string | null },
  facts: ActFacts,
) {
  switch (intent.act) {
    case 'submit':
      return planSubmission({ ...who, text: intent.text, file: intent.file });
    case 'accept':
      return planExplanationAcceptance({ ...who, note: intent.note });
    case 'ask-again':
      return planAskingAgain(context, { ...who, ...intent }, facts);
    case 'withdraw':
      return planDemandWithdrawal({ ...who, reason: intent.reason });
  }
}

/** Carries out an act on an explanation. */
export async function actOnExplanation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: ExplanationIntent,
  expectedRevision: number | undefined,
): Promise<ExplanationDetail | Refusal> {
  const act = `explanation.${intent.act}`;
  const seen = await visibleExplanation(tx, caller, id, act);
  if (isRefusal(seen)) return seen;
  const sent = await actOnInstance(
    tx,
    caller,
    { id, lifecycle: 'explanation', expectedRevision },
    async (kept) => {
      const context = kept as ExplanationContext;
      const facts = await actFacts(tx, context.rules);
      const permission = permissionTo(caller, 'explanation', intent.act, relationsIn(context, facts));
      if (!permission) return notPermitted(act, id, whoMay('explanation', intent.act));
      if (intent.act === 'submit' && intent.file !== null) {
        const file = await findFile(tx, caller, intent.file);
        if (isRefusal(file)) return { ...file, code: 'unknown-file', field: 'file' };
      }
      const event = planned(context, intent, { by: caller.person, ...permission }, facts);
      return isRefusal(event) ? event : { event, permission };
    },
  );
  return isRefusal(sent) ? sent : seeExplanation(tx, caller, id);
}
