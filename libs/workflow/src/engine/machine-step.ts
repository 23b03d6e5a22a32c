import {
  createActor,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ExecutableActionObject,
} from 'xstate';
import {
  describeDurable,
  durableKind,
  type EffectPayload,
  type EventToChild,
  type EventToSend,
  type InstanceToStart,
} from '../lifecycle/durable-actions';
import { invocationIds, isInvocation } from '../lifecycle/invoked-effect';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { isWhole } from './configuration';
import { type StoredEvent } from './records';

/** A state was entered that invokes an effect; `call` is known once the step has its place in a history. */
export interface InvokeRequest {
  readonly kind: 'invoke';
  /** The child's id in the machine. */
  readonly id: string;
  readonly src: string;
  readonly input: EffectPayload;
  readonly call?: string;
}

/** What one macrostep asks of the runtime, in the order the machine asked for it. */
export type StepRequest =
  | {
      readonly kind: 'set-timer';
      readonly id: string;
      readonly dueAt: Instant;
      readonly event: StoredEvent;
    }
  | { readonly kind: 'cancel-timer'; readonly id: string }
  | { readonly kind: 'effect'; readonly name: string; readonly payload: EffectPayload }
  | InvokeRequest
  | { readonly kind: 'start'; readonly start: InstanceToStart }
  | { readonly kind: 'send'; readonly action: string; readonly send: EventToSend }
  | { readonly kind: 'send-parent'; readonly action: string; readonly event: EventToSend['event'] }
  | { readonly kind: 'send-child'; readonly action: string; readonly send: EventToChild };

export interface Step {
  readonly snapshot: AnyMachineSnapshot;
  readonly requests: readonly StepRequest[];
}

/** A machine did something the runtime cannot make durable. The instance is left as it was. */
export class LifecycleFault extends Error {}

interface InertScope {
  readonly scope: AnyActorScope;
  actions: ExecutableActionObject[];
}

const scopes = new WeakMap<AnyStateMachine, InertScope>();

/**
 * One inert actor scope per machine: `transition()` of xstate makes a new actor on every call, which runs the
 * machine's whole initial step again. A test holds the two against each other.
 */
function inertScope(machine: AnyStateMachine): InertScope {
  const known = scopes.get(machine);
  if (known) return known;
  const self = createActor(machine, { input: {} });
  const inert: InertScope = { actions: [], scope: undefined as never };
  const scope = {
    self,
    defer: () => undefined,
    id: '',
    logger: () => undefined,
    sessionId: '',
    stopChild: () => undefined,
    system: self.system,
    emit: () => undefined,
    actionExecutor: (action: ExecutableActionObject) => {
      inert.actions.push(action);
    },
  } as unknown as AnyActorScope;
  const made = Object.assign(inert, { scope });
  scopes.set(machine, made);
  return made;
}

function request(machine: AnyStateMachine, action: ExecutableActionObject, at: Instant): StepRequest | null {
  const params = (action.params ?? {}) as Record<string, unknown>;
  if (action.type === 'xstate.raise') {
    // An undelayed raise was already processed inside the macrostep.
    const { id, delay, event } = params as { id?: unknown; delay?: unknown; event: StoredEvent };
    // Only a delayed one has an id; XState would raise it at once when its delay turns out to be none.
    if (delay === undefined && id === undefined) return null;
    if (typeof id !== 'string') throw new LifecycleFault('a delayed raise has no id to be known by');
    if (typeof delay !== 'number' || !Number.isFinite(delay))
      throw new LifecycleFault(`timer ${id}: its delay is ${String(delay)}, not a number`);
    return { kind: 'set-timer', id, dueAt: at + Math.max(0, Math.round(delay)), event };
  }
  if (action.type === 'xstate.spawnChild') return invokeRequest(params);
  // XState's own, on leaving a state that invokes: the snapshot's children say which calls are still wanted.
  if (action.type === 'xstate.stopChild' && invocationIds(machine).size > 0) return null;
  if (action.type === 'xstate.cancel') {
    const { sendId } = params;
    if (typeof sendId !== 'string')
      throw new LifecycleFault(`cancel of ${String(sendId)}, which is no timer's id`);
    return { kind: 'cancel-timer', id: sendId };
  }
  const describe = () =>
    describeDurable(action.exec, { context: action.info.context, event: action.info.event }, action.params);
  switch (durableKind(action.exec)) {
    case 'effect':
      return { kind: 'effect', name: action.type, payload: describe() as EffectPayload };
    case 'start':
      return { kind: 'start', start: describe() as InstanceToStart };
    case 'send':
      return { kind: 'send', action: action.type, send: describe() as EventToSend };
    case 'send-parent':
      return { kind: 'send-parent', action: action.type, event: describe() as EventToSend['event'] };
    case 'send-child':
      return { kind: 'send-child', action: action.type, send: describe() as EventToChild };
    default:
      throw new LifecycleFault(`action "${action.type}" is not durable`);
  }
}

function invokeRequest({ id, src, input = {} }: Record<string, unknown>): InvokeRequest {
  if (typeof id !== 'string' || typeof src !== 'string')
    throw new LifecycleFault('action "xstate.spawnChild" is not durable');
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new LifecycleFault(`the input of the invoked effect ${id} is not an object`);
  return { kind: 'invoke', id, src, input: input as EffectPayload };
}

/** Of an answer that no transition takes, the error is the plain data that came back. */
function failed(error: unknown): LifecycleFault {
  if (error instanceof LifecycleFault) return error;
  const { message } = (error ?? {}) as { readonly message?: unknown };
  const reason = typeof message === 'string' ? message : String(error);
  return new LifecycleFault(`the machine failed: ${reason}`, { cause: error });
}

/** Whatever stands among the children without being a call that a state invoked was spawned. */
function assertNothingSpawned(machine: AnyStateMachine, children: Readonly<Record<string, unknown>>): void {
  for (const id in children)
    if (!isInvocation(children[id]) && !invocationIds(machine).has(id))
      throw new LifecycleFault(`the machine spawned an actor ${id}, which is not durable`);
}

function stepOf(
  { machine }: Lifecycle,
  snapshot: AnyMachineSnapshot,
  actions: readonly ExecutableActionObject[],
  at: Instant,
): Step {
  if (snapshot.status === 'error') throw failed((snapshot as { error?: unknown }).error);
  const requests = actions.map((action) => request(machine, action, at)).filter((asked) => asked !== null);
  assertNothingSpawned(machine, snapshot.children as Readonly<Record<string, unknown>>);
  if (!isWhole(snapshot))
    throw new LifecycleFault(
      `the machine came into ${JSON.stringify(snapshot.value)}, which is none of its states: XState loses its way where a history state is entered from inside its own parent`,
    );
  return { snapshot, requests };
}

/** The machine's first macrostep at `at`. Pure. @throws LifecycleFault */
export function startStep(lifecycle: Lifecycle, input: unknown, at: Instant): Step {
  return stepAt(at, () => {
    const inert = inertScope(lifecycle.machine);
    inert.actions = [];
    const first = lifecycle.machine.getInitialSnapshot(inert.scope as never, input) as AnyMachineSnapshot;
    return stepOf(lifecycle, first, inert.actions, at);
  });
}

/** One macrostep on `event` at `at`. Pure. @throws LifecycleFault */
export function eventStep(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: StoredEvent,
  at: Instant,
): Step {
  return stepAt(at, () => {
    const inert = inertScope(lifecycle.machine);
    inert.actions = [];
    let next: AnyMachineSnapshot;
    try {
      next = lifecycle.machine.transition(
        snapshot as never,
        { ...event, at },
        inert.scope as never,
      ) as AnyMachineSnapshot;
    } catch (error) {
      throw failed(error);
    }
    return stepOf(lifecycle, next, inert.actions, at);
  });
}
