import { fromPromise, type AnyStateMachine, type AnyStateNode, type PromiseActorLogic } from 'xstate';
import { type JsonValue } from '../engine/canonical-json';
import { type EffectPayload } from './durable-actions';
import { type EffectError } from './effect-failure';

const mark = Symbol('invoked effect');

/**
 * Declares an actor that a state invokes as an effect: `setup({ actors: { charge: invokedEffect<Receipt, Charge>() } })`.
 * Entering the state writes the call to the outbox; the handler of the actor's name carries it out after the commit, and
 * what it returns or throws comes back as exactly one `onDone` (`event.output`) or `onError` (`event.error`, an
 * `EffectError`; a handler that returns nothing answers `null`). In a live XState actor it never answers.
 */
export function invokedEffect<
  TOutput extends JsonValue = null,
  TInput extends EffectPayload | undefined = undefined,
>(): PromiseActorLogic<TOutput, TInput> {
  const logic = fromPromise<TOutput, TInput>(() => new Promise<TOutput>(() => undefined));
  return Object.assign(logic, { [mark]: true });
}

/** What comes back from an invoked effect. */
export type CallAnswer = { readonly output: JsonValue } | { readonly error: EffectError };

export function isInvokedEffect(logic: unknown): boolean {
  return typeof logic === 'object' && logic !== null && (logic as { [mark]?: unknown })[mark] === true;
}

/** A call under way: stands among the children of a machine's snapshot, in place of a live actor. */
export interface Invocation {
  /** The child's id in the machine. */
  readonly id: string;
  /** Id of the outbox row: a state that is entered again makes another call. */
  readonly call: string;
}

export function isInvocation(child: unknown): child is Invocation {
  return typeof (child as { call?: unknown } | undefined)?.call === 'string';
}

const knownIds = new WeakMap<AnyStateMachine, ReadonlySet<string>>();

/** Ids of everything that some state of the machine invokes. */
export function invocationIds(machine: AnyStateMachine): ReadonlySet<string> {
  const known = knownIds.get(machine);
  if (known) return known;
  const of = (node: AnyStateNode): string[] => [
    ...node.invoke.map(({ id }) => id),
    ...Object.values(node.states).flatMap(of),
  ];
  const made = new Set(of(machine.root));
  knownIds.set(machine, made);
  return made;
}
