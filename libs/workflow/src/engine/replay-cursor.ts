import { type AnyMachineSnapshot } from 'xstate';
import { stateHash } from './history-chain';
import { callsOf, withoutCall } from './calls-in-snapshot';
import { withCalls } from './invocations';
import { type LifecycleCatalogue } from './lifecycle-catalogue';
import { checkedStart, checkedStep } from './machine-step';
import { isSameResult, migrationStep, readMigrationEvent, type KeptTimer } from './migration-step';
import { timerSequence, type HistoryEntry } from './records';
import { type Step } from './step-requests';
import { fromStored, storedText, toStored, type StoredSnapshot } from './stored-snapshot';

/** Walks an instance's history through its machine, entry by entry, over its versions. Pure. */
export class ReplayCursor {
  private snapshot: AnyMachineSnapshot | null = null;
  private readonly waiting = new Map<string, KeptTimer>();
  private hasPassed = false;
  /** Whether the last migration gave what its entry says. */
  private isConfirmed = true;

  constructor(private readonly catalogue: LifecycleCatalogue) {}

  /** Timers that the instance waits for after the entries so far, by id. */
  get pending(): ReadonlyMap<string, KeptTimer> {
    return this.waiting;
  }

  /** Whether the last entry was passed over. */
  get isLost(): boolean {
    return this.hasPassed && this.snapshot === null;
  }

  /** @throws before the first entry, and after one that was passed over. */
  get state(): StoredSnapshot {
    if (!this.snapshot) throw new Error('nothing has been replayed yet');
    return toStored(this.snapshot);
  }

  /** Whether an entry cannot be replayed, for want of its version or of the state before it: see `pass`. */
  isBlind({ kind, lifecycle, version }: HistoryEntry): boolean {
    if (!this.catalogue.find(lifecycle, version)) return true;
    return this.isLost && kind !== 'migrate';
  }

  /** Leaves an entry behind whose version's code is gone: a migration to a version that is at hand tells the state again. */
  pass(): void {
    this.hasPassed = true;
    this.snapshot = null;
    this.waiting.clear();
  }

  /**
   * @throws when this process does not have the version, its machine fails on the entry, or nobody waited for the call
   * that the entry answers or the timer that it drops
   */
  follow(entry: HistoryEntry): void {
    this.isConfirmed = true;
    if (entry.kind === 'migrate') {
      this.migrate(entry);
      return;
    }
    if (entry.kind === 'timer') this.waiting.delete(entry.actor.id ?? '');
    if (entry.kind === 'drop') this.drop(entry.event['timer'] as string);
    const step = this.step(entry);
    this.snapshot = step.snapshot;
    for (const [place, request] of step.requests.entries()) {
      if (request.kind === 'set-timer')
        this.waiting.set(request.id, { ...request, sequence: timerSequence(entry.revision, place) });
      if (request.kind === 'cancel-timer') this.waiting.delete(request.id);
    }
    if (step.snapshot.status !== 'active') this.waiting.clear();
  }

  private step(entry: HistoryEntry): Step {
    const { instance, revision, kind, event, actor, at } = entry;
    const lifecycle = this.catalogue.exact(entry.lifecycle, entry.version);
    if (this.snapshot === null)
      return withCalls(checkedStart(lifecycle, event['input'], at), instance, revision);
    let before = this.snapshot;
    if (kind === 'drop') return { snapshot: before, requests: [] };
    if (kind === 'answer') {
      const invocation = event['actorId'] as string;
      if (callsOf(before)?.[invocation] !== actor.id)
        throw new Error(`nobody waited for the call ${actor.id ?? ''}`);
      before = withoutCall(before, invocation);
    }
    return withCalls(checkedStep(lifecycle, before, event, at), instance, revision);
  }

  private drop(timer: string): void {
    if (!this.waiting.delete(timer)) throw new Error(`the dropped timer ${timer} was not set`);
  }

  /** Whether the state is the one that was recorded with `entry`, and a migration gives what it gave. */
  agreesWith(entry: HistoryEntry): boolean {
    return this.isConfirmed && stateHash(storedText(this.state)) === entry.state;
  }

  /** Goes on with what the entry says; the migration runs again where it and the state before are at hand. */
  private migrate(entry: HistoryEntry): void {
    const kept = readMigrationEvent(entry.event);
    const migration = this.catalogue.migration(entry.lifecycle, kept.from);
    if (migration && this.snapshot) {
      const pending = [...this.waiting.values()];
      const again = migrationStep(migration, this.state, pending, entry.at, entry.revision);
      this.isConfirmed = isSameResult(kept, again);
    }
    this.snapshot = fromStored(this.catalogue.exact(entry.lifecycle, entry.version).machine, kept.snapshot);
    this.waiting.clear();
    for (const timer of kept.timers) this.waiting.set(timer.id, timer);
  }
}
