import { createHash } from 'node:crypto';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Migration } from '../lifecycle/migration';

/** The lifecycles, in all their versions, that this process can run. */
export class Lifecycles implements LifecycleCatalogue {
  private readonly byVersion = new Map<string, Map<number, Lifecycle>>();

  /**
   * @throws when one version of a lifecycle, or one migration, is given twice, and when a migration knows a version that
   *   is not among them
   */
  constructor(
    readonly all: readonly Lifecycle[],
    readonly migrations: readonly Migration[] = [],
  ) {
    for (const lifecycle of all) {
      const versions = this.byVersion.get(lifecycle.id) ?? new Map<number, Lifecycle>();
      if (versions.has(lifecycle.version))
        throw new Error(`lifecycle ${lifecycle.id}@${lifecycle.version} is declared twice`);
      this.byVersion.set(lifecycle.id, versions.set(lifecycle.version, lifecycle));
    }
    for (const { from, to } of migrations) {
      if (!all.includes(from) || !all.includes(to))
        throw new Error(`the migration of ${from.id} from ${from.version} has versions that are not at hand`);
      if (migrations.filter((other) => other.from === from).length > 1)
        throw new Error(`the migration of ${from.id} from ${from.version} is declared twice`);
    }
  }

  latest(id: string): Lifecycle {
    const newest = [...(this.byVersion.get(id)?.values() ?? [])].sort((a, b) => b.version - a.version)[0];
    if (!newest) throw new Error(`there is no lifecycle "${id}"`);
    return newest;
  }

  exact(id: string, version: number): Lifecycle {
    const lifecycle = this.find(id, version);
    if (!lifecycle) throw new Error(`this process does not have lifecycle ${id}@${version}`);
    return lifecycle;
  }

  find(id: string, version: number): Lifecycle | undefined {
    return this.byVersion.get(id)?.get(version);
  }

  migration(id: string, version: number): Migration | undefined {
    return this.migrations.find(({ from }) => from.id === id && from.version === version);
  }

  /** Ends as its parent's id does, so that both fall into the same shard and their timers fire in one order. */
  childId(from: string, key: string): string {
    const hash = createHash('sha256').update(`${from}/${key}`).digest('hex');
    const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 30)}${from.slice(-2)}`;
  }

  /** Names of all actors that some lifecycle invokes. */
  get invoked(): ReadonlySet<string> {
    return new Set(this.all.flatMap(({ machine }) => Object.keys(machine.implementations.actors as object)));
  }

  /** Every effect name of every lifecycle, each once. */
  get effects(): string[] {
    return [...new Set(this.all.flatMap((lifecycle) => lifecycle.effects))].sort();
  }
}
