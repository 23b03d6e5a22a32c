import { parseArgs } from 'node:util';
import { CommandError, wrongUsage, type Command } from '../command';

const usage = `./dondoc bench transitions|storm [--instances N] [--runs N] [--seconds N] [--in-flight N] [--json]

Measures on a database and queue of its own, thrown away afterwards, with row security, chain and partitions on.
  transitions  full durable transitions per second; limit: select, then one guarded statement, in the same run
  storm        timers due at one instant, from due to committed; limit: one BullMQ job per timer, in the same run`;

interface Result {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly limit: number;
  readonly ratio: number;
}

interface Options {
  readonly instances: number;
  readonly runs: number;
  readonly seconds: number;
  readonly inFlight: number;
}

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

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw wrongUsage(`--${name} takes a whole number from 1`);
  return number;
}

export const benchCommand: Command = {
  name: 'bench',
  summary: 'measures this machine against its own limit',
  usage,
  run: async ([name, ...args], terminal) => {
    if (name !== 'transitions' && name !== 'storm') throw wrongUsage('transitions or storm?');
    const { values } = parseArgs({
      args: [...args],
      options: {
        instances: { type: 'string', default: '100000' },
        runs: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '5' },
        'in-flight': { type: 'string', default: '256' },
        json: { type: 'boolean', default: false },
      },
    });
    const bench = await load(name);
    const result = await bench({
      instances: whole('instances', values.instances),
      runs: whole('runs', values.runs),
      seconds: whole('seconds', values.seconds),
      inFlight: whole('in-flight', values['in-flight']),
    });
    if (values.json) terminal.line(JSON.stringify(result));
    else {
      const { figure, unit, limit, ratio } = result;
      terminal.line(`${name}: ${figure} ${unit}; limit ${limit}; ratio ${ratio}`);
      terminal.line(JSON.stringify(result, null, 2));
    }
  },
};
