import { type AnyMachineSnapshot } from 'xstate';
import { stateHash } from './history-chain';
import { timerSequence } from './instance-progress';
import { eventStep, startStep } from './machine-step';
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

  /** @throws when this process does not have the version, or its machine fails on the entry. */
  follow(entry: HistoryEntry): void {
    const lifecycle = this.catalogue.exact(entry.lifecycle, entry.version);
    if (entry.kind === 'timer') this.waiting.delete(entry.actor.id ?? '');
    const step =
      this.snapshot === null
        ? startStep(lifecycle, entry.event['input'], entry.at)
        : eventStep(lifecycle, this.snapshot, entry.event, entry.at);
    this.snapshot = step.snapshot;
    for (const [place, request] of step.requests.entries()) {
      if (request.kind === 'set-timer')
        this.waiting.set(request.id, { ...request, sequence: timerSequence(entry.revision, place) });
      if (request.kind === 'cancel-timer') this.waiting.delete(request.id);
    }
    if (step.snapshot.status !== 'active') this.waiting.clear();
  }

  /** Whether the state is the one that was recorded with `entry`. */
  agreesWith(entry: HistoryEntry): boolean {
    return stateHash(storedText(this.state)) === entry.state;
  }
}
