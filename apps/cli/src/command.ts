/** What a command prints to: results on standard output, everything else on standard error. */
export interface Terminal {
  line(text: string): void;
  note(text: string): void;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Shown by `--help`; the first line is the synopsis. */
  readonly usage: string;
  /** @throws CommandError for everything a person can mend */
  run(args: readonly string[], terminal: Terminal): Promise<void>;
}

/** Ends the command with a message instead of a stack trace. Exit code 2: wrong words; 1: it did not work. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

export const wrongUsage = (message: string): CommandError => new CommandError(message, 2);
