import { type AnyMachineSnapshot } from 'xstate';
import { canonicalJson } from '../engine/canonical-json';
import { callsOf, withoutCall } from '../engine/calls-in-snapshot';
import { withCalls } from '../engine/invocations';
import { eventStep, startStep } from '../engine/machine-step';
import { type Step } from '../engine/step-requests';
import { type StoredEvent } from '../engine/records';
import { fromStored, toStored, type StoredSnapshot } from '../engine/stored-snapshot';
import { type EffectError } from '../lifecycle/effect-failure';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';

export interface VirtualTimer {
  readonly id: string;
  readonly dueAt: Instant;
  readonly event: StoredEvent;
}

/** An instance without any store: what it is in, when it is, and what it waits for, in the order in which it is due. */
export interface VirtualInstance {
  readonly snapshot: AnyMachineSnapshot;
  readonly now: Instant;
  readonly timers: readonly VirtualTimer[];
  /** Timers that fired in the last move, in order. */
  readonly fired: readonly StoredEvent[];
  /** Lifecycles of which it has started instances. */
  readonly started: readonly string[];
}

/** More timers than this at one instant never come to rest. */
const MOST_AT_ONCE = 1_000;

/** What a store keeps, as canonical text, but for the ids of calls, which follow from the place in a history. */
export function comparableText(stored: StoredSnapshot): string {
  const { invoked, ...rest } = stored;
  return canonicalJson(invoked ? { ...rest, invoked: Object.keys(invoked).sort() } : rest);
}

/** Two instances are in the same state when these are the same. */
export const storedText = (snapshot: AnyMachineSnapshot): string => comparableText(toStored(snapshot));

/** The snapshot as it comes back from a store. */
const reloaded = (lifecycle: Lifecycle, snapshot: AnyMachineSnapshot): AnyMachineSnapshot =>
  fromStored(lifecycle.machine, JSON.parse(canonicalJson(toStored(snapshot))) as StoredSnapshot);

function after(
  lifecycle: Lifecycle,
  before: VirtualInstance,
  macrostep: Step,
  now: Instant,
): VirtualInstance {
  const step = withCalls(macrostep, lifecycle.id, 0);
  let timers = [...before.timers];
  const started = [...before.started];
  for (const request of step.requests) {
    if (request.kind === 'set-timer' || request.kind === 'cancel-timer')
      timers = timers.filter(({ id }) => id !== request.id);
    if (request.kind === 'set-timer') timers.push(request);
    if (request.kind === 'start') started.push(request.start.lifecycle);
  }
  // Sorting is stable: of those due at one instant the first set comes first.
  timers.sort((a, b) => a.dueAt - b.dueAt);
  const snapshot = reloaded(lifecycle, step.snapshot);
  return { ...before, snapshot, now, timers: snapshot.status === 'active' ? timers : [], started };
}

/** Fires whatever is due by now, in order. */
function settled(lifecycle: Lifecycle, instance: VirtualInstance): VirtualInstance {
  let present = instance;
  for (let count = 0; ; count++) {
    const [due, ...timers] = present.timers;
    if (!due || due.dueAt > present.now) return present;
    if (count > MOST_AT_ONCE)
      throw new Error(`${lifecycle.id}: its timers never come to rest at one instant`);
    const step = eventStep(lifecycle, present.snapshot, due.event, present.now);
    const fired = [...present.fired, due.event];
    present = after(lifecycle, { ...present, timers, fired }, step, present.now);
  }
}

export function begin(lifecycle: Lifecycle, input: unknown, now: Instant): VirtualInstance {
  const step = startStep(lifecycle, input, now);
  const nothing = { snapshot: step.snapshot, now, timers: [], fired: [], started: [] };
  return settled(lifecycle, after(lifecycle, nothing, step, now));
}

/** Calls that the instance waits for, by their ids in the machine. */
export const awaitedCalls = ({ snapshot }: VirtualInstance): readonly string[] =>
  Object.keys(callsOf(snapshot) ?? {});

/** Of the event of an answer, the id of the call that it ends; null of any other. */
export const answeredBy = ({ type, actorId }: StoredEvent): string | null =>
  type.startsWith('xstate.') && typeof actorId === 'string' ? actorId : null;

export const answerIn = ({ output, error }: StoredEvent): CallAnswer =>
  error === undefined ? { output: output ?? null } : { error: error as unknown as EffectError };

/** Applies an event, or what came back from a call, at the present instant. */
export function apply(lifecycle: Lifecycle, instance: VirtualInstance, event: StoredEvent): VirtualInstance {
  const call = answeredBy(event);
  const before = call === null ? instance.snapshot : withoutCall(instance.snapshot, call);
  const step = eventStep(lifecycle, before, event, instance.now);
  return settled(lifecycle, after(lifecycle, { ...instance, fired: [] }, step, instance.now));
}

/** Lets time pass until the next timer has fired. An instance that waits for none stays as it is. */
export function passTime(lifecycle: Lifecycle, instance: VirtualInstance): VirtualInstance {
  const now = Math.max(instance.now, instance.timers[0]?.dueAt ?? 0);
  return settled(lifecycle, { ...instance, now, fired: [] });
}
