/**
 * The places between two steps at which a process may die, hang or fail, by name. What belongs together is in the order in
 * which it is reached.
 */
export const FAULT_POINTS = [
  /** The job of a shard was added to the queue. */
  'slice.offered',
  /** A worker has taken the job of a shard. */
  'slice.held',
  /** Nothing is near any more: the shard was let go of, its job not yet done. */
  'slice.released',
  /** A sweep begins. */
  'sweep.begun',
  /** Instances with due timers are read and locked. */
  'timers.claimed',
  /** Their machines have made their steps, in memory. */
  'timers.stepped',
  /** Projections have followed; everything is written, or travels with the commit that comes next. */
  'timers.written',
  /** The commit was answered; nobody was told. */
  'timers.committed',
  /** Holders of near timers are about to be told. */
  'wake-ups.announcing',
  'wake-ups.announced',
  /** A transaction of an application's, or of the outbox: as with timers. */
  'act.written',
  'act.committed',
  /** Sends that need no locks: their instances are read. Their next step is `commit.sent`. */
  'send.read-unlocked',
  /** Sends that share a commit: their instances are read and locked. */
  'send.read',
  'send.stepped',
  'send.written',
  'send.committed',
  /** Any transaction: the commit is on its way, and not answered. */
  'commit.sent',
  /** Workers were woken for committed effects. */
  'effects.offered',
  /** A worker has taken such a wake-up. */
  'effects.taken',
  /** Rows of in-transaction handlers are locked. */
  'effects.claimed',
  /** A handler has done its work. */
  'effects.handled',
  /** Deliveries are written, not committed. */
  'effects.recorded',
  /** Deliveries are committed; the wake-up is not yet done. */
  'effects.committed',
  /** Effects of outside handlers are leased to this process, and not begun. */
  'outside.leased',
  /** An outside handler has done its work, of which nothing is recorded. */
  'outside.handled',
  /** That is recorded and committed; nobody here knows yet. */
  'outside.recorded',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Lets a test end, halt or fail a process between two steps. In operation there is none, and nothing is called. */
export interface FaultPoints {
  /** Called each time a point is reached, and waited for. What it throws is thrown there. */
  reach(point: FaultPoint): Promise<void> | void;
}
