import { type InstanceRecord, type TimerRecord } from '../engine/records';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type LiveActor } from './live-actor';

/** What XState and the runtime have to agree on after every step. */
export interface Seen {
  readonly status: string;
  readonly value: unknown;
  readonly context: unknown;
  readonly output: unknown;
  /** Remembered states by history state, sorted. */
  readonly remembered: Readonly<Record<string, readonly string[]>>;
  /** Timer id → due instant. */
  readonly timers: Readonly<Record<string, Instant>>;
}

export function seenLive(live: LiveActor): Seen {
  const { snapshot } = live;
  const remembered = Object.entries(snapshot.historyValue as Record<string, { id: string }[]>);
  return {
    status: snapshot.status,
    value: snapshot.value,
    context: snapshot.context,
    output: snapshot.status === 'done' ? (snapshot.output ?? null) : null,
    remembered: Object.fromEntries(
      remembered.map(([id, nodes]) => [id, nodes.map((node) => node.id).sort()]),
    ),
    timers: live.timers(),
  };
}

export function seenStored(
  { status, snapshot }: Pick<InstanceRecord, 'status' | 'snapshot'>,
  timers: readonly Pick<TimerRecord, 'id' | 'dueAt'>[],
): Seen {
  const remembered = Object.entries(snapshot.historyValue ?? {});
  return {
    status,
    value: snapshot.value,
    context: snapshot.context,
    output: snapshot.output ?? null,
    remembered: Object.fromEntries(remembered.map(([id, nodes]) => [id, [...nodes].sort()])),
    timers: Object.fromEntries(timers.map(({ id, dueAt }) => [id, dueAt])),
  };
}
