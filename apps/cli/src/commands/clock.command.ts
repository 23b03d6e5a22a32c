import { parseArgs } from 'node:util';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { clockTarget } from '@dondoc/domain/organizations/clock-target';
import { storedTimeline } from '@dondoc/domain/directives/stored-timeline';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { isRefusal } from '@dondoc/workflow';
import { BusinessClock, NotQuietError, walkTo, type Walk } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { organizations, withDatabase } from '../database';
import { wallClock } from '@dondoc/domain/simulation/timeline';
import { writeLine } from '../timeline-text';

const usage = `./dondoc clock show [--json]
./dondoc clock advance DURATION [--json]
./dondoc clock next [--json]

Sandbox only. Walks business time from due instant to due instant, waits at each until timers and effects have come to
rest, and reports what happened. Time never goes back. DURATION: 5wd (working days), 3wh, 2d, 4h, 30m.`;

async function report(dataSource: DataSource, walk: Walk, json: boolean, terminal: Terminal): Promise<void> {
  const zone = sampleCalendar.zone;
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

async function target(clock: BusinessClock, what: string, words: string | undefined): Promise<number> {
  if (what === 'next') {
    const due = await clock.nextDue();
    if (due === null) throw new CommandError('nothing is waiting for its time');
    return due;
  }
  if (words === undefined) throw wrongUsage('by how much?');
  const target = clockTarget({ by: words }, sampleCalendar, await clock.now());
  if (isRefusal(target)) throw wrongUsage(`${target.vi} / ${target.en}`);
  return target;
}

export const clockCommand: Command = {
  name: 'clock',
  summary: 'sandbox only: shows and moves business time',
  usage,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    if (what !== 'show' && what !== 'advance' && what !== 'next') throw wrongUsage('show, advance or next?');
    const { mode } = ownerConfiguration();
    if (mode !== 'sandbox' && what !== 'show')
      throw new CommandError('this installation runs on real time; only a sandbox has a movable clock');
    await withDatabase(async (dataSource) => {
      const clock = new BusinessClock(dataSource);
      if (what === 'show') {
        const now = wallClock(await clock.now(), sampleCalendar.zone);
        terminal.line(values.json ? JSON.stringify({ now, mode }) : `${now} (${mode})`);
        return;
      }
      try {
        const walk = await walkTo(clock, await target(clock, what, positionals[0]));
        await report(dataSource, walk, values.json, terminal);
      } catch (error) {
        if (error instanceof NotQuietError) throw new CommandError(error.message);
        throw error;
      }
    });
  },
};
