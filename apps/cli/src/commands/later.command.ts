import { CommandError, type Command } from '../command';

const later = (name: string, summary: string): Command => ({
  name,
  summary: `${summary} (not there yet)`,
  usage: `./dondoc ${name}`,
  run: () =>
    Promise.reject(
      new CommandError(
        `"${name}" comes in a later version; until then use the tools of PostgreSQL (docs/operations.md).`,
      ),
    ),
});

export const backupCommand = later('backup', 'keeps a copy of everything');
export const restoreCommand = later('restore', 'brings a copy back');
