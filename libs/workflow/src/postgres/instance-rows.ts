import {
  type InstanceChange,
  type InstanceRecord,
  type LoadedInstance,
  type StoredEvent,
} from '../engine/records';
import { shardOf } from './shards';

/** Timer id, due instant in milliseconds, sequence, event (null: named after the timer), parked. */
export type TimerTuple = readonly [string, number, number, StoredEvent | null, boolean];

export interface RecordRow {
  readonly id: string;
  readonly lifecycle: string;
  readonly version: number;
  readonly revision: number;
  readonly status: 'active' | 'done';
  readonly at: Date;
  readonly started_at: Date;
  readonly snapshot: InstanceRecord['snapshot'];
  readonly head: Buffer;
}

export interface InstanceRow extends RecordRow {
  /** Revision in the statement's snapshot. */
  readonly seen: number | null;
  readonly due: readonly TimerTuple[] | null;
}

export function toRecord(organization: string, row: RecordRow): InstanceRecord {
  return {
    organization,
    id: row.id,
    lifecycle: row.lifecycle,
    version: row.version,
    revision: row.revision,
    status: row.status,
    at: row.at.getTime(),
    startedAt: row.started_at.getTime(),
    snapshot: row.snapshot,
    head: row.head.toString('hex'),
  };
}

export function toLoaded(organization: string, row: InstanceRow): LoadedInstance {
  return {
    record: toRecord(organization, row),
    due: (row.due ?? []).map(([id, dueAt, sequence, event, parked]) => ({
      id,
      dueAt,
      sequence,
      event: event ?? { type: id },
      parked,
    })),
  };
}

/** What the write statement takes: instances, history, cancelled timers, timers set, outbox rows. */
export function writeArguments(changes: readonly InstanceChange[]): readonly (readonly object[])[] {
  const instances = changes.map(({ before, after }) => ({
    id: after.id,
    lifecycle: after.lifecycle,
    version: after.version,
    before: before?.revision ?? null,
    revision: after.revision,
    status: after.status,
    at: after.at,
    started_at: after.startedAt,
    snapshot: after.snapshot,
    head: after.head,
  }));
  const history = changes.flatMap((change) => change.history);
  const cancelled = changes.flatMap(({ after, timersCancelled }) =>
    timersCancelled.map((timer) => ({ instance: after.id, timer })),
  );
  const set = changes.flatMap(({ after, timersSet }) =>
    timersSet.map(({ id, dueAt, sequence, event }) => ({
      instance: after.id,
      timer: id,
      shard: shardOf(after.id),
      due_at: dueAt,
      sequence,
      event: event.type === id && Object.keys(event).length === 1 ? null : event,
    })),
  );
  return [instances, history, cancelled, set, changes.flatMap((change) => change.outbox)];
}
