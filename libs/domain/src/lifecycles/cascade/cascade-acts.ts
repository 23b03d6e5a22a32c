import { isRefusal, type InstanceRecord, type Refusal } from '@dondoc/workflow';
import { type ActFacts } from '../act-facts';
import { beforeParent, planLadderAnew } from '../deadline-plan';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveEventToSend,
  type TravellingEvent,
} from '../directive.types';
import { hasEnded, isUnderway, type WorkState } from '../directive-state';
import { planResumption } from '../suspension-acts';
import { orderAfter } from './remote-part-acts';
import { type RemotePartContext, type RemotePartEventToSend } from './remote-part.types';

/** A directive that was handed on, as its parent's change finds it. */
export interface Child {
  readonly context: DirectiveContext;
  readonly work: WorkState;
}

/**
 * What a change of the parent means for one of its open children, in order; sent in the same transaction. `before` is
 * the parent as it was, `event` what it has taken. Only time and existence travel down; how the work is done does not.
 */
export function followParent(
  before: DirectiveContext,
  event: TravellingEvent,
  child: Child,
  facts: ActFacts,
): readonly DirectiveEventToSend[] {
  const moved = (deadline: DeadlineInForce | null): DirectiveEventToSend[] =>
    deadline?.at === before.deadline?.at ? [] : [parentMoved(event.by, deadline, child, facts)];
  switch (event.type) {
    case 'cancel':
    case 'replace':
      return [{ type: 'cancel', by: event.by, reason: event.reason }];
    case 'reassign':
      return [{ type: 'cancel', by: event.by, reason: event.reason ?? 'Nhiệm vụ gốc đổi cơ quan chủ trì' }];
    case 'suspend':
      return isUnderway(child.work) ? [{ type: 'suspend', by: event.by, reason: event.reason }] : [];
    case 'resume':
      return [...moved(event.deadline), ...resumed(before, event, child, facts)];
    case 'set-deadline':
    case 'extend':
    case 'send-back':
    case 'parent-moved':
      return moved(event.deadline);
    default:
      return [];
  }
}

export function parentMoved(
  by: string,
  parent: Pick<DeadlineInForce, 'at'> | null,
  { context, work }: Child,
  facts: ActFacts,
): DirectiveEventToSend<'parent-moved'> {
  const parentDeadline = parent?.at ?? null;
  const above = context.parent && { ...context.parent, deadline: parentDeadline };
  // What is already reported is judged by the deadline under which it was reported.
  const deadline = work === 'reported' ? context.deadline : beforeParent(above, context.deadline, facts);
  return { type: 'parent-moved', by, parentDeadline, deadline, ...planLadderAnew(context, deadline, facts) };
}

/** What stood still because the parent did goes on with it; what was stopped for itself waits for its own word. */
function resumed(
  before: DirectiveContext,
  event: DirectiveEventToSend<'resume'>,
  { context, work }: Child,
  facts: ActFacts,
): readonly DirectiveEventToSend[] {
  const since = before.suspension?.since ?? Number.POSITIVE_INFINITY;
  if (work !== 'suspended' || (context.suspension?.since ?? 0) < since) return [];
  const parent = context.parent && { ...context.parent, deadline: event.deadline?.at ?? null };
  const plan = planResumption({ ...context, parent }, { by: event.by }, facts);
  return isRefusal(plan) ? [] : [plan];
}

/** A part that another organization does; the rules are those of the directive that it is a part of. */
export interface RemotePartAtHand {
  readonly context: RemotePartContext;
  readonly facts: ActFacts;
}

/** How a directive is reached by whoever sends: the same for the database and for a simulation. */
export interface DirectivePort {
  find(id: string): Promise<(Child & { readonly facts: ActFacts }) | null>;
  /** A part that another organization does; null when there is none of this id. */
  findPart(id: string): Promise<RemotePartAtHand | null>;
  send(id: string, event: DirectiveEventToSend | RemotePartEventToSend): Promise<InstanceRecord | Refusal>;
}

/**
 * Sends what was planned for a directive, and what that means for everything it was handed on as, all the way down; to be
 * called in one transaction, which a refusal anywhere rolls back.
 */
export async function sendDown(
  port: DirectivePort,
  id: string,
  before: DirectiveContext,
  event: DirectiveEventToSend,
): Promise<InstanceRecord | Refusal> {
  const sent = await port.send(id, event);
  if (isRefusal(sent) || !('by' in event)) return sent;
  for (const child of before.children) {
    const answer = await sendToChild(port, child, before, event);
    if (isRefusal(answer)) return answer;
  }
  return sent;
}

async function sendToChild(
  port: DirectivePort,
  child: string,
  before: DirectiveContext,
  event: TravellingEvent,
): Promise<Refusal | null> {
  const found = await port.find(child);
  if (found === null) {
    const part = await port.findPart(child);
    const order = part && orderAfter(part.context, event, part.facts);
    const answer = order && (await port.send(child, order));
    return isRefusal(answer) ? answer : null;
  }
  if (hasEnded(found.work)) return null;
  for (const followed of followParent(before, event, found, found.facts)) {
    const answer = await sendDown(port, child, found.context, followed);
    if (isRefusal(answer)) return answer;
  }
  return null;
}
