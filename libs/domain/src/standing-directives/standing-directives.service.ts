import { isRefusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { actOnInstance } from '../acts/act-on-instance';
import { permissionTo, whoMay } from '../authorization/abilities';
import { obligationActs, standingActs, type ObligationAct } from '../authorization/acts';
import { directiveRelations } from '../authorization/relations';
import { type DirectiveRelations } from '../authorization/subjects';
import { actFacts } from '../directives/directive-facts';
import { actorOf } from '../directives/directives.service';
import { findFile } from '../files/files.service';
import { today, type ActFacts } from '../lifecycles/act-facts';
import { type ResultDocument } from '../lifecycles/directive.types';
import {
  planPeriodReport,
  planPeriodSendBack,
  planStanding,
  planStandingEnd,
  type StandingIntent,
} from '../lifecycles/standing/standing-acts';
import { reportingObligationLifecycle } from '../lifecycles/standing/reporting-obligation.lifecycle';
import { type ObligationContext, type StandingContext } from '../lifecycles/standing/standing.types';
import {
  ReportingObligationEntity,
  StandingDirectiveEntity,
} from '../persistence/entities/standing-directive.entities';
import {
  findObligation,
  findStandingDirective,
  type ObligationView,
  type StandingDirectiveView,
} from './standing-directive-view';

const subjectOf = (lead: StandingContext['facts'], facts: ActFacts): DirectiveRelations =>
  directiveRelations(lead, { directory: facts.directory, date: today(facts) });

/** What the caller may do with each in its present state. */
interface WithActs<Act> {
  readonly allowed: readonly Act[];
}

/** Snapshots of what the rows stand for, in one reading. */
async function snapshotsOf(tx: PostgresWork, views: readonly { readonly id: string }[]) {
  const records = await tx.read(views.map(({ id }) => id));
  return new Map(records.map(({ id, snapshot }) => [id, snapshot]));
}

/** Reports of periods with what the caller may do with each. */
export async function obligationsWithActs(
  tx: PostgresWork,
  caller: Caller,
  views: readonly ObligationView[],
): Promise<readonly (ObligationView & WithActs<ObligationAct>)[]> {
  const snapshots = await snapshotsOf(tx, views);
  const facts = await actFacts(tx);
  return views.map((view) => {
    const snapshot = snapshots.get(view.id);
    if (!snapshot) throw new Error(`reporting obligation ${view.id} has a row but no instance`);
    const possible = allowedEvents(fromStored(reportingObligationLifecycle.machine, snapshot));
    const context = snapshot.context as unknown as ObligationContext;
    const subject = subjectOf(context.facts, facts);
    const allowed = obligationActs.filter(
      (act) => possible.includes(act) && permissionTo(caller, 'reporting-obligation', act, subject) !== null,
    );
    return { ...view, allowed };
  });
}

/** Standing directives with what the caller may do with each. */
export async function standingWithActs(
  tx: PostgresWork,
  caller: Caller,
  views: readonly StandingDirectiveView[],
): Promise<readonly (StandingDirectiveView & WithActs<'end'>)[]> {
  const snapshots = await snapshotsOf(tx, views);
  const facts = await actFacts(tx);
  return views.map((view) => {
    const context = snapshots.get(view.id)?.context as unknown as StandingContext | undefined;
    const may =
      view.endedAt === null &&
      context !== undefined &&
      permissionTo(caller, 'standing-directive', 'end', subjectOf(context.facts, facts)) !== null;
    return { ...view, allowed: may ? standingActs : [] };
  });
}

/** A standing directive goes to its lead. */
export async function giveStandingDirective(
  tx: PostgresWork,
  caller: Caller,
  intent: Omit<StandingIntent, 'by'>,
): Promise<StandingDirectiveView | Refusal> {
  const permission = permissionTo(caller, 'organization', 'give-standing-directive', {});
  if (!permission)
    return notPermitted('standing-directive.give', null, whoMay('organization', 'give-standing-directive'));
  const input = planStanding({ ...intent, by: caller.person }, await actFacts(tx));
  if (isRefusal(input)) return input;
  const id = newUuid();
  const started = await tx.start({
    lifecycle: 'standing-directive',
    id,
    input: input as unknown as StartCommand['input'],
    actor: actorOf(caller, permission.onBehalfOf),
  });
  return isRefusal(started) ? started : seeStandingDirective(tx, caller, id);
}

export async function seeStandingDirective(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  act = 'standing-directive.see',
): Promise<StandingDirectiveView | Refusal> {
  const view = await findStandingDirective(tx, caller, id);
  if (view) return view;
  const hidden = await tx.manager.existsBy(StandingDirectiveEntity, { organizationId: tx.organization, id });
  return hidden ? notVisible(act, id) : notFound();
}

/** It is no longer to be done: what is still awaited is withdrawn with it. */
export async function endStandingDirective(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  reason: string,
  expectedRevision: number | undefined,
): Promise<StandingDirectiveView | Refusal> {
  const act = 'standing-directive.end';
  const seen = await seeStandingDirective(tx, caller, id, act);
  if (isRefusal(seen)) return seen;
  const target = { id, lifecycle: 'standing-directive', expectedRevision };
  const sent = await actOnInstance(tx, caller, target, async (kept) => {
    const subject = subjectOf((kept as StandingContext).facts, await actFacts(tx));
    const permission = permissionTo(caller, 'standing-directive', 'end', subject);
    if (!permission) return notPermitted(act, id, whoMay('standing-directive', 'end'));
    const event = planStandingEnd({ by: caller.person, ...permission, reason });
    return isRefusal(event) ? event : { event, permission };
  });
  return isRefusal(sent) ? sent : seeStandingDirective(tx, caller, id);
}

export type ObligationIntent =
  | { readonly act: 'report'; readonly result: ResultDocument }
  | { readonly act: 'accept' }
  | { readonly act: 'send-back'; readonly reason: string };

export async function seeObligation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  act = 'reporting-obligation.see',
): Promise<ObligationView | Refusal> {
  const view = await findObligation(tx, caller, id);
  if (view) return view;
  const where = { organizationId: tx.organization, id };
  return (await tx.manager.existsBy(ReportingObligationEntity, where)) ? notVisible(act, id) : notFound();
}

/** The lead reports for a period, and the Office accepts it or sends it back. */
export async function actOnObligation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: ObligationIntent,
  expectedRevision: number | undefined,
): Promise<ObligationView | Refusal> {
  const act = `reporting-obligation.${intent.act}`;
  const seen = await seeObligation(tx, caller, id, act);
  if (isRefusal(seen)) return seen;
  const target = { id, lifecycle: 'reporting-obligation', expectedRevision };
  const sent = await actOnInstance(tx, caller, target, async (kept) => {
    const context = kept as ObligationContext;
    const facts = await actFacts(tx);
    const subject = subjectOf(context.facts, facts);
    const permission = permissionTo(caller, 'reporting-obligation', intent.act, subject);
    if (!permission) return notPermitted(act, id, whoMay('reporting-obligation', intent.act));
    if (intent.act === 'report' && intent.result.file !== null) {
      const file = await findFile(tx, caller, intent.result.file);
      if (isRefusal(file)) return { ...file, code: 'unknown-file', field: 'result.file' };
    }
    const event = planned(intent, { by: caller.person, ...permission }, facts);
    return isRefusal(event) ? event : { event, permission };
  });
  return isRefusal(sent) ? sent : seeObligation(tx, caller, id);
}

function planned(
  intent: ObligationIntent,
  who: { readonly by: string; readonly onBehalfOf: string | null },
  facts: ActFacts,
) {
  switch (intent.act) {
    case 'report':
      return planPeriodReport({ ...who, result: intent.result }, facts);
    case 'accept':
      return { type: 'accept', ...who } as const;
    case 'send-back':
      return planPeriodSendBack({ ...who, reason: intent.reason });
  }
}
