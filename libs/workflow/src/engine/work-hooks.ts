import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Refusal } from '../lifecycle/refusal';
import { type Actor, type InstanceChange, type InstanceRecord, type StoredEvent } from './records';
import { type StoreTransaction } from './store.port';

/** A child or sibling that a transition starts, before its input is completed. */
export interface PendingStart {
  readonly lifecycle: string;
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  /** The instance whose transition asked for it. */
  readonly from: InstanceRecord;
}

/** What a person is about to do, or asks whether they could. */
export interface AuthorizationRequest {
  readonly actor: Actor;
  /** Event type; what is entered with it is the machine's business. */
  readonly event: string;
  /** As it is at `at`, with what had fallen due before. */
  readonly instance: InstanceRecord;
  readonly lifecycle: Lifecycle;
  readonly at: Instant;
}

/** What an application adds to a unit of work; everything runs in the same transaction. */
export interface WorkHooks<TTransaction extends StoreTransaction> {
  /**
   * Whether this person may do this at all: asked for actors of kind `person` when they send, before the machine is
   * asked, and once for every event when somebody asks what is possible. It must write nothing, and say the same for the
   * same facts. What timers, other instances and the system do is not asked about; nor is starting, which is a decision of
   * the application that starts. A refusal changes nothing.
   */
  readonly authorize?: (
    request: AuthorizationRequest,
    tx: TTransaction,
  ) => Refusal | null | Promise<Refusal | null>;
  /**
   * By lifecycle: completes the input of an instance that a transition starts (a machine looks nothing up). It only
   * reads: it is also asked when somebody looks at what would happen.
   */
  readonly prepareStart?: Readonly<
    Record<string, (start: PendingStart, tx: TTransaction) => Promise<StoredEvent['input']>>
  >;
  /** Keeps projections in step with what was written. */
  readonly project?: (changes: readonly InstanceChange[], tx: TTransaction) => Promise<void>;
}
