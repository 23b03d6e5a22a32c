import { performance } from 'node:perf_hooks';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(7);

/** One line per step, each with the time it took; to be read by a person who waits. */
export class Progress {
  constructor(stream) {
    this.stream = stream;
    // Whoever read us may be gone (a closed terminal, `head`); that must not end the servers.
    stream.on('error', () => undefined);
  }

  line(text = '') {
    this.stream.write(`${text}\n`);
  }

  /** Runs `work`, which answers what to say of the outcome. A quick step leaves one line, a slow one says so before. */
  async step(title, work, failed = () => 'failed') {
    const since = performance.now();
    const { isTTY } = this.stream;
    if (isTTY) this.stream.write(`  … ${title}`);
    const slow = setTimeout(() => !isTTY && this.line(`  … ${title}`), 1_500);
    try {
      const outcome = await work();
      this.finish('✓', title, since, outcome);
      return outcome;
    } catch (error) {
      this.finish('✗', title, since, failed());
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  finish(mark, title, since, outcome) {
    const said = typeof outcome === 'string' ? outcome : (outcome?.said ?? '');
    const begin = this.stream.isTTY ? '\r\u001b[2K' : '';
    this.line(`${begin}  ${mark} ${title.padEnd(34)}${seconds(since)}  ${said}`.trimEnd());
  }
}
