import { type AnyStateMachine, type ContextFrom, type StateValue } from 'xstate';
import { type StoredEvent } from '../engine/records';
import { type Lifecycle } from './lifecycle-definition';
import { type Instant } from './macrostep-instant';

/** A timer that an instance waits for. */
export interface MigratingTimer {
  readonly id: string;
  readonly dueAt: Instant;
  readonly event: StoredEvent;
}

/**
 * What becomes of a timer. Each pending one has to be kept or cancelled, and each delay of the new state that has no
 * timer has to be set or renounced: nothing about timers happens by itself.
 */
export type TimerDecision =
  /** The timer stays with its due instant and place in the order; under a new id when its state has a new name. */
  | { readonly keep: string; readonly as?: string }
  | { readonly cancel: string }
  /** A timer that the old version did not have. The event defaults to one named after the timer (`after`). */
  | { readonly set: string; readonly dueAt: Instant; readonly event?: StoredEvent }
  /** The new state has this delay, and this instance is not to wait for it. */
  | { readonly without: string };

/** What a migration sees of an instance: the state after its last macrostep, and all its timers in order. */
export interface MigratingInstance<TContext = Record<string, unknown>> {
  readonly value: StateValue;
  readonly context: TContext;
  /** History state id → ids of the states it remembers. */
  readonly historyValue?: Readonly<Record<string, readonly string[]>>;
  readonly timers: readonly MigratingTimer[];
  /** Business instant of the migration. */
  readonly at: Instant;
}

/** What a migration makes of it. */
export interface MigratedInstance<TContext = Record<string, unknown>> {
  readonly value: StateValue;
  readonly context: TContext;
  /** Must be given when the old instance had one; `{}` forgets it. */
  readonly historyValue?: Readonly<Record<string, readonly string[]>>;
  readonly timers: readonly TimerDecision[];
}

/** One step from a version of a lifecycle to the next. */
export interface Migration {
  readonly from: Lifecycle;
  readonly to: Lifecycle;
  readonly migrate: (old: MigratingInstance) => MigratedInstance;
}

/**
 * Declares how an open instance moves from one version to the next. The function must be pure: it runs again whenever
 * a history is replayed.
 * @throws when the two are not neighbouring versions of one lifecycle
 */
export function defineMigration<TFrom extends AnyStateMachine, TTo extends AnyStateMachine>(migration: {
  readonly from: Lifecycle<TFrom>;
  readonly to: Lifecycle<TTo>;
  readonly migrate: (old: MigratingInstance<ContextFrom<TFrom>>) => MigratedInstance<ContextFrom<TTo>>;
}): Migration {
  const { from, to } = migration;
  if (from.id !== to.id || to.version !== from.version + 1)
    throw new Error(
      `a migration leads from a version to the next, not from ${from.id}@${from.version} to ${to.id}@${to.version}`,
    );
  return migration as unknown as Migration;
}

/** Keeps every timer, under the id that `rename` makes of its old one. */
export function keepTimers(
  timers: readonly MigratingTimer[],
  rename: (id: string) => string = (id) => id,
): TimerDecision[] {
  return timers.map(({ id }) => ({ keep: id, as: rename(id) }));
}
