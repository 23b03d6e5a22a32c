import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { resolvePhrase } from '@dondoc/domain/deadline/resolve-phrase';
import { parseCivilDate } from '@dondoc/domain/working-time/civil-date';
import { explainAddDuration, parseDuration } from '@dondoc/domain/working-time/duration';
import {
  explainNextOpening,
  explainWorkingDaysBetween,
  explainWorkingTimeBetween,
} from '@dondoc/domain/working-time/explained-working-time';
import { readCalendar } from '@dondoc/domain/working-time/inherit-calendar';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { renderSteps, type Step, type Warning } from '@dondoc/domain/working-time/steps';
import { type WorkingCalendar } from '@dondoc/domain/working-time/working-calendar';
import { parse } from 'yaml';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { wallClock } from '@dondoc/domain/simulation/timeline';
import { readInstant } from '../instants';

const usage = `./dondoc calendar due --from INSTANT --add DURATION [--calendar FILE] [--json]
./dondoc calendar between --from INSTANT --to INSTANT [--calendar FILE] [--json]
./dondoc calendar next --from INSTANT [--calendar FILE] [--json]
./dondoc calendar resolve "PHRASE" --from DATE [--received DATE] [--event DATE] [--before previous-day|that-day]
    [--rest-day stays|next-working-day] [--calendar FILE] [--json]

DURATION: 5wd (working days), 3wh (working hours), 2d (calendar days), 4h, 30m; negative counts back.
INSTANT:  2026-11-23T08:00 (Asia/Ho_Chi_Minh) or with an offset. DATE: 2026-11-23.
Counts with the official days of Việt Nam and 07:30-11:30, 13:30-17:00 from Monday to Friday, or by the calendar in FILE
(YAML or JSON). --event: the day of the event that the words wait for.`;

interface Asked {
  readonly calendar: WorkingCalendar;
  readonly json: boolean;
  readonly terminal: Terminal;
}

function sentences(steps: readonly Step[]) {
  const english = renderSteps(steps, 'en');
  return renderSteps(steps, 'vi').map((vi, index) => ({ vi, en: english[index] }));
}

function tell(
  { json, terminal }: Asked,
  answer: string,
  data: Readonly<Record<string, unknown>>,
  { steps, warnings }: { readonly steps: readonly Step[]; readonly warnings: readonly Warning[] },
): void {
  const told = sentences(steps);
  if (json) {
    terminal.line(JSON.stringify({ ...data, steps: told, warnings }));
    return;
  }
  terminal.line(answer);
  for (const { vi } of told) terminal.line(`  ${vi}`);
  for (const { vi } of warnings) terminal.note(`  ! ${vi}`);
}

const needed = (value: string | undefined, name: string): string => {
  if (value === undefined) throw wrongUsage(`--${name} is needed`);
  return value;
};

function due(
  asked: Asked,
  values: { readonly from?: string | undefined; readonly add?: string | undefined },
) {
  const { calendar } = asked;
  const [from, add] = [needed(values.from, 'from'), needed(values.add, 'add')];
  const duration = parseDuration(add);
  if (!duration.ok) throw wrongUsage(`${duration.error.vi} / ${duration.error.en}`);
  const explained = explainAddDuration(calendar, readInstant(from, calendar.zone), duration.duration);
  const at = wallClock(explained.instant, calendar.zone);
  tell(asked, at, { due: at }, explained);
}

function next(asked: Asked, values: { readonly from?: string | undefined }) {
  const { calendar } = asked;
  const explained = explainNextOpening(calendar, readInstant(needed(values.from, 'from'), calendar.zone));
  const at = wallClock(explained.instant, calendar.zone);
  tell(asked, at, { due: at }, explained);
}

function between(
  asked: Asked,
  values: { readonly from?: string | undefined; readonly to?: string | undefined },
) {
  const { calendar } = asked;
  const [from, to] = [needed(values.from, 'from'), needed(values.to, 'to')].map((text) =>
    readInstant(text, calendar.zone),
  ) as [number, number];
  const days = explainWorkingDaysBetween(calendar, from, to);
  const minutes = explainWorkingTimeBetween(calendar, from, to).amount / 60_000;
  const data = { workingDays: days.amount, workingMinutes: minutes };
  tell(asked, `${days.amount} ngày làm việc (${minutes} phút làm việc)`, data, days);
}

interface ResolveValues {
  readonly from?: string | undefined;
  readonly received?: string | undefined;
  readonly event?: string | undefined;
  readonly before: string;
  readonly 'rest-day': string;
}

function resolve(asked: Asked, phrase: string | undefined, values: ResolveValues): void {
  const { calendar } = asked;
  const { from, received, event, before, 'rest-day': restDay } = values;
  if (phrase === undefined || from === undefined) throw wrongUsage('a phrase and --from are needed');
  if (before !== 'previous-day' && before !== 'that-day')
    throw wrongUsage('--before is previous-day or that-day');
  if (restDay !== 'stays' && restDay !== 'next-working-day')
    throw wrongUsage('--rest-day is stays or next-working-day');
  for (const day of [received, event])
    if (day !== undefined && parseCivilDate(day) === null)
      throw wrongUsage(`${day} is not a date YYYY-MM-DD`);
  const result = resolvePhrase(phrase, from, {
    calendar,
    beforeMeans: before,
    rollToWorkingDay: restDay === 'next-working-day',
    ...(received !== undefined && { receivedOn: received }),
    ...(event !== undefined && { eventOn: event }),
  });
  if (!result.ok) throw wrongUsage(`${result.error.vi} / ${result.error.en}`);
  const { reading, resolution } = result;
  const { dueAt, date, rule } = resolution;
  const at = dueAt === null ? null : wallClock(dueAt, calendar.zone);
  const data = { due: at, date, rule, text: reading.text, kind: reading.kind };
  tell(asked, at ?? 'chưa có hạn (no date)', data, resolution);
}

/** A calendar of one's own, without anything to inherit from. */
async function calendarOf(path: string): Promise<WorkingCalendar> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readCalendar(data, () => null);
  if (read.ok) return read.calendar;
  const lines = read.errors.map(({ field, vi, en }) => `${path}: ${field}: ${vi} / ${en}`);
  throw new CommandError(lines.join('\n'));
}

/** `--add -5wd`: what begins with a dash would be taken for another option. */
const withNegativeAmount = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (args[index - 1] === '--add' && /^-\d/.test(arg)) return [];
    return arg === '--add' && /^-\d/.test(args[index + 1] ?? '') ? [`--add=${args[index + 1]}`] : [arg];
  });

export const calendarCommand: Command = {
  name: 'calendar',
  summary: 'working-time arithmetic and deadlines in words, with their explanation',
  usage,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args: withNegativeAmount(args),
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        add: { type: 'string' },
        received: { type: 'string' },
        event: { type: 'string' },
        before: { type: 'string', default: 'previous-day' },
        'rest-day': { type: 'string', default: 'stays' },
        calendar: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const calendar = values.calendar === undefined ? sampleCalendar : await calendarOf(values.calendar);
    const asked = { calendar, json: values.json, terminal };
    if (what === 'due') due(asked, values);
    else if (what === 'between') between(asked, values);
    else if (what === 'next') next(asked, values);
    else if (what === 'resolve') resolve(asked, positionals[0], values);
    else throw wrongUsage('due, between, next or resolve?');
  },
};
