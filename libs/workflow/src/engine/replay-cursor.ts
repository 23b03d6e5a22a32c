import { type AnyMachineSnapshot } from 'xstate';
import { stateHash } from './history-chain';
import { timerSequence } from './instance-progress';
import { callsOf, withoutCall } from './calls-in-snapshot';
import { withCalls } from './invocations';
import { eventStep, startStep, type Step } from './machine-step';
import { type HistoryEntry, type TimerRecord } from './records';
import { storedText, toStored, type StoredSnapshot } from './stored-snapshot';
import { type LifecycleCatalogue } from './unit-of-work';

export type KeptTimer = Pick<TimerRecord, 'id' | 'dueAt' | 'sequence' | 'event'>;

/** Walks an instance's history through its machine, entry by entry. Pure. */
export class ReplayCursor {
  private snapshot: AnyMachineSnapshot | null = null;
  private readonly waiting = new Map<string, KeptTimer>();

  constructor(private readonly catalogue: LifecycleCatalogue) {}

  /** Timers that the instance waits for after the entries so far, by id. */
  get pending(): ReadonlyMap<string, KeptTimer> {
    return this.waiting;
  }

  /** @throws before the first entry. */
  get state(): StoredSnapshot {
    if (!this.snapshot) throw new Error('nothing has been replayed yet');
    return toStored(this.snapshot);
  }

  /**
   * @throws when this process does not have the version, its machine fails on the entry, or nobody waited for the call
   * that the entry answers or the timer that it drops
   */
  follow(entry: HistoryEntry): void {
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
      return withCalls(startStep(lifecycle, event['input'], at), instance, revision);
    let before = this.snapshot;
    if (kind === 'drop') return { snapshot: before, requests: [] };
    if (kind === 'answer') {
      const invocation = event['actorId'] as string;
      if (callsOf(before)?.[invocation] !== actor.id)
        throw new Error(`nobody waited for the call ${actor.id ?? ''}`);
      before = withoutCall(before, invocation);
    }
    return withCalls(eventStep(lifecycle, before, event, at), instance, revision);
  }

  private drop(timer: string): void {
    if (!this.waiting.delete(timer)) throw new Error(`the dropped timer ${timer} was not set`);
  }

  /** Whether the state is the one that was recorded with `entry`. */
  agreesWith(entry: HistoryEntry): boolean {
    return stateHash(storedText(this.state)) === entry.state;
  }
}
