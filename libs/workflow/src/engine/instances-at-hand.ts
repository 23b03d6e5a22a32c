import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { InstanceProgress } from './instance-progress';
import { UnknownVersionError, type LifecycleCatalogue } from './lifecycle-catalogue';
import { type Actor, type InstanceRecord, type StoredEvent } from './records';
import { type NewId, type StoreTransaction } from './store.port';

/** How instances are brought into a unit of work. */
export type Bring = (ids: readonly string[]) => Promise<readonly InstanceRecord[]>;

/** The instances that one unit of work has in hand, each brought in once. */
export class InstancesAtHand {
  private readonly progress = new Map<string, InstanceProgress>();
  private readonly unknown = new Set<string>();
  /** Instances of versions that this process does not have: locked, never touched. */
  private readonly foreign = new Map<string, InstanceRecord>();

  constructor(
    private readonly catalogue: LifecycleCatalogue,
    private readonly tx: Pick<StoreTransaction, 'organization' | 'now'>,
    private readonly newId: NewId,
    private readonly bring: Bring,
  ) {}

  get all(): InstanceProgress[] {
    return [...this.progress.values()];
  }

  get ids(): string[] {
    return [...this.progress.keys()];
  }

  find(id: string): InstanceProgress | undefined {
    return this.progress.get(id);
  }

  /** One of a version that this process does not have. */
  findForeign(id: string): InstanceRecord | undefined {
    return this.foreign.get(id);
  }

  record(id: string): InstanceRecord {
    const progress = this.progress.get(id);
    if (!progress) throw new Error(`instance ${id} is not part of this unit of work`);
    return progress.current;
  }

  isLoaded(id: string): boolean {
    return this.progress.has(id) || this.foreign.has(id);
  }

  async load(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.isLoaded(id) && !this.unknown.has(id));
    if (missing.length === 0) return;
    for (const record of await this.bring(missing)) this.resume(record);
    for (const id of missing) if (!this.isLoaded(id)) this.unknown.add(id);
  }

  resume(record: InstanceRecord): void {
    const { id, lifecycle, version } = record;
    const known = this.catalogue.find(lifecycle, version);
    if (known) this.progress.set(id, InstanceProgress.loaded(known, record, this.tx.now, this.newId));
    else this.foreign.set(id, record);
  }

  begin(lifecycle: Lifecycle, id: string, input: StoredEvent['input'], actor: Actor, at: Instant): void {
    const identity = { organization: this.tx.organization, id };
    const start = { input, actor, at };
    this.progress.set(id, InstanceProgress.started(lifecycle, identity, start, this.tx.now, this.newId));
  }

  /** @throws UnknownVersionError */
  assertNotForeign(id: string): void {
    const foreign = this.foreign.get(id);
    if (foreign) throw new UnknownVersionError(foreign);
  }

  /** Lets go of them all: what comes next is read anew. */
  clear(): void {
    this.progress.clear();
    this.unknown.clear();
    this.foreign.clear();
  }
}
