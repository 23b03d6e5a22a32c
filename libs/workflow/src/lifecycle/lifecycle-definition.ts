import { createHash } from 'node:crypto';
import { type AnyStateMachine, type EventFromLogic, type InputFrom } from 'xstate';
import { canonicalJson } from '../engine/canonical-json';
import { type StoredEvent } from '../engine/records';
import { type Bilingual } from './refusal';
import {
  declarationProblems,
  declaredEvents,
  type DeclaredEvent,
  type EventDeclaration,
} from './declared-events';
import { durableKind } from './durable-actions';
import { isStateIn, operandsOf } from './guard-operators';
import { lifecycleProblems, timerNames } from './lifecycle-validation';

/** Why a named guard says no, for the person whose event it stopped. */
export interface GuardRefusal extends Bilingual {
  readonly code: string;
}

export interface Lifecycle<TMachine extends AnyStateMachine = AnyStateMachine> {
  /** Stable name of the kind of lifecycle, for example `purchase-order`. */
  readonly id: string;
  /** Whole number from 1. Released versions never change; an instance stays on the version it began with. */
  readonly version: number;
  readonly machine: TMachine;
  /** Reason given when a guard of this name stops every transition of an event. */
  readonly refusals: Readonly<Record<string, GuardRefusal>>;
  /** Label and payload of the events that people send, by type; an event may go without. */
  readonly events: Readonly<Record<string, DeclaredEvent>>;
  /** What a timer is called, by the name of its delay or the id of its delayed `raise`. */
  readonly timers: Readonly<Record<string, Bilingual>>;
  /** Names of the actions and invoked actors that become outbox rows; each needs exactly one handler in the worker. */
  readonly effects: readonly string[];
  /**
   * SHA-256 of the machine's structure and names, hex. What named functions do, reasons, labels and payload schemas are
   * not in it: they may change within a version, and stored events are never checked against a schema again.
   */
  readonly hash: string;
}

/** Microsteps of one step (`always`, raised and done events). */
const MOST_MICROSTEPS = 10_000;

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

/** The events that people and other instances may send: the runtime adds `at`. */
export type EventOf<TLifecycle extends Lifecycle> = WithoutAt<EventFromLogic<TLifecycle['machine']>>;
export type InputOf<TLifecycle extends Lifecycle> = InputFrom<TLifecycle['machine']>;

/** By event type: a payload schema has to make what the machine takes. */
type EventDeclarations<TEvent extends { readonly type: string }> = {
  readonly [K in TEvent['type']]?: EventDeclaration<
    string extends K ? unknown : Omit<Extract<TEvent, { readonly type: K }>, 'type' | 'at'>
  >;
};

/** All problems of a definition at once, each with its path in the machine. */
export class LifecycleDefinitionError extends Error {
  constructor(
    readonly lifecycle: string,
    readonly problems: readonly string[],
  ) {
    super(`lifecycle ${lifecycle} cannot be run durably:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
  }
}

/** The machine's configuration without what functions do: structure and names only. */
function structure(value: unknown): unknown {
  const operands = operandsOf(value);
  if (operands) return { [operands.operator]: operands.guards.map(structure) };
  if (isStateIn(value)) return { stateIn: value.stateValue };
  if (typeof value === 'function') return '(function)';
  if (Array.isArray(value)) return value.map(structure);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, structure(member)]));
  return value;
}

/**
 * Declares a lifecycle over a plain XState v5 machine made with `setup(...).createMachine(...)`. Actions, guards and
 * delays are names; actions are `assign`, `raise`, `cancel` or `enqueueActions`, or durable ones (`effect`,
 * `startInstance`, `sendToInstance`, `sendToParent`, `sendToChild`). Guards may also be built of names with XState's
 * `and`, `or`, `not` and `stateIn`; actors are declared with `invokedEffect`. Actors are declared with `invokedEffect`. A step of more than 10,000 microsteps fails.
 * @throws LifecycleDefinitionError naming the path of everything that could not survive a restart.
 */
export function defineLifecycle<TMachine extends AnyStateMachine>(definition: {
  readonly id: string;
  readonly version: number;
  readonly machine: TMachine;
  readonly refusals?: Readonly<Record<string, GuardRefusal>>;
  readonly events?: EventDeclarations<EventFromLogic<TMachine>>;
  readonly timers?: Readonly<Record<string, Bilingual>>;
}): Lifecycle<TMachine> {
  const { id, version, machine, refusals = {}, timers = {} } = definition;
  const events = (definition.events ?? {}) as Readonly<Record<string, EventDeclaration>>;
  const problems = [
    ...lifecycleProblems(machine, refusals),
    ...declarationProblems(machine, { events, timers }, timerNames(machine)),
  ];
  if (!/^[a-z][a-z0-9-]*$/.test(id)) problems.unshift(`id "${id}" is not kebab-case`);
  if (!Number.isSafeInteger(version) || version < 1)
    problems.unshift(`version ${version} is not a whole number from 1`);
  if (problems.length > 0) throw new LifecycleDefinitionError(`${id}@${version}`, problems);
  // A circle of `always` or raised events would never come to rest, and hold its process for ever.
  machine.options.maxIterations = Math.min(machine.options.maxIterations ?? MOST_MICROSTEPS, MOST_MICROSTEPS);
  const actions = machine.implementations.actions as Record<string, unknown>;
  const effects = [
    ...Object.keys(actions).filter((name) => durableKind(actions[name]) === 'effect'),
    ...Object.keys(machine.implementations.actors as object),
  ];
  const hash = createHash('sha256')
    .update(canonicalJson(structure(machine.config)))
    .digest('hex');
  return { id, version, machine, refusals, events: declaredEvents(events), timers, effects, hash };
}

/**
 * An event of one lifecycle, typed by its machine: a wrong name or payload does not compile. For commands that are put
 * together as data (`sendMany`); `of(lifecycle)` of a runtime or a transaction types its calls by itself.
 */
export function eventOf<TMachine extends AnyStateMachine>(
  _lifecycle: Lifecycle<TMachine>,
  event: EventOf<Lifecycle<TMachine>>,
): StoredEvent {
  return event as unknown as StoredEvent;
}
