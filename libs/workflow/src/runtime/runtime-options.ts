import { type FaultPoints } from '../engine/fault-points.port';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { type InstanceChange } from '../engine/records';
import { type NewId, type Store, type StoreTransaction } from '../engine/store.port';
import { type WorkHooks } from '../engine/work-hooks';
import { type Refusal } from '../lifecycle/refusal';
import { type RuntimeObserver } from '../observation/runtime-observer';

export interface WorkflowRuntimeOptions<TTransaction extends StoreTransaction> {
  readonly catalogue: LifecycleCatalogue;
  readonly store: Store<TTransaction>;
  readonly newId: NewId;
  readonly hooks?: WorkHooks<TTransaction>;
  /** Called after the commit with everything that was written: wake-ups, never state. */
  readonly committed?: (changes: readonly InstanceChange[]) => void;
  /** Whether an error of the store means "try the transaction again" (deadlock, serialization). */
  readonly isTransient?: (error: unknown) => boolean;
  /** Whether such an error means that somebody else has changed the instance meanwhile. */
  readonly isConflict?: (error: unknown) => boolean;
  readonly observer?: RuntimeObserver | undefined;
  /** The refusal that an error of the store stands for, if it stands for one. */
  readonly declined?: (error: unknown) => Refusal | null;
  /** For tests only. */
  readonly faults?: FaultPoints | undefined;
}
