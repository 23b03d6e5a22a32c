import { type InstanceRecord, type LoadedInstance, type StoredEvent } from '../engine/records';
import { type StoredSnapshot } from '../engine/stored-snapshot';

/** Timer id, due instant in milliseconds, sequence, event (null: named after the timer), parked. */
type TimerTuple = readonly [string, number, number, StoredEvent | null, boolean];

/** One row as PostgreSQL writes it: text, or null. */
export type TextRow = readonly (string | null)[];

const instantOrNull = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

/** Expects the columns of `INSTANCE`, in their order. */
export function instanceOf(organization: string, row: TextRow): InstanceRecord {
  const [id, lifecycle, version, revision, status, at, startedAt, snapshot, head, dueFrom] = row as string[];
  const parent = row[10] ?? null;
  return {
    organization,
    id: id as string,
    lifecycle: lifecycle as string,
    version: Number(version),
    parent,
    revision: Number(revision),
    status: status as InstanceRecord['status'],
    at: Number(at),
    startedAt: Number(startedAt),
    snapshot: JSON.parse(snapshot as string) as StoredSnapshot,
    head: head as string,
    dueFrom: instantOrNull(dueFrom),
  };
}

/** Expects the columns of `INSTANCE`, then its due timers and when the next of the others is due. */
export function loadedOf(organization: string, row: TextRow): LoadedInstance {
  const due = row[11] ? (JSON.parse(row[11]) as readonly TimerTuple[]) : [];
  return {
    record: instanceOf(organization, row),
    due: due.map(([id, dueAt, sequence, event, parked]) => ({
      id,
      dueAt,
      sequence,
      event: event ?? { type: id },
      parked,
    })),
    dueLater: instantOrNull(row[12]),
  };
}
