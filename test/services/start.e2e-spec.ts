import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, StartClone } from './start-clone';

describe('npm start', () => {
  let clone: StartClone;

  beforeAll(async () => {
    clone = await StartClone.make();
  });

  afterAll(async () => {
    await clone.remove();
  });

  it('brings everything up, says no to a second start, and leaves nothing behind when it is stopped', async () => {
    const first = clone.start();
    const run = await clone.ready(first);
    const pids = await clone.pidsOf(run);
    expect(pids).toHaveLength(3);
    expect(await (await fetch(run.address)).json()).toEqual({
      mode: 'sandbox',
      files: join(clone.folder, '.dondoc', 'files'),
    });

    const second = clone.start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running in this clone at ${run.address}`);
    expect(pids.every(isAlive)).toBe(true);

    const command = clone.launch(join(clone.folder, 'dondoc'), ['explain', '1'], { cwd: tmpdir() });
    expect(await command.ended).toBe(0);
    expect(command.output()).toContain(`asked for explain 1 in ${tmpdir()}`);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(clone.record()).rejects.toThrow('ENOENT');
  });

  it('clears away what a killed start has left, and keeps its data', async () => {
    const killed = clone.start();
    const left = await clone.pidsOf(await clone.ready(killed));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(left.every(isAlive)).toBe(true);

    const next = clone.start();
    await clone.ready(next);
    expect(next.output()).toContain('an earlier start was killed');
    expect(left.filter(isAlive)).toEqual([]);
    const command = clone.launch(join(clone.folder, 'dondoc'), ['show']);
    await command.ended;
    expect(command.output()).toContain('starts so far: 3');

    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
  });

  it('reports an application that ends by itself, and stops the rest', async () => {
    const one = clone.start();
    const run = await clone.ready(one);
    const pids = await clone.pidsOf(run);
    await expect(fetch(`${run.address}/crash`)).rejects.toThrow();
    expect(await one.ended).toBe(1);
    expect(one.output()).toContain('api ended with exit code 3 and should not have');
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
