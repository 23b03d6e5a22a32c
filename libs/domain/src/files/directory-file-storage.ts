import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileQuota, type FileStorage } from './file-storage.port';

const name = /^[0-9a-f]{64}$/;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Files in a directory of one machine: `<first two digits>/<SHA-256>`. No name from outside becomes a path. */
export class DirectoryFileStorage implements FileStorage {
  constructor(
    private readonly directory: string,
    readonly quota: FileQuota = { organization: 0, person: 0 },
  ) {}

  async keep(bytes: Uint8Array): Promise<string> {
    const sha256 = hashOf(bytes);
    const path = this.pathOf(sha256);
    if (await exists(path)) return sha256;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Written beside and renamed: whoever finds the name finds all of the bytes, also after a power cut.
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return sha256;
  }

  async read(sha256: string): Promise<Uint8Array> {
    const bytes = await readFile(this.pathOf(sha256));
    if (hashOf(bytes) !== sha256) throw new Error(`the file ${sha256} is damaged`);
    return bytes;
  }

  private pathOf(sha256: string): string {
    if (!name.test(sha256)) throw new Error('not the name of a kept file');
    return join(this.directory, sha256.slice(0, 2), sha256);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
