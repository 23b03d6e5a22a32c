import { type StateValue } from 'xstate';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type JsonValue } from './canonical-json';
import { type StoredSnapshot } from './stored-snapshot';

/** An event as the runtime stores it. External and timer events carry `at` when a machine sees them. */
export interface StoredEvent {
  readonly type: string;
  readonly [key: string]: JsonValue | undefined;
}

/** Who caused a transition. Only opaque ids: names of people never enter a chain. */
export interface Actor {
  readonly kind: 'person' | 'timer' | 'instance' | 'system' | 'effect';
  /** Of an effect: its call, the id of the outbox row. */
  readonly id?: string;
  /** The person in whose place somebody acted by delegation. */
  readonly onBehalfOf?: string;
}

export interface InstanceRecord {
  readonly organization: string;
  readonly id: string;
  readonly lifecycle: string;
  readonly version: number;
  /** The instance that started this one; `null` when a person or the system did. */
  readonly parent: string | null;
  /** 1 after the start; every macrostep adds one. */
  readonly revision: number;
  readonly status: 'active' | 'done';
  /** Business instant of the last macrostep; never decreases. */
  readonly at: Instant;
  readonly startedAt: Instant;
  readonly snapshot: StoredSnapshot;
  /** Hash of the newest history entry, hex. */
  readonly head: string;
  /** Everything it waits for, in (due instant, sequence) order; nothing once it is done. */
  readonly timers: readonly TimerRecord[];
}

/** Why and since when a timer waits for a person. */
export interface SetAside {
  readonly error: string;
  /** Technical instant. */
  readonly at: Instant;
}

export interface TimerRecord {
  readonly id: string;
  readonly dueAt: Instant;
  /** Order among timers of one instance that are due at the same instant; no two of one instance have the same. */
  readonly sequence: number;
  readonly event: StoredEvent;
  /** A parked timer waits for a person, and holds back the later timers of its instance. */
  readonly parked: false | SetAside;
}

/** The order in which the timers of an instance fire. */
export const byDue = (
  a: Pick<TimerRecord, 'dueAt' | 'sequence'>,
  b: Pick<TimerRecord, 'dueAt' | 'sequence'>,
): number => a.dueAt - b.dueAt || a.sequence - b.sequence;

/** The first timer of an instance, unless it waits for a person: no other may fire before it. */
export function firstToFire({ timers: [first] }: Pick<InstanceRecord, 'timers'>): TimerRecord | undefined {
  return first?.parked ? undefined : first;
}

/** So many requests of one macrostep have places of their own among the timers. */
export const MOST_REQUESTS = 1_000;

/** Place of the timer that the macrostep of a revision asked for as its request number `index`. */
export const timerSequence = (revision: number, index: number): number => revision * MOST_REQUESTS + index;

export interface HistoryRecord {
  readonly instance: string;
  readonly revision: number;
  readonly at: Instant;
  /** Canonical text (RFC 8785) over which `hash` is made. */
  readonly entry: string;
  readonly hash: string;
}

/** What a history record says: its canonical text, and the instance and revision it stands at. */
export interface HistoryEntry {
  readonly instance: string;
  readonly lifecycle: string;
  /** Of a migration: the version it led to. */
  readonly version: number;
  readonly revision: number;
  /**
   * `answer`: an invoked effect came back. `drop`: a parked timer was given up, and the state is what it was. `migrate`: it
   * went to another version.
   */
  readonly kind: 'start' | 'event' | 'timer' | 'answer' | 'drop' | 'migrate';
  readonly at: Instant;
  /** Business instant at which the runtime processed it: later than `at` when a worker was down. */
  readonly processedAt: Instant;
  readonly actor: Actor;
  readonly event: StoredEvent;
  /** The state value after the macrostep. */
  readonly to: StateValue;
  /** SHA-256 of the canonical stored snapshot after the macrostep, base64url. */
  readonly state: string;
}

export interface OutboxRecord {
  readonly id: string;
  readonly instance: string;
  readonly lifecycle: string;
  readonly revision: number;
  /** Name of the action or invoked actor, and of its handler. */
  readonly effect: string;
  /** Of a call that a state invoked: the child's id in the machine, under which the answer comes back. */
  readonly invocation?: string;
  /** Business instant of the transition that asked for it. */
  readonly at: Instant;
  readonly payload: Readonly<Record<string, JsonValue>>;
}

/** A timer or an effect that failed for good and waits for a person. */
export interface ParkedWork {
  readonly kind: 'timer' | 'effect';
  /** Timer id, or id of the outbox row. */
  readonly id: string;
  /** Event type of the timer, or name of the effect. */
  readonly name: string;
  readonly error: string;
}

/** Everything one unit of work changes in one instance; written all or not at all. */
export interface InstanceChange {
  /** `null` for an instance that this unit of work started. */
  readonly before: InstanceRecord | null;
  readonly after: InstanceRecord;
  /** Canonical text of the snapshot in `after`. */
  readonly snapshotText: string;
  readonly history: readonly HistoryRecord[];
  readonly entries: readonly HistoryEntry[];
  /** Of the timers in `after`, those that this unit of work set. */
  readonly timersSet: readonly TimerRecord[];
  readonly outbox: readonly OutboxRecord[];
}
