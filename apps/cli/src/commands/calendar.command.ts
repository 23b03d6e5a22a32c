import { parseArgs } from 'node:util';
import { resolvePhrase } from '@dondoc/domain/deadline/resolve-phrase';
import { explainAddDuration, parseDuration } from '@dondoc/domain/working-time/duration';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { renderSteps, type Step, type Warning } from '@dondoc/domain/working-time/steps';
import { wrongUsage, type Command, type Terminal } from '../command';
import { wallClock } from '@dondoc/domain/simulation/timeline';
import { readInstant } from '../instants';

const usage = `./dondoc calendar due --from INSTANT --add DURATION [--json]
./dondoc calendar resolve "PHRASE" --from DATE [--before previous-day|that-day] [--json]

DURATION: 5wd (working days), 3wh (working hours), 2d (calendar days), 4h, 30m; negative counts back.
INSTANT:  2026-11-23T08:00 (Asia/Ho_Chi_Minh) or with an offset. DATE: 2026-11-23.
Counts with the official days of Việt Nam and 07:30-11:30, 13:30-17:00 from Monday to Friday.`;

const calendar = sampleCalendar;

function print(
  terminal: Terminal,
  json: boolean,
  result: { due: number | null; steps: readonly Step[]; warnings: readonly Warning[]; more?: object },
): void {
  const due = result.due === null ? null : wallClock(result.due, calendar.zone);
  const steps = renderSteps(result.steps, 'vi').map((vi, index) => ({
    vi,
    en: renderSteps(result.steps, 'en')[index],
  }));
  if (json) {
    terminal.line(JSON.stringify({ due, ...result.more, steps, warnings: result.warnings }));
    return;
  }
  terminal.line(due ?? 'chưa có hạn (no date)');
  for (const { vi } of steps) terminal.line(`  ${vi}`);
  for (const { vi } of result.warnings) terminal.note(`  ! ${vi}`);
}

function due(args: readonly string[], terminal: Terminal): void {
  const { values } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' }, add: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (values.from === undefined || values.add === undefined) throw wrongUsage('--from and --add are needed');
  const duration = parseDuration(values.add);
  if (!duration.ok) throw wrongUsage(`${duration.error.vi} / ${duration.error.en}`);
  const explained = explainAddDuration(calendar, readInstant(values.from, calendar.zone), duration.duration);
  print(terminal, values.json, {
    due: explained.instant,
    steps: explained.steps,
    warnings: explained.warnings,
  });
}

function resolve(args: readonly string[], terminal: Terminal): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      before: { type: 'string', default: 'previous-day' },
      json: { type: 'boolean', default: false },
    },
  });
  const [phrase] = positionals;
  if (phrase === undefined || values.from === undefined) throw wrongUsage('a phrase and --from are needed');
  if (values.before !== 'previous-day' && values.before !== 'that-day')
    throw wrongUsage('--before is previous-day or that-day');
  const result = resolvePhrase(phrase, values.from, {
    calendar,
    beforeMeans: values.before,
    rollToWorkingDay: false,
  });
  if (!result.ok) throw wrongUsage(`${result.error.vi} / ${result.error.en}`);
  const { dueAt, date, steps, warnings, rule } = result.resolution;
  print(terminal, values.json, {
    due: dueAt,
    steps,
    warnings,
    more: { date, rule, text: result.reading.text, kind: result.reading.kind },
  });
}

export const calendarCommand: Command = {
  name: 'calendar',
  summary: 'working-time arithmetic and deadlines in words, with their explanation',
  usage,
  run: ([what, ...args], terminal) => {
    if (what === 'due') due(args, terminal);
    else if (what === 'resolve') resolve(args, terminal);
    else throw wrongUsage('due or resolve?');
    return Promise.resolve();
  },
};
