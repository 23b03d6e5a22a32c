import { canonicalJson, type JsonValue } from '../engine/canonical-json';
import {
  type HistoryEntry,
  type InstanceChange,
  type InstanceRecord,
  type OutboxRecord,
} from '../engine/records';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { type NewId } from '../engine/store.port';
import { type AnswerOutcome, type SendCommand } from '../engine/commands';
import { type WorkHooks } from '../engine/work-hooks';
import { effectErrorOf } from '../lifecycle/effect-failure';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Migration } from '../lifecycle/migration';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { Lifecycles } from '../runtime/lifecycles';
import { uuidV7 } from '../runtime/uuid-v7';
import { type RepeatableCall, type TimedCall } from '../runtime/call';
import { type Work } from '../runtime/work';
import { WorkflowRuntime } from '../runtime/workflow.runtime';
import { type MigrateInstancesOptions, type MigrationReport } from '../runtime/instance-migrations';
import { MemoryStore, type MemoryTransaction } from './memory.store';

export type MemoryWork = Work<MemoryTransaction>;

/**
 * Carries out one effect; in memory it runs right after the commit, once. What it returns or throws is the answer of an
 * invoked one.
 */
export type MemoryEffect =
  | ((effect: OutboxRecord, organization: string) => Promise<JsonValue> | JsonValue)
  | ((effect: OutboxRecord, organization: string) => Promise<void> | void);

/** How a call of an invoked effect ended. */
export interface MemoryCall {
  readonly effect: OutboxRecord;
  /** Nothing when the state was left before the call began. */
  readonly answer?: CallAnswer;
  /** A `fault` is what a durable runtime would park: the machine could not take the answer. */
  readonly outcome: AnswerOutcome;
}

export interface MemoryRuntimeOptions {
  readonly lifecycles: readonly Lifecycle[];
  readonly migrations?: readonly Migration[];
  /** Business time at the beginning. */
  readonly now: Instant;
  readonly hooks?: WorkHooks<MemoryTransaction>;
  /**
   * One handler per effect name that the lifecycles declare. A call of an invoked one without a handler stays
   * unanswered.
   */
  readonly effects?: Readonly<Record<string, MemoryEffect>>;
}

/** A timer that has fired, and the state its instance was in after it. */
export type FiredTimer = Pick<HistoryEntry, 'instance' | 'lifecycle' | 'at' | 'to'> & {
  readonly organization: string;
  /** Type of the timer's event: `xstate.after.<delay>.<state>`, or what a delayed `raise` raises. */
  readonly timer: string;
};

function firedIn(changes: readonly InstanceChange[]): FiredTimer[] {
  return changes.flatMap(({ after: { organization }, entries }) =>
    entries
      .filter(({ kind }) => kind === 'timer')
      .map(({ instance, lifecycle, event, at, to }) => ({
        organization,
        instance,
        lifecycle,
        timer: event.type,
        at,
        to,
      })),
  );
}

async function answerOf(work: () => ReturnType<MemoryEffect>): Promise<CallAnswer> {
  try {
    const output = ((await work()) as JsonValue | undefined) ?? null;
    canonicalJson(output);
    return { output };
  } catch (error) {
    return { error: effectErrorOf(error) };
  }
}

/** Ids in a fixed sequence, so that a run can be repeated to the letter. */
function idsInSequence(): NewId {
  let made = 0;
  return uuidV7(
    () => made,
    (bytes) => {
      bytes.fill(0);
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(bytes.byteLength - 4, ++made);
    },
  );
}

/** The catalogue of the present deploy. */
class Deployed implements LifecycleCatalogue {
  constructor(public lifecycles: Lifecycles) {}

  get all(): readonly Lifecycle[] {
    return this.lifecycles.all;
  }

  latest(id: string): Lifecycle {
    return this.lifecycles.latest(id);
  }

  exact(id: string, version: number): Lifecycle {
    return this.lifecycles.exact(id, version);
  }

  find(id: string, version: number): Lifecycle | undefined {
    return this.lifecycles.find(id, version);
  }

  migration(id: string, from: number): Migration | undefined {
    return this.lifecycles.migration(id, from);
  }

  childId(from: string, key: string): string {
    return this.lifecycles.childId(from, key);
  }
}

/** A durable runtime without durability: the same engine on the memory store, in virtual time. */
export class MemoryRuntime extends WorkflowRuntime<MemoryTransaction> {
  override readonly store: MemoryStore;
  readonly newId: NewId;
  /** Every invoked effect that came to an end, in order. */
  readonly calls: MemoryCall[] = [];
  private readonly deployed: Deployed;
  private readonly effects: Readonly<Record<string, MemoryEffect>>;
  private readonly clock: { now: Instant };
  /** Of the present advance. */
  private fired: FiredTimer[] = [];

  constructor(private readonly memory: MemoryRuntimeOptions) {
    const clock = { now: memory.now };
    const deployed = new Deployed(new Lifecycles(memory.lifecycles, memory.migrations));
    const store = new MemoryStore(
      () => clock.now,
      ({ lifecycle, version }) => deployed.find(lifecycle, version) !== undefined,
    );
    const newId = idsInSequence();
    let keep: (changes: readonly InstanceChange[]) => void = () => undefined;
    super({
      catalogue: deployed,
      store,
      newId,
      committed: (changes) => keep(changes),
      ...(memory.hooks && { hooks: memory.hooks }),
    });
    keep = (changes) => void this.fired.push(...firedIn(changes));
    this.store = store;
    this.newId = newId;
    this.clock = clock;
    this.deployed = deployed;
    this.effects = memory.effects ?? {};
    this.deploy(deployed.lifecycles);
  }

  /** Goes on with other versions of the lifecycles, as after a deploy of new code: what was stored stays. */
  deploy(lifecycles: Lifecycles): void {
    const unbound = lifecycles.effects.filter(
      (name) => !(name in this.effects) && !lifecycles.invoked.has(name),
    );
    if (this.memory.effects && unbound.length > 0)
      throw new Error(`no handler for the effects ${unbound.join(', ')}`);
    this.deployed.lifecycles = lifecycles;
  }

  get now(): Instant {
    return this.clock.now;
  }

  override async transaction<T>(
    organization: string,
    work: (tx: MemoryWork) => Promise<T | Refusal>,
    call?: TimedCall,
  ): Promise<T | Refusal> {
    const result = await super.transaction(organization, work, call);
    await this.drain(organization);
    return result;
  }

  override async send(
    organization: string,
    command: SendCommand,
    call?: RepeatableCall,
  ): Promise<InstanceRecord | Refusal> {
    const answer = await super.send(organization, command, call);
    await this.drain(organization);
    return answer;
  }

  /** Lets time pass while nobody works: what falls due stays where it is until somebody looks after it. */
  sleepTo(target: Instant): void {
    this.clock.now = Math.max(this.clock.now, target);
  }

  /** Takes open instances to another version; see `WorkflowRuntime.migrateInstances`. */
  override async migrateInstances(
    organization: string,
    lifecycle: string,
    options: MigrateInstancesOptions,
  ): Promise<MigrationReport> {
    const report = await super.migrateInstances(organization, lifecycle, options);
    await this.drain(organization);
    return report;
  }

  /** Moves time forward by `duration` milliseconds, as `advanceTo` does. */
  advance(duration: number): Promise<readonly FiredTimer[]> {
    return this.advanceTo(this.now + duration);
  }

  /**
   * Moves time forward, firing every due timer at its own instant, in order over all instances; to the next timer:
   * to the earliest that waits and whatever else is due then, and nowhere when none waits. Never back.
   * @returns the timers that fired, in order
   */
  async advanceTo(target: Instant | 'next timer'): Promise<readonly FiredTimer[]> {
    const fired: FiredTimer[] = [];
    this.fired = fired;
    const until = target === 'next timer' ? (this.store.nextDue()?.dueAt ?? this.now) : target;
    for (let next = this.store.nextDue(); next && next.dueAt <= until; next = this.store.nextDue()) {
      this.sleepTo(next.dueAt);
      await this.fireDue(next.organization, { limit: 1_000 });
      await this.drain(next.organization);
    }
    this.sleepTo(until);
    return fired.sort((a, b) => a.at - b.at);
  }

  private async drain(organization: string): Promise<void> {
    for (
      let taken = this.store.takeOutbox(organization);
      taken.length > 0;
      taken = this.store.takeOutbox(organization)
    )
      for (const effect of taken) {
        const handler = this.effects[effect.effect];
        if (!handler) continue;
        if (effect.invocation === undefined) await handler(effect, organization);
        else await this.call(organization, effect, effect.invocation, handler);
      }
  }

  private async call(
    organization: string,
    effect: OutboxRecord,
    invocation: string,
    handler: MemoryEffect,
  ): Promise<void> {
    const { instance, id: call } = effect;
    const waiting = this.store.instance(organization, instance)?.snapshot.invoked?.[invocation];
    if (waiting !== call) {
      this.calls.push({ effect, outcome: 'dropped' });
      return;
    }
    const answer = await answerOf(() => handler(effect, organization));
    const outcomes = await super.transaction(organization, (tx) =>
      tx.answerEach([{ instance, invocation, call, answer }]),
    );
    const [outcome] = isRefusal(outcomes) ? [] : outcomes;
    this.calls.push({ effect, answer, outcome: outcome ?? 'dropped' });
  }
}
