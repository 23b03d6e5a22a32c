import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryFileStorage } from './directory-file-storage';

describe('files in a directory', () => {
  let directory: string;
  let storage: DirectoryFileStorage;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dondoc-files-'));
    storage = new DirectoryFileStorage(directory);
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('keeps the same bytes once, under their content', async () => {
    const bytes = Buffer.from('Thông báo kết luận');
    const [first, second] = await Promise.all([storage.keep(bytes), storage.keep(bytes)]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(Buffer.from(await storage.read(first))).toEqual(bytes);
    expect(await readdir(join(directory, first.slice(0, 2)))).toEqual([first]);
  });

  it('does not hand out bytes that are no longer what they were', async () => {
    const sha256 = await storage.keep(Buffer.from('a'));
    await writeFile(join(directory, sha256.slice(0, 2), sha256), 'b');
    await expect(storage.read(sha256)).rejects.toThrow('damaged');
  });

  it.each(['../secret', 'ab', ''])('makes no path of %j', async (name) => {
    await expect(storage.read(name)).rejects.toThrow('not the name of a kept file');
  });
});
