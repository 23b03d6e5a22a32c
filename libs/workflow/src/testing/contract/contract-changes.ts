import { createHash } from 'node:crypto';
import { canonicalJson } from '../../engine/canonical-json';
import {
  byDue,
  type HistoryEntry,
  type HistoryRecord,
  type InstanceChange,
  type InstanceRecord,
  type OutboxRecord,
  type TimerRecord,
} from '../../engine/records';
import { uuidV7 } from '../../runtime/uuid-v7';
import { type Instant } from '../../lifecycle/macrostep-instant';

/** The lifecycle version of every instance in the contract suite; a store never looks into its machine. */
export const CONTRACT_LIFECYCLE = { id: 'contract', version: 1 } as const;

/** What a test of the contract changes in one instance, besides its revision. */
export interface ContractStep {
  readonly at?: Instant;
  readonly value?: string;
  readonly context?: Record<string, unknown>;
  readonly status?: 'active' | 'done';
  readonly set?: readonly TimerRecord[];
  readonly cancelled?: readonly string[];
  /** Names of effects, one outbox row each. */
  readonly effects?: readonly string[];
  /** Macrosteps that the change holds; 1 unless said otherwise. */
  readonly steps?: number;
}

let made = 0;

/** Ids in a fixed sequence, different in every call. */
export const contractId = uuidV7(
  () => ++made,
  (bytes) => {
    bytes.fill(0);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(bytes.byteLength - 4, made);
  },
);

/** Behind the places of all timers that a test places itself. */
let placed = 1_000_000;

export function timer(
  id: string,
  dueAt: Instant,
  sequence = ++placed,
  more: Partial<TimerRecord> = {},
): TimerRecord {
  return { id, dueAt, sequence, event: { type: id }, parked: false, ...more };
}

function entryOf(record: Omit<InstanceRecord, 'head' | 'snapshot'>, revision: number): HistoryEntry {
  const { id, lifecycle, version, at } = record;
  return {
    instance: id,
    lifecycle,
    version,
    revision,
    kind: revision === 1 ? 'start' : 'event',
    at,
    processedAt: at,
    actor: { kind: 'system' },
    event: { type: 'step' },
    to: 'here',
    state: '00',
  };
}

function change(
  before: InstanceRecord | null,
  id: { readonly organization: string; readonly id: string },
  step: ContractStep,
  now: Instant,
): InstanceChange {
  const { at = now, value = 'here', context = {}, status = 'active', steps = 1 } = step;
  const first = (before?.revision ?? 0) + 1;
  const revision = first + steps - 1;
  const set = step.set ?? [];
  const gone = new Set([...(step.cancelled ?? []), ...set.map((one) => one.id)]);
  const kept = (before?.timers ?? []).filter((one) => !gone.has(one.id));
  const bare = {
    organization: id.organization,
    id: id.id,
    lifecycle: CONTRACT_LIFECYCLE.id,
    version: CONTRACT_LIFECYCLE.version,
    revision,
    status,
    at,
    startedAt: before?.startedAt ?? at,
    parent: before?.parent ?? null,
    timers: status === 'active' ? [...kept, ...set].sort(byDue) : [],
  };
  const snapshot = { value, context, ...(status === 'done' && { status }) };
  const entries = Array.from({ length: steps }, (_, index) => entryOf(bare, first + index));
  let head = before?.head ?? '';
  const history = entries.map((entry): HistoryRecord => {
    const text = JSON.stringify(entry);
    head = createHash('sha256').update(`${head}\n${text}`).digest('hex');
    return { instance: id.id, revision: entry.revision, at, entry: text, hash: head };
  });
  return {
    before,
    after: { ...bare, head, snapshot },
    snapshotText: canonicalJson(snapshot),
    history,
    entries,
    timersSet: set,
    outbox: (step.effects ?? []).map((effect): OutboxRecord => ({
      id: contractId(),
      instance: id.id,
      lifecycle: bare.lifecycle,
      revision,
      effect,
      at,
      payload: { of: effect },
    })),
  };
}

export function startChange(
  organization: string,
  id: string,
  now: Instant,
  step: ContractStep = {},
): InstanceChange {
  return change(null, { organization, id }, step, now);
}

export function nextChange(before: InstanceRecord, now: Instant, step: ContractStep = {}): InstanceChange {
  return change(before, before, step, now);
}
