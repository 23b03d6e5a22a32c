import { type AnyStateMachine, type AnyStateNode } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { statesWithin } from '../lifecycle/reachable-states';
import { type MigratedInstance, type Migration, type TimerDecision } from '../lifecycle/migration';
import { canonicalJson, NotStorableError } from './canonical-json';
import { eventStep } from './machine-step';
import { byDue, timerSequence, type StoredEvent, type TimerRecord } from './records';
import { activeStates, delaysOf } from './state-configuration';
import { fromStored, type StoredSnapshot } from './stored-snapshot';

export type KeptTimer = Pick<TimerRecord, 'id' | 'dueAt' | 'sequence' | 'event'>;

/** An instance as a migration leaves it: its snapshot and all its pending timers, in order. */
export interface MigrationResult {
  readonly snapshot: StoredSnapshot;
  readonly timers: readonly KeptTimer[];
}

/** Event type of the history entry that a migration writes. */
export const MIGRATION_EVENT = 'workflow.migrate';

/** The event of a migration's entry: with it history goes on even where the old version's code is gone. */
export type MigrationEvent = MigrationResult & { readonly type: typeof MIGRATION_EVENT } & {
  readonly from: number;
  readonly to: number;
};

/** Why an instance cannot go to the next version; it is left as it was. */
export class MigrationFault extends Error {
  constructor(
    readonly step: string,
    readonly problems: readonly string[],
  ) {
    super(`${step}: ${problems.join('; ')}`);
  }
}

const sorted = (ids: Iterable<string>): string[] => [...ids].sort();

function isAfter(id: string): boolean {
  return id.startsWith('xstate.after.');
}

/** Whether some state takes events of this type. */
function isHandled(machine: AnyStateMachine, type: string): boolean {
  return statesWithin(machine.root).some((node) => node.transitions.has(type) || node.transitions.has('*'));
}

/** Ids of delayed raises; `null` when `enqueueActions` may raise what cannot be known beforehand. */
function raisedIds(machine: AnyStateMachine): Set<string> | null {
  const ids = new Set<string>();
  for (const action of Object.values(machine.implementations.actions as Record<string, unknown>)) {
    if (typeof action !== 'function') continue;
    const { type, id } = action as { type?: unknown; id?: unknown };
    if (type === 'xstate.enqueueActions') return null;
    if (type === 'xstate.raise' && typeof id === 'string') ids.add(id);
  }
  return ids;
}

function renamed(timer: KeptTimer, id: string): KeptTimer {
  const isNamedAfterIt = timer.event.type === timer.id;
  return { ...timer, id, event: isNamedAfterIt ? { ...timer.event, type: id } : timer.event };
}

/** Carries out the decisions. Problems: a timer decided on twice, not at all, or that is not there. */
function decided(
  pending: ReadonlyMap<string, KeptTimer>,
  decisions: readonly TimerDecision[],
  revision: number,
  problem: (text: string) => void,
): { readonly timers: Map<string, KeptTimer>; readonly renounced: ReadonlySet<string> } {
  const timers = new Map<string, KeptTimer>();
  const open = new Set(pending.keys());
  const renounced = new Set<string>();
  const put = (timer: KeptTimer): void => {
    if (timers.has(timer.id)) problem(`timers: ${timer.id} would be there twice`);
    timers.set(timer.id, timer);
  };
  const decide = (decision: TimerDecision, index: number): void => {
    if ('without' in decision) {
      renounced.add(decision.without);
    } else if ('set' in decision) {
      const { set: id, dueAt, event = { type: id } } = decision;
      if (Number.isSafeInteger(dueAt)) put({ id, dueAt, sequence: timerSequence(revision, index), event });
      else problem(`timers: ${id} is set for ${String(dueAt)}, no instant`);
    } else {
      const id = 'keep' in decision ? decision.keep : decision.cancel;
      const timer = pending.get(id);
      if (!open.delete(id) || !timer) problem(`timers: ${id} is not pending, or decided on twice`);
      else if ('keep' in decision) put(renamed(timer, decision.as ?? id));
    }
  };
  decisions.forEach(decide);
  for (const id of open) problem(`timers: ${id} is pending, and neither kept nor cancelled`);
  return { timers, renounced };
}

function checkTimers(
  machine: AnyStateMachine,
  states: readonly AnyStateNode[],
  passed: ReadonlySet<string>,
  { timers, renounced }: ReturnType<typeof decided>,
  problem: (text: string) => void,
): void {
  const delays = new Set(states.flatMap(delaysOf));
  const raised = raisedIds(machine);
  for (const { id, event } of timers.values()) {
    if (isAfter(id) ? !delays.has(id) : raised !== null && !raised.has(id))
      problem(`timers: the new state has no delay ${id}`);
    else if (!isHandled(machine, event.type))
      problem(`timers: no state takes the event ${event.type} of ${id}`);
  }
  for (const id of delays)
    if (!timers.has(id) && !renounced.has(id) && !passed.has(id))
      problem(`timers: the new state waits for ${id}, which is neither kept, set nor renounced (without)`);
  for (const id of renounced)
    if (timers.has(id) || !delays.has(id)) problem(`timers: ${id} is renounced, but it is kept or no delay`);
}

function checkHistory(
  machine: AnyStateMachine,
  old: StoredSnapshot,
  { historyValue }: MigratedInstance,
  problem: (text: string) => void,
): void {
  if (old.historyValue && !historyValue)
    problem('historyValue: not mentioned; give the new one, or {} to forget what was remembered');
  const ids = new Set(statesWithin(machine.root).map((node) => node.id));
  for (const [id, remembered] of Object.entries(historyValue ?? {}))
    for (const each of [id, ...remembered])
      if (!ids.has(each)) problem(`historyValue: there is no state ${each}`);
}

/** Effects that states invoke, by child id: what they are called. */
const invocationsOf = (states: readonly AnyStateNode[]): Map<string, unknown> =>
  new Map(states.flatMap(({ invoke }) => invoke.map(({ id, src }) => [id, src] as const)));

/** A call goes on only where its answer is still waited for, and a migration begins none. */
function checkCalls(
  before: readonly AnyStateNode[],
  after: readonly AnyStateNode[],
  pending: Readonly<Record<string, string>>,
  problem: (text: string) => void,
): void {
  const old = invocationsOf(before);
  const now = invocationsOf(after);
  for (const id of Object.keys(pending))
    if (!now.has(id) || now.get(id) !== old.get(id))
      problem(`invoked: no new state waits for the answer of ${id}; migrate when it has come`);
  for (const id of now.keys())
    if (!Object.hasOwn(pending, id) && !old.has(id))
      problem(`invoked: the new state waits for ${id}, which a migration does not begin`);
}

function storable(context: unknown, problem: (text: string) => void): void {
  try {
    canonicalJson(context, 'context');
  } catch (error) {
    if (!(error instanceof NotStorableError)) throw error;
    problem(error.message);
  }
}

/** A state is where a machine rests: one that would be left at once was not reached by a step. */
function checkRest(
  to: Lifecycle,
  states: readonly AnyStateNode[],
  snapshot: StoredSnapshot,
  at: Instant,
  problem: (text: string) => void,
): void {
  if (states.some((node) => node.parent === to.machine.root && node.type === 'final')) {
    problem('value: a migration does not end an instance; migrate it to an open state and send an event');
    return;
  }
  if (!states.some((node) => node.always) || isHandled(to.machine, MIGRATION_EVENT)) return;
  const here = fromStored(to.machine, snapshot);
  const next = eventStep(to, here, { type: MIGRATION_EVENT }, at).snapshot;
  if (canonicalJson(next.value) !== canonicalJson(here.value))
    problem(`value: the machine would not stay in it, but go on to ${JSON.stringify(next.value)}`);
}

/**
 * The order in which the states were entered, by their ids: `undefined`, which is the order of the document, when one of
 * them was not among the old ones.
 */
function orderIn(
  from: Lifecycle,
  entered: readonly number[],
  states: readonly AnyStateNode[],
): readonly number[] | undefined {
  const ids = new Map(statesWithin(from.machine.root).map(({ order, id }) => [order, id]));
  const orders = new Map(states.map(({ id, order }) => [id, order]));
  const kept = entered
    .map((order) => orders.get(ids.get(order) ?? ''))
    .filter((order) => order !== undefined);
  return kept.length === states.length ? kept : undefined;
}

/**
 * Runs one migration on an instance and checks the outcome against the new machine. Pure.
 * @param revision that its history entry will have
 * @throws MigrationFault naming everything that is wrong with the outcome, or what the function itself threw
 */
export function migrationStep(
  { from, to, migrate }: Migration,
  snapshot: StoredSnapshot,
  pending: readonly KeptTimer[],
  at: Instant,
  revision: number,
): MigrationResult {
  const step = `${from.id}@${from.version} → ${to.version}`;
  const problems: string[] = [];
  const problem = (text: string): void => void problems.push(text);
  const { value, context, historyValue, entered, invoked, ...others } = snapshot;
  for (const member of Object.keys(others)) problem(`${member}: an instance that has it cannot be migrated`);
  const old = {
    value,
    context,
    ...(historyValue && { historyValue }),
    timers: [...pending].sort(byDue).map(({ id, dueAt, event }) => ({ id, dueAt, event })),
    at,
  };
  let answer: MigratedInstance;
  try {
    // A copy, as a store would give it: a function that writes into it does not reach what is kept.
    answer = migrate(JSON.parse(JSON.stringify(old)) as typeof old);
  } catch (error) {
    throw new MigrationFault(step, [
      `the function failed: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
  const states = activeStates(to.machine, answer.value, problem);
  storable(answer.context, problem);
  checkHistory(to.machine, snapshot, answer, problem);
  const timersBefore = new Map(
    pending.map(({ id, dueAt, sequence, event }) => [id, { id, dueAt, sequence, event }]),
  );
  // Delays that had fired (or been renounced) while their state stayed: they stay past under the same id.
  const oldStates = activeStates(from.machine, value, () => undefined);
  const passed = new Set(oldStates.flatMap(delaysOf).filter((id) => !timersBefore.has(id)));
  checkCalls(oldStates, states, invoked ?? {}, problem);
  const outcome = decided(timersBefore, answer.timers, revision, problem);
  checkTimers(to.machine, states, passed, outcome, problem);
  if (problems.length > 0) throw new MigrationFault(step, problems);
  const remembered = Object.entries(answer.historyValue ?? {});
  const order = entered && orderIn(from, entered, states);
  const migrated: StoredSnapshot = {
    value: answer.value,
    context: answer.context,
    ...(order && { entered: order }),
    ...(invoked && { invoked }),
    ...(remembered.length > 0 && {
      historyValue: Object.fromEntries(remembered.map(([id, nodes]) => [id, [...nodes]])),
    }),
  };
  checkRest(to, states, migrated, at, problem);
  if (problems.length > 0) throw new MigrationFault(step, problems);
  return { snapshot: migrated, timers: [...outcome.timers.values()].sort(byDue) };
}

/** The event that the history keeps of a migration. */
export function migrationEvent({ from, to }: Migration, result: MigrationResult): StoredEvent {
  const event = { type: MIGRATION_EVENT, from: from.version, to: to.version, ...result };
  return event as unknown as StoredEvent;
}

export function readMigrationEvent(event: StoredEvent): MigrationEvent {
  return event as unknown as MigrationEvent;
}

/** Both results say the same. */
export function isSameResult(one: MigrationResult, other: MigrationResult): boolean {
  const text = ({ snapshot, timers }: MigrationResult): string => canonicalJson({ snapshot, timers });
  return text(one) === text(other);
}

/** Which timers a migration takes away, and which it writes; those that stay as they are appear in neither. */
export function timerChanges(
  pending: readonly TimerRecord[],
  { timers }: MigrationResult,
): { readonly cancelled: readonly string[]; readonly set: readonly TimerRecord[] } {
  const before = new Map(pending.map((timer) => [timer.id, timer]));
  const after = new Set(timers.map(({ id }) => id));
  const set = timers.filter((timer) => {
    const old = before.get(timer.id);
    return (
      old?.dueAt !== timer.dueAt ||
      old.sequence !== timer.sequence ||
      canonicalJson(old.event) !== canonicalJson(timer.event)
    );
  });
  return {
    cancelled: sorted(before.keys()).filter((id) => !after.has(id)),
    set: set.map((timer) => ({ ...timer, parked: false })),
  };
}
