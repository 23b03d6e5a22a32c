import { parseArgs } from 'node:util';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { clockTarget } from '@dondoc/domain/organizations/clock-target';
import { storedTimeline } from '@dondoc/domain/directives/stored-timeline';
import { officeFacts } from '@dondoc/domain/organizations/office-facts';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { isRefusal } from '@dondoc/workflow';
import { BusinessClock, NotQuietError, walkTo, type Walk } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { chosenOrganization, organizations, withDatabase } from '../database';
import { wallClock } from '@dondoc/domain/simulation/timeline';
import { writeLine } from '../timeline-text';

const usage = `./dondoc clock show [--organization CODE] [--json]
./dondoc clock advance DURATION [--organization CODE] [--json]
./dondoc clock next [--organization CODE] [--json]

Sandbox only. Walks business time from due instant to due instant, waits at each until timers and effects have come to
rest, and reports what happened. Time never goes back. DURATION: 5wd (working days), 3wh, 2d, 4h, 30m, counted in the
calendar of the organization and told on its clock; --organization where there are several.`;

async function report(
  dataSource: DataSource,
  walk: Walk,
  zone: string,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const events = [];
  for (const organization of await organizations(dataSource))
    events.push(...(await storedTimeline(dataSource, organization, { after: walk.from, to: walk.to })));
  const instants = { from: wallClock(walk.from, zone), to: wallClock(walk.to, zone) };
  if (json) {
    terminal.line(
      JSON.stringify({ ...instants, stops: walk.stops.map((at) => wallClock(at, zone)), events }),
    );
    return;
  }
  for (const event of events) terminal.line(writeLine(event));
  if (events.length === 0) terminal.line('nothing happened on the way');
  terminal.line(`${instants.from} → ${instants.to}`);
}

/** Where a move leads, counted as the organization counts. */
async function target(
  dataSource: DataSource,
  clock: BusinessClock,
  organization: string,
  words: string | undefined,
): Promise<number> {
  if (words === undefined) throw wrongUsage('by how much?');
  const now = await clock.now();
  const { calendar } = await inOrganization(dataSource, organization, (manager) =>
    officeFacts({ organization, now, manager }, 'calendar'),
  );
  const target = clockTarget({ by: words }, calendar, now);
  if (isRefusal(target)) throw wrongUsage(`${target.vi} / ${target.en}`);
  return target;
}

async function nextDue(clock: BusinessClock): Promise<number> {
  const due = await clock.nextDue();
  if (due === null) throw new CommandError('nothing is waiting for its time');
  return due;
}

export const clockCommand: Command = {
  name: 'clock',
  summary: 'sandbox only: shows and moves business time',
  usage,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, organization: { type: 'string' } },
    });
    if (what !== 'show' && what !== 'advance' && what !== 'next') throw wrongUsage('show, advance or next?');
    const { mode } = ownerConfiguration();
    if (mode !== 'sandbox' && what !== 'show')
      throw new CommandError('this installation runs on real time; only a sandbox has a movable clock');
    await withDatabase(async (dataSource) => {
      const clock = new BusinessClock(dataSource);
      if (what === 'show') {
        const isEmpty = (await organizations(dataSource)).length === 0;
        const { zone } = isEmpty
          ? { zone: 'UTC' }
          : await chosenOrganization(dataSource, values.organization);
        const now = wallClock(await clock.now(), zone);
        terminal.line(values.json ? JSON.stringify({ now, mode }) : `${now} (${mode})`);
        return;
      }
      const organization = await chosenOrganization(dataSource, values.organization);
      try {
        const to =
          what === 'next'
            ? await nextDue(clock)
            : await target(dataSource, clock, organization.id, positionals[0]);
        await report(dataSource, await walkTo(clock, to), organization.zone, values.json, terminal);
      } catch (error) {
        if (error instanceof NotQuietError) throw new CommandError(error.message);
        throw error;
      }
    });
  },
};
