import { type AnyMachineSnapshot, type StateValue } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Bilingual } from '../lifecycle/refusal';
import { type InstanceProgress } from './instance-progress';
import {
  type Actor,
  type HistoryEntry,
  type InstanceChange,
  type InstanceRecord,
  type StoredEvent,
  type TimerRecord,
} from './records';

export interface PendingTimer {
  readonly id: string;
  readonly dueAt: Instant;
  /** As the lifecycle declares it under `timers`. */
  readonly label: Bilingual | null;
  /** Set aside after a failure, until a person sees to it; later timers of the instance wait behind it. */
  readonly parked: boolean;
}

/** How an instance stands at an instant, with everything that had fallen due by then. */
export interface Present {
  readonly instance: string;
  readonly lifecycle: string;
  readonly version: number;
  /** The instant for which this is true. */
  readonly now: Instant;
  readonly state: StateValue;
  readonly status: InstanceRecord['status'];
  readonly tags: readonly string[];
  /** As it is stored: what `expectedRevision` is compared with. */
  readonly revision: number;
  /** Steps that had fallen due and are not stored yet: they are counted in here, and come before whatever is sent. */
  readonly overdueSteps: number;
  /** `meta.waitsFor` of the present states, in the order of the machine, each name once. */
  readonly waitedFor: readonly string[];
  /** In the order in which they will fire. */
  readonly pending: readonly PendingTimer[];
}

/** One step that an instance will take if nobody acts. */
export interface ForeseenStep {
  readonly at: Instant;
  /** The timer that fires; `null` when another instance moves this one. */
  readonly timer: string | null;
  readonly label: Bilingual | null;
  readonly actor: Actor;
  readonly event: StoredEvent;
  /** State value after the step. */
  readonly state: HistoryEntry['to'];
  readonly effects: readonly { readonly name: string; readonly payload: Readonly<Record<string, unknown>> }[];
  /** Instances of other lifecycles, or of the same, that the step starts or moves. */
  readonly moves: readonly {
    readonly instance: string;
    readonly lifecycle: string;
    readonly event: string;
  }[];
}

/** What a timer is called: by the id of its `raise`, or by the name of the delay that an `after` waits for. */
export function timerLabel(lifecycle: Lifecycle, id: string): Bilingual | null {
  if (Object.hasOwn(lifecycle.timers, id)) return lifecycle.timers[id] ?? null;
  const named = Object.entries(lifecycle.timers).find(([name]) => id.startsWith(`xstate.after.${name}.`));
  return named?.[1] ?? null;
}

function waitedFor(snapshot: AnyMachineSnapshot): string[] {
  if (snapshot.status !== 'active') return [];
  const metas = Object.values(
    snapshot.getMeta() as Record<string, { readonly waitsFor?: string | string[] }>,
  );
  return [...new Set(metas.flatMap(({ waitsFor }) => waitsFor ?? []))];
}

export function present(progress: InstanceProgress, stored: InstanceRecord, now: Instant): Present {
  const { current, lifecycle, state } = progress;
  const toTimer = ({ id, dueAt, parked }: TimerRecord): PendingTimer => ({
    id,
    dueAt,
    label: timerLabel(lifecycle, id),
    parked: parked !== false || progress.failed?.timer === id,
  });
  return {
    instance: current.id,
    lifecycle: current.lifecycle,
    version: current.version,
    now,
    state: current.snapshot.value,
    status: current.status,
    tags: [...state.tags].sort(),
    revision: stored.revision,
    overdueSteps: current.revision - stored.revision,
    waitedFor: waitedFor(state),
    pending: progress.pending.map(toTimer),
  };
}

/** The steps of `instance` behind a revision, among what a unit of work did without writing it. */
export function foreseen(
  lifecycle: Lifecycle,
  changes: readonly InstanceChange[],
  instance: string,
  after: number,
): ForeseenStep[] {
  const own = changes.find((change) => change.after.id === instance);
  const caused = changes
    .flatMap((change) => change.entries)
    .filter((entry) => entry.instance !== instance && entry.actor.id === instance);
  const steps = own?.entries.filter(({ revision }) => revision > after) ?? [];
  return steps.map((entry): ForeseenStep => {
    const timer = entry.kind === 'timer' ? (entry.actor.id ?? null) : null;
    return {
      at: entry.at,
      timer,
      label: timer === null ? null : timerLabel(lifecycle, timer),
      actor: entry.actor,
      event: entry.event,
      state: entry.to,
      effects: (own?.outbox ?? [])
        .filter(({ revision }) => revision === entry.revision)
        .map(({ effect, payload }) => ({ name: effect, payload })),
      moves: caused
        .filter(({ at }) => at === entry.at)
        .map((moved) => ({ instance: moved.instance, lifecycle: moved.lifecycle, event: moved.event.type })),
    };
  });
}
