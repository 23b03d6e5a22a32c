import fc from 'fast-check';
import { type DeadlineContext, type DeadlineReading, findDeadlinePhrases } from './deadline-phrase';

/** All sentences are our own; the offices in them do not exist. */
const in2026: DeadlineContext = { year: 2026 };

const read = (text: string, context: DeadlineContext = in2026): readonly DeadlineReading[] =>
  findDeadlinePhrases(text, context);

const only = (text: string, context: DeadlineContext = in2026): DeadlineReading => {
  const readings = read(text, context);
  const [reading] = readings;
  if (reading === undefined || readings.length !== 1) {
    throw new Error(
      `${readings.length} readings in "${text}": ${readings.map((each) => each.text).join(' | ')}`,
    );
  }
  return reading;
};

describe('one day', () => {
  it.each([
    [
      'Giao Phòng Đo đạc báo cáo chậm nhất vào ngày 27/03/2026.',
      'chậm nhất vào ngày 27/03/2026',
      '2026-03-27',
      'by',
    ],
    ['gửi Văn phòng chậm nhất ngày 05/4 để tổng hợp', 'chậm nhất ngày 05/4', '2026-04-05', 'by'],
    ['Chậm nhất đến ngày 25/6/2026 phải gửi', 'Chậm nhất đến ngày 25/6/2026', '2026-06-25', 'by'],
    ['trình UBND xã Hạ Mộc trước ngày 10/9', 'trước ngày 10/9', '2026-09-10', 'before'],
    [
      'trước ngày 10 tháng 5 năm 2026, các thôn nộp danh sách',
      'trước ngày 10 tháng 5 năm 2026',
      '2026-05-10',
      'before',
    ],
    ['hoàn thành trước 30/6/2026', 'trước 30/6/2026', '2026-06-30', 'before'],
    ['khắc phục ngay trong ngày 20/8', 'ngay trong ngày 20/8', '2026-08-20', 'within'],
    ['thu hồ sơ đến hết ngày 30-6-2026', 'đến hết ngày 30-6-2026', '2026-06-30', 'by'],
    ['nhận góp ý đến ngày 14.7.2026 rồi trình', 'đến ngày 14.7.2026', '2026-07-14', 'by'],
    ['nộp hồ sơ từ nay đến ngày 15/7/2026', 'từ nay đến ngày 15/7/2026', '2026-07-15', 'by'],
    ['lấy ý kiến xong ngày 15/6', 'ngày 15/6', '2026-06-15', 'on'],
    ['Thời hạn hoàn thành: 30/9/2026', 'Thời hạn hoàn thành: 30/9/2026', '2026-09-30', 'by'],
    ['hạn nộp: 25/5', 'hạn nộp: 25/5', '2026-05-25', 'by'],
  ])('%s', (sentence, words, date, bound) => {
    const reading = only(sentence);
    expect([reading.text, reading.date, reading.bound, reading.kind]).toEqual([words, date, bound, 'date']);
    expect([reading.ambiguous, reading.time]).toEqual([false, null]);
  });

  it.each([
    ['nộp trước 16 giờ 00 ngày 12/5/2026', '16:00', 'before'],
    ['nộp trước 16h30, thứ Sáu ngày 15/5/2026', '16:30', 'before'],
    ['nộp trước 17 giờ 00 phút, ngày 22/6/2026', '17:00', 'before'],
    ['báo cáo chậm nhất 9:05 ngày 22/6/2026', '09:05', 'by'],
    ['báo cáo chậm nhất 4 giờ chiều ngày 22/6/2026', '16:00', 'by'],
    ['chậm nhất ngày 10/5 lúc 15 giờ', '15:00', 'by'],
    ['gửi báo cáo sáng ngày 15/9', 'end-of-morning', 'on'],
    ['chậm nhất chiều ngày 14/5/2026', 'end-of-afternoon', 'by'],
    ['chậm nhất đầu giờ chiều ngày 14/5/2026', 'start-of-afternoon', 'by'],
    ['16 giờ 00 ngày 20/5 nộp hồ sơ', '16:00', 'on'],
  ])('with its hour or part of the day: %s', (sentence, time, bound) => {
    const reading = only(sentence);
    expect([reading.time, reading.bound]).toEqual([time, bound]);
    expect(reading.date).not.toBeNull();
  });

  it.each([
    ['gửi số liệu trước 10 giờ ngày mai', '2026-05-13', '10:00'],
    ['nộp báo cáo chậm nhất 17h00 hôm nay', '2026-05-12', '17:00'],
    ['xử lý xong trong ngày hôm nay', '2026-05-12', null],
    ['trình hồ sơ chậm nhất sáng ngày kia', '2026-05-14', 'end-of-morning'],
  ])('counted from the day of the document, for a person to confirm: %s', (sentence, date, time) => {
    const reading = only(sentence, { year: 2026, on: '2026-05-12' });
    expect([reading.date, reading.time, reading.flags]).toEqual([date, time, ['relative-to-document']]);
    expect(reading.ambiguous).toBe(true);
    expect(only(sentence).date).toBeNull();
  });

  it('takes the missing year from the document, or leaves the day open', () => {
    expect(only('trước ngày 10/9')).toMatchObject({ date: '2026-09-10', flags: ['year-from-context'] });
    expect(only('trước ngày 10/9', { year: null })).toMatchObject({
      date: null,
      ambiguous: true,
      flags: ['year-missing'],
    });
  });

  it('takes the January to come in a notice of December, but not a day just past', () => {
    const december = { year: 2026, on: '2026-12-18' };
    expect(only('trước ngày 10/01', december).date).toBe('2027-01-10');
    expect(only('trong Quý I', december).date).toBe('2027-03-31');
    expect(only('trước ngày 10/12', december).date).toBe('2026-12-10');
    expect(only('trước ngày 10/01/2026', december).date).toBe('2026-01-10');
  });

  it.each([
    ['trước ngày 31/9', 'impossible-date'],
    ['chậm nhất ngày 30/02/2026', 'impossible-date'],
    ['trước 25 giờ ngày 10/5/2026', 'impossible-date'],
    ['trước ngày 10/3 âm lịch', 'lunar-calendar'],
    ['chậm nhất ngày 25', 'month-missing'],
    ['chậm nhất ngày 25 tháng này', 'relative-to-document'],
    ['xong trước thứ Năm, ngày 15/5/2026', 'weekday-mismatch'],
    ['chậm nhất trước ngày 15/5/2026', 'by-or-before'],
    ['xong trong đầu tháng 7/2026', 'part-of-period'],
    ['trong tuần này phải xong', 'relative-to-document'],
    ['thứ Sáu tuần này phải xong', 'weekday-relative'],
  ])('asks a person when the words are doubtful: %s', (sentence, flag) => {
    const reading = only(sentence);
    expect(reading.ambiguous).toBe(true);
    expect(reading.flags).toContain(flag);
  });

  it('proposes the day of a weekday when the day of the document is known', () => {
    const context = { year: 2026, on: '2026-11-18' };
    expect(only('báo cáo thứ Sáu tuần này', context).date).toBe('2026-11-20');
    expect(only('báo cáo thứ 3 tuần sau', context).date).toBe('2026-11-24');
    expect(only('báo cáo trước ngày 05 tháng sau', context).date).toBe('2026-12-05');
  });
});

describe('a period', () => {
  it.each([
    ['hoàn thành trong tháng 6/2026', '2026-06-30', 'within'],
    ['xong trong tháng 2 năm 2028', '2028-02-29', 'within'],
    ['xong trong tháng mười hai', '2026-12-31', 'within'],
    ['thực hiện trong Quý II', '2026-06-30', 'within'],
    ['thực hiện trong quý 3/2026', '2026-09-30', 'within'],
    ['trình trong Quý IV năm 2026', '2026-12-31', 'within'],
    ['báo cáo kết quả trong Quý III/2026', '2026-09-30', 'within'],
    ['hoàn thành trong 6 tháng đầu năm 2026', '2026-06-30', 'within'],
    ['hoàn thành trong 6 tháng cuối năm', '2026-12-31', 'within'],
    ['hoàn thành trong 9 tháng đầu năm', '2026-09-30', 'within'],
    ['hoàn thành trong năm 2026', '2026-12-31', 'within'],
    ['hoàn thành trong năm nay', '2026-12-31', 'within'],
    ['phấn đấu đến cuối năm 2026 đạt chỉ tiêu', '2026-12-31', 'by'],
    ['thực hiện từ nay đến hết năm 2026', '2026-12-31', 'by'],
    ['đến hết Quý III phải đạt 75%', '2026-09-30', 'by'],
    ['chậm nhất là hết tháng 8 năm 2026', '2026-08-31', 'by'],
    ['hoàn thành tháng 6', '2026-06-30', 'on'],
    ['Thời gian thực hiện: Quý III/2026', '2026-09-30', 'by'],
    ['trước cuối tháng 6 phải trình', '2026-06-30', 'by'],
    ['trước tháng 6/2026 phải trình', '2026-06-01', 'before'],
    ['Trình đề án vỉa hè (Quý III/2026)', '2026-09-30', 'on'],
    ['trình xong trong tháng 5, 6/2026', '2026-06-30', 'within'],
    ['trình xong trong Quý I và Quý II năm 2026', '2026-06-30', 'within'],
  ])('%s ends on %s', (sentence, date, bound) => {
    const reading = only(sentence);
    expect([reading.kind, reading.date, reading.bound]).toEqual(['period', date, bound]);
  });

  it.each([
    ['tổ chức từ ngày 10/5 đến hết ngày 20/5/2026', '2026-05-10', '2026-05-20'],
    ['tổ chức từ ngày 01 đến ngày 15 tháng 7', '2026-07-01', '2026-07-15'],
    ['tổ chức từ 10-12/9', '2026-09-10', '2026-09-12'],
    ['tổ chức từ ngày 28/12/2026 – 03/01/2027', '2026-12-28', '2027-01-03'],
  ])('as a range: %s', (sentence, startsOn, date) => {
    expect(only(sentence)).toMatchObject({ rule: 'from-to', bound: 'from-to', startsOn, date });
  });

  it('refuses to date a range that runs backward', () => {
    expect(only('tổ chức từ ngày 20/5/2026 đến ngày 10/5/2026')).toMatchObject({
      date: null,
      ambiguous: true,
    });
  });

  it.each([
    ['gửi báo cáo trước ngày 20 hằng tháng', 'month', 20],
    ['gửi báo cáo ngày 25 hàng tháng', 'month', 25],
    ['nộp trước 25 hằng tháng', 'month', 25],
    ['gửi trước 16 giờ thứ Năm hằng tuần', 'week', 4],
    ['báo cáo định kỳ hằng quý', 'quarter', undefined],
  ])('that comes again: %s', (sentence, every, dayOfPeriod) => {
    const reading = only(sentence);
    expect([reading.every, reading.dayOfPeriod, reading.kind]).toEqual([every, dayOfPeriod, 'period']);
    expect(reading.flags).toContain('recurring');
    expect(reading.date).toBeNull();
  });

  it('keeps the day of a yearly duty', () => {
    expect(only('báo cáo trước ngày 15/12 hằng năm')).toMatchObject({ every: 'year', date: '2026-12-15' });
  });
});

describe('an amount of time', () => {
  it.each([
    ['trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này', 5, 'working-day', 'receipt'],
    ['Trong vòng 03 (ba) ngày kể từ ngày ký', 3, 'calendar-day', 'signing'],
    ['10 ngày kể từ ngày ban hành', 10, 'calendar-day', 'issue'],
    ['chậm nhất sau 2 ngày làm việc, kể từ ngày nhận Thông báo', 2, 'working-day', 'receipt'],
    ['trong vòng 24 giờ kể từ khi tiếp nhận', 24, 'hour', 'receipt'],
    ['trong 8 giờ làm việc kể từ khi nhận được', 8, 'working-hour', 'receipt'],
    ['trong vòng 2 tuần kể từ ngày ban hành', 14, 'calendar-day', 'issue'],
    ['trong thời hạn 3 tháng kể từ ngày ký', 3, 'month', 'signing'],
    ['trong vòng 10 ngày kể từ hôm nay', 10, 'calendar-day', 'issue'],
    ['chậm nhất 3 ngày sau khi kết thúc hội nghị', 3, 'calendar-day', 'event'],
  ])('%s', (sentence, amount, unit, from) => {
    expect(only(sentence)).toMatchObject({
      kind: 'relative',
      amount,
      unit,
      from,
      ambiguous: false,
      date: null,
    });
  });

  it('counts from a stated day', () => {
    expect(only('trong 15 ngày kể từ ngày 01/6/2026')).toMatchObject({
      from: 'stated-date',
      fromDate: '2026-06-01',
    });
  });

  it('says when it is not told from when', () => {
    const reading = only('phải trả lời trong 5 ngày làm việc');
    expect([reading.ambiguous, reading.from, reading.flags]).toEqual([true, undefined, ['origin-unstated']]);
  });

  it('does not take an hour or a day of a month for an amount', () => {
    expect(only('chậm nhất 16 giờ 30 ngày 24/11')).toMatchObject({ kind: 'date', time: '16:30' });
    expect(only('chậm nhất 10 tháng 5')).toMatchObject({ kind: 'date', date: '2026-05-10' });
  });
});

describe('an event, or nothing at all', () => {
  it.each([
    ['Ngay sau khi có kết luận của Đảng ủy, Văn phòng trình ký', 'after-event', 'after'],
    ['hoàn chỉnh hồ sơ trước kỳ họp giữa năm của HĐND xã', 'before-event', 'before'],
    ['làm xong trước sơ kết 6 tháng của Đảng ủy', 'before-event', 'before'],
    ['trình HĐND xã tại kỳ họp thường lệ cuối năm 2026.', 'at-event', 'on'],
    ['gửi tài liệu chậm nhất 05 ngày trước ngày khai mạc kỳ họp', 'time-before-event', 'before'],
    ['gửi tài liệu trước hội nghị ít nhất 3 ngày làm việc', 'time-before-event', 'before'],
  ])('waits: %s', (sentence, rule, bound) => {
    expect(only(sentence)).toMatchObject({ kind: 'event', rule, bound, date: null });
  });

  it.each([
    ['Khẩn trương rà soát các tuyến đường', 'urgently'],
    ['báo cáo kịp thời', 'in-good-time'],
    ['trình đảm bảo đúng thời gian quy định', 'on-time-as-prescribed'],
    ['ngay từ bây giờ chuẩn bị lực lượng', 'at-once'],
    ['thường xuyên kiểm tra các điểm sạt lở', 'continuously'],
    ['hoàn thiện trong thời gian sớm nhất', 'as-soon-as-possible'],
  ])('names no day: %s', (sentence, rule) => {
    expect(only(sentence)).toMatchObject({ kind: 'vague', rule, date: null, bound: 'none' });
  });
});

describe('what is no deadline', () => {
  it.each([
    'Căn cứ Quyết định số 12/QĐ-UBND ngày 27/12/2025 của Chủ tịch UBND xã Hạ Mộc',
    'Thực hiện Nghị quyết số 05-NQ/ĐU, ngày 03 tháng 02 năm 2026',
    'kế hoạch đầu tư giai đoạn 2021-2025; giai đoạn từ năm 2026 đến năm 2030',
    'Quy định này có hiệu lực từ ngày 01/7/2026 đến hết ngày 31/12/2030',
    'tuyển sinh năm học 2025-2026 và trong năm học mới',
    'sản xuất vụ Đông Xuân 2025-2026',
    'kế hoạch năm 2027 và chỉ tiêu năm 2026',
    'Ngày 24/03/2026, UBND xã đã tổ chức phiên họp',
    'sáng ngày 24/3/2026, UBND xã đã tổ chức đối thoại',
    'họp lúc 14 giờ 00 ngày 20/5 tại hội trường',
    'Đến ngày 21/6/2026 đã giải ngân được 30%',
    'số liệu từ ngày 15/5 đến ngày 14/6',
    'các nhiệm vụ trong năm 2026 và kết quả đạt được trong năm 2025',
    'trong năm 2026 vẫn còn một số tồn tại',
    'các công trình hoàn thành năm 2022 trở về trước',
    'đất đã sử dụng trước ngày 01/7/2014',
    'so với cùng kỳ năm trước; trong những năm qua; trước mắt; trước đây',
    'chi thường xuyên của ngân sách xã',
    'Sau khi nghe báo cáo, Chủ tịch kết luận',
    'mục tiêu đến năm 2030, tầm nhìn đến năm 2045',
    'phương hướng 6 tháng cuối năm 2026',
    'trong 02 năm còn lại của nhiệm kỳ',
  ])('%s', (sentence) => {
    expect(read(sentence).map((reading) => reading.text)).toEqual([]);
  });

  it('is marked when nothing nearby is to be finished or sent', () => {
    expect(only('đoàn đi cơ sở vào ngày 22/6/2026').flags).toContain('no-completion-verb');
    expect(only('hoàn thành vào ngày 22/6/2026').flags).not.toContain('no-completion-verb');
  });
});

describe('texts as they come', () => {
  it('finds several deadlines of one sentence in order', () => {
    const text =
      'Phòng Đo đạc xong trước ngày 05/6/2026; Trạm Y tế báo cáo chậm nhất 15 giờ 30 phút ngày 10/6/2026, tổng kết trong Quý III.';
    expect(read(text).map((reading) => [reading.date, reading.time])).toEqual([
      ['2026-06-05', null],
      ['2026-06-10', '15:30'],
      ['2026-09-30', null],
    ]);
  });

  it('bears odd spacing, line breaks, dashes and decomposed letters', () => {
    expect(only('trước\n ngày  10 /\u00a09 / 2026').date).toBe('2026-09-10');
    expect(only('trước ngày 10 tháng 5\nnăm\n2026').date).toBe('2026-05-10');
    expect(only('chậm nhất ngày 10–5–2026').date).toBe('2026-05-10');
    expect(only('TRƯỚC NGÀY 10/9/2026').date).toBe('2026-09-10');
    const decomposed = 'báo cáo trước ngày 10/9/2026 ạ'.normalize('NFD');
    const reading = only(decomposed);
    expect([reading.date, reading.text.normalize('NFC')]).toEqual(['2026-09-10', 'trước ngày 10/9/2026']);
  });

  it.each([
    ['Hoàn thành việc đánh giá kết quả trong tháng 5 năm 2026', 'trong tháng 5 năm 2026'],
    ['Hoàn thiện dự thảo, trình Giám đốc Sở ngày 24/4/2026', 'ngày 24/4/2026'],
    ['Lập hồ sơ gửi Phòng Nội vụ ngày 24/4/2026 để tổng hợp.', 'ngày 24/4/2026'],
    ['Sửa đường thôn, phấn đấu đến ngày 30/6/2026.', 'đến ngày 30/6/2026'],
    [
      'Tổng kết trước hội nghị của cấp ủy, chính quyền để kịp báo cáo',
      'trước hội nghị của cấp ủy, chính quyền',
    ],
    ['Lập dự toán ngay sau khi có ý kiến của Đảng ủy, niêm yết', 'ngay sau khi có ý kiến của Đảng ủy'],
  ])('%s', (text, words) => {
    expect(only(text).text).toBe(words);
  });

  it.each([
    'Kết quả trong tháng 5 năm 2026 đạt khá.',
    'Tờ trình ngày 24/4/2026 của Sở Xây dựng',
    'Phòng Nội vụ đã trình UBND xã ngày 24/4/2026.',
    'Theo Báo cáo số 12/BC-UBND ngày 24/4/2026.',
  ])('%s names no deadline', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('does not read on from one paragraph or item into the next', () => {
    expect(read('Hoàn thành trước kỳ họp\n\n- Ngày 10/5/2026 là ngày hội').map((each) => each.text)).toEqual([
      'trước kỳ họp',
    ]);
    expect(only('ngay sau khi có kết luận\n- Rà soát lại').text).toBe('ngay sau khi có kết luận');
  });
});

describe('on any text at all', () => {
  const words = fc.constantFrom(
    ...'trước chậm nhất muộn vào đến hết trong ngày tháng năm quý tuần thứ sáu hai kể từ nhận được ký giờ làm việc sáng chiều cuối đầu hằng mỗi kỳ họp khi có sau ngay đã phải báo cáo hoàn thành thời hạn nay này tới I II IV 1 05 31 12 2026 99 2 / - . , : ; ( ) – \n'.split(
      ' ',
    ),
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(words, { maxLength: 40 }).map((list) => list.join(' ')),
    fc.array(words, { maxLength: 40 }).map((list) => list.join('')),
  );
  const contexts = fc.constantFrom<DeadlineContext>(
    { year: 2026 },
    { year: null },
    { year: 2026, on: '2026-12-20' },
  );

  it('never throws; offsets slice back to the words, in order, without overlap; dates are real', () => {
    fc.assert(
      fc.property(texts, contexts, (text, context) => {
        let end = 0;
        for (const reading of findDeadlinePhrases(text, context)) {
          expect(text.slice(reading.start, reading.end)).toBe(reading.text);
          expect(reading.start).toBeGreaterThanOrEqual(end);
          expect(reading.end).toBeGreaterThan(reading.start);
          end = reading.end;
          if (reading.date !== null) {
            expect(new Date(`${reading.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(reading.date);
          }
          if (reading.kind === 'vague' || reading.kind === 'event' || reading.kind === 'relative') {
            expect(reading.date).toBeNull();
          }
          if (reading.kind === 'date' && reading.date === null) expect(reading.ambiguous).toBe(true);
        }
      }),
      { seed: 20_261_121, numRuns: 1_500 },
    );
  });
});
