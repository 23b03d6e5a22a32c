import { isRefusal } from '@dondoc/workflow';
import { draftDirectives } from '../../intake/grammar/draft-directives';
import { defaultReadingLimits } from '../../intake/reading/read-document';
import { sampleNotice } from '../../sample/sample-files';
import { DocumentReader } from './document-reader';

const limits = defaultReadingLimits;
const text = (words: string) => ({ name: 'thong-bao.txt', bytes: Buffer.from(words, 'utf8') });
const notice = sampleNotice('thong-bao-12-giao-ban-thang-11.txt');
/** More than anybody reads in the time or memory given here. */
const endless = 'Giao Phòng Kinh tế, Phòng Văn hóa - Xã hội rà soát hồ sơ trước ngày 15/11/2026; '.repeat(
  20_000,
);

describe('the reader of documents', () => {
  it('reads what the grammar reads, several at once, each its own', async () => {
    const reader = new DocumentReader({ timeMs: 30_000, memoryMb: 256, processes: 2 });
    const other = notice.replace('Phòng Kinh tế', 'Công an xã');
    const read = await Promise.all(
      [notice, other, notice].map((words) => reader.notice(text(words), limits, { beforeMeans: 'that-day' })),
    );
    await reader.close();
    expect(read.map((answer) => (isRefusal(answer) ? answer.code : answer.reading))).toEqual(
      [notice, other, notice].map((words) => draftDirectives(words, { beforeMeans: 'that-day' })),
    );
  });

  it('gives up one that takes too long, stays free meanwhile, and goes on with the next', async () => {
    const allowed = { timeMs: 300, memoryMb: 512, processes: 1 };
    const reader = new DocumentReader(allowed);
    let turns = 0;
    const counted = setInterval(() => (turns += 1), 1);
    const given = await reader.notice(text(endless), limits, {});
    clearInterval(counted);
    expect(given).toMatchObject({ refused: true, code: 'reading-takes-too-long', field: 'file' });
    expect(turns).toBeGreaterThan(0);
    allowed.timeMs = 30_000;
    const next = await reader.notice(text(notice), limits, {});
    await reader.close();
    expect(isRefusal(next) ? next.code : next.reading.directives.length).toBeGreaterThan(0);
  });

  it('gives up one that takes too much memory', async () => {
    const reader = new DocumentReader({ timeMs: 60_000, memoryMb: 32, processes: 1 });
    const given = await reader.notice(text(endless), limits, {});
    await reader.close();
    expect(given).toMatchObject({ code: 'reading-takes-too-much' });
  });

  it('gives up what is still being read when it closes', async () => {
    const reader = new DocumentReader({ timeMs: 60_000, memoryMb: 512, processes: 1 });
    const unfinished = [reader.notice(text(endless), limits, {}), reader.text(text(notice), limits)];
    const ends = Promise.allSettled(unfinished);
    await reader.close();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(reader.text(text(notice), limits)).rejects.toThrow('closed');
  });
});
