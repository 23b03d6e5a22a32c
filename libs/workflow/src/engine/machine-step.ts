import {
  createActor,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  type ExecutableActionObject,
} from 'xstate';
import { invocationIds, isInvocation } from '../lifecycle/invoked-effect';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { MachinePlans } from './plans/machine-plans';
import { plannedAdmission, plannedStart, plannedStep, prove, type PlannedStep } from './plans/planned-step';
import { isWhole } from './configuration';
import { type StoredEvent } from './records';
import { LifecycleFault, requestOf, type Step } from './step-requests';

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
  const requests = actions.map((action) => requestOf(machine, action, at)).filter((asked) => asked !== null);
  assertNothingSpawned(machine, snapshot.children as Readonly<Record<string, unknown>>);
  if (!isWhole(snapshot))
    throw new LifecycleFault(
      `the machine came into ${JSON.stringify(snapshot.value)}, which is none of its states: XState loses its way where a history state is entered from inside its own parent`,
    );
  return { snapshot, requests };
}

/** As XState begins. Has to run as a step at `at`. */
function xstateStart(lifecycle: Lifecycle, input: unknown, at: Instant): Step {
  const inert = inertScope(lifecycle.machine);
  inert.actions = [];
  const first = lifecycle.machine.getInitialSnapshot(inert.scope as never, input) as AnyMachineSnapshot;
  return stepOf(lifecycle, first, inert.actions, at);
}

/** As XState takes it: what every other way of taking a step is held against. Has to run as a step at `at`. */
function xstateStep(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
  at: Instant,
): Step {
  const inert = inertScope(lifecycle.machine);
  inert.actions = [];
  let next: AnyMachineSnapshot;
  try {
    next = lifecycle.machine.transition(snapshot as never, event, inert.scope as never) as AnyMachineSnapshot;
  } catch (error) {
    throw failed(error);
  }
  return stepOf(lifecycle, next, inert.actions, at);
}

const plans = new WeakMap<AnyStateMachine, MachinePlans>();

function plansOf(machine: AnyStateMachine): MachinePlans {
  const known = plans.get(machine);
  if (known) return known;
  const made = new MachinePlans(machine, inertScope(machine).scope);
  plans.set(machine, made);
  return made;
}

/** A step that was planned, once each of its plans is proven; else XState's, which proves them or not. */
function judged(plans: MachinePlans, planned: PlannedStep | null, byXState: () => Step): Step {
  if (planned?.unproven.length === 0) return planned;
  const step = byXState();
  if (planned) prove(plans, planned, step);
  return step;
}

/** The machine's first macrostep at `at`, by its plan as `eventStep`. Pure. @throws LifecycleFault */
export function startStep(lifecycle: Lifecycle, input: unknown, at: Instant): Step {
  const followed = plansOf(lifecycle.machine);
  return stepAt(at, () =>
    judged(followed, plannedStart(followed, input, at), () => xstateStart(lifecycle, input, at)),
  );
}

/** The machine's first macrostep by XState alone. Pure. @throws LifecycleFault */
export const checkedStart = (lifecycle: Lifecycle, input: unknown, at: Instant): Step =>
  stepAt(at, () => xstateStart(lifecycle, input, at));

/**
 * One macrostep on `event` at `at`, by the plans of the machine where it has them. A plan is followed alone only after
 * XState has come to the same with it. Pure.
 * @throws LifecycleFault
 */
export function eventStep(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: StoredEvent,
  at: Instant,
): Step {
  const followed = plansOf(lifecycle.machine);
  const sent = { ...event, at };
  return stepAt(at, () =>
    judged(followed, plannedStep(followed, snapshot, sent, at), () =>
      xstateStep(lifecycle, snapshot, sent, at),
    ),
  );
}

/** One macrostep by XState alone: for whoever checks what the plans came to. Pure. @throws LifecycleFault */
export function checkedStep(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: StoredEvent,
  at: Instant,
): Step {
  return stepAt(at, () => xstateStep(lifecycle, snapshot, { ...event, at } as StoredEvent, at));
}

/** Whether some transition takes `event` at `at`. Pure. */
export function isTaken(snapshot: AnyMachineSnapshot, event: StoredEvent, at: Instant): boolean {
  return stepAt(at, () => {
    const sent: StoredEvent = { ...event, at };
    return (
      plannedAdmission(plansOf(snapshot.machine as AnyStateMachine), snapshot, sent, at) ?? snapshot.can(sent)
    );
  });
}

/**
 * Whether the steps of a machine are all left to XState in this process: it invokes effects, or a plan came to something
 * else than XState, as happens where a guard or an action is not pure.
 */
export const isLeftToXState = ({ machine }: Lifecycle): boolean => plansOf(machine).isLeftToXState;
