import { messageOf } from './error-message';
import { type InstanceProgress } from './instance-progress';
import { type LifecycleCatalogue } from './lifecycle-catalogue';
import { MigrationFault, type KeptTimer } from './migration-step';
import { type Actor, type InstanceRecord } from './records';
import { type Instant } from '../lifecycle/macrostep-instant';

export interface MigrationCommand {
  readonly instances: readonly string[];
  /** The version to arrive at. */
  readonly to: number;
  readonly actor: Actor;
}

/** An instance and what it waits for. */
export interface InstancePicture {
  readonly version: number;
  readonly value: InstanceRecord['snapshot']['value'];
  readonly context: Readonly<Record<string, unknown>>;
  readonly timers: readonly Pick<KeptTimer, 'id' | 'dueAt'>[];
}

export type MigrationAnswer =
  | { readonly instance: string; readonly before: InstancePicture; readonly after: InstancePicture }
  /** There was nothing to do: it has ended, or is on that version already. */
  | { readonly instance: string; readonly skipped: true }
  | { readonly instance: string; readonly error: unknown };

function picture(progress: InstanceProgress): InstancePicture {
  const { version, snapshot } = progress.current;
  const timers = progress.pending.map(({ id, dueAt }) => ({ id, dueAt }));
  return { version, value: snapshot.value, context: snapshot.context, timers };
}

/** Takes one instance from its version to another, one step and one history entry per version. Pure. */
export function migrateInstance(
  catalogue: LifecycleCatalogue,
  progress: InstanceProgress,
  { to, actor }: Omit<MigrationCommand, 'instances'>,
  now: Instant,
): MigrationAnswer {
  const { id, lifecycle } = progress.current;
  const before = picture(progress);
  const { failed } = progress;
  if (failed)
    return { instance: id, error: new Error(`its timer ${failed.timer} fails: ${messageOf(failed.error)}`) };
  if (progress.current.status === 'done' || progress.current.version >= to)
    return { instance: id, skipped: true };
  try {
    while (progress.current.version < to) {
      const { version } = progress.current;
      const migration = catalogue.migration(lifecycle, version);
      if (!migration) throw new MigrationFault(`${lifecycle}@${version}`, ['there is no migration from it']);
      progress.migrate(migration, actor, now);
    }
  } catch (error) {
    return { instance: id, error };
  }
  return { instance: id, before, after: picture(progress) };
}
