import { draftDirectives } from './draft-directives';
import { agencyHeads, officeHeads } from './head-words';
import { nameWords } from './name-words';
import { standingVerbs } from './standing-verbs';
import { taskVerbs } from './task-verbs';

/** Words as they are written, without what a pattern adds to them. */
const plain = (patterns: readonly string[]): readonly string[] =>
  patterns.filter((pattern) => /^[\p{L} ]+$/u.test(pattern));

const words = [
  ...plain(agencyHeads),
  ...plain(officeHeads),
  ...plain(nameWords),
  ...taskVerbs,
  ...standingVerbs,
  ...'giao,yêu cầu,các,và,của,với,phối hợp,trước ngày,trong tháng,hoàn thành,đồng chí,UBND,xã,tỉnh,(,),:,;,.,-,\n,1.,Quý,II,15/11,2026,tuần thứ,đến hết,Nguyễn Văn,nếu,đã'.split(
    ',',
  ),
];

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function phrase(seed: number, length: number): string {
  const next = numbers(seed);
  return Array.from({ length }, () => words[Math.floor(next() * words.length)] ?? '').join(' ');
}

const head = 'THÔNG BÁO\nKết luận của Chủ tịch UBND xã tại giao ban\n\n1. ';

/** Processor time, the least of a few: what else the machine does can only add. */
function spent(text: string): number {
  return Math.min(
    ...[1, 2, 3].map((time) => {
      const begun = process.cpuUsage();
      draftDirectives(head + text + ' '.repeat(time));
      const { user, system } = process.cpuUsage(begun);
      return user + system;
    }),
  );
}

describe('work grows with the length of the text', () => {
  draftDirectives(head + phrase(1, 4_000));

  // One phrase again and again is what makes a pattern that backtracks try every way to cut it.
  test.each(Array.from({ length: 120 }, (_, index) => 20_261_121 + index))('seed %i', (seed) => {
    const unit = `${phrase(seed, 2 + (seed % 9))} `;
    const small = unit.repeat(Math.ceil(4_000 / unit.length));
    const [once, eight] = [spent(small), spent(small.repeat(8))];
    // Linear work is eight times as much, quadratic 64 times; what is measured in a few milliseconds is rounded.
    expect(eight).toBeLessThan(24 * Math.max(once, 1_500));
  });
});
