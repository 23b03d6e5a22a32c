import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { loadSampleOffice } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { CommandError, wrongUsage, type Command } from '../command';

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'sandbox only: loads the sample office and prints its log-ins',
  usage: `./dondoc sample load

Adds what is missing of the sample office and changes nothing that is there.`,
  run: async ([what], terminal) => {
    if (what !== 'load') throw wrongUsage('the one thing to do is: load');
    const { mode, ownerUrl } = ownerConfiguration();
    if (mode !== 'sandbox')
      throw new CommandError('sample accounts have known passwords: they exist in a sandbox only');
    const owner = dondocDataSource({ url: ownerUrl, application: 'dondoc sample office', poolSize: 1 });
    await owner.initialize();
    try {
      const { name, logIns } = await loadSampleOffice(owner);
      terminal.line(name);
      for (const { login, password, name: person, offices } of logIns) {
        const held = offices.map(({ role, agency }) => (agency === null ? role : `${role}, ${agency}`));
        terminal.line(`  ${login.padEnd(12)} ${password.padEnd(18)} ${person} (${held.join('; ')})`);
      }
    } finally {
      await owner.destroy();
    }
  },
};
