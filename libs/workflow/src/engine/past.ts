import { type StateValue } from 'xstate';
import { type Instant } from '../lifecycle/macrostep-instant';
import { readEntry } from './history-chain';
import { type LifecycleCatalogue } from './lifecycle-catalogue';
import {
  byDue,
  type Actor,
  type HistoryEntry,
  type HistoryRecord,
  type StoredEvent,
  type TimerRecord,
} from './records';
import { ReplayCursor } from './replay-cursor';

/** How an instance stood after one step, as its history tells. */
export interface PastState {
  readonly revision: number;
  readonly kind: HistoryEntry['kind'];
  readonly at: Instant;
  readonly processedAt: Instant;
  readonly actor: Actor;
  readonly event: StoredEvent;
  readonly state: StateValue;
  readonly context: Readonly<Record<string, unknown>>;
  readonly status: 'active' | 'done';
  /** Timers that it waited for then, in order. */
  readonly pending: readonly Pick<TimerRecord, 'id' | 'dueAt'>[];
}

/** A recorded event no longer leads to the recorded state: the history or the lifecycle was changed. */
export class ReplayDiffers extends Error {
  constructor(
    readonly instance: string,
    readonly revision: number,
  ) {
    super(`instance ${instance}: replaying revision ${revision} gives another state than was recorded`);
  }
}

/**
 * Every state that an instance was in, by replaying its history from the start, but for those on versions whose code
 * is gone. Pure.
 * @throws ReplayDiffers
 */
export function* pastStates(
  catalogue: LifecycleCatalogue,
  records: readonly HistoryRecord[],
): Generator<PastState> {
  const cursor = new ReplayCursor(catalogue);
  for (const record of records) {
    const entry = readEntry(record);
    if (cursor.isBlind(entry)) cursor.pass();
    else cursor.follow(entry);
    // What happened on a version whose code is gone is known to the history alone.
    if (cursor.isLost) continue;
    if (!cursor.agreesWith(entry)) throw new ReplayDiffers(entry.instance, entry.revision);
    const { value, context, status } = cursor.state;
    const { revision, kind, at, processedAt, actor, event } = entry;
    const pending = [...cursor.pending.values()].sort(byDue).map(({ id, dueAt }) => ({ id, dueAt }));
    yield {
      revision,
      kind,
      at,
      processedAt,
      actor,
      event,
      state: value,
      context,
      status: status ?? 'active',
      pending,
    };
  }
}
