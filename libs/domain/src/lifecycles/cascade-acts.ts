import { isRefusal, refusal, type InstanceRecord, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../directory/agencies';
import { today, type ActFacts } from './act-facts';
import { notAfterParent, planLadderAnew, type DeadlineIntent } from './deadline-plan';
import { planAssignment } from './directive-acts';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveEventToSend,
  type DirectiveInput,
  type ParentDirective,
} from './directive.types';
import { hasEnded, isUnderway, type WorkState } from './directive-state';
import { planResumption } from './suspension-acts';

/** Giao tiếp: one part of a directive for a subordinate agency of its lead. */
export interface PartIntent {
  /** Id of the directive that it becomes. */
  readonly id: string;
  readonly lead: readonly string[];
  readonly coordinating?: readonly string[];
  /** Left out: that of the parent. */
  readonly deadline?: DeadlineIntent | null;
}

export interface PlannedHandOn {
  readonly parent: DirectiveEventToSend<'hand-on'>;
  readonly children: readonly { readonly id: string; readonly input: DirectiveInput }[];
}

/** Whether an agency stands under another, at whatever depth. */
export function isSubordinate(
  agency: string,
  lead: string,
  { directory }: Pick<ActFacts, 'directory'>,
): boolean {
  const seen = new Set<string>();
  const parentOf = (id: string) => directory.agencies.find((one) => one.id === id)?.parent ?? null;
  for (let up = parentOf(agency); up !== null && !seen.has(up); up = parentOf(up)) {
    if (up === lead) return true;
    seen.add(up);
  }
  return false;
}

/**
 * Handed on to subordinate agencies as directives of their own, given and followed by whoever hands on. Refuses
 * `nothing-to-hand-on`, and with field `parts[n]…`: `not-subordinate`, `due-after-parent`, and as `planAssignment`.
 */
export function planHandOn(
  directive: { readonly id: string; readonly context: DirectiveContext },
  intent: { readonly by: string; readonly parts: readonly PartIntent[] },
  facts: ActFacts,
): PlannedHandOn | Refusal {
  const { id, context } = directive;
  const [first] = intent.parts;
  if (!first)
    return refusal(
      'nothing-to-hand-on',
      { vi: 'Chưa nêu cơ quan nào để giao tiếp.', en: 'Name at least one agency to hand it on to.' },
      { field: 'parts' },
    );
  const lead = agencyInForce(facts.directory, context.lead, today(facts))?.id ?? context.lead;
  const children: { readonly id: string; readonly input: DirectiveInput }[] = [];
  for (const [index, part] of intent.parts.entries()) {
    const input = planPart(part, { context, parent: id, by: intent.by }, facts);
    if (isRefusal(input)) return { ...input, field: `parts[${index}].${input.field ?? ''}` };
    if (!isSubordinate(input.lead, lead, facts))
      return refusal(
        'not-subordinate',
        {
          vi: 'Chỉ giao tiếp cho cơ quan trực thuộc cơ quan chủ trì.',
          en: 'It is handed on only to agencies under the lead.',
        },
        { field: `parts[${index}].lead` },
      );
    children.push({ id: part.id, input });
  }
  const handedOn = children.map((child) => child.id);
  return { parent: { type: 'hand-on', by: intent.by, children: handedOn }, children };
}

function planPart(
  part: PartIntent,
  from: { readonly context: DirectiveContext; readonly parent: string; readonly by: string },
  facts: ActFacts,
): DirectiveInput | Refusal {
  const { context, by } = from;
  const parent: ParentDirective = {
    directive: from.parent,
    self: part.id,
    deadline: context.deadline?.at ?? null,
  };
  return planAssignment(
    {
      lead: part.lead,
      coordinating: part.coordinating ?? [],
      assigningLeader: by,
      trackingOfficer: by,
      field: context.field,
      urgency: context.urgency,
      sourceDate: context.sourceDate,
      deadline: part.deadline ?? null,
      parent,
    },
    facts,
  );
}

/** Every event of a directive that somebody sends. */
type TravellingEvent = Extract<DirectiveEventToSend, { readonly by: string }>;

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

function parentMoved(
  by: string,
  parent: DeadlineInForce | null,
  { context, work }: Child,
  facts: ActFacts,
): DirectiveEventToSend<'parent-moved'> {
  const parentDeadline = parent?.at ?? null;
  const above = context.parent && { ...context.parent, deadline: parentDeadline };
  // What is already reported is judged by the deadline under which it was reported.
  const deadline = work === 'reported' ? context.deadline : notAfterParent(above, context.deadline, facts);
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

/** How a directive is reached by whoever sends: the same for the database and for a simulation. */
export interface DirectivePort {
  find(id: string): Promise<(Child & { readonly facts: ActFacts }) | null>;
  send(id: string, event: DirectiveEventToSend): Promise<InstanceRecord | Refusal>;
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
    const found = await port.find(child);
    if (!found || hasEnded(found.work)) continue;
    for (const followed of followParent(before, event, found, found.facts)) {
      const answer = await sendDown(port, child, found.context, followed);
      if (isRefusal(answer)) return answer;
    }
  }
  return sent;
}
