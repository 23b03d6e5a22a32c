import fc from 'fast-check';
import { renderSteps } from '../working-time/steps';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type DeadlineReading, findDeadlinePhrases } from './deadline-phrase';
import { resolveDeadline, type ResolveOptions } from './resolve-deadline';
import { resolvePhrase } from './resolve-phrase';

const at = (local: string): number => Date.parse(`${local}:00+07:00`);

const options: ResolveOptions = {
  calendar: sampleCalendar,
  beforeMeans: 'previous-day',
  rollToWorkingDay: false,
};

const reading = (words: string): DeadlineReading => {
  const [first] = findDeadlinePhrases(words, { year: 2026 });
  if (first === undefined) throw new Error(`Nothing read in "${words}"`);
  return first;
};

const due = (words: string, change: Partial<ResolveOptions> = {}): number | null =>
  resolveDeadline(reading(words), { ...options, ...change }).dueAt;

const warnings = (words: string, change: Partial<ResolveOptions> = {}): readonly string[] =>
  resolveDeadline(reading(words), { ...options, ...change }).warnings.map((warning) => warning.code);

describe('"trước ngày X"', () => {
  it.each([
    ['trước ngày 10/9/2026', '2026-09-09T17:00', '2026-09-10T17:00'],
    ['trước ngày 08/9/2026', '2026-09-07T17:00', '2026-09-08T17:00'],
    ['trước ngày 07/9/2026', '2026-09-06T17:00', '2026-09-07T17:00'],
  ])('%s follows the switch of the office', (words, previous, same) => {
    expect(due(words)).toBe(at(previous));
    expect(due(words, { beforeMeans: 'that-day' })).toBe(at(same));
  });

  it('never moves past X, even where last days are moved to working days', () => {
    const result = resolveDeadline(reading('trước ngày 07/9/2026'), { ...options, rollToWorkingDay: true });
    expect([result.date, result.dueAt]).toEqual(['2026-09-06', at('2026-09-06T17:00')]);
    expect(renderSteps(result.steps, 'vi')).toEqual([
      '"trước ngày 07/9/2026": theo cách tính của đơn vị là hết ngày liền trước, Chủ nhật 06/09/2026.',
      'Chủ nhật 06/09/2026 không làm việc, ngày nghỉ hằng tuần; lấy giờ tan làm thường lệ 17:00.',
    ]);
  });

  it('with an hour means before that hour and needs no switch', () => {
    expect(due('trước 16 giờ 00 ngày 10/9/2026')).toBe(at('2026-09-10T16:00'));
    expect(due('trước 16 giờ 00 ngày 10/9/2026', { beforeMeans: 'that-day' })).toBe(at('2026-09-10T16:00'));
  });

  it('with a part of the day means before that part begins', () => {
    expect(due('trước chiều ngày 10/9/2026')).toBe(at('2026-09-10T13:30'));
  });

  it('of a month or quarter ends with the day before it, by either switch', () => {
    expect(due('trước tháng 6/2026 phải trình', { beforeMeans: 'that-day' })).toBe(at('2026-05-31T17:00'));
  });
});

describe('the end of a day', () => {
  it('is the end of its last session', () => {
    expect(due('chậm nhất ngày 10/9/2026')).toBe(at('2026-09-10T17:00'));
    expect(due('chậm nhất sáng ngày 10/9/2026')).toBe(at('2026-09-10T11:30'));
    expect(due('chậm nhất chiều ngày 10/9/2026')).toBe(at('2026-09-10T17:00'));
    expect(due('chậm nhất đầu giờ chiều ngày 10/9/2026')).toBe(at('2026-09-10T13:30'));
    expect(due('trong Quý III/2026 hoàn thành')).toBe(at('2026-09-30T17:00'));
  });

  it.each([
    'chậm nhất hết giờ làm việc ngày 25/11/2026',
    'trước khi hết giờ hành chính ngày thứ Tư 25/11/2026',
    'gửi báo cáo cuối giờ làm việc ngày 25/11/2026',
    'chậm nhất cuối giờ chiều ngày 25/11/2026',
  ])('"%s" is the end of the last session', (words) => {
    expect(due(words)).toBe(at('2026-11-25T17:00'));
    const sessions = [{ from: null, to: null, periods: [{ opens: '07:00', closes: '10:30' }], basis: 'Thử' }];
    expect(due(words, { calendar: { ...sampleCalendar, sessions } })).toBe(at('2026-11-25T10:30'));
  });

  it.each([
    ['chậm nhất 10 giờ ngày 25/11/2026', '2026-11-25T10:00'],
    ['hoàn thành trong Quý III/2028', '2028-10-02T17:00'],
    ['hoàn thành trong 6 tháng cuối năm 2028', '2029-01-01T17:00'],
    ['hoàn thành trong năm 2028', '2029-01-01T17:00'],
    ['tổ chức từ ngày 10/12 đến hết ngày 20/12/2026', '2026-12-21T17:00'],
  ])('%s, where last days are moved to working days', (words, expected) => {
    expect(due(words, { rollToWorkingDay: true })).toBe(at(expected));
  });

  it('stays on a day off at the usual hour, or moves to the next working day, as the office has it', () => {
    expect(due('chậm nhất ngày 24/11/2026')).toBe(at('2026-11-24T17:00'));
    expect(due('chậm nhất ngày 24/11/2026', { rollToWorkingDay: true })).toBe(at('2026-11-25T17:00'));
    expect(due('chậm nhất 9 giờ ngày 24/11/2026', { rollToWorkingDay: true })).toBe(at('2026-11-25T09:00'));
    const moved = resolveDeadline(reading('chậm nhất ngày 24/11/2026'), {
      ...options,
      rollToWorkingDay: true,
    });
    expect(renderSteps(moved.steps, 'en')[1]).toBe(
      "The last day, Tue 24/11/2026, is not worked (Việt Nam's Culture Day (by 28/2026/QH16)); moved to the working day Wed 25/11/2026.",
    );
  });

  it('warns when it falls in a year without its notice', () => {
    expect(warnings('chậm nhất ngày 10/3/2027')).toEqual(['year-without-notice']);
    expect(warnings('chậm nhất ngày 10/3/2026')).toEqual([]);
  });
});

describe('amounts of time', () => {
  const received = { receivedOn: at('2026-11-13T15:00'), issuedOn: '2026-11-10' };

  it.each([
    ['trong 05 ngày làm việc kể từ ngày nhận được văn bản', '2026-11-20T17:00'],
    ['trong 8 ngày làm việc kể từ ngày nhận được văn bản', '2026-11-26T17:00'],
    ['trong 05 ngày kể từ ngày nhận được văn bản', '2026-11-18T17:00'],
    ['trong 05 ngày kể từ ngày ban hành', '2026-11-15T17:00'],
    ['trong 1 tháng kể từ ngày ký', '2026-12-10T17:00'],
    ['trong 24 giờ kể từ khi nhận được', '2026-11-14T15:00'],
    ['trong 4 giờ làm việc kể từ khi nhận được', '2026-11-16T09:30'],
    ['trong 3 ngày kể từ ngày 02/11/2026', '2026-11-05T17:00'],
  ])('%s', (words, expected) => {
    expect(due(words, received)).toBe(at(expected));
  });

  it('that end on a day of rest move only where the office says so', () => {
    expect(due('trong 05 ngày kể từ ngày ban hành', { ...received, rollToWorkingDay: true })).toBe(
      at('2026-11-16T17:00'),
    );
  });

  it('stay open while the date they count from is missing', () => {
    expect(due('trong 05 ngày làm việc kể từ ngày nhận được văn bản')).toBeNull();
    expect(warnings('trong 05 ngày làm việc kể từ ngày nhận được văn bản')).toEqual(['receipt-date-missing']);
    expect(warnings('trong 05 ngày kể từ ngày ban hành')).toEqual(['issue-date-missing']);
    expect(warnings('chậm nhất 3 ngày sau khi kết thúc hội nghị')).toEqual(['awaits-event']);
  });

  it('say what was assumed', () => {
    expect(warnings('trả lời trong 5 ngày làm việc', received)).toEqual([
      'ambiguous-words',
      'origin-assumed',
    ]);
    expect(warnings('trong 24 giờ kể từ khi nhận được', { receivedOn: '2026-11-13' })).toEqual([
      'origin-hour-assumed',
    ]);
  });
});

describe('deadlines that wait', () => {
  it.each([
    ['khẩn trương', 'no-date-in-words'],
    ['hoàn thành đầu tháng 12/2026', 'date-not-determined'],
    ['hoàn thành giữa tháng 12/2026', 'date-not-determined'],
    ['chậm nhất giữa năm 2027', 'date-not-determined'],
    ['ngay sau khi có kết luận của Đảng ủy', 'awaits-event'],
    ['báo cáo định kỳ hằng quý', 'recurring'],
    ['trước ngày 10/3 âm lịch', 'date-not-determined'],
  ])('%s stays open and says why', (words, code) => {
    expect(due(words)).toBeNull();
    expect(warnings(words)).toContain(code);
  });

  it('take the day of the event once it is known', () => {
    const known = { eventOn: '2026-12-08' };
    expect(due('trước kỳ họp cuối năm của HĐND xã', known)).toBe(at('2026-12-07T17:00'));
    expect(due('ngay sau khi có kết luận của Đảng ủy', known)).toBe(at('2026-12-08T17:00'));
    expect(due('gửi tài liệu chậm nhất 5 ngày làm việc trước kỳ họp', known)).toBe(at('2026-12-01T17:00'));
    expect(due('gửi tài liệu chậm nhất 5 ngày trước kỳ họp', known)).toBe(at('2026-12-03T17:00'));
    expect(due('gửi biên bản chậm nhất 03 ngày sau kỳ họp', known)).toBe(at('2026-12-11T17:00'));
    expect(due('trong 5 ngày làm việc sau hội nghị', known)).toBe(at('2026-12-15T17:00'));
    expect(due('sau hội nghị 03 ngày làm việc phải gửi báo cáo', known)).toBe(at('2026-12-11T17:00'));
    expect(due('sau khi kết thúc kỳ họp chậm nhất 5 ngày', known)).toBe(at('2026-12-13T17:00'));
  });

  it('follow the event when its day is corrected, earlier or later', () => {
    const words = 'gửi tài liệu chậm nhất 5 ngày làm việc trước kỳ họp';
    expect(['2026-12-08', '2026-12-15', '2026-11-30'].map((eventOn) => due(words, { eventOn }))).toEqual([
      at('2026-12-01T17:00'),
      at('2026-12-08T17:00'),
      at('2026-11-20T17:00'),
    ]);
  });

  it('take the next day of a recurring duty', () => {
    const words = 'gửi báo cáo trước ngày 25 hằng tháng';
    expect(due(words, { occurringFrom: '2026-11-21' })).toBe(at('2026-11-24T17:00'));
    expect(due(words, { occurringFrom: '2026-11-26' })).toBe(at('2026-12-24T17:00'));
    // On the 25th what had to be sent before the 25th is over.
    expect(due(words, { occurringFrom: '2026-11-25' })).toBe(at('2026-12-24T17:00'));
    expect(due('gửi báo cáo thứ Năm hằng tuần', { occurringFrom: '2026-11-21' })).toBe(
      at('2026-11-26T17:00'),
    );
    expect(due('gửi báo cáo ngày 31 hằng tháng', { occurringFrom: '2026-11-21' })).toBe(
      at('2026-11-30T17:00'),
    );
  });
});

describe('one phrase from the command line', () => {
  const settings = {
    calendar: sampleCalendar,
    beforeMeans: 'previous-day',
    rollToWorkingDay: false,
  } as const;

  it.each([
    ['trước ngày 7/9', '2026-08-20', '2026-09-06'],
    ['20/11/2026', '2026-11-02', '2026-11-20'],
    ['Quý II', '2026-02-02', '2026-06-30'],
    ['5 ngày làm việc', '2026-08-20', '2026-08-26'],
    ['thứ Sáu tuần này', '2026-11-18', '2026-11-20'],
    ['khẩn trương, trước ngày 10/12', '2026-11-18', '2026-12-09'],
  ])('%s from %s is due on %s', (phrase, from, date) => {
    const result = resolvePhrase(phrase, from, settings);
    expect(result.ok ? result.resolution.date : result.error.code).toBe(date);
    if (result.ok) expect(phrase.slice(result.reading.start, result.reading.end)).toBe(result.reading.text);
  });

  it.each([
    ['xin chào', '2026-11-18', 'no-deadline-in-words'],
    ['', '2026-11-18', 'no-deadline-in-words'],
    ['trước ngày 1/12 và trước ngày 5/12', '2026-11-18', 'several-deadlines'],
    ['trước ngày 1/12', '18/11/2026', 'date-malformed'],
  ])('"%s" from %s is refused: %s', (phrase, from, code) => {
    const result = resolvePhrase(phrase, from, settings);
    expect(result.ok ? null : result.error.code).toBe(code);
  });

  it('never throws, and its due date is never before the day it starts from for an amount of time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom('ngày', 'ngày làm việc', 'tháng', 'giờ', 'giờ làm việc', 'tuần'),
        fc.integer({ min: 0, max: 900 }),
        fc.boolean(),
        (amount, unit, days, rollToWorkingDay) => {
          const from = new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
          const phrase = `trong thời hạn ${amount} ${unit} kể từ ngày nhận được`;
          const result = resolvePhrase(phrase, from, { ...settings, rollToWorkingDay });
          expect(result.ok && result.resolution.date !== null && result.resolution.date >= from).toBe(true);
        },
      ),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});
