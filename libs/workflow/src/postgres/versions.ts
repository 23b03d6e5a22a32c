import { type DataSource } from 'typeorm';
import { type VersionCount } from '../engine/store.port';
import { refusal, type Refusal } from '../lifecycle/refusal';
import { type Lifecycles } from '../runtime/lifecycles';
import { type RuntimeLog } from '../runtime/runtime-log';
import { driverError } from './driver-error';

interface CountRow {
  readonly organization_id: string;
  readonly lifecycle: string;
  readonly version: number;
  readonly open: string;
  readonly done: string;
  readonly oldest: Date | null;
}

/**
 * Instances by organization, lifecycle and version. Reads every instance once: for people and at start-up. Needs the
 * rights of the worker or of the owner.
 */
export async function versionCounts(dataSource: DataSource): Promise<VersionCount[]> {
  const rows = await dataSource.query<CountRow[]>('select * from workflow.version_counts()');
  return rows.map(({ organization_id, lifecycle, version, open, done, oldest }) => ({
    organization: organization_id,
    lifecycle,
    version,
    open: Number(open),
    done: Number(done),
    oldest: oldest?.getTime() ?? null,
  }));
}

export interface OpenInstances {
  readonly lifecycle: string;
  readonly version: number;
  readonly open: number;
  readonly done: number;
  /** Business instant at which the oldest open one began; `null` when none is open. */
  readonly oldest: number | null;
  readonly retired: boolean;
}

/** The same over all organizations, with every version that was ever brought to this database. */
export async function openInstances(dataSource: DataSource): Promise<OpenInstances[]> {
  const definitions = await dataSource.query<{ lifecycle: string; version: number; retired: boolean }[]>(
    `select lifecycle, version, retired_at is not null as retired from workflow.definition order by 1, 2`,
  );
  const counts = await versionCounts(dataSource);
  return definitions.map(({ lifecycle, version, retired }) => {
    const own = counts.filter((count) => count.lifecycle === lifecycle && count.version === version);
    const began = own.map(({ oldest }) => oldest).filter((oldest) => oldest !== null);
    return {
      lifecycle,
      version,
      open: own.reduce((sum, { open }) => sum + open, 0),
      done: own.reduce((sum, { done }) => sum + done, 0),
      oldest: began.length > 0 ? Math.min(...began) : null,
      retired,
    };
  });
}

/** Warns of open instances that this process cannot run, which is right only while another release runs beside it. */
export async function warnOfUnknownVersions(
  dataSource: DataSource,
  lifecycles: Lifecycles,
  log: RuntimeLog,
): Promise<void> {
  for (const { lifecycle, version, open, oldest, retired } of await openInstances(dataSource)) {
    const isKnown = lifecycles.find(lifecycle, version) !== undefined;
    if (open > 0 && !isKnown)
      log.warn(
        { lifecycle, version, open, oldest: oldest === null ? null : new Date(oldest).toISOString() },
        'open instances of a version that this process does not have: it leaves them to others',
      );
    if (retired && isKnown)
      log.info({ lifecycle, version }, 'this version is retired: it is kept for reading only');
  }
}

/** Named by what it forbids, so that its error can be told from others. */
const CONSTRAINT = 'retired_version_';
const CHECK_VIOLATION = '23514';

const retiredRefusal = (version: string): Refusal =>
  refusal('version-retired', {
    vi: `Phiên bản ${version} đã ngừng dùng; không thể bắt đầu quy trình mới theo phiên bản này.`,
    en: `${version} is retired: nothing begins on it any more.`,
  });

/** The refusal of a write that would open an instance on a retired version, if the error is one. */
export function retirementRefusal(error: unknown): Refusal | null {
  const { code, constraint } = driverError(error);
  return code === CHECK_VIOLATION && constraint?.startsWith(CONSTRAINT) === true
    ? retiredRefusal(constraint.slice(CONSTRAINT.length))
    : null;
}

/**
 * Closes a version for ever: refused while an instance of any organization is open on it (migrate them first), and for
 * the newest version, on which new instances begin. From then on the database itself takes no open instance of it, also
 * from a process that has not heard of it. Needs the rights of the owner; holds up writes for as long as it takes to
 * read the instances once.
 */
export async function retireVersion(
  dataSource: DataSource,
  lifecycle: string,
  version: number,
): Promise<Refusal | { readonly retired: true }> {
  const name = `${lifecycle}@${version}`;
  if (!/^[a-z][a-z0-9-]*$/.test(lifecycle) || !Number.isSafeInteger(version)) return unknownRefusal(name);
  const hasOpen = (open: string): Refusal =>
    refusal('version-has-open-instances', {
      vi: `Phiên bản ${name} còn ${open}quy trình đang mở; hãy chuyển chúng sang phiên bản mới trước.`,
      en: `${name} still has ${open}open instances; migrate them first.`,
    });
  try {
    return await dataSource.transaction(async (manager) => {
      const versions = await manager.query<{ version: number; retired: boolean }[]>(
        `select version, retired_at is not null as retired from workflow.definition
         where lifecycle = $1 order by version for update`,
        [lifecycle],
      );
      const own = versions.find((each) => each.version === version);
      if (!own) return unknownRefusal(name);
      if (own.retired) return { retired: true };
      if (own === versions.at(-1))
        return refusal('version-is-newest', {
          vi: `${name} là phiên bản mới nhất; quy trình mới bắt đầu theo phiên bản này.`,
          en: `${name} is the newest version, on which new instances begin.`,
        });
      // Waiting for long would hold up everybody who writes after us.
      await manager.query(`set local lock_timeout = '5s'`);
      await manager.query('lock table workflow.instance in access exclusive mode');
      const counts = await manager.query<{ open: string }[]>(
        'select open from workflow.version_counts() where lifecycle = $1 and version = $2',
        [lifecycle, version],
      );
      const open = counts.reduce((sum, count) => sum + Number(count.open), 0);
      if (open > 0) return hasOpen(`${open} `);
      await manager.query(
        `alter table workflow.instance add constraint "${CONSTRAINT}${name}"
         check (lifecycle <> '${lifecycle}' or version <> ${version} or status = 'done')`,
      );
      await manager.query(
        'update workflow.definition set retired_at = now() where lifecycle = $1 and version = $2',
        [lifecycle, version],
      );
      return { retired: true };
    });
  } catch (error) {
    if (driverError(error).code === CHECK_VIOLATION) return hasOpen('');
    throw error;
  }
}

const unknownRefusal = (name: string): Refusal =>
  refusal('unknown-version', {
    vi: `Cơ sở dữ liệu chưa từng có phiên bản ${name}.`,
    en: `This database has never seen ${name}.`,
  });
