import { parseArgs } from 'node:util';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';

const usage = `./dondoc bench NAME [--instances N] [--runs N] [--seconds N] [--in-flight N] [--lifecycle WHICH] [--json]

Measures on a database and queue of its own, thrown away afterwards, with row security, chain and partitions on.
NAME is one of these, or all of them in turn:
  transitions  full durable transitions per second, 256 in flight and 1; limit: select, then one guarded statement
  storm        timers due at one instant, from due to committed; limit: one BullMQ job per timer
  pending      instances that wait for a timer: how fast they are started, disk and queue memory they take;
               limit: a plain row and timer each, by unnest
  lateness     timers spread over 20 seconds, from due to committed; limit: one delayed BullMQ job each
  queries      lists, filters, search, totals and digest over the directives of one organization among others, p50 and
               p99 of each; limit: the same statements past row security
  intake       a notice of 40 KB from its bytes to its drafts (aim: 30 ms), and memory before and after all of them;
               limit: reading it and cutting it into sentences. Needs no database
Every limit is measured in the same run, in turn with its figure.
  --instances N   100,000; pending 1,000,000; lateness 1,000; queries 10,000 (directives); intake 1,000 (notices)
  --runs N        3; pending 1
  --seconds N     transitions: how long each figure is measured (5); lateness: over how long timers are spread (20);
                  queries: how long all of them are asked (60)
  --in-flight N   transitions: the first of its two figures (256)
  --lifecycle     sample (judged), directive (with its projections), or both (default): directives are then run
                  once (pending: a tenth of them) and told in detail.directive
  --json          one object per bench: {name, figure, unit, limit, ratio, runs, settings, detail}`;

interface Result {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly limit: number;
  readonly ratio: number;
  readonly detail: { readonly directive?: Pick<Result, 'figure' | 'limit' | 'ratio'> };
}

interface Options {
  readonly instances: number;
  readonly runs: number;
  readonly seconds: number;
  readonly inFlight: number;
  readonly lifecycle: string;
}

const usual = { instances: 100_000, runs: 3, seconds: 5, inFlight: 256 };

const benches: Readonly<Record<string, Omit<Options, 'lifecycle'>>> = {
  transitions: usual,
  storm: usual,
  pending: { ...usual, instances: 1_000_000, runs: 1 },
  lateness: { ...usual, instances: 1_000, seconds: 20 },
  queries: { ...usual, instances: 10_000, runs: 1, seconds: 60 },
  intake: { ...usual, instances: 1_000 },
};

/** The benchmarks live with the tests; a release without them can do everything else. */
async function load(name: string): Promise<(options: Options) => Promise<Result>> {
  const file = `../../../../test/bench/${name}.bench.js`;
  const benches = (await import(file).catch(() => {
    throw new CommandError('this installation has no benchmarks');
  })) as Record<string, (options: Options) => Promise<Result>>;
  const bench = benches[name];
  if (!bench) throw new CommandError(`there is no benchmark "${name}"`);
  return bench;
}

function whole(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw wrongUsage(`--${name} takes a whole number from 1`);
  return number;
}

function tell(result: Result, terminal: Terminal): void {
  const line = ({ figure, limit, ratio }: Pick<Result, 'figure' | 'limit' | 'ratio'>): string =>
    `${figure} ${result.unit}; limit ${limit}; ratio ${ratio}`;
  terminal.line(`${result.name}: ${line(result)}`);
  if (result.detail.directive) terminal.line(`  with directives: ${line(result.detail.directive)}`);
  terminal.line(JSON.stringify(result, null, 2));
}

export const benchCommand: Command = {
  name: 'bench',
  summary: 'measures this machine against its own limit',
  usage,
  run: async ([name, ...args], terminal) => {
    const names = name === 'all' ? Object.keys(benches) : name !== undefined && name in benches ? [name] : [];
    if (names.length === 0) throw wrongUsage(`${Object.keys(benches).join(', ')} or all?`);
    const { values } = parseArgs({
      args: [...args],
      options: {
        instances: { type: 'string' },
        runs: { type: 'string' },
        seconds: { type: 'string' },
        'in-flight': { type: 'string' },
        lifecycle: { type: 'string', default: 'both' },
        json: { type: 'boolean', default: false },
      },
    });
    const { lifecycle } = values;
    if (!['sample', 'directive', 'both'].includes(lifecycle))
      throw wrongUsage('--lifecycle takes sample, directive or both');
    for (const each of names) {
      const defaults = benches[each] ?? usual;
      const bench = await load(each);
      const result = await bench({
        instances: whole('instances', values.instances) ?? defaults.instances,
        runs: whole('runs', values.runs) ?? defaults.runs,
        seconds: whole('seconds', values.seconds) ?? defaults.seconds,
        inFlight: whole('in-flight', values['in-flight']) ?? defaults.inFlight,
        lifecycle,
      });
      if (values.json) terminal.line(JSON.stringify(result));
      else tell(result, terminal);
    }
  },
};
