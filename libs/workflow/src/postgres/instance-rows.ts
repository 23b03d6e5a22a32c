import { type InstanceRecord } from '../engine/records';
import { type StoredSnapshot } from '../engine/stored-snapshot';
import { timersFrom } from './stored-timers';

/** One row as PostgreSQL writes it: text, or null. */
export type TextRow = readonly (string | null)[];

/** Expects the columns of `INSTANCE`, in their order. */
export function instanceOf(organization: string, row: TextRow): InstanceRecord {
  const [id, lifecycle, version, revision, status, at, startedAt, snapshot, head] = row as string[];
  return {
    organization,
    id: id as string,
    lifecycle: lifecycle as string,
    version: Number(version),
    parent: row[10] ?? null,
    revision: Number(revision),
    status: status as InstanceRecord['status'],
    at: Number(at),
    startedAt: Number(startedAt),
    snapshot: JSON.parse(snapshot as string) as StoredSnapshot,
    head: head as string,
    timers: timersFrom(row[9]),
  };
}
