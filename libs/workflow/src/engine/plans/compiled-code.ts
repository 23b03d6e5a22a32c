import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, type EventObject } from 'xstate';
import { requestOf, type StepRequest } from '../step-requests';
import { type Instant } from '../../lifecycle/macrostep-instant';

/** Something of a machine that only XState carries out: the step is left to it. */
export class NotPlanned extends Error {}

/** A macrostep under way, as its guards and actions see it. */
export interface Course {
  readonly machine: AnyStateMachine;
  readonly scope: AnyActorScope;
  readonly at: Instant;
  /** What is handled now: the event of the step, or one that was raised since. */
  readonly event: EventObject;
  readonly context: object;
  readonly requests: StepRequest[];
  assign(context: object): void;
  raise(event: EventObject): void;
  /** As guards built with `stateIn`, and what is enqueued, ask for it. */
  snapshot(): AnyMachineSnapshot;
}

export type CompiledAction = (course: Course) => void;
export type CompiledGuard = (course: Course) => boolean;

type Expression = (args: object, params: unknown) => unknown;
type Members = Readonly<Record<string, unknown>>;

const nameOf = (reference: unknown): string =>
  typeof reference === 'string' ? reference : (reference as { readonly type: string }).type;

/** The parameters that a reference by name brings: stated, or computed from context and event. */
function paramsOf(reference: unknown): (course: Course) => unknown {
  if (typeof reference !== 'object' || reference === null || !('params' in reference)) return () => undefined;
  const { params } = reference;
  if (typeof params !== 'function') return () => params;
  return ({ context, event }) => (params as Expression)({ context, event }, undefined);
}

/** A value, or what an expression makes of the arguments. */
const evaluated = (value: unknown, args: object, params: unknown): unknown =>
  typeof value === 'function' ? (value as Expression)(args, params) : value;

/** @throws NotPlanned */
export function compileGuard(machine: AnyStateMachine, guard: unknown): CompiledGuard {
  const isInline = typeof guard === 'function';
  const found: unknown = isInline ? guard : (machine.implementations.guards as Members)[nameOf(guard)];
  if (found === undefined) throw new NotPlanned('a guard is not implemented');
  if (typeof found !== 'function') return compileGuard(machine, found);
  const { check } = found as {
    readonly check?: (snapshot: unknown, args: object, guard: unknown) => boolean;
  };
  if (check)
    return (course) => check(course.snapshot(), { context: course.context, event: course.event }, found);
  const params = paramsOf(isInline ? undefined : guard);
  return (course) =>
    Boolean((found as Expression)({ context: course.context, event: course.event }, params(course)));
}

const argumentsOf = ({ context, event, scope }: Course): object => ({
  context,
  event,
  self: scope.self,
  system: scope.system,
});

function spawn(): never {
  throw new NotPlanned('an action spawns an actor');
}

function assigned(course: Course, assignment: unknown, params: unknown): void {
  const args = { ...argumentsOf(course), spawn };
  if (typeof assignment === 'function') {
    course.assign(Object.assign({}, course.context, (assignment as Expression)(args, params)));
    return;
  }
  const next: Record<string, unknown> = { ...course.context };
  for (const key of Object.keys(assignment as object))
    next[key] = evaluated((assignment as Members)[key], args, params);
  course.assign(next);
}

/** The context that a machine begins with: stated, or made of its input. @throws NotPlanned */
export function firstContext(course: Course, stated: unknown, input: unknown): void {
  if (typeof stated !== 'function') course.assign(stated ?? {});
  else
    course.assign({
      ...((stated as Expression)({ spawn, input, self: course.scope.self }, undefined) as object),
    });
}

function raised(course: Course, { event, id, delay }: Members, params: unknown): void {
  if (typeof event === 'string') throw new NotPlanned('an event is raised by its name alone');
  const args = argumentsOf(course);
  const named = typeof delay === 'string' ? (course.machine.implementations.delays as Members)[delay] : delay;
  const what = evaluated(event, args, params) as EventObject;
  const wait = evaluated(named, args, params);
  if (typeof wait !== 'number') course.raise(what);
  asked(course, { type: 'xstate.raise', params: { event: what, id, delay: wait } });
}

function asked(course: Course, action: { type: string; params: unknown; exec?: unknown }): void {
  const { context, event, at, machine } = course;
  const request = requestOf(machine, { exec: undefined, ...action, info: { context, event } }, at);
  if (request) course.requests.push(request);
}

interface Enqueuing {
  readonly resolve: (
    scope: AnyActorScope,
    snapshot: AnyMachineSnapshot,
    args: object,
    params: unknown,
    action: unknown,
    extra: object,
  ) => readonly [unknown, unknown, readonly unknown[] | undefined];
}

function enqueued(course: Course, found: Enqueuing, params: unknown): void {
  const args = argumentsOf(course);
  const [, , actions = []] = found.resolve(course.scope, course.snapshot(), args, params, found, {});
  for (const action of actions) compileAction(course.machine, action)(course);
}

/** @throws NotPlanned for what is neither `assign`, `raise`, `cancel` nor `enqueueActions`, nor durable */
export function compileAction(machine: AnyStateMachine, action: unknown): CompiledAction {
  const isInline = typeof action === 'function';
  const found: unknown = isInline ? action : (machine.implementations.actions as Members)[nameOf(action)];
  const params = paramsOf(isInline ? undefined : action);
  if (typeof found !== 'function') throw new NotPlanned('an action is not implemented');
  if (!('resolve' in found)) {
    const type = isInline ? found.name : nameOf(action);
    return (course) => {
      asked(course, { type, params: params(course), exec: found });
    };
  }
  const builtIn = found as unknown as Members;
  switch (builtIn['type']) {
    case 'xstate.assign':
      return (course) => {
        assigned(course, builtIn['assignment'], params(course));
      };
    case 'xstate.raise':
      return (course) => {
        raised(course, builtIn, params(course));
      };
    case 'xstate.cancel':
      return (course) => {
        const sendId = evaluated(builtIn['sendId'], argumentsOf(course), params(course));
        asked(course, { type: 'xstate.cancel', params: { sendId } });
      };
    case 'xstate.enqueueActions':
      return (course) => {
        enqueued(course, builtIn as unknown as Enqueuing, params(course));
      };
    default:
      throw new NotPlanned(`${String(builtIn['type'])} is left to XState`);
  }
}
