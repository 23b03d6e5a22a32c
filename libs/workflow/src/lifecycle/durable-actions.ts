import { type EventObject, type MachineContext, type ParameterizedObject } from 'xstate';
import { type JsonValue } from '../engine/canonical-json';

/** What a durable action may look at: the context and event at the moment the machine ran it. */
export interface DurableArguments<TContext, TEvent> {
  readonly context: TContext;
  readonly event: TEvent;
}

/** An instance to be started in the same transaction as the transition that asks for it. */
export interface InstanceToStart {
  readonly lifecycle: string;
  /** Stable within the parent: starting the same key twice starts one instance. */
  readonly key: string;
  readonly input: Readonly<Record<string, JsonValue>>;
}

/** An event for another instance of the same organization, applied in the same transaction. */
export interface EventToSend {
  readonly instance: string;
  readonly event: { readonly type: string; readonly [key: string]: JsonValue };
}

/** An event for an instance that the sender started under `key`. */
export interface EventToChild {
  readonly key: string;
  readonly event: EventToSend['event'];
}

/** Something to be done outside the machine, at least once, after the commit. */
export type EffectPayload = Readonly<Record<string, JsonValue>>;

const kind = Symbol('durable action');

type DurableKind = 'effect' | 'start' | 'send' | 'send-parent' | 'send-child';

interface DurableAction {
  (...args: never[]): void;
  readonly [kind]: DurableKind;
  readonly describe: (args: DurableArguments<never, never>, params: never) => unknown;
}

type Describe<TContext, TEvent, TParams, TResult> = (
  args: DurableArguments<TContext, TEvent>,
  params: TParams,
) => TResult;

function durable<TContext, TEvent, TParams, TResult>(
  which: DurableKind,
  describe: Describe<TContext, TEvent, TParams, TResult>,
): (args: DurableArguments<TContext, TEvent>, params: TParams) => void {
  // A live XState actor must not do anything for these: only the runtime turns them into rows.
  const action = (): void => undefined;
  return Object.assign(action, { [kind]: which, describe });
}

/**
 * Declares a named action as an effect: the runtime writes `describe(...)` to the outbox in the transaction of the
 * transition, and a handler registered under the action's name carries it out after the commit.
 */
export function effect<
  TContext extends MachineContext,
  TEvent extends EventObject,
  TParams extends ParameterizedObject['params'] | undefined = undefined,
>(describe: Describe<TContext, TEvent, TParams, EffectPayload>) {
  return durable('effect', describe);
}

/** Declares a named action that starts another instance in the same transaction. */
export function startInstance<
  TContext extends MachineContext,
  TEvent extends EventObject,
  TParams extends ParameterizedObject['params'] | undefined = undefined,
>(describe: Describe<TContext, TEvent, TParams, InstanceToStart>) {
  return durable('start', describe);
}

/**
 * Declares a named action that sends an event to another instance in the same transaction. As in XState, an event
 * that the receiver does not take in its present state, or after its end, has no effect. An instance that does not
 * exist is a fault of the step: nothing of the transaction is kept.
 */
export function sendToInstance<
  TContext extends MachineContext,
  TEvent extends EventObject,
  TParams extends ParameterizedObject['params'] | undefined = undefined,
>(describe: Describe<TContext, TEvent, TParams, EventToSend>) {
  return durable('send', describe);
}

/**
 * Declares a named action that sends an event to the instance that started this one, in the same transaction. As with
 * `sendParent` of XState, an event that the parent does not take has no effect, and an instance that nobody started
 * fails in this step and stays as it was.
 */
export function sendToParent<
  TContext extends MachineContext,
  TEvent extends EventObject,
  TParams extends ParameterizedObject['params'] | undefined = undefined,
>(describe: Describe<TContext, TEvent, TParams, EventToSend['event']>) {
  return durable('send-parent', describe);
}

/**
 * Declares a named action that sends an event to the instance that this one started under `key`, in this step or an
 * earlier one, in the same transaction. As with `sendTo` of XState, an event that the child does not take has no
 * effect, and a key under which nothing was started fails the step: nothing of the transaction is kept.
 */
export function sendToChild<
  TContext extends MachineContext,
  TEvent extends EventObject,
  TParams extends ParameterizedObject['params'] | undefined = undefined,
>(describe: Describe<TContext, TEvent, TParams, EventToChild>) {
  return durable('send-child', describe);
}

export function durableKind(action: unknown): DurableKind | undefined {
  return typeof action === 'function' ? (action as Partial<DurableAction>)[kind] : undefined;
}

export function describeDurable(action: unknown, args: unknown, params: unknown): unknown {
  return (action as DurableAction).describe(args as never, params as never);
}
