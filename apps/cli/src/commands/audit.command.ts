import { parseArgs } from 'node:util';
import { ledgers } from '@dondoc/domain/audit/ledgers';
import { refusedStrangers } from '@dondoc/domain/audit/refused-strangers';
import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { readCheckpoints } from '@dondoc/workflow/audit/kept-checkpoints';
import { Sealer } from '@dondoc/workflow/audit/sealer';
import { SigningKey } from '@dondoc/workflow/audit/signing-key';
import { type OutsideCheckpoint } from '@dondoc/workflow/audit/checkpoint';
import { verifyCheckpoints } from '@dondoc/workflow/audit/verify-checkpoints';
import { verifyStoredInstances } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { organizations, withDatabase, type Organization } from '../database';
import { writeExport } from './exported-audit.files';
import { readKept, writeKept } from './kept-checkpoints.file';

const usage = `./dondoc audit verify [--kept FILE] [--json] | seal [--json] | checkpoints | key
./dondoc audit export --organization CODE FOLDER
./dondoc audit strangers [--json]

verify       names every entry of the history that was changed, is missing or was added, every missing tail and
             instance, every stored state that its history does not lead to, and every checkpoint that does not hold.
             Exit code 0 only when nothing is found.
  --kept FILE  checkpoints kept outside: the database must still hold each of them and what it seals
seal         makes a checkpoint of what each organization wrote since its last one; the worker does so every day
checkpoints  prints every checkpoint with what it seals, one JSON object a line: to be kept outside, for --kept
export       writes all evidence of one organization into a new folder, for an inspection: history, audit trail, names,
             checkpoints, and a guide to read and check it without this software
strangers    which addresses were refused without a session, by hour, the latest first
key          makes a pair of keys: AUDIT_SIGNING_KEY for the worker, AUDIT_PUBLIC_KEYS for whoever verifies`;

async function perOrganization<T>(
  work: (dataSource: DataSource, organization: Organization) => Promise<T>,
): Promise<T[]> {
  return withDatabase(async (dataSource) => {
    const all: T[] = [];
    for (const organization of await organizations(dataSource))
      all.push(await work(dataSource, organization));
    return all;
  });
}

async function verify(kept: readonly OutsideCheckpoint[], json: boolean, terminal: Terminal): Promise<void> {
  const keys = ownerConfiguration().auditVerifyingKeys;
  const results = await perOrganization(async (dataSource, { id, code }) => {
    const chains = await verifyStoredInstances(dataSource, lifecycles, id);
    const seals = await verifyCheckpoints(dataSource, id, { ledgers, keys, kept });
    return { organization: code, ...chains, seals };
  });
  if (json) terminal.line(JSON.stringify(results));
  else
    for (const { organization, instances, entries, findings, seals } of results) {
      terminal.line(
        `${organization}: ${instances} instances, ${entries} entries, ${findings.length} findings; ` +
          `${seals.checkpoints} checkpoints, ${seals.signed} with a signature that holds, ${seals.findings.length} findings`,
      );
      for (const { instance, revision, code, detail } of findings)
        terminal.line(
          `  ${code} in ${instance}${revision === null ? '' : ` at revision ${revision}`}: ${detail}`,
        );
      for (const { checkpoint, ledger, subject, revision, code, detail } of seals.findings)
        terminal.line(
          `  ${code} of checkpoint ${checkpoint}${subject === null ? '' : `, ${ledger} ${subject} at revision ${revision}`}: ${detail}`,
        );
    }
  if (keys.length === 0)
    terminal.note('signatures were not looked at: neither AUDIT_PUBLIC_KEYS nor AUDIT_SIGNING_KEY is set');
  const found = results.reduce(
    (sum, { findings, seals }) => sum + findings.length + seals.findings.length,
    0,
  );
  if (found > 0) throw new CommandError(`${found} findings: the history is not what was written`);
}

async function seal(json: boolean, terminal: Terminal): Promise<void> {
  const key = ownerConfiguration().auditSigningKey;
  const made = await perOrganization(async (dataSource, { id, code }) => ({
    organization: code,
    checkpoint: await new Sealer({ dataSource, ledgers, key }).seal(id),
  }));
  if (json) terminal.line(JSON.stringify(made));
  else
    for (const { organization, checkpoint } of made)
      terminal.line(
        checkpoint
          ? `${organization}: checkpoint ${checkpoint.number} seals ${checkpoint.moved} heads`
          : `${organization}: nothing new since the last checkpoint`,
      );
  if (key === null) terminal.note('AUDIT_SIGNING_KEY is not set: checkpoints are not signed');
}

/** More than fit on a screen, fewer than a flood makes. */
const MOST_STRANGERS = 1_000;

async function strangers(json: boolean, terminal: Terminal): Promise<void> {
  const refused = await withDatabase((dataSource) => refusedStrangers(dataSource, MOST_STRANGERS));
  if (json) terminal.line(JSON.stringify(refused));
  else
    for (const { hour, address, code, refused: times } of refused)
      terminal.line(`${hour}  ${address}  ${code}  ${times}`);
}

function exportTo(code: string, folder: string, terminal: Terminal): Promise<void> {
  return withDatabase(async (dataSource) => {
    const found = (await organizations(dataSource)).find((one) => one.code === code);
    if (!found) throw new CommandError(`there is no organization "${code}"`);
    await writeExport(dataSource, found.id, folder);
    terminal.note(`Đã xuất hồ sơ của ${found.name} vào ${folder} / exported to ${folder}`);
  });
}

export const auditCommand: Command = {
  name: 'audit',
  summary: 'checks every chain and checkpoint, and replays every instance',
  usage,
  run: async ([what, ...args], terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: what === 'export',
      options: {
        json: { type: 'boolean', default: false },
        kept: { type: 'string' },
        organization: { type: 'string' },
      },
    });
    switch (what) {
      case 'verify':
        return verify(values.kept === undefined ? [] : await readKept(values.kept), values.json, terminal);
      case 'seal':
        return seal(values.json, terminal);
      case 'checkpoints': {
        const all = await perOrganization((dataSource, { id }) => readCheckpoints(dataSource, id));
        for (const checkpoint of all.flat()) terminal.line(writeKept(checkpoint));
        return;
      }
      case 'export': {
        const [folder, ...more] = positionals;
        if (values.organization === undefined) throw wrongUsage('--organization is missing');
        if (folder === undefined || more.length > 0) throw wrongUsage('name one folder to write to');
        return exportTo(values.organization, folder, terminal);
      }
      case 'strangers':
        return strangers(values.json, terminal);
      case 'key': {
        const { signing, verifying } = SigningKey.generate();
        terminal.line(`AUDIT_SIGNING_KEY=${signing}`);
        terminal.line(`AUDIT_PUBLIC_KEYS=${verifying}`);
        return;
      }
      default:
        throw wrongUsage('what to do is one of: verify, seal, checkpoints, export, strangers, key');
    }
  },
};
