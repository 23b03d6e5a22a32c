import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { exportAudit } from '@dondoc/domain/audit/audit-export';
import { type DataSource } from 'typeorm';
import { CommandError } from '../command';

/**
 * Writes an organization's evidence into a new folder that only its owner may read.
 * @throws CommandError when the folder is there already: nothing is written over
 */
export async function writeExport(source: DataSource, organization: string, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    throw new CommandError(`${folder} cannot be made: ${(error as Error).message}`);
  });
  const streams = new Map<string, WriteStream>();
  const open = (file: string): WriteStream => {
    const known = streams.get(file);
    if (known) return known;
    const stream = createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx' });
    streams.set(file, stream);
    return stream;
  };
  try {
    await exportAudit(source, organization, async (file, line) => {
      const stream = open(file);
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    });
  } finally {
    for (const stream of streams.values()) stream.end();
    await Promise.all([...streams.values()].map((stream) => finished(stream)));
  }
}
