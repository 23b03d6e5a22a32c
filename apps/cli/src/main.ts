import 'reflect-metadata';
import { CalendarRangeError } from '@dondoc/domain/working-time/day-table';
import { CommandError, type Command, type Terminal } from './command';

/** Loaded only when named: most commands need little of what the others need. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  intake: async () => (await import('./commands/intake.command.js')).intakeCommand,
  simulate: async () => (await import('./commands/simulate.command.js')).simulateCommand,
  rules: async () => (await import('./commands/rules.command.js')).rulesCommand,
  calendar: async () => (await import('./commands/calendar.command.js')).calendarCommand,
  clock: async () => (await import('./commands/clock.command.js')).clockCommand,
  explain: async () => (await import('./commands/explain.command.js')).explainCommand,
  account: async () => (await import('./commands/account.command.js')).accountCommand,
  audit: async () => (await import('./commands/audit.command.js')).auditCommand,
  'personal-data': async () => (await import('./commands/personal-data.command.js')).personalDataCommand,
  mail: async () => (await import('./commands/mail.command.js')).mailCommand,
  bench: async () => (await import('./commands/bench.command.js')).benchCommand,
  lifecycles: async () => (await import('./commands/lifecycles.command.js')).lifecyclesCommand,
  migrate: async () => (await import('./commands/migrate.command.js')).migrateCommand,
  sample: async () => (await import('./commands/sample.command.js')).sampleCommand,
  doctor: async () => (await import('./commands/doctor.command.js')).doctorCommand,
  backup: async () => (await import('./commands/later.command.js')).backupCommand,
  restore: async () => (await import('./commands/later.command.js')).restoreCommand,
};

/**
 * Whoever reads the output (`| head`) may have seen enough: the rest is dropped, which is no failure. The command itself
 * goes on, so that what it does is not cut in the middle and its exit code stays true.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });

const terminal: Terminal = {
  line: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

async function help(): Promise<string> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  const rows = loaded.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`);
  return ['Usage: ./dondoc COMMAND [ARGUMENTS]', '', ...rows, '', './dondoc COMMAND --help says more.'].join(
    '\n',
  );
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.line(await help());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    terminal.note(`dondoc: there is no command "${name}"\n\n${await help()}`);
    return 2;
  }
  const command = await load();
  if (args.includes('--help')) {
    terminal.line(command.usage);
    return 0;
  }
  try {
    await command.run(args, terminal);
    return 0;
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.note(`dondoc ${name}: ${error.message}`);
      if (error.exitCode === 2) terminal.note(`\n${command.usage}`);
      return error.exitCode;
    }
    if (error instanceof Error && (error.name === 'ConfigurationError' || 'problems' in error)) {
      terminal.note(
        `dondoc ${name}: ${error.message}\nIs \`npm start\` running? This command needs its database.`,
      );
      return 1;
    }
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      terminal.note(`dondoc ${name}: ${error.message}\n\n${command.usage}`);
      return 2;
    }
    if (error instanceof CalendarRangeError) {
      terminal.note(`dondoc ${name}: ${error.vi} / ${error.en}`);
      return 1;
    }
    terminal.note(
      `dondoc ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 1;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
