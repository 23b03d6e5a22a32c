import { type Refusal } from '../lifecycle/refusal';
import { applyCommand } from './apply-command';
import { InstanceProgress } from './instance-progress';
import { type LifecycleCatalogue } from './lifecycle-catalogue';
import { type InstanceChange, type InstanceRecord } from './records';
import { type NewId, type UnlockedReading } from './store.port';
import { type SendCommand } from './commands';
import { isOfAnother, staleness, unknownInstance } from './instance-refusals';

export interface UnlockedSends {
  readonly changes: readonly InstanceChange[];
  /** In the order of the commands; `null` for those that need more than their own instance, and so its lock. */
  readonly answers: readonly (InstanceRecord | Refusal | null)[];
}

interface OneInstance {
  readonly change: InstanceChange | null;
  readonly answers: readonly (InstanceRecord | Refusal)[];
}

/** @returns `null` when the instance has something due, asks something of others, or fails */
function sendToOne(
  catalogue: LifecycleCatalogue,
  record: InstanceRecord,
  commands: readonly SendCommand[],
  now: number,
  newId: NewId,
): OneInstance | null {
  const latest = commands.reduce((at, command) => Math.max(at, command.at ?? now), now);
  const [first] = record.timers;
  if (first && first.dueAt <= latest) return null;
  try {
    const lifecycle = catalogue.exact(record.lifecycle, record.version);
    const progress = InstanceProgress.loaded(lifecycle, record, now, newId);
    const answers: (InstanceRecord | Refusal)[] = [];
    for (const command of commands) {
      const at = command.at ?? now;
      const refused =
        staleness(command, progress.current.revision) ??
        (isOfAnother(command, record) ? unknownInstance() : applyCommand(progress, command, at));
      if (refused === null) progress.fireDue(at);
      if (progress.failed !== null || progress.takeOutward().length > 0) return null;
      answers.push(refused ?? progress.current);
    }
    return { change: progress.change(), answers };
  } catch {
    return null;
  }
}

/** Applies each command to the instances as they were read. Pure. */
export function sendUnlocked(
  catalogue: LifecycleCatalogue,
  { now, instances }: UnlockedReading,
  commands: readonly SendCommand[],
  newId: NewId,
): UnlockedSends {
  const records = new Map(instances.map((record) => [record.id, record]));
  const places = new Map<string, number[]>();
  commands.forEach(({ instance }, place) => {
    const known = places.get(instance);
    if (known) known.push(place);
    else places.set(instance, [place]);
  });
  const changes: InstanceChange[] = [];
  const answers = new Array<InstanceRecord | Refusal | null>(commands.length).fill(null);
  for (const [id, of] of places) {
    const record = records.get(id);
    const sent = of.map((place) => commands[place]).filter((command) => command !== undefined);
    const done = record
      ? sendToOne(catalogue, record, sent, now, newId)
      : { change: null, answers: sent.map(unknownInstance) };
    of.forEach((place, index) => {
      answers[place] = done?.answers[index] ?? null;
    });
    if (done?.change) changes.push(done.change);
  }
  return { changes, answers };
}
