import { DispatchEntity } from '@dondoc/domain/persistence/entities/message.entities';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { BusinessClock, openInstances, Queues } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { CommandError, type Command, type Terminal } from '../command';
import { organizations, withDatabase } from '../database';

interface Parked {
  readonly timers: number;
  readonly effects: number;
  readonly answers: number;
}

interface ParkedLine {
  readonly kind: string;
  readonly name: string;
  readonly instance: string;
  readonly error: string | null;
}

const MOST_PARKED = 20;

/** Parked work of one organization, oldest first: timers, effects, and answers of invoked effects. */
const PARKED = `
  select kind, name, instance, error from (
    select 'timer' as kind, timer_id as name, instance_id as instance, parked_error as error, parked_at
    from workflow.timer where organization_id = $1 and parked_at is not null
    union all
    select case when answer is null then 'effect' else 'answer' end, effect, instance_id, last_error, parked_at
    from workflow.outbox where organization_id = $1 and parked_at is not null
  ) as parked order by parked_at limit ${MOST_PARKED}`;

const COUNTS = `
  select (select count(*) from workflow.timer where organization_id = $1 and parked_at is not null)::integer as timers,
    count(*) filter (where answer is null)::integer as effects,
    count(*) filter (where answer is not null)::integer as answers
  from workflow.outbox where organization_id = $1 and parked_at is not null`;

function parkedWork(
  dataSource: DataSource,
  organization: string,
): Promise<Parked & { readonly lines: readonly ParkedLine[] }> {
  return inOrganization(dataSource, organization, async (manager) => {
    const [counts] = await manager.query<[Parked]>(COUNTS, [organization]);
    return { ...counts, lines: await manager.query<ParkedLine[]>(PARKED, [organization]) };
  });
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
    for (const { id, code, name } of await organizations(dataSource)) {
      terminal.line(`organization ${code}: ${name}`);
      const { lines, ...parked } = await parkedWork(dataSource, id);
      terminal.line(
        `  parked: ${parked.timers} timers, ${parked.effects} effects, ${parked.answers} answers`,
      );
      for (const { kind, name: what, instance, error } of lines)
        terminal.line(`    ${kind} ${what} of ${instance}: ${error ?? ''}`);
      if (lines.length > 0) troubles.push(`parked work of ${code} waits for a person`);
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
