import { type AnyMachineSnapshot } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { type Migration } from '../lifecycle/migration';
import { type Refusal } from '../lifecycle/refusal';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { callsOf, withoutCall } from './calls-in-snapshot';
import { assertStorable } from './canonical-json';
import { admit } from './event-admission';
import { chained, genesis, stateHash } from './history-chain';
import { answerEvent, withCalls } from './invocations';
import { eventStep, startStep } from './machine-step';
import { migrationEvent, migrationStep, timerChanges } from './migration-step';
import {
  MOST_REQUESTS,
  timerSequence,
  type Actor,
  type HistoryEntry,
  type HistoryRecord,
  type InstanceChange,
  type InstanceRecord,
  type OutboxRecord,
  type StoredEvent,
  type TimerRecord,
} from './records';
import { fromStored, storedText, toStored } from './stored-snapshot';
import { LifecycleFault, type Step, type StepRequest } from './step-requests';
import { type NewId } from './store.port';
import { TimersAtHand } from './timers-at-hand';

/** A request that reaches beyond the instance, with the instant and instance it came from. */
export type OutwardRequest = Extract<
  StepRequest,
  { kind: 'start' | 'send' | 'send-parent' | 'send-child' }
> & {
  readonly from: string;
  readonly at: Instant;
};

export interface TimerFailure {
  readonly instance: string;
  readonly timer: string;
  readonly error: unknown;
}

/** What the history says of a parked timer that somebody gave up. */
const dropEvent = (timer: string): StoredEvent => ({ type: 'workflow.timer-dropped', timer });

/** Macrosteps of one instance at one instant in one transaction. */
const MOST_STEPS = 1_000;

/** @throws NotStorableError: the database would refuse it, or keep something else. */
function assertRequestStorable(asked: StepRequest): void {
  if (asked.kind === 'effect') assertStorable(asked.payload);
  if (asked.kind === 'invoke') assertStorable(asked.input);
  if (asked.kind === 'set-timer') assertStorable(asked.event);
}

/** Whoever is started by an instance is its child. */
export const parentOf = (starter: Actor): string | null =>
  starter.kind === 'instance' ? (starter.id ?? null) : null;

/** @throws LifecycleFault */
function assertHasParent(asked: StepRequest, { parent }: InstanceRecord): void {
  if (asked.kind === 'send-parent' && parent === null)
    throw new LifecycleFault(`action "${asked.action}": no instance started this one, so it has no parent`);
}

export interface InstanceIdentity {
  readonly organization: string;
  readonly id: string;
}

/**
 * One instance on its way through a unit of work: pure steps in order, with what they ask for collected until it is
 * written. Nothing here touches a store or a clock.
 */
export class InstanceProgress {
  private readonly before: InstanceRecord | null;
  private record: InstanceRecord;
  private snapshot: AnyMachineSnapshot;
  private snapshotText = '';
  private readonly timers: TimersAtHand;
  private readonly history: HistoryRecord[] = [];
  private readonly entries: HistoryEntry[] = [];
  private readonly outbox: OutboxRecord[] = [];
  private outward: OutwardRequest[] = [];
  private steps = 0;
  private failure: TimerFailure | null = null;

  private constructor(
    private definition: Lifecycle,
    private readonly processedAt: Instant,
    private readonly newId: NewId,
    begin: {
      before: InstanceRecord | null;
      record: InstanceRecord;
      snapshot: AnyMachineSnapshot;
      timers: TimersAtHand;
    },
  ) {
    this.before = begin.before;
    this.record = begin.record;
    this.snapshot = begin.snapshot;
    this.timers = begin.timers;
  }

  static loaded(
    lifecycle: Lifecycle,
    record: InstanceRecord,
    processedAt: Instant,
    newId: NewId,
  ): InstanceProgress {
    const snapshot = fromStored(lifecycle.machine, record.snapshot);
    return new InstanceProgress(lifecycle, processedAt, newId, {
      before: record,
      record,
      snapshot,
      timers: new TimersAtHand(record.timers),
    });
  }

  /** Starts an instance at `at`. @throws LifecycleFault */
  static started(
    lifecycle: Lifecycle,
    { organization, id }: InstanceIdentity,
    start: { readonly input: StoredEvent['input']; readonly actor: Actor; readonly at: Instant },
    processedAt: Instant,
    newId: NewId,
  ): InstanceProgress {
    const step = startStep(lifecycle, start.input, start.at);
    const record: InstanceRecord = {
      organization,
      id,
      lifecycle: lifecycle.id,
      version: lifecycle.version,
      parent: parentOf(start.actor),
      revision: 0,
      status: 'active',
      at: start.at,
      startedAt: start.at,
      snapshot: toStored(step.snapshot),
      head: genesis(organization, id),
      timers: [],
    };
    const progress = new InstanceProgress(lifecycle, processedAt, newId, {
      before: null,
      record,
      snapshot: step.snapshot,
      timers: new TimersAtHand([]),
    });
    progress.take(step, 'start', { type: 'xstate.init', input: start.input }, start.actor, start.at);
    return progress;
  }

  get lifecycle(): Lifecycle {
    return this.definition;
  }

  get current(): InstanceRecord {
    return { ...this.record, timers: this.timers.pending };
  }

  /** The machine's snapshot after what was done so far. */
  get state(): AnyMachineSnapshot {
    return this.snapshot;
  }

  /** Every timer it waits for, in the order in which they fire. */
  get pending(): readonly TimerRecord[] {
    return this.timers.pending;
  }

  /** Whether this unit of work started it. */
  get isNew(): boolean {
    return this.before === null;
  }

  /** The next timer that may fire: none while a parked or failed one stands before it. */
  nextDue(asOf: Instant): TimerRecord | undefined {
    return this.failure ? undefined : this.timers.next(asOf);
  }

  /**
   * Fires timers due by `asOf`, in (due instant, sequence) order. One that fails stays as it is, holds back the later
   * ones and is told in `failed`; what was fired before it stands.
   */
  fireDue(asOf: Instant): void {
    for (let timer = this.nextDue(asOf); timer; timer = this.nextDue(asOf)) {
      const at = Math.max(timer.dueAt, this.record.at);
      try {
        const step = eventStep(this.definition, this.snapshot, timer.event, at);
        this.assertRest(at);
        this.take(step, 'timer', timer.event, { id: timer.id, kind: 'timer' }, at);
      } catch (error) {
        this.failure = { instance: this.record.id, timer: timer.id, error };
        return;
      }
    }
  }

  /** The timer whose step failed, to be parked with its error. */
  get failed(): TimerFailure | null {
    return this.failure;
  }

  /** Applies an external event. @throws LifecycleFault */
  apply(event: StoredEvent, actor: Actor, requestedAt: Instant): Refusal | null {
    const at = Math.max(requestedAt, this.record.at);
    const refused = admit(this.definition, this.snapshot, event, at);
    if (refused) return refused;
    this.assertRest(at);
    this.take(eventStep(this.definition, this.snapshot, event, at), 'event', event, actor, at);
    return null;
  }

  /**
   * Applies the answer of a call, unless nobody waits for it any more.
   * @returns whether it was applied
   * @throws LifecycleFault when the machine fails, also because it does not handle an error; then nothing has changed
   */
  answer(invocation: string, call: string, answer: CallAnswer, now: Instant): boolean {
    if (this.snapshot.status !== 'active' || callsOf(this.snapshot)?.[invocation] !== call) return false;
    const at = Math.max(now, this.record.at);
    const event = answerEvent(invocation, answer);
    const step = eventStep(this.lifecycle, withoutCall(this.snapshot, invocation), event, at);
    this.assertRest(at);
    this.take(step, 'answer', event, { kind: 'effect', id: call }, at);
    return true;
  }

  /**
   * Gives up a parked timer: an entry in the history at its due instant, the state as it was.
   * @returns whether there was such a timer
   */
  dropParked(timer: string, actor: Actor): boolean {
    const parked = this.timers.findParked(timer);
    if (!parked) return false;
    const at = Math.max(parked.dueAt, this.record.at);
    this.take({ snapshot: this.snapshot, requests: [] }, 'drop', dropEvent(timer), actor, at);
    this.cancel(timer);
    return true;
  }

  /**
   * Takes the instance to the next version.
   * @throws MigrationFault: nothing has changed then
   */
  migrate(migration: Migration, actor: Actor, now: Instant): void {
    const at = Math.max(now, this.record.at);
    const pending = this.pending;
    const result = migrationStep(migration, this.record.snapshot, pending, at, this.record.revision + 1);
    const snapshot = fromStored(migration.to.machine, result.snapshot);
    const { cancelled, set } = timerChanges(pending, result);
    this.append(
      { snapshot, version: migration.to.version },
      'migrate',
      migrationEvent(migration, result),
      actor,
      at,
    );
    this.definition = migration.to;
    cancelled.forEach((id) => this.cancel(id));
    for (const timer of set) this.wait(timer);
  }

  /** What the steps so far asked of other instances; asked for once. */
  takeOutward(): OutwardRequest[] {
    const taken = this.outward;
    this.outward = [];
    return taken;
  }

  /** `null` when nothing happened. */
  change(): InstanceChange | null {
    if (this.history.length === 0) return null;
    return {
      before: this.before,
      after: this.current,
      snapshotText: this.snapshotText,
      history: this.history,
      entries: this.entries,
      timersSet: this.timers.set,
      outbox: this.outbox,
    };
  }

  private assertRest(at: Instant): void {
    if (at > this.record.at) this.steps = 0;
    if (++this.steps > MOST_STEPS)
      throw new LifecycleFault(`more than ${MOST_STEPS} steps at one instant: they never come to rest`);
  }

  /** Whatever can fail comes first: a step that cannot be stored changes nothing. */
  private take(taken: Step, kind: HistoryEntry['kind'], event: StoredEvent, actor: Actor, at: Instant): void {
    const step = withCalls(taken, this.record.id, this.record.revision + 1);
    if (step.requests.length > MOST_REQUESTS)
      throw new LifecycleFault(`more than ${MOST_REQUESTS} timers, effects and messages in one step`);
    step.requests.forEach(assertRequestStorable);
    for (const asked of step.requests) assertHasParent(asked, this.record);
    this.append({ snapshot: step.snapshot, version: this.record.version }, kind, event, actor, at);
    if (kind === 'timer' && actor.id !== undefined) this.cancel(actor.id);
    const { revision } = this.record;
    step.requests.forEach((asked, index) => this.follow(asked, at, revision, index));
    if (this.record.status === 'done') {
      this.timers.dropAll();
      this.failure = null;
    }
  }

  /** @throws NotStorableError: nothing has changed then */
  private append(
    arrived: { readonly snapshot: AnyMachineSnapshot; readonly version: number },
    kind: HistoryEntry['kind'],
    event: StoredEvent,
    actor: Actor,
    at: Instant,
  ): void {
    const revision = this.record.revision + 1;
    const snapshot = toStored(arrived.snapshot);
    const { id, lifecycle } = this.record;
    const snapshotText = storedText(snapshot);
    const entry: HistoryEntry = {
      instance: id,
      lifecycle,
      version: arrived.version,
      revision,
      kind,
      at,
      processedAt: this.processedAt,
      actor,
      event,
      to: snapshot.value,
      state: stateHash(snapshotText),
    };
    const chainedEntry = chained(this.record.head, entry);
    this.snapshot = arrived.snapshot;
    this.snapshotText = snapshotText;
    this.record = {
      ...this.record,
      version: arrived.version,
      revision,
      at,
      snapshot,
      status: arrived.snapshot.status === 'done' ? 'done' : 'active',
      head: chainedEntry.hash,
    };
    this.history.push(chainedEntry);
    this.entries.push(entry);
  }

  private follow(asked: StepRequest, at: Instant, revision: number, index: number): void {
    switch (asked.kind) {
      case 'set-timer':
        this.wait({
          id: asked.id,
          dueAt: asked.dueAt,
          sequence: timerSequence(revision, index),
          event: asked.event,
          parked: false,
        });
        return;
      case 'cancel-timer':
        this.cancel(asked.id);
        return;
      case 'effect':
        this.ask({ id: this.newId(), revision, effect: asked.name, at, payload: asked.payload });
        return;
      case 'invoke': {
        const id = asked.call ?? this.newId();
        this.ask({ id, revision, effect: asked.src, invocation: asked.id, at, payload: asked.input });
        return;
      }
      default:
        this.outward.push({ ...asked, from: this.record.id, at });
    }
  }

  private ask(outward: Omit<OutboxRecord, 'instance' | 'lifecycle'>): void {
    this.outbox.push({ ...outward, instance: this.record.id, lifecycle: this.record.lifecycle });
  }

  private wait(timer: TimerRecord): void {
    this.timers.add(timer);
    this.forgive(timer.id);
  }

  private cancel(id: string): void {
    this.timers.cancel(id);
    this.forgive(id);
  }

  /** The failure of a timer is past once it is cancelled or set anew. */
  private forgive(id: string): void {
    if (this.failure?.timer === id) this.failure = null;
  }
}
