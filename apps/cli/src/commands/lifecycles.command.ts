import { parseArgs } from 'node:util';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { isRefusal, type MigrationReport } from '@dondoc/workflow';
import { openInstances, retireVersion } from '@dondoc/workflow/durable/index';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { organizations, withDatabase } from '../database';
import { commandRuntime } from '../runtime';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  to: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;

async function show(json: boolean, terminal: Terminal): Promise<void> {
  const rows = await withDatabase(openInstances);
  if (json) {
    terminal.line(JSON.stringify(rows));
    return;
  }
  for (const { lifecycle, version, open, done, oldest, retired } of rows) {
    const since = oldest === null ? '' : `, the oldest since ${new Date(oldest).toISOString()}`;
    const isHere = lifecycles.find(lifecycle, version) !== undefined;
    const notes = [...(retired ? ['retired'] : []), ...(isHere ? [] : ['not in this release'])];
    terminal.line(
      `${lifecycle}@${version}: ${open} open${since}, ${done} ended${notes.map((note) => `; ${note}`).join('')}`,
    );
  }
}

function tell(organization: string, report: MigrationReport, terminal: Terminal): void {
  const { lifecycle, to, dryRun, found, migrated, failed, samples } = report;
  terminal.line(
    `${organization}: ${migrated} of ${found} ${dryRun ? 'would go' : 'went'} to ${lifecycle}@${to}, ${failed.length} cannot`,
  );
  for (const { instance, reason } of failed) terminal.line(`  ${instance}: ${reason}`);
  for (const { instance, before, after } of samples) {
    terminal.line(`  sample ${instance}`);
    terminal.line(`    before ${JSON.stringify(before)}`);
    terminal.line(`    after  ${JSON.stringify(after)}`);
  }
}

/** Newest versions and their migrations are those of this release. */
async function migrateAll(
  lifecycle: string,
  to: number | undefined,
  dryRun: boolean,
  terminal: Terminal,
): Promise<void> {
  const failed = await withDatabase(async (dataSource) => {
    const runtime = commandRuntime(dataSource);
    let count = 0;
    for (const { id, code } of await organizations(dataSource)) {
      const report = await runtime.migrateInstances(id, lifecycle, {
        actor: { kind: 'system', id: 'release' },
        dryRun,
        ...(to !== undefined && { to }),
      });
      tell(code, report, terminal);
      count += report.failed.length;
    }
    return count;
  });
  if (failed > 0) throw new CommandError(`${failed} instances stay on their version`);
}

async function retire(lifecycle: string, version: number, terminal: Terminal): Promise<void> {
  const { ownerUrl } = ownerConfiguration();
  const owner = dondocDataSource({ url: ownerUrl, application: 'dondoc lifecycles', poolSize: 1 });
  await owner.initialize();
  try {
    const answer = await retireVersion(owner, lifecycle, version);
    if (isRefusal(answer)) throw new CommandError(`${answer.vi} / ${answer.en}`);
    terminal.line(`${lifecycle}@${version} is retired`);
  } finally {
    await owner.destroy();
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw wrongUsage(`"${text}" is not a version`);
  return Number(text);
}

export const lifecyclesCommand: Command = {
  name: 'lifecycles',
  summary: 'open instances by version, their migration, the end of a version',
  usage: `./dondoc lifecycles show [--json]
./dondoc lifecycles migrate LIFECYCLE [--to VERSION] [--dry-run]
./dondoc lifecycles retire LIFECYCLE@VERSION

show: how many instances are open and ended on each version. migrate: takes every open instance of an older version to
the newest one (or VERSION); one that cannot go is named with the reason and stays; run again, it goes on with what is
left; --dry-run changes nothing. retire: closes a version on which nothing is open; needs MIGRATE_DATABASE_URL.`,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [what, name = ''] = positionals;
    if (what === 'show') return show(values.json, terminal);
    if (what === 'migrate') {
      if (!lifecycles.all.some(({ id }) => id === name)) throw wrongUsage(`there is no lifecycle "${name}"`);
      const to = values.to === undefined ? undefined : wholeNumber(values.to);
      return migrateAll(name, to, values['dry-run'], terminal);
    }
    if (what === 'retire') {
      const [lifecycle = '', version = ''] = name.split('@');
      return retire(lifecycle, wholeNumber(version), terminal);
    }
    throw wrongUsage('what to do is: show, migrate or retire');
  },
};
