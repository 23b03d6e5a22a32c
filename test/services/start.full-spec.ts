import { execFileSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repository, StartClone } from './start-clone';

const ROUNDS = 40;
/** Longer than a start takes until it is ready. */
const LONGEST_MS = 6_000;

describe('a start that is asked to end at any moment', () => {
  it('leaves nothing running each time, and comes up in the end', async () => {
    const clone = await StartClone.make();
    try {
      const moments = Array.from({ length: ROUNDS }, () => Math.floor(Math.random() * LONGEST_MS));
      process.stderr.write(`  Ctrl-C after ${moments.join(', ')} ms\n`);
      for (const moment of moments) {
        const one = clone.start();
        await sleep(moment);
        one.interrupt();
        // Before its first line it has not yet asked to be told: then the signal itself ends it.
        const code = await one.ended;
        const output = one.output();
        expect({ moment, code, output }).toEqual({ moment, code: output === '' ? null : 0, output });
        expect({ moment, left: clone.leftRunning() }).toEqual({ moment, left: [] });
      }
      const last = clone.start();
      await clone.ready(last);
      last.interrupt();
      expect(await last.ended).toBe(0);
    } finally {
      await clone.remove();
    }
  }, 600_000);
});

/** Only what a clone has: the files that git knows of, as they are here. */
async function copySources(folder: string): Promise<void> {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' });
  for (const file of files.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(repository, file), join(folder, file));
  }
}

describe('a fresh clone', () => {
  it('comes up after npm install --ignore-scripts, with API, worker and sample office', async () => {
    const clone = await StartClone.make(copySources, { standIns: false });
    try {
      const install = clone.launch('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit']);
      expect({ code: await install.ended, output: install.output() }).toMatchObject({ code: 0 });
      const one = clone.start();
      const run = await clone.ready(one, 120_000);
      expect((await fetch(`${run.address}/health/ready`)).status).toBe(200);
      one.interrupt();
      expect({ code: await one.ended, output: one.output() }).toMatchObject({ code: 0 });
      expect(clone.leftRunning()).toEqual([]);
    } finally {
      await clone.remove();
    }
  }, 600_000);
});
