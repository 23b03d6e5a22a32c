import { readFile } from 'node:fs/promises';
import { type OutsideCheckpoint } from '@dondoc/workflow/audit/checkpoint';
import { z } from 'zod';
import { CommandError } from '../command';

const line = z.object({
  text: z.string(),
  key: z.string().nullable(),
  signature: z.string().nullable(),
  heads: z.array(
    z.object({
      ledger: z.string(),
      subject: z.uuid(),
      revision: z.int().min(1),
      head: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export const writeKept = (checkpoint: OutsideCheckpoint): string => JSON.stringify(checkpoint);

/** @throws CommandError naming the line that is no checkpoint */
export async function readKept(file: string): Promise<readonly OutsideCheckpoint[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`${file} cannot be read`);
  });
  return text.split('\n').flatMap((one, index) => {
    if (one.trim() === '') return [];
    try {
      return [line.parse(JSON.parse(one))];
    } catch {
      throw new CommandError(`${file}, line ${index + 1} is no checkpoint as "audit checkpoints" prints it`);
    }
  });
}
