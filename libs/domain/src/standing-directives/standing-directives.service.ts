import { isRefusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller, type CallerOffice } from '../accounts/caller';
import { actOnInstance } from '../acts/act-on-instance';
import { actFacts } from '../directives/directive-facts';
import { type Permission } from '../directives/directive-permissions';
import { actorOf } from '../directives/directives.service';
import { agencyInForce } from '../directory/agencies';
import { asOneOf } from '../explanations/explanation-permissions';
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

type Facts = StandingContext['facts'];

function holding(caller: Caller, test: (office: CallerOffice) => boolean): Permission | null {
  const found = caller.offices.filter(test);
  const office = found.find(({ onBehalfOf }) => onBehalfOf === null) ?? found[0];
  return office ? { onBehalfOf: office.onBehalfOf } : null;
}

/** Clerks enter what leaders give; the leader who gave it, or the chair, ends it. */
const mayGive = (caller: Caller) =>
  holding(caller, ({ role }) => role === 'clerk' || role === 'vice-chair' || role === 'chair');
const mayEnd = (caller: Caller, { assigningLeader }: Facts) =>
  asOneOf(caller, [assigningLeader]) ?? holding(caller, ({ role }) => role === 'chair');
/** The Office follows; that the reporter never judges is the machine's own rule. */
const mayJudge = (caller: Caller, { assigningLeader, trackingOfficer }: Facts) =>
  asOneOf(caller, [trackingOfficer, assigningLeader]) ?? holding(caller, ({ role }) => role === 'clerk');

function mayReport(caller: Caller, { lead }: Facts, facts: ActFacts): Permission | null {
  const leads = [lead, agencyInForce(facts.directory, lead, today(facts))?.id ?? lead];
  return holding(
    caller,
    ({ role, agency }) =>
      (role === 'staff' || role === 'agency-head') && agency !== null && leads.includes(agency),
  );
}

export const obligationActs = ['report', 'accept', 'send-back'] as const;
export type ObligationAct = (typeof obligationActs)[number];
export const standingActs = ['end'] as const;

/** What the caller may do with each in its present state. */
interface WithActs<Act> {
  readonly allowed: readonly Act[];
}

/** Snapshots of what the rows stand for, in one reading. */
async function snapshotsOf(tx: PostgresWork, views: readonly { readonly id: string }[]) {
  const loaded = await tx.read(views.map(({ id }) => id));
  return new Map(loaded.map(({ record }) => [record.id, record.snapshot]));
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
    const may = { report: mayReport(caller, context.facts, facts), judge: mayJudge(caller, context.facts) };
    const allowed = obligationActs.filter(
      (act) => possible.includes(act) && may[act === 'report' ? 'report' : 'judge'] !== null,
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
  return views.map((view) => {
    const facts = (snapshots.get(view.id)?.context as unknown as StandingContext | undefined)?.facts;
    const may = view.endedAt === null && facts !== undefined && mayEnd(caller, facts) !== null;
    return { ...view, allowed: may ? standingActs : [] };
  });
}

/** A standing directive goes to its lead. */
export async function giveStandingDirective(
  tx: PostgresWork,
  caller: Caller,
  intent: Omit<StandingIntent, 'by'>,
): Promise<StandingDirectiveView | Refusal> {
  const permission = mayGive(caller);
  if (!permission) return notPermitted('standing-directive.give', null);
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
  const sent = await actOnInstance(tx, caller, target, (kept) => {
    const permission = mayEnd(caller, (kept as StandingContext).facts);
    if (!permission) return Promise.resolve(notPermitted(act, id));
    const event = planStandingEnd({ by: caller.person, ...permission, reason });
    return Promise.resolve(isRefusal(event) ? event : { event, permission });
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
    const permission =
      intent.act === 'report' ? mayReport(caller, context.facts, facts) : mayJudge(caller, context.facts);
    if (!permission) return notPermitted(act, id);
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
