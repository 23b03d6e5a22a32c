import { type IdempotencyKey } from '../engine/store.port';

/** What a caller may ask of one call. */
export interface TimedCall {
  /**
   * Milliseconds of technical time after which the caller is answered with `TimeLimitExceeded`, which says whether nothing
   * happened or nobody can tell.
   */
  readonly timeLimitMs?: number;
}

export interface RepeatableCall extends TimedCall {
  /** The same request under the same key is done once, and answered to the letter as it was then, for 24 hours. */
  readonly idempotency?: IdempotencyKey;
}
