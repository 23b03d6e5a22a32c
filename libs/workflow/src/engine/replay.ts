import { canonicalJson } from './canonical-json';
import { chainHash, genesis, readEntry, stateHash } from './history-chain';
import { parentOf } from './instance-progress';
import { byDue, type HistoryEntry, type HistoryRecord, type InstanceRecord } from './records';
import { type KeptTimer } from './migration-step';
import { ReplayCursor } from './replay-cursor';
import { storedText } from './stored-snapshot';
import { UnknownVersionError, type LifecycleCatalogue } from './lifecycle-catalogue';

export interface Finding {
  readonly instance: string;
  readonly revision: number | null;
  readonly code:
    | 'missing-entry'
    | 'changed-entry'
    | 'added-entry'
    | 'reordered-entry'
    | 'missing-tail'
    | 'state-differs'
    | 'timers-differ'
    | 'record-differs'
    | 'missing-instance'
    | 'replay-failed';
  readonly detail: string;
}

const isSameTimer = (a: KeptTimer, b: KeptTimer | undefined): boolean =>
  a.id === b?.id &&
  a.dueAt === b.dueAt &&
  a.sequence === b.sequence &&
  canonicalJson(a.event) === canonicalJson(b.event);

/** Why the timer of an entry could not have fired then, or `null`. */
function wrongTimer(pending: ReadonlyMap<string, KeptTimer>, entry: HistoryEntry, previousAt: number) {
  const fired = pending.get(entry.actor.id ?? '');
  if (!fired) return `the timer ${entry.actor.id ?? ''} was not set`;
  if (entry.at !== Math.max(fired.dueAt, previousAt))
    return `the timer ${fired.id} was due at another instant`;
  if (canonicalJson(entry.event) !== canonicalJson(fired.event))
    return `the timer ${fired.id} brings another event`;
  if ([...pending.values()].some((other) => byDue(other, fired) < 0))
    return `another timer comes before ${fired.id}`;
  return null;
}

/** Whether the entry that follows from `before` stands at another revision than the one where it belongs. */
const isElsewhere = (records: readonly HistoryRecord[], before: string, expected: number): boolean =>
  records.some(({ revision, entry, hash }) => revision !== expected && chainHash(before, entry) === hash);

/** The fields of the stored record that its history does not bear out. */
function differingFields(instance: InstanceRecord, first: HistoryEntry, last: HistoryEntry): string[] {
  const expected = {
    lifecycle: last.lifecycle,
    version: last.version,
    parent: parentOf(first.actor),
    at: last.at,
    startedAt: first.at,
    status: instance.snapshot.status ?? 'active',
  };
  return (Object.keys(expected) as (keyof typeof expected)[]).filter(
    (field) => expected[field] !== instance[field],
  );
}

/**
 * Walks an instance's chain from its first entry and replays it through the machine: every hash, every state, and
 * at the end the stored record and pending timers must agree. What a version did whose code is gone cannot be replayed:
 * of its entries only the chain is checked, and an open instance of it is a finding. Pure.
 */
export function verifyInstance(
  catalogue: LifecycleCatalogue,
  instance: InstanceRecord,
  records: readonly HistoryRecord[],
): Finding[] {
  const findings: Finding[] = [];
  const found = (revision: number | null, code: Finding['code'], detail: string) =>
    findings.push({ instance: instance.id, revision, code, detail });
  let head = genesis(instance.organization, instance.id);
  const cursor = new ReplayCursor(catalogue);
  let first: HistoryEntry | null = null;
  let last: HistoryEntry | null = null;
  for (const [index, record] of records.entries()) {
    const expected = index + 1;
    const before = head;
    if (record.revision !== expected) {
      const code = record.revision > expected ? 'missing-entry' : 'added-entry';
      found(expected, code, `expected revision ${expected}, found ${record.revision}`);
      return findings;
    }
    head = chainHash(head, record.entry);
    if (head !== record.hash) {
      if (isElsewhere(records, before, expected)) {
        found(record.revision, 'reordered-entry', 'the entry that belongs here stands at another place');
        return findings;
      }
      found(record.revision, 'changed-entry', 'the hash does not follow from the entry and the one before');
      return findings;
    }
    const entry = readEntry(record);
    if (entry.at !== record.at) {
      found(record.revision, 'changed-entry', 'the entry belongs to another place');
      return findings;
    }
    if (last && (entry.version !== last.version) !== (entry.kind === 'migrate')) {
      found(record.revision, 'changed-entry', 'the version changes by a migration, and only by one');
      return findings;
    }
    try {
      if (cursor.isBlind(entry)) {
        cursor.pass();
        first ??= entry;
        last = entry;
        continue;
      }
      if (entry.kind === 'timer') {
        const wrong = wrongTimer(cursor.pending, entry, last?.at ?? entry.at);
        if (wrong !== null) found(record.revision, 'timers-differ', wrong);
      }
      cursor.follow(entry);
      if (!cursor.agreesWith(entry))
        found(record.revision, 'state-differs', 'replaying the events gives another state');
    } catch (error) {
      found(record.revision, 'replay-failed', error instanceof Error ? error.message : String(error));
      return findings;
    }
    first ??= entry;
    last = entry;
  }
  if (records.length !== instance.revision || head !== instance.head)
    found(records.length + 1, 'missing-tail', `the chain ends at ${records.length} of ${instance.revision}`);
  else if (
    last &&
    !cursor.isLost &&
    stateHash(storedText(cursor.state)) !== stateHash(storedText(instance.snapshot))
  )
    found(null, 'state-differs', 'the stored snapshot is not what the history leads to');
  else if (first && last) {
    const fields = differingFields(instance, first, last);
    if (fields.length > 0) found(null, 'record-differs', `the history says otherwise: ${fields.join(', ')}`);
  }
  if (findings.length === 0 && cursor.isLost && instance.status === 'active')
    found(null, 'replay-failed', new UnknownVersionError(instance).message);
  const kept = [...cursor.pending.values()].sort(byDue);
  const same =
    kept.length === instance.timers.length &&
    kept.every((timer, place) => isSameTimer(timer, instance.timers[place]));
  if (!same && findings.length === 0)
    found(null, 'timers-differ', `expected timers ${kept.map(({ id }) => id).join(', ') || '(none)'}`);
  return findings;
}
