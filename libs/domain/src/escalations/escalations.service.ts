import { isRefusal, refusal, type InstanceRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { planUndo } from '../lifecycles/undo-window';
import { isAccessRefused, notFound, notPermitted } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { permissionTo, whoMay } from '../authorization/abilities';
import { escalationActs } from '../authorization/acts';
import { actFacts, directiveAtHand } from '../directives/directive-facts';
import { actorOf, directivePort } from '../directives/directives.service';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import {
  planAcknowledgement,
  planDecision,
  type ByLeader,
  type DecisionIntent,
} from '../lifecycles/escalation-acts';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { addressees } from '../lifecycles/escalation.updates';
import { seeEscalation, type EscalationView } from './escalation-view';

/** What a leader wants decided; who they are is told by the session, how long it can be undone by the installation. */
export type DecisionWish = Omit<DecisionIntent, keyof ByLeader>;

export async function acknowledgeEscalation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  expectedRevision: number | undefined,
): Promise<EscalationView | Refusal> {
  const seen = await seeEscalation(tx, caller, id);
  if (isRefusal(seen)) return seen;
  const stale = await tx.catchUp([{ instance: id, expectedRevision }]);
  if (stale) return stale;
  const { context, status } = await escalationAtHand(tx, id);
  const leader = asLeader(caller, 'acknowledge', context);
  if (leader === null) return notPermitted('escalation.acknowledge', id, whoMay('escalation', 'acknowledge'));
  if (status === 'done' || context.held !== null) return over;
  const event = planAcknowledgement(context, leader, await actFacts(tx, context.rules));
  if (isRefusal(event)) return event;
  const sent = await tx.send({
    instance: id,
    event: event as unknown as StoredEvent,
    actor: actorOf(caller, leader.onBehalfOf),
  });
  return isRefusal(sent) ? onlyPossible(sent, 'acknowledge') : seeEscalation(tx, caller, id);
}

/** Decides an escalation; the directive hears of it in the same transaction, or nothing happens at all. */
export async function decideEscalation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  wish: DecisionWish,
  expectedRevision: number | undefined,
): Promise<EscalationView | Refusal> {
  const seen = await seeEscalation(tx, caller, id);
  if (isRefusal(seen)) return seen;
  // Both at once, in the one order in which everybody locks them, and with what a late worker has not fired yet.
  const stale = await tx.catchUp([{ instance: id, expectedRevision }, { instance: seen.directive.id }]);
  if (stale) return stale;
  const { context, status } = await escalationAtHand(tx, id);
  const leader = asLeader(caller, 'decide', context);
  if (leader === null) return notPermitted('escalation.decide', id, whoMay('escalation', 'decide'));
  if (status === 'done' || context.held !== null) return over;
  const directive = await directiveAtHand(tx, context.directive, 'lock');
  if (!directive) return notFound();
  const plan = planDecision(
    context,
    { ...directive, id: context.directive },
    { ...wish, ...leader },
    directive.facts,
  );
  if (isRefusal(plan)) return plan;
  const actor = actorOf(caller, leader.onBehalfOf);
  const decided = await tx.send({ instance: id, event: plan.escalation as unknown as StoredEvent, actor });
  if (isRefusal(decided)) return onlyPossible(decided, 'decide');
  if (plan.directive) {
    const port = directivePort(tx, actor);
    const followed = await sendDown(port, context.directive, directive.context, plan.directive);
    if (isRefusal(followed)) return onlyPossible(followed, 'decide');
  }
  return seeEscalation(tx, caller, id);
}

/** Takes a decision back within its seconds: the escalation is open again as it was, and nobody heard of it. */
export async function undoDecision(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<EscalationView | Refusal> {
  const seen = await seeEscalation(tx, caller, id);
  if (isRefusal(seen)) return seen;
  const late = await tx.catchUp([{ instance: id }]);
  if (late) return late;
  const { context, status } = await escalationAtHand(tx, id);
  const leader = asLeader(caller, 'undo', context);
  if (leader === null) return notPermitted('escalation.undo', id, whoMay('escalation', 'undo'));
  const event = planUndo({ held: context.held, hasEnded: status === 'done' }, leader, tx.now);
  if (isRefusal(event)) return event;
  const sent = await tx.send({
    instance: id,
    event: event as unknown as StoredEvent,
    actor: actorOf(caller, leader.onBehalfOf),
  });
  return isRefusal(sent) ? onlyPossible(sent, 'undo') : seeEscalation(tx, caller, id);
}

/** Takes several decisions back, each for itself, with an answer for each. */
export async function undoDecisions(
  tx: PostgresWork,
  caller: Caller,
  ids: readonly string[],
): Promise<ManyDecided | Refusal> {
  const items: ManyDecided['items'][number][] = [];
  for (const escalation of [...ids].sort()) {
    const answer = await undoDecision(tx, caller, escalation);
    if (isRefusal(answer) && isAccessRefused(answer)) return answer;
    items.push(
      isRefusal(answer)
        ? { escalation, decided: null, refused: answer }
        : { escalation, decided: answer, refused: null },
    );
  }
  return { items };
}

/** What became of one of several escalations: the escalation after it, or why nothing was done about it. */
export interface ManyDecided {
  readonly items: readonly {
    readonly escalation: string;
    readonly decided: EscalationView | null;
    readonly refused: Refusal | null;
  }[];
}

/**
 * The same decision on several escalations. `together`: all or none, and the refusal names the one it is about; else
 * each for itself, with an answer for each.
 */
export async function decideEscalations(
  tx: PostgresWork,
  caller: Caller,
  ids: readonly string[],
  wish: DecisionWish,
  together: boolean,
): Promise<ManyDecided | Refusal> {
  const visible: string[] = [];
  for (const id of ids) {
    const seen = await seeEscalation(tx, caller, id);
    if (!isRefusal(seen)) visible.push(seen.id, seen.directive.id);
  }
  // All of them first, in the one order in which everybody locks them.
  const late = await tx.catchUp([...new Set(visible)].map((instance) => ({ instance })));
  if (late) return late;
  const items: ManyDecided['items'][number][] = [];
  for (const [index, escalation] of ids.entries()) {
    await tx.query('savepoint one_decision');
    const answer = await decideEscalation(tx, caller, escalation, wish, undefined);
    if (!isRefusal(answer)) {
      items.push({ escalation, decided: answer, refused: null });
      continue;
    }
    // Whoever may not act on one of them is refused as a whole, and it is recorded.
    if (isAccessRefused(answer)) return answer;
    if (together)
      return { ...answer, field: [`escalations[${index}]`, answer.field].filter(Boolean).join('.') };
    await tx.query('rollback to savepoint one_decision');
    items.push({ escalation, decided: null, refused: answer });
  }
  return { items };
}

const over = refusal(
  'escalation-over',
  {
    vi: 'Việc trình này đã được quyết định hoặc không còn cần nữa.',
    en: 'This escalation has been decided, or is no longer needed.',
  },
  { allowed: [] },
);

/** What people do with an escalation; everything else that its state takes comes from the directive. */
type EscalationAct = (typeof escalationActs)[number];

function onlyPossible(refused: Refusal, asked: EscalationAct): Refusal {
  if (refused.allowed === undefined) return refused;
  const possible = escalationActs.filter((act) => act !== asked);
  return { ...refused, allowed: refused.allowed.filter((act) => possible.some((one) => one === act)) };
}

async function escalationAtHand(
  tx: PostgresWork,
  id: string,
): Promise<Pick<InstanceRecord, 'status'> & { readonly context: EscalationContext }> {
  const [record] = await tx.lock([id]);
  if (record?.lifecycle !== 'escalation') throw new Error(`escalation ${id} has a row but no instance`);
  const { snapshot, status } = record;
  return { status, context: snapshot.context as unknown as EscalationContext };
}

/** As whom the caller is addressed: in person, or in the place of one for whom they stand in now. Null: not at all. */
function asLeader(caller: Caller, act: EscalationAct, context: EscalationContext): ByLeader | null {
  const permission = permissionTo(caller, 'escalation', act, { addressed: addressees(context) });
  return permission && { by: caller.person, ...permission };
}
