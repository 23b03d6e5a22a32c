import { type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import {
  describeDurable,
  durableKind,
  type EffectPayload,
  type EventToChild,
  type EventToSend,
  type InstanceToStart,
} from '../lifecycle/durable-actions';
import { invocationIds } from '../lifecycle/invoked-effect';
import { type Instant } from '../lifecycle/macrostep-instant';
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

/** An action that a machine asked for, as XState tells it to whoever carries actions out. */
export interface AskedAction {
  readonly type: string;
  readonly info: { readonly context: unknown; readonly event: unknown };
  readonly params: unknown;
  readonly exec: unknown;
}

/** What an action comes to; `null` where the macrostep has seen to it. @throws LifecycleFault */
export function requestOf(machine: AnyStateMachine, action: AskedAction, at: Instant): StepRequest | null {
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
