import { createMachine, type ActorLogic, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { answerEvent } from '../engine/invocations';
import { type StoredEvent } from '../engine/records';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import {
  defineLifecycle,
  type EventOf,
  type InputOf,
  type Lifecycle,
} from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal } from '../lifecycle/refusal';
import { TestRuntime } from './test-runtime';
import {
  answeredBy,
  answerIn,
  apply,
  awaitedCalls,
  begin,
  comparableText,
  passTime,
  storedText,
  type VirtualInstance,
} from './virtual-instance';

export interface LifecyclePathsOptions<TMachine extends AnyStateMachine> {
  readonly input: InputOf<Lifecycle<TMachine>>;
  /** What people may send, one example of each kind that makes a difference. Timers come by themselves. */
  readonly events: readonly EventOf<Lifecycle<TMachine>>[];
  /** What may come back from each effect that a state invokes, by the child's id; one that is not named never answers. */
  readonly answers?: Readonly<Record<string, readonly CallAnswer[]>>;
  /** Ids of other instances that it sends to. They are there, and do nothing. */
  readonly receivers?: readonly string[];
  /** Leaves out moves that cannot happen. */
  readonly filter?: (state: AnyMachineSnapshot, event: StoredEvent) => boolean;
  /**
   * What tells two states apart; the state value and the whole context unless said otherwise. Leave out what grows or
   * holds instants, so that there are finitely many. Which timers wait is told apart always.
   */
  readonly key?: (state: AnyMachineSnapshot) => string;
  /** Business time at the start. */
  readonly now?: Instant;
  /** Moves tried at most before giving up; 100,000 unless said otherwise. */
  readonly limit?: number;
}

/** One move: a person's event, the answer of an invoked effect, or time that passes until the next timer fires. */
export interface PathMove {
  readonly kind: 'event' | 'answer' | 'timer';
  /** The event sent, that of the answer, or that of the first timer that fired. */
  readonly event: StoredEvent;
  readonly at: Instant;
  readonly before: AnyMachineSnapshot;
  readonly after: AnyMachineSnapshot;
}

export interface LifecyclePath {
  /** Where it leads. */
  readonly state: AnyMachineSnapshot;
  readonly moves: readonly PathMove[];
}

export interface LifecyclePaths {
  /** To every state that can be reached, by a shortest path; the first is the start and has no moves. */
  readonly paths: readonly LifecyclePath[];
  /** Every event and answer, and the passing of time, from every state that can be reached. */
  readonly moves: readonly PathMove[];
}

const TIME_PASSES = 'time passes';

const answersTo = (
  instance: VirtualInstance,
  answers: Readonly<Record<string, readonly CallAnswer[]>>,
): StoredEvent[] =>
  awaitedCalls(instance).flatMap((id) => (answers[id] ?? []).map((answer) => answerEvent(id, answer)));

type Walked = VirtualInstance & {
  readonly status: 'active';
  readonly output: undefined;
  readonly error: undefined;
};

const walked = (instance: VirtualInstance): Walked =>
  ({ ...instance, status: 'active', output: undefined, error: undefined }) as const;

/** The lifecycle as `xstate/graph` walks it: its timers among the state, the passing of time among the events. */
function walkable(lifecycle: Lifecycle, now: Instant): ActorLogic<Walked, StoredEvent, unknown> {
  return {
    transition: (instance, event) => walked(move(lifecycle, instance, event)),
    getInitialSnapshot: (_, input) => walked(begin(lifecycle, input, now)),
    getPersistedSnapshot: (instance) => instance,
  };
}

const move = (lifecycle: Lifecycle, instance: VirtualInstance, event: StoredEvent): VirtualInstance =>
  event.type === TIME_PASSES ? passTime(lifecycle, instance) : apply(lifecycle, instance, event);

function describeMove(before: VirtualInstance, event: StoredEvent, after: VirtualInstance): PathMove {
  const [fired] = after.fired;
  const isTimer = event.type === TIME_PASSES && fired !== undefined;
  return {
    kind: isTimer ? 'timer' : answeredBy(event) === null ? 'event' : 'answer',
    event: isTimer ? fired : event,
    at: after.now,
    before: before.snapshot,
    after: after.snapshot,
  };
}

/** Stands for a lifecycle whose instances a machine starts: it never says anything. */
const STAND_IN = 'stand-in';
const silent = (id: string): Lifecycle =>
  defineLifecycle({ id, version: 1, machine: createMachine({ id }) as AnyStateMachine });

interface Stage {
  readonly event: StoredEvent | null;
  readonly instance: VirtualInstance;
}

const wayOf = (stages: readonly Stage[]): string =>
  stages.flatMap(({ event }) => (event ? [event.type] : [])).join(', ');

/** @throws Error when the runtime comes to another state, or waits for other timers, than the machine by itself */
async function replay(
  lifecycle: Lifecycle,
  input: unknown,
  { now, receivers }: { readonly now: Instant; readonly receivers: readonly string[] },
  stages: readonly Stage[],
): Promise<void> {
  const others = new Set([STAND_IN, ...stages.flatMap(({ instance }) => instance.started)]);
  const lifecycles = [lifecycle, ...[...others].filter((id) => id !== lifecycle.id).map(silent)];
  const runtime = new TestRuntime({ lifecycles, now });
  for (const receiver of receivers) await runtime.start(silent(STAND_IN), {}, { id: receiver });
  const id = await runtime.start(lifecycle, input);
  for (const [index, { event, instance }] of stages.entries()) {
    const fail = (what: string): never => {
      const way = wayOf(stages.slice(0, index + 1)) || 'the start';
      throw new Error(`${lifecycle.id}: after ${way} the runtime ${what}`);
    };
    const call = event && answeredBy(event);
    if (event?.type === TIME_PASSES) await runtime.advanceTo('next timer');
    else if (event && typeof call === 'string') {
      const outcome = await runtime.answer(id, call, answerIn(event));
      if (outcome !== 'answered') fail(`takes no answer of ${call}`);
    } else if (event) {
      const answer = await runtime.send(lifecycle, id, event as never);
      if (isRefusal(answer)) fail(`refuses: ${answer.code}`);
    }
    const reached = comparableText(runtime.record(id).snapshot);
    if (reached !== storedText(instance.snapshot))
      fail(`is in ${reached}, not in ${storedText(instance.snapshot)}`);
    const waits = (timers: VirtualInstance['timers']): string =>
      timers.map((timer) => `${timer.id} at ${timer.dueAt}`).join(', ');
    if (waits(runtime.timers(id)) !== waits(instance.timers))
      fail(`waits for ${waits(runtime.timers(id))}, not for ${waits(instance.timers)}`);
  }
}

/**
 * Every state that a lifecycle can come to, by a shortest path found with `xstate/graph`, timers in virtual time: the
 * next one fires only when nothing else is due before it. Each path is then walked again through the memory runtime,
 * which has to come to the same states and wait for the same timers. Instances that a transition starts do nothing.
 * @throws Error at the first difference
 */
export async function lifecyclePaths<TMachine extends AnyStateMachine>(
  lifecycle: Lifecycle<TMachine>,
  options: LifecyclePathsOptions<TMachine>,
): Promise<LifecyclePaths> {
  const { input, receivers = [], answers = {}, filter = () => true, limit = 100_000 } = options;
  const { now = Date.UTC(2026, 0, 5, 9) } = options;
  const key = options.key ?? storedText;
  const events = options.events as unknown as readonly StoredEvent[];
  const possible = (instance: VirtualInstance): StoredEvent[] =>
    [
      ...events,
      ...answersTo(instance, answers),
      ...(instance.timers.length > 0 ? [{ type: TIME_PASSES }] : []),
    ].filter((event) => instance.snapshot.status === 'active' && filter(instance.snapshot, event));
  const told = ({ snapshot, timers }: VirtualInstance): string =>
    `${key(snapshot)} ${timers.map(({ id }) => id).join(' ')}`;
  const found = getShortestPaths(walkable(lifecycle, now), {
    input,
    events: possible,
    limit,
    serializeState: told,
  });
  const paths: LifecyclePath[] = [];
  const moves: PathMove[] = [];
  for (const { state, steps } of found) {
    // States are made anew: xstate/graph gives any state of the same key, not the one that this path leads to. Its
    // first step is the start.
    const stages: Stage[] = [{ event: null, instance: begin(lifecycle, input, now) }];
    for (const { event } of steps.slice(1))
      stages.push({ event, instance: move(lifecycle, (stages.at(-1) as Stage).instance, event) });
    const end = (stages.at(-1) as Stage).instance;
    if (told(end) !== told(state))
      throw new Error(
        `${lifecycle.id}: walked again, ${wayOf(stages) || 'the start'} leads to ${told(end)}, not to ${told(state)}`,
      );
    await replay(lifecycle, input, { now, receivers }, stages);
    paths.push({
      state: end.snapshot,
      moves: stages.flatMap(({ event, instance }, index) => {
        const before = stages[index - 1];
        return event && before ? [describeMove(before.instance, event, instance)] : [];
      }),
    });
    for (const event of possible(end)) moves.push(describeMove(end, event, move(lifecycle, end, event)));
  }
  return { paths, moves };
}
