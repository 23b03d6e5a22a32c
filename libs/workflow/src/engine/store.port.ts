import { type Instant } from '../lifecycle/macrostep-instant';
import { type JsonValue } from './canonical-json';
import { type InstanceChange, type InstanceRecord, type LoadedInstance } from './records';

/**
 * One transaction of one organization. Both stores (PostgreSQL, memory) keep the same contract: everything written
 * through it becomes visible together or not at all.
 */
export interface StoreTransaction {
  readonly organization: string;
  /** Business time at which the transaction began: database clock plus the sandbox offset. */
  readonly now: Instant;
  /** Locks instances in id order, waiting for others, with their timers due by `dueBy`. Unknown ids are left out. */
  lock(ids: readonly string[], dueBy: Instant): Promise<readonly LoadedInstance[]>;
  /** Locks up to `limit` instances that have an unparked due timer, skipping what others hold. */
  claimDue(claim: DueClaim): Promise<LoadedInstance[]>;
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
  /** Keeps the answer under a key reserved by `recall`, committed with everything else. */
  remember(key: IdempotencyKey, answer: JsonValue): Promise<void>;
}

/** The connection broke during a transaction: nobody knows whether its commit was carried out. */
export class ConnectionLost extends Error {}

/** Instances as they stand, read without a lock. */
export interface UnlockedReading {
  readonly now: Instant;
  /** Those that were found, in no order. */
  readonly instances: readonly InstanceRecord[];
}

/** An instance was changed by somebody else between reading and writing: the transaction must be tried again. */
export class RevisionConflict extends Error {}

export interface Store<TTransaction extends StoreTransaction> {
  /**
   * Commits when `work` resolves, rolls back when it throws.
   * @throws ConnectionLost when it cannot be told whether the commit was carried out
   * @param first ids that the work will lock first, so that a store can read them while it begins
   */
  transaction<T>(
    organization: string,
    work: (tx: TTransaction) => Promise<T>,
    first?: readonly string[],
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
}

export interface DueClaim {
  readonly limit: number;
  /** Only instances of one timer shard. */
  readonly shard?: number;
  /** Only these instances (used to find the culprit of a failed batch). */
  readonly only?: readonly string[];
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
