import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type Directory } from '@dondoc/domain/directory/directory';
import { draftDirectives } from '@dondoc/domain/intake/grammar/draft-directives';
import { readDocument } from '@dondoc/domain/intake/reading/read-document';
import { defaultWorkingRules, sampleOffice } from '@dondoc/domain/sample/sample-files';
import { type DraftedNotice } from '@dondoc/domain/simulation/cast';
import { parseScenario, type Act } from '@dondoc/domain/simulation/scenario';
import { ScenarioDeviation, simulate } from '@dondoc/domain/simulation/simulate';
import { unattendedPlay } from '@dondoc/domain/simulation/unattended';
import { parseWorkingRules } from '@dondoc/domain/working-rules/parse-working-rules';
import { type WorkingRules } from '@dondoc/domain/working-rules/working-rules';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { readInstant } from '../instants';
import { writeLine } from '../timeline-text';

const usage = `./dondoc simulate FILE… --from DATE --to DATE [--rules FILE] [--scenario FILE] [--json]

Plays notices in virtual time through the real lifecycles and working rules, and prints every transition, reminder and
escalation with its instant, recipient and article. --scenario: people's acts (YAML, see docs/scenarios.md). Without one nobody does anything:
each directive is confirmed as drafted. The office is the sample one; a body it does not have becomes an agency without
people ("?name").`;

const zone = sampleCalendar.zone;

const told = (refused: Refusal): CommandError =>
  new CommandError(`${refused.field ? `${refused.field}: ` : ''}${refused.vi} / ${refused.en}`);

async function readNotice(path: string, rules: WorkingRules): Promise<DraftedNotice> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
  const read = await readDocument({ name: basename(path), bytes });
  if (isRefusal(read)) throw told(read);
  return {
    file: basename(path),
    reading: draftDirectives(read.text, { beforeMeans: rules.beforeMeans.value }),
  };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
}

async function readYaml<T>(path: string, parse: (text: string) => T | Refusal): Promise<T> {
  const parsed = parse(await readText(path));
  if (isRefusal(parsed)) throw told(parsed);
  return parsed;
}

interface Play {
  readonly office: Directory;
  readonly acts: readonly Act[];
  readonly lines?: readonly number[];
  /** Names of agencies that the office does not have. */
  readonly provisional: readonly string[];
}

/** @throws CommandError with line and field of everything that is wrong */
async function readScenario(path: string): Promise<Pick<Play, 'acts' | 'lines'>> {
  const read = parseScenario(await readText(path));
  if (!isRefusal(read)) return read;
  const { errors } = read;
  throw new CommandError(
    errors.map(({ line, field, vi, en }) => `${path}:${line}: ${field}: ${vi} / ${en}`).join('\n'),
  );
}

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'plays notices and a scenario in virtual time',
  usage,
  run: async (args, terminal: Terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        rules: { type: 'string' },
        scenario: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw wrongUsage('which files?');
    if (values.from === undefined || values.to === undefined) throw wrongUsage('--from and --to are needed');
    const from = readInstant(values.from, zone);
    const to = readInstant(values.to, zone);
    if (to < from) throw wrongUsage('--to lies before --from');
    const rules = values.rules
      ? await readYaml<WorkingRules>(values.rules, parseWorkingRules)
      : defaultWorkingRules();
    const notices = await Promise.all(positionals.map((path) => readNotice(path, rules)));
    const office = sampleOffice().directory;
    const play: Play =
      values.scenario === undefined
        ? unattendedPlay(notices, office, from, zone)
        : { office, ...(await readScenario(values.scenario)), provisional: [] };
    for (const name of play.provisional) terminal.note(`! the sample office has no "${name}"`);
    try {
      const { lines, totals } = await simulate({
        office: play.office,
        notices,
        scenario: { acts: [...play.acts], ...(play.lines && { lines: play.lines }) },
        rules,
        calendar: sampleCalendar,
        from,
        to,
      });
      if (values.json) terminal.line(JSON.stringify({ lines, totals }));
      else {
        for (const line of lines) terminal.line(writeLine(line));
        terminal.line(JSON.stringify(totals));
      }
    } catch (error) {
      if (error instanceof ScenarioDeviation) throw new CommandError(error.message);
      throw error;
    }
  },
};
