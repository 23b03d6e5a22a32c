import { createHash } from 'node:crypto';
import { type AnyMachineSnapshot } from 'xstate';
import { isInvocation, type CallAnswer, type Invocation } from '../lifecycle/invoked-effect';
import { type Step, type StepRequest } from './step-requests';
import { type StoredEvent } from './records';

type Children = Readonly<Record<string, unknown>>;

const none: Children = Object.freeze({});

/** Id of a call: the same for the same place in a history, so that replaying it gives the same state. */
function callId(instance: string, revision: number, index: number): string {
  const hash = createHash('sha256').update(`${instance}/${revision}/${index}`).digest('hex');
  const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/**
 * Gives the calls of a step their ids, and leaves out those that the same macrostep ended again: as in XState, they never
 * begin. In the snapshot each call stands where XState has its actor, so that leaving the state ends it.
 */
export function withCalls(step: Step, instance: string, revision: number): Step {
  const children = step.snapshot.children as Children;
  if (!step.requests.some(({ kind }) => kind === 'invoke')) return isOver(step) ? ended(step) : step;
  const begun = new Map<string, { readonly index: number; readonly call: string }>();
  step.requests.forEach((request, index) => {
    if (request.kind === 'invoke') begun.set(request.id, { index, call: callId(instance, revision, index) });
  });
  const calls: Record<string, Invocation> = {};
  for (const [id, child] of Object.entries(isOver(step) ? none : children)) {
    const call = isInvocation(child) ? child.call : begun.get(id)?.call;
    if (call !== undefined) calls[id] = { id, call };
  }
  return {
    snapshot: { ...(step.snapshot as object), children: calls } as unknown as AnyMachineSnapshot,
    requests: step.requests.flatMap((request, index): StepRequest[] => {
      if (request.kind !== 'invoke') return [request];
      const last = begun.get(request.id);
      const isWanted = last?.index === index && calls[request.id]?.call === last.call;
      return isWanted ? [{ ...request, call: last.call }] : [];
    }),
  };
}

/** A machine that has ended has no children, although XState leaves them in its snapshot. */
const isOver = ({ snapshot }: Step): boolean =>
  snapshot.status !== 'active' && Object.keys(snapshot.children as object).length > 0;

const ended = (step: Step): Step => ({
  ...step,
  snapshot: { ...(step.snapshot as object), children: none } as unknown as AnyMachineSnapshot,
});

/** The event by which XState tells a parent that an invoked actor is done or has failed. */
export function answerEvent(id: string, answer: CallAnswer): StoredEvent {
  return 'output' in answer
    ? { type: `xstate.done.actor.${id}`, output: answer.output, actorId: id }
    : { type: `xstate.error.actor.${id}`, error: { ...answer.error }, actorId: id };
}
