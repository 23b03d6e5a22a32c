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
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { isWhole } from './configuration';
import { type StoredEvent } from './records';

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

function request(action: ExecutableActionObject, at: Instant): StepRequest | null {
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

function failed(error: unknown): LifecycleFault {
  if (error instanceof LifecycleFault) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new LifecycleFault(`the machine failed: ${reason}`, { cause: error });
}

function stepOf(snapshot: AnyMachineSnapshot, actions: readonly ExecutableActionObject[], at: Instant): Step {
  if (snapshot.status === 'error') throw failed((snapshot as { error?: unknown }).error);
  const requests = actions.map((action) => request(action, at)).filter((asked) => asked !== null);
  if (Object.keys(snapshot.children as object).length > 0)
    throw new LifecycleFault('the machine spawned an actor, which is not durable');
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
    return stepOf(first, inert.actions, at);
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
    return stepOf(next, inert.actions, at);
  });
}
