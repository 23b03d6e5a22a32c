import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { migrate } from '@dondoc/domain/persistence/migrate';
import { type Command } from '../command';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'brings the database to the present schema',
  usage: `./dondoc migrate

Reads MIGRATE_DATABASE_URL (the owner of the tables) and DONDOC_MODE. Safe to run at any time and by several at once.`,
  run: async (_args, terminal) => {
    const { ownerUrl, apiUrl, workerUrl, mode } = ownerConfiguration();
    await migrate({ ownerUrl, apiUrl, workerUrl, sandbox: mode === 'sandbox' });
    terminal.line('the database is at the present schema');
  },
};
