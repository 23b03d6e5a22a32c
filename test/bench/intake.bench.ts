import { draftDirectives } from '@dondoc/domain/intake/grammar/draft-directives';
import { readParagraphs } from '@dondoc/domain/intake/grammar/paragraphs';
import { readSentences } from '@dondoc/domain/intake/grammar/sentences';
import { readDocument } from '@dondoc/domain/intake/reading/read-document';
import { sampleNotice } from '@dondoc/domain/sample/sample-files';
import { availableParallelism, cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { comparison, inTurn, type BenchResult, type Measured } from './comparison';
import { type BenchOptions } from './settings';

const KILOBYTES = 40;
/** Notices before the first is measured: the rules are compiled when they are first used. */
const WARM_UP = 30;
const AIM_MS = 30;

/** A notice of about 40 KB in UTF-8: the body of a real length, its items again and again. */
function largeNotice(): string {
  const whole = sampleNotice('thong-bao-12-giao-ban-thang-11.txt');
  const from = whole.indexOf('\n1. ');
  const to = whole.indexOf('Nơi nhận');
  const items = whole.slice(from, to);
  const copies = Math.ceil((KILOBYTES * 1_024 - Buffer.byteLength(whole)) / Buffer.byteLength(items)) + 1;
  return whole.slice(0, from) + items.repeat(copies) + whole.slice(to);
}

/** Garbage is none of what a notice leaves behind. */
const collect = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

function quantile(sorted: readonly number[], part: number): number {
  return Number(
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(3),
  );
}

async function each(notices: number, work: (bytes: Buffer) => Promise<void>): Promise<Measured> {
  const bytes = Buffer.from(largeNotice(), 'utf8');
  for (let count = 0; count < WARM_UP; count++) await work(bytes);
  collect();
  const before = process.memoryUsage();
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let count = 0; count < notices; count++) {
    const begun = process.hrtime.bigint();
    await work(bytes);
    times.push(Number(process.hrtime.bigint() - begun) / 1e6);
  }
  const spent = process.cpuUsage(cpu);
  collect();
  const after = process.memoryUsage();
  const megabytes = (used: number): number => Number((used / 1_048_576).toFixed(1));
  times.sort((a, b) => a - b);
  return {
    value: quantile(times, 0.5),
    detail: {
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      max: quantile(times, 1),
      notices,
      heapBeforeMb: megabytes(before.heapUsed),
      heapAfterMb: megabytes(after.heapUsed),
      residentBeforeMb: megabytes(before.rss),
      residentAfterMb: megabytes(after.rss),
      processor: { node: Math.round((spent.user + spent.system) / 1_000) },
    },
  };
}

/** What nobody can do without: bytes to NFC, paragraphs, sentences. */
async function plainPass(bytes: Buffer): Promise<void> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  for (const { content } of readParagraphs(text)) readSentences(content.text);
  await Promise.resolve();
}

async function draft(bytes: Buffer): Promise<void> {
  const read = await readDocument({ name: 'notice.txt', bytes });
  if ('refused' in read) throw new Error(read.en);
  if (draftDirectives(read.text).directives.length === 0) throw new Error('nothing was drafted');
}

/** A notice of 40 KB from its bytes to its drafts: the median, beside reading it and cutting it into sentences. Needs no database. */
export async function intake({ instances, runs, seconds, inFlight }: BenchOptions): Promise<BenchResult> {
  const pairs = await inTurn(
    runs,
    () => each(instances, draft),
    () => each(instances, plainPass),
  );
  const { detail, ...figures } = comparison(pairs, {
    aimMs: AIM_MS,
    kilobytes: Math.round(Buffer.byteLength(largeNotice()) / 1_024),
  });
  return {
    name: 'intake',
    unit: 'ms per notice (p50; less is better)',
    ...figures,
    settings: {
      node: process.versions.node,
      cores: availableParallelism(),
      processor: cpus()[0]?.model ?? 'unknown',
    },
    detail: { instances, runs, seconds, inFlight, ...detail },
  };
}
