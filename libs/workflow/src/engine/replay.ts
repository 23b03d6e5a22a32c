import { type AnyMachineSnapshot } from 'xstate';
import { chainHash, GENESIS, readEntry, stateHash } from './history-chain';
import { eventStep, startStep, type Step } from './machine-step';
import { type HistoryRecord, type InstanceRecord, type TimerRecord } from './records';
import { toStored } from './stored-snapshot';
import { type LifecycleCatalogue } from './unit-of-work';

export interface Finding {
  readonly instance: string;
  readonly revision: number | null;
  readonly code:
    | 'missing-entry'
    | 'changed-entry'
    | 'added-entry'
    | 'missing-tail'
    | 'state-differs'
    | 'timers-differ'
    | 'missing-instance'
    | 'replay-failed';
  readonly detail: string;
}

/**
 * Walks an instance's chain from its first entry and replays it through the machine: every hash, every state, and
 * at the end the stored snapshot and pending timers must agree. Pure.
 */
export function verifyInstance(
  catalogue: LifecycleCatalogue,
  instance: InstanceRecord,
  records: readonly HistoryRecord[],
  timers: readonly Pick<TimerRecord, 'id' | 'dueAt'>[],
): Finding[] {
  const findings: Finding[] = [];
  const found = (revision: number | null, code: Finding['code'], detail: string) =>
    findings.push({ instance: instance.id, revision, code, detail });
  let head = GENESIS;
  let snapshot: AnyMachineSnapshot | null = null;
  const pending = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    const expected = index + 1;
    if (record.revision !== expected) {
      const code = record.revision > expected ? 'missing-entry' : 'added-entry';
      found(expected, code, `expected revision ${expected}, found ${record.revision}`);
      return findings;
    }
    head = chainHash(head, record.entry);
    if (head !== record.hash) {
      found(record.revision, 'changed-entry', 'the hash does not follow from the entry and the one before');
      return findings;
    }
    const entry = readEntry(record);
    if (entry.instance !== instance.id || entry.revision !== record.revision) {
      found(record.revision, 'changed-entry', 'the entry belongs to another place');
      return findings;
    }
    try {
      const lifecycle = catalogue.exact(entry.lifecycle, entry.version);
      if (entry.kind === 'timer') pending.delete(entry.actor.id ?? '');
      const step: Step =
        snapshot === null
          ? startStep(lifecycle, entry.event['input'], entry.at)
          : eventStep(lifecycle, snapshot, entry.event, entry.at);
      snapshot = step.snapshot;
      for (const request of step.requests) {
        if (request.kind === 'set-timer') pending.set(request.id, request.dueAt);
        if (request.kind === 'cancel-timer') pending.delete(request.id);
      }
      if (stateHash(toStored(snapshot)) !== entry.state)
        found(record.revision, 'state-differs', 'replaying the events gives another state');
    } catch (error) {
      found(record.revision, 'replay-failed', error instanceof Error ? error.message : String(error));
      return findings;
    }
  }
  if (records.length !== instance.revision || head !== instance.head)
    found(records.length + 1, 'missing-tail', `the chain ends at ${records.length} of ${instance.revision}`);
  else if (snapshot && stateHash(toStored(snapshot)) !== stateHash(instance.snapshot))
    found(null, 'state-differs', 'the stored snapshot is not what the history leads to');
  const kept = snapshot?.status === 'active' ? pending : new Map<string, number>();
  const stored = new Map(timers.map((timer) => [timer.id, timer.dueAt]));
  const same = kept.size === stored.size && [...kept].every(([id, dueAt]) => stored.get(id) === dueAt);
  if (!same && findings.length === 0)
    found(null, 'timers-differ', `expected timers ${[...kept.keys()].join(', ') || '(none)'}`);
  return findings;
}
