import { type Instant } from '../lifecycle/macrostep-instant';
import { type JsonValue } from './canonical-json';
import { type HistoryRecord, type InstanceChange, type InstanceRecord, type ParkedWork } from './records';

/** How long an idempotency key is kept, in hours of technical time. */
export const IDEMPOTENCY_HOURS = 24;

/**
 * One transaction of one organization. Both stores (PostgreSQL, memory) keep the same contract: everything written
 * through it becomes visible together or not at all.
 */
export interface StoreTransaction {
  readonly organization: string;
  /** Business time at which the transaction began: database clock plus the sandbox offset. */
  readonly now: Instant;
  /** Locks instances in id order, waiting for others. Unknown ids are left out. */
  lock(ids: readonly string[]): Promise<readonly InstanceRecord[]>;
  /** Instances as they stand, without a lock. Unknown ids are left out. */
  read(ids: readonly string[]): Promise<readonly InstanceRecord[]>;
  /** History of one instance behind the revision `after` (0: from the start), in order. */
  history(instance: string, page: HistoryPage): Promise<HistoryRecord[]>;
  /** What was set aside of one instance, for a person to look at. */
  parkedWork(instance: string): Promise<ParkedWork[]>;
  /** Locks up to `limit` instances whose first timer is due and not parked, earliest first, skipping what others hold. */
  claimDue(claim: DueClaim): Promise<InstanceRecord[]>;
  /**
   * Writes changes, each guarded by its instance's revision: all of them or none.
   * @throws what `isTransient` knows when an instance has changed meanwhile; the transaction must then be tried again
   */
  write(changes: readonly InstanceChange[]): Promise<void>;
  /** Like `write`; may be sent together with the commit, so nothing else may follow. */
  writeLast(changes: readonly InstanceChange[]): Promise<void>;
  /** Sets a timer aside for a person to look at, with the error that it met. */
  park(instance: string, timer: string, error: string): Promise<void>;
  /** Reserves an idempotency key for this transaction, waiting for another that holds it. */
  recall(key: IdempotencyKey): Promise<Recalled>;
  /** Ids of open instances of lower versions of a lifecycle, in order; none is locked. */
  openBelow(range: OpenBelow): Promise<readonly string[]>;
  /** Keeps the answer under a key reserved by `recall`, committed with everything else. */
  remember(key: IdempotencyKey, answer: JsonValue): Promise<void>;
}

export interface HistoryPage {
  readonly after: number;
  /** Without it: to the end. */
  readonly limit?: number;
}

/** The connection broke during a transaction: nobody knows whether its commit was carried out. */
export class ConnectionLost extends Error {}

/** The store cannot work at the moment (out of space, shutting down): nothing was done, and no instance is to blame. */
export class StoreUnavailable extends Error {}

/** Instances as they stand, read without a lock. */
export interface UnlockedReading {
  readonly now: Instant;
  /** Those that were found, in no order. */
  readonly instances: readonly InstanceRecord[];
}

/** An instance was changed by somebody else between reading and writing: the transaction must be tried again. */
export class RevisionConflict extends Error {}
/** A call was not done when the time that its caller gave it (technical time) was over. */
export class TimeLimitExceeded extends Error {
  /**
   * @param outcome `nothing-happened`: it changed nothing and never will. `unknown`: its commit was on its way, and who
   * asked must look before asking again (or ask again under the same idempotency key).
   */
  constructor(readonly outcome: 'nothing-happened' | 'unknown') {
    super(
      outcome === 'unknown'
        ? 'the time limit of the call is over while it was being committed: it may have been carried out'
        : 'the time limit of the call is over: nothing happened',
    );
  }
}

/** How long a transaction may take, in technical time. */
export interface TimeLimit {
  /** Whether the caller was already told that nothing happened. */
  readonly isOver: boolean;
  /** Milliseconds left; at least 1, since a store asks only while there is time. */
  readonly left: number;
  /** Before anything is asked of a database. @throws TimeLimitExceeded when the time is over */
  begin(): void;
  /** Right before the commit is sent: from here on it may happen. @throws TimeLimitExceeded when the time is over */
  commit(): void;
}

export interface Store<TTransaction extends StoreTransaction> {
  /**
   * Commits when `work` resolves, rolls back when it throws.
   * @throws ConnectionLost when it cannot be told whether the commit was carried out
   * @throws TimeLimitExceeded when `limit` ran out; then nothing happened
   * @throws StoreUnavailable
   * @param first ids that the work will lock first, so that a store can read them while it begins
   */
  transaction<T>(
    organization: string,
    work: (tx: TTransaction) => Promise<T>,
    first?: readonly string[],
    limit?: TimeLimit,
  ): Promise<T>;
  /**
   * Reads instances without locking them, lets `work` compute, and writes what it returns if none of them has changed
   * meanwhile: all or none. For work that needs nothing but these instances and has nothing due in them.
   * @throws what `isTransient` knows when one has changed; ConnectionLost as `transaction` does
   */
  unlocked(
    organization: string,
    ids: readonly string[],
    work: (reading: UnlockedReading) => readonly InstanceChange[],
  ): Promise<void>;
  /** Lends `work` one consistent look at an organization, in which nothing can be locked or written. */
  look<T>(organization: string, work: (tx: TTransaction) => Promise<T>): Promise<T>;
}

export interface DueClaim {
  readonly limit: number;
  /** Only instances of one timer shard. */
  readonly shard?: number;
  /** Only these instances (used to find the culprit of a failed batch). */
  readonly only?: readonly string[];
}

export interface OpenBelow {
  readonly lifecycle: string;
  readonly below: number;
  /** Only ids after this one. */
  readonly after: string | null;
  readonly limit: number;
}

/** How many instances of one version of a lifecycle an organization has. */
export interface VersionCount {
  readonly organization: string;
  readonly lifecycle: string;
  readonly version: number;
  readonly open: number;
  readonly done: number;
  /** Business instant at which the oldest open one began; `null` when none is open. */
  readonly oldest: Instant | null;
}

/** Names one request of one caller, so that repeating it has no second effect. */
export interface IdempotencyKey {
  readonly key: string;
  /** Who sent it: the same key of two callers is two keys. */
  readonly caller: string;
  /** Hash of what was asked; another request under the same key is refused. */
  readonly fingerprint: string;
}

export type Recalled =
  | { readonly kind: 'new' }
  | { readonly kind: 'seen'; readonly answer: JsonValue }
  | { readonly kind: 'reused' };

/** Ids are made outside the core: UUIDv7 in production, a seeded sequence in tests. */
export type NewId = () => string;
