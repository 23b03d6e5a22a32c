import { parseArgs } from 'node:util';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { verifyStoredInstances } from '@dondoc/workflow/durable/index';
import { CommandError, wrongUsage, type Command } from '../command';
import { organizations, withDatabase } from '../database';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'checks every chain and replays every instance',
  usage: `./dondoc audit verify [--json]

Names every entry of the history that was changed, is missing or was added, every missing tail and instance, and every
stored state that its history does not lead to. Exit code 0 only when nothing is found.`,
  run: async ([what, ...args], terminal) => {
    if (what !== 'verify') throw wrongUsage('the one thing to do is: verify');
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const results = await withDatabase(async (dataSource) => {
      const all = [];
      for (const { id, code } of await organizations(dataSource))
        all.push({ organization: code, ...(await verifyStoredInstances(dataSource, lifecycles, id)) });
      return all;
    });
    if (values.json) terminal.line(JSON.stringify(results));
    else
      for (const { organization, instances, entries, findings } of results) {
        terminal.line(
          `${organization}: ${instances} instances, ${entries} entries, ${findings.length} findings`,
        );
        for (const { instance, revision, code, detail } of findings)
          terminal.line(
            `  ${code} in ${instance}${revision === null ? '' : ` at revision ${revision}`}: ${detail}`,
          );
      }
    const found = results.reduce((sum, { findings }) => sum + findings.length, 0);
    if (found > 0) throw new CommandError(`${found} findings: the history is not what was written`);
  },
};
