import { DispatchEntity } from '@dondoc/domain/persistence/entities/message.entities';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import {
  BusinessClock,
  newUuid,
  openInstances,
  ParkedWork,
  Queues,
  type ParkedItem,
} from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { CommandError, type Command, type Terminal } from '../command';
import { organizations, withDatabase } from '../database';
import { commandRuntime } from '../runtime';

const MOST_PARKED = 20;

/** Everything that stands parked in one organization, oldest first. */
async function allParked(parked: ParkedWork, organization: string): Promise<readonly ParkedItem[]> {
  const items: ParkedItem[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await parked.list(organization, { limit: 200, ...(after !== undefined && { after }) });
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

/** Of the first timer that could fire, in whole seconds of business time; negative where it is not due yet. */
async function secondsOverdue(dataSource: DataSource): Promise<number> {
  const clock = new BusinessClock(dataSource);
  const [now, next] = [await clock.now(), await clock.nextDue()];
  return next === null ? 0 : Math.floor((now - next) / 1_000);
}

async function examine(terminal: Terminal): Promise<number> {
  const troubles: string[] = [];
  const { queueUrl, workerUrl, mode } = ownerConfiguration();
  terminal.line(`mode: ${mode}; Node ${process.versions.node}`);
  await withDatabase(async (dataSource) => {
    const [{ version }] = await dataSource.query<[{ version: string }]>(
      `select current_setting('server_version') as version`,
    );
    terminal.line(`PostgreSQL ${version}`);
    const late = await secondsOverdue(dataSource);
    if (late > 60) troubles.push(`a timer is ${late} s overdue: does a worker run?`);
    for (const { lifecycle, version, open } of await openInstances(dataSource))
      if (open > 0 && !lifecycles.find(lifecycle, version))
        troubles.push(`${open} open instances of ${lifecycle}@${version}, which this release does not have`);
    const kept = await dataSource.query<{ lifecycle: string; version: number; hash: string }[]>(
      'select lifecycle, version, hash from workflow.definition order by 1, 2',
    );
    for (const { lifecycle, version, hash } of kept) {
      const known = lifecycles.find(lifecycle, version);
      if (known && known.hash !== hash)
        troubles.push(`lifecycle ${lifecycle}@${version} is not the one of this release`);
    }
    const parked = new ParkedWork(commandRuntime(dataSource), { offer: () => undefined }, newUuid);
    for (const { id, code, name } of await organizations(dataSource)) {
      terminal.line(`organization ${code}: ${name}`);
      const items = await allParked(parked, id);
      const count = (of: ParkedItem['kind']): number => items.filter(({ kind }) => kind === of).length;
      terminal.line(
        `  parked: ${count('timer')} timers, ${count('effect')} effects, ${count('answer')} answers`,
      );
      for (const { kind, name: what, instance, error } of items.slice(0, MOST_PARKED))
        terminal.line(`    ${kind} ${what} of ${instance}: ${error}`);
      if (items.length > 0) troubles.push(`parked work of ${code} waits for a person`);
      const failed = await inOrganization(dataSource, id, (manager) =>
        manager.countBy(DispatchEntity, { organizationId: id, state: 'failed' }),
      );
      if (failed > 0)
        troubles.push(`${failed} mails of ${code} could not be sent and wait for an administrator`);
    }
  });
  if (queueUrl !== undefined) {
    const queue = new Queues({ url: queueUrl, postgresUrl: workerUrl, prefix: 'doctor' }).queue('doctor', {});
    queue.on('error', () => undefined);
    const answer = await Promise.race([
      queue.getJobCounts().then(
        () => null,
        (error: unknown) => String(error),
      ),
      new Promise<string>((resolve) => setTimeout(resolve, 3_000, 'no answer within 3 s').unref()),
    ]);
    await queue.close().catch(() => undefined);
    terminal.line(`queue: ${queueUrl === 'postgres' ? 'PostgreSQL' : 'Redis'} ${answer ?? 'answers'}`);
    if (answer !== null) troubles.push('the queue is away; timers and effects still come, by the sweep');
  }
  for (const trouble of troubles) terminal.line(`! ${trouble}`);
  return troubles.length;
}

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'examines database, queue, lifecycles and parked work',
  usage: './dondoc doctor\n\nExit code 0 only when nothing needs a person.',
  run: async (_args, terminal) => {
    const troubles = await examine(terminal);
    if (troubles > 0) throw new CommandError(`${troubles} things need a person`);
    terminal.line('all is well');
  },
};
