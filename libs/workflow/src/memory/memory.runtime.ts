import { type OutboxRecord } from '../engine/records';
import { type WorkHooks } from '../engine/unit-of-work';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Refusal } from '../lifecycle/refusal';
import { Lifecycles } from '../runtime/lifecycles';
import { uuidV7 } from '../runtime/uuid-v7';
import { WorkflowRuntime, type Work } from '../runtime/workflow.runtime';
import { MemoryStore, type MemoryTransaction } from './memory.store';

export type MemoryWork = Work<MemoryTransaction>;

/** Carries out one effect; in memory it runs right after the commit, once. */
export type MemoryEffect = (effect: OutboxRecord, organization: string) => Promise<void> | void;

export interface MemoryRuntimeOptions {
  readonly lifecycles: readonly Lifecycle[];
  /** Business time at the beginning. */
  readonly now: Instant;
  readonly hooks?: WorkHooks<MemoryTransaction>;
  /** One handler per effect name that the lifecycles declare. */
  readonly effects?: Readonly<Record<string, MemoryEffect>>;
}

/** A durable runtime without durability: the same engine on the memory store, in virtual time. */
export class MemoryRuntime {
  readonly store: MemoryStore;
  private readonly runtime: WorkflowRuntime<MemoryTransaction>;
  private readonly effects: Readonly<Record<string, MemoryEffect>>;
  private time: Instant;
  private made = 0;

  constructor(options: MemoryRuntimeOptions) {
    this.time = options.now;
    this.effects = options.effects ?? {};
    const catalogue = new Lifecycles(options.lifecycles);
    const unbound = catalogue.effects.filter((name) => !(name in this.effects));
    if (options.effects && unbound.length > 0)
      throw new Error(`no handler for the effects ${unbound.join(', ')}`);
    this.store = new MemoryStore(() => this.time);
    this.runtime = new WorkflowRuntime({
      catalogue,
      store: this.store,
      newId: this.newId,
      ...(options.hooks && { hooks: options.hooks }),
    });
  }

  get now(): Instant {
    return this.time;
  }

  /** Ids in a fixed sequence, so that a run can be repeated to the letter. */
  readonly newId = uuidV7(
    () => this.made,
    (bytes) => {
      bytes.fill(0);
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(bytes.byteLength - 4, ++this.made);
    },
  );

  async transaction<T>(
    organization: string,
    work: (tx: MemoryWork) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const result = await this.runtime.transaction(organization, work);
    await this.drain(organization);
    return result;
  }

  /** Moves time forward, firing every due timer at its own instant, in order over all instances. */
  async advanceTo(target: Instant): Promise<void> {
    for (let next = this.store.nextDue(); next && next.dueAt <= target; next = this.store.nextDue()) {
      this.time = Math.max(this.time, next.dueAt);
      await this.runtime.fireDue(next.organization, { limit: 1_000 });
      await this.drain(next.organization);
    }
    this.time = Math.max(this.time, target);
  }

  private async drain(organization: string): Promise<void> {
    for (
      let taken = this.store.takeOutbox(organization);
      taken.length > 0;
      taken = this.store.takeOutbox(organization)
    )
      for (const effect of taken) await this.effects[effect.effect]?.(effect, organization);
  }
}
