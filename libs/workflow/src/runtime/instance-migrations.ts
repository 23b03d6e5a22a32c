import { messageOf } from '../engine/error-message';
import { type InstancePicture, type MigrationAnswer } from '../engine/instance-migration';
import { type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { type Actor, type InstanceChange } from '../engine/records';
import { ConnectionLost, type StoreTransaction } from '../engine/store.port';
import { type UnitOfWork } from '../engine/unit-of-work';

export interface MigrateInstancesOptions {
  /** The version to arrive at; the newest one when left out. */
  readonly to?: number;
  /** Who is written into the history. */
  readonly actor: Actor;
  /** Does everything, projections included, and rolls it back. */
  readonly dryRun?: boolean;
  /** Instances in one transaction; 100 when left out. */
  readonly batch?: number;
  /** How many instances the report shows before and after; 3 when left out. */
  readonly sample?: number;
  /** Only these instances. */
  readonly only?: readonly string[];
  /** Ends the run after the batch that is under way; the next run goes on with what is left. */
  readonly signal?: AbortSignal;
  /** Told after each batch. */
  readonly progress?: (soFar: MigrationReport) => void;
}

export interface MigrationReport {
  readonly lifecycle: string;
  readonly to: number;
  readonly dryRun: boolean;
  /** Open instances of lower versions that were looked at. */
  readonly found: number;
  /** In a dry run: that would be migrated. */
  readonly migrated: number;
  /** Left as they were, each with the reason. */
  readonly failed: readonly { readonly instance: string; readonly reason: string }[];
  readonly samples: readonly {
    readonly instance: string;
    readonly before: InstancePicture;
    readonly after: InstancePicture;
  }[];
  /** Whether the run was ended before it had looked at everything. */
  readonly stopped: boolean;
}

type MigratingUnit = Pick<UnitOfWork<StoreTransaction>, 'migrate' | 'flush'>;

/** What a migration run needs of the runtime: one transaction that is tried again after a lost race. */
export interface MigrationPort {
  readonly catalogue: LifecycleCatalogue;
  transaction<T>(
    organization: string,
    work: (tx: StoreTransaction, unit: MigratingUnit, written: InstanceChange[]) => Promise<T>,
  ): Promise<T>;
}

type Migrated = Extract<MigrationAnswer, { readonly after: InstancePicture }>;
type Failed = Extract<MigrationAnswer, { readonly error: unknown }>;

/** Carries an outcome out of a transaction that is to be rolled back. */
class RolledBack extends Error {
  constructor(readonly answers: readonly MigrationAnswer[]) {
    super('rolled back');
  }
}

const failedOf = (answers: readonly MigrationAnswer[]): Failed[] =>
  answers.filter((answer): answer is Failed => 'error' in answer);

/** Takes open instances of an organization to another version, batch by batch in the order of their ids. */
export class InstanceMigrations {
  constructor(
    private readonly port: MigrationPort,
    private readonly organization: string,
    private readonly lifecycle: string,
    private readonly options: MigrateInstancesOptions,
  ) {}

  /**
   * @throws Error when the version to arrive at is not at hand
   * @throws ConnectionLost when nobody knows whether the last batch was committed; the next run finds out
   */
  async run(): Promise<MigrationReport> {
    const { only, batch = 100, sample = 3, signal, progress } = this.options;
    const to = this.options.to ?? this.port.catalogue.latest(this.lifecycle).version;
    this.port.catalogue.exact(this.lifecycle, to);
    const dryRun = this.options.dryRun ?? false;
    let report: MigrationReport = {
      lifecycle: this.lifecycle,
      to,
      dryRun,
      found: 0,
      migrated: 0,
      failed: [],
      samples: [],
      stopped: false,
    };
    let after: string | null = null;
    for (;;) {
      if (signal?.aborted === true) return { ...report, stopped: true };
      const ids: readonly string[] = await this.nextOpen(to, after, batch);
      const last = ids.at(-1);
      if (last === undefined) return report;
      after = last;
      const asked = only ? ids.filter((id) => only.includes(id)) : ids;
      if (asked.length === 0) continue;
      const answers = await this.migrateBatch(asked, to, dryRun);
      const migrated = answers.filter((answer): answer is Migrated => 'after' in answer);
      const failed = failedOf(answers).map(({ instance, error }) => ({ instance, reason: messageOf(error) }));
      report = {
        ...report,
        found: report.found + migrated.length + failed.length,
        migrated: report.migrated + migrated.length,
        failed: [...report.failed, ...failed],
        samples: [...report.samples, ...migrated].slice(0, sample),
      };
      progress?.(report);
    }
  }

  private nextOpen(to: number, after: string | null, limit: number): Promise<readonly string[]> {
    const range = { lifecycle: this.lifecycle, below: to, after, limit };
    return this.port.transaction(this.organization, (tx) => tx.openBelow(range));
  }

  /**
   * One transaction; instances that cannot be migrated are taken out first, and a batch that cannot be written is
   * halved until the culprit stands alone.
   */
  private async migrateBatch(
    instances: readonly string[],
    to: number,
    dryRun: boolean,
  ): Promise<readonly MigrationAnswer[]> {
    if (instances.length === 0) return [];
    try {
      return await this.attempt(instances, to, dryRun);
    } catch (error) {
      if (error instanceof RolledBack) {
        const failed = failedOf(error.answers);
        if (failed.length === 0) return error.answers;
        const others = instances.filter((id) => !failed.some(({ instance }) => instance === id));
        return [...failed, ...(await this.migrateBatch(others, to, dryRun))];
      }
      if (error instanceof ConnectionLost) throw error;
      const [only] = instances;
      if (instances.length === 1 && only !== undefined) return [{ instance: only, error }];
      const middle = Math.ceil(instances.length / 2);
      return [
        ...(await this.migrateBatch(instances.slice(0, middle), to, dryRun)),
        ...(await this.migrateBatch(instances.slice(middle), to, dryRun)),
      ];
    }
  }

  private attempt(
    instances: readonly string[],
    to: number,
    dryRun: boolean,
  ): Promise<readonly MigrationAnswer[]> {
    const { actor } = this.options;
    return this.port.transaction(this.organization, async (_tx, unit, written) => {
      const answers = await unit.migrate({ instances, to, actor });
      if (failedOf(answers).length > 0) throw new RolledBack(answers);
      written.push(...(await unit.flush()).changes);
      if (dryRun) throw new RolledBack(answers);
      return answers;
    });
  }
}
