import fc from 'fast-check';
import { draftDirectives } from './draft-directives';

const notice = (body: string): string => `UBND XÃ SUỐI MƠ
Số: 15/TB-UBND
Suối Mơ, ngày 08 tháng 9 năm 2025

THÔNG BÁO
Kết luận của Chủ tịch UBND xã tại cuộc họp giao ban tháng 9

Ngày 05/9/2025, đồng chí Lò Văn Păn, Chủ tịch UBND xã chủ trì cuộc họp và kết luận như sau:

${body}

Trên đây là kết luận của Chủ tịch UBND xã, đề nghị các cơ quan, đơn vị triển khai thực hiện./.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Lò Văn Păn
`;

const draft = (body: string, options = {}) => draftDirectives(notice(body), options).directives;

describe('a draft', () => {
  test('points into the source for its words and its deadline', () => {
    const text = notice('1. Giao Phòng Kinh tế lập danh sách, gửi UBND tỉnh trước ngày 20/9/2025.');
    const [directive] = draftDirectives(text).directives;
    expect(directive).toMatchObject({
      sectionRef: '1',
      lead: ['Phòng Kinh tế'],
      reportTo: ['UBND tỉnh'],
      kind: 'task',
    });
    expect(text.slice(directive?.start, directive?.end)).toBe(directive?.text);
    expect(text.slice(directive?.deadline?.start, directive?.deadline?.end)).toBe('trước ngày 20/9/2025');
  });

  test.each([
    [undefined, '2025-09-19'],
    ['previous-day' as const, '2025-09-19'],
    ['that-day' as const, '2025-09-20'],
  ])('"trước ngày" with %s', (beforeMeans, date) => {
    const [directive] = draft(
      '1. Giao Phòng Kinh tế báo cáo trước ngày 20/9/2025.',
      beforeMeans ? { beforeMeans } : {},
    );
    expect(directive?.deadline).toMatchObject({ text: 'trước ngày 20/9/2025', date, kind: 'date' });
  });

  test.each([
    ['hoàn thiện dự thảo, trình UBND tỉnh ngày 24/9/2025 để kịp phiên họp', '2025-09-24'],
    ['hoàn thành báo cáo kết quả trong tháng 10 năm 2025', '2025-10-31'],
    ['sửa chữa nhà văn hóa thôn, phấn đấu đến ngày 30/11/2025', '2025-11-30'],
    ['di dời các hộ ven suối, xong trước tháng 11/2025', '2025-10-31'],
    ['rà soát hộ nghèo, hoàn thành trước quý IV', '2025-09-30'],
    ['lập danh sách, hoàn thành đầu tháng 10/2025', null],
    ['lập danh sách, hoàn thành trong tuần thứ hai của tháng 10/2025', null],
    ['lập danh sách, xong trước 17h00 ngày 12/9', '2025-09-12'],
    ['lập danh sách. Thời gian thực hiện: xong trước ngày 15/9/2025', '2025-09-14'],
    ['tổng hợp, báo cáo UBND tỉnh trước ngày 20 hàng tháng', null],
    ['xây dựng phương án ngay sau khi có ý kiến của Đảng ủy, niêm yết tại các thôn', null],
  ])('is due as written: %s', (words, date) => {
    const directives = draft(`1. Giao Phòng Kinh tế ${words}.\n\n2. Giao Công an xã trực.`);
    const first = directives.filter(({ sectionRef }) => sectionRef === '1');
    expect(first.map(({ deadline }) => deadline?.date ?? null)).toEqual([date]);
  });

  test('keeps a continuous duty apart from the dated task before it', () => {
    expect(
      draft(
        '1. Giao Phòng Kinh tế kiểm kê đất công, báo cáo trước ngày 20/9/2025. Thường xuyên tuần tra, ngăn chặn lấn chiếm.',
      ),
    ).toMatchObject([
      { sectionRef: '1#1', kind: 'task', deadline: { date: '2025-09-19' } },
      { sectionRef: '1#2', kind: 'standing', deadline: null, lead: ['Phòng Kinh tế'] },
    ]);
  });

  test('reads a letterhead whose two columns came out as one line, and its stamp', () => {
    const { document, notes } = draftDirectives(`UBND HUYỆN TÂN HÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG Độc lập - Tự do - Hạnh phúc
HỎA TỐC
Số: 31/TB-UBND Tân Hà, ngày 08 tháng 9 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp ứng phó bão

Chủ tịch UBND huyện kết luận như sau:

1. Giao Công an huyện trực. Thông báo này thay thế Thông báo số 30/TB-UBND ngày 07/9/2024.

Nơi nhận:
- Lưu: VT.`);
    expect(document).toMatchObject({
      number: '31/TB-UBND',
      issuedOn: '2024-09-08',
      issuingBody: 'UBND huyện Tân Hà',
      urgency: 'hoa-toc',
    });
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'changes-earlier',
        earlier: [{ number: '30/TB-UBND', change: 'replaces' }],
      }),
    );
  });

  test('crosses a page break and a footnote without taking them in', () => {
    const text = notice(`1. Giao Phòng Văn hóa - Xã hội rà soát hộ nghèo¹, lập danh

¹ Theo chuẩn nghèo đa chiều.

3

sách đề nghị hỗ trợ.`);
    expect(draftDirectives(text).directives).toMatchObject([
      {
        text: 'Giao Phòng Văn hóa - Xã hội rà soát hộ nghèo, lập danh sách đề nghị hỗ trợ.',
        lead: ['Phòng Văn hóa - Xã hội'],
      },
    ]);
  });

  test('joins the wrapped lines of a page', () => {
    const [directive] = draft(`1. Giao Trung tâm Phục vụ hành chính công xã chủ trì, phối hợp với Công an xã
rà soát toàn bộ quy trình tiếp nhận hồ sơ, xây dựng phương án rút ngắn thời
gian giải quyết, trình Chủ tịch UBND xã trong tháng 10/2025.`);
    expect(directive).toMatchObject({
      lead: ['Trung tâm Phục vụ hành chính công xã'],
      coordinating: ['Công an xã'],
      reportTo: ['Chủ tịch UBND xã'],
      deadline: { date: '2025-10-31' },
    });
  });

  test('is made of each doer of one sentence', () => {
    expect(
      draft('1. Phòng Kinh tế kiểm tra chợ; Công an xã điều tiết giao thông; Trạm Y tế xã trực cấp cứu.'),
    ).toMatchObject([
      { sectionRef: '1#1', lead: ['Phòng Kinh tế'] },
      { sectionRef: '1#2', lead: ['Công an xã'] },
      { sectionRef: '1#3', lead: ['Trạm Y tế xã'] },
    ]);
  });

  test('inherits the doer of its heading and says so', () => {
    expect(
      draft('1. Giao Phòng Kinh tế:\n- Lập kế hoạch kiểm kê rừng;\n- Theo dõi giá cả thị trường.'),
    ).toMatchObject([
      {
        sectionRef: '1/bullet 1',
        lead: ['Phòng Kinh tế'],
        kind: 'task',
        flags: expect.arrayContaining(['inherited-lead']) as unknown,
      },
      { sectionRef: '1/bullet 2', lead: ['Phòng Kinh tế'], kind: 'standing' },
    ]);
  });

  test('inherits the deadline of its lead-in, but not the period of a plan', () => {
    const [first] = draft(
      '1. Các nhiệm vụ phải hoàn thành trong Quý IV như sau:\n- Lập hồ sơ đề nghị công nhận chợ văn minh.',
    );
    expect(first).toMatchObject({
      deadline: { date: '2025-12-31' },
      flags: expect.arrayContaining(['inherited-deadline']) as unknown,
    });
    const [second] = draft(
      'I. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2025\n1. Lập hồ sơ đề nghị công nhận chợ văn minh.',
    );
    expect(second).toMatchObject({
      deadline: null,
      flags: expect.arrayContaining(['no-lead', 'no-deadline']) as unknown,
    });
  });

  test.each([
    ['*** Một số việc cần hoàn thành trong tháng 10/2025:**', '2025-10-31'],
    ['** * Thống nhất các nội dung triển khai trong Quý IV/2025 như sau:**', '2025-12-31'],
    ['* Các đơn vị tập trung thực hiện trong tháng 11 năm 2025 các việc:', '2025-11-30'],
    ['* Chương trình công tác Quý IV/2025:', undefined],
  ])('below the starred heading %j', (heading, date) => {
    const [directive] = draft(
      `1. Công tác tài chính\n\n${heading}\n\n- Lập báo cáo quyết toán.\n\n- Xây dựng dự toán năm sau.`,
    );
    expect(directive?.text).toBe('Lập báo cáo quyết toán.');
    expect(directive?.deadline?.date).toBe(date);
  });

  test('is taken from brackets and from an approval', () => {
    expect(
      draft(
        '1. Ghi nhận kiến nghị của thôn Hạ (giao Phòng Kinh tế tham mưu văn bản trả lời).\n2. Đồng ý chủ trương sửa cầu treo. Giao Phòng Kinh tế lập dự toán.',
      ),
    ).toMatchObject([
      { lead: ['Phòng Kinh tế'], flags: expect.arrayContaining(['inline-assignment']) as unknown },
      { text: 'Giao Phòng Kinh tế lập dự toán.', sectionRef: '2' },
    ]);
  });

  test('leaves results and limitations alone, but not an assignment among them', () => {
    const body = `I. Kết quả đạt được
1. Hoàn thành thu thuế trước ngày 30/8/2025. Tập trung thu hoạch lúa mùa.
2. Cơ bản thống nhất đánh giá, giao Văn phòng HĐND và UBND xã hoàn chỉnh báo cáo.
II. Nhiệm vụ
1. Tập trung gieo cấy vụ đông.`;
    expect(draft(body).map(({ sectionRef }) => sectionRef)).toEqual(['I.2', 'II.1']);
  });

  test('takes the columns of a table of assignments', () => {
    const body = `| TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
| 1 | Kiểm tra an toàn hồ đập | Phòng Kinh tế | Các thôn | Quý IV/2025 |`;
    expect(draft(body)).toMatchObject([
      {
        text: 'Kiểm tra an toàn hồ đập',
        lead: ['Phòng Kinh tế'],
        coordinating: ['Các thôn'],
        deadline: { text: 'Quý IV/2025', date: '2025-12-31' },
      },
    ]);
  });

  test('needs no title when the words open a conclusion', () => {
    const text =
      'Sau khi nghe báo cáo, Chủ tịch UBND xã kết luận như sau:\n1. Tăng cường tuần tra đê.\n2. Giao Phòng Kinh tế lập dự toán.';
    expect(draftDirectives(text).document.type).toBe('thong_bao_ket_luan');
    expect(draftDirectives(text).directives).toMatchObject([
      { kind: 'standing' },
      { lead: ['Phòng Kinh tế'] },
    ]);
  });

  test('names its rule when traced', () => {
    const { trace } = draftDirectives(notice('1. Giao Phòng Kinh tế lập dự toán.'), { trace: true });
    expect(trace).toMatchObject([
      { of: 'directive', rule: 'cue', sectionRef: '1' },
      { of: 'lead', rule: 'cue', detail: 'Phòng Kinh tế' },
    ]);
    expect(draftDirectives(notice('1. Giao Phòng Kinh tế lập dự toán.')).trace).toBeUndefined();
  });
});

describe('a text that is no notice', () => {
  test.each([
    ['empty', ''],
    ['white space', ' \n\t\n'],
    ['filler', 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. Sed do eiusmod tempor.'],
    ['a list of goods', '1. Gạo\n2. Muối\n3. Dầu ăn'],
    [
      'an article',
      'Chiều 05/9, Chủ tịch UBND xã đã yêu cầu các thôn tập trung thu hoạch lúa. Ông cũng đề nghị bà con yên tâm.',
    ],
  ])('%s gives no directive and a note', (_name, text) => {
    const { directives, notes } = draftDirectives(text);
    expect(directives).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['nothing-found', 'not-a-notice']));
  });

  test('a title and a closing that name different months are a contradiction', () => {
    const text = notice('1. Giao Phòng Kinh tế lập dự toán.')
      .replace('cuộc họp giao ban tháng 9', 'phiên họp tháng 9 năm 2025')
      .replace('kết luận của Chủ tịch UBND xã, đề nghị', 'kết luận tại phiên họp tháng 9 năm 2024, đề nghị');
    expect(draftDirectives(text).notes.map(({ code }) => code)).toContain('contradiction');
  });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    'Giao ',
    'Sở Y tế ',
    'phối hợp với ',
    'UBND các xã: A, B ',
    'trước ngày 31/9/2025 ',
    '1. ',
    '\n',
    '\n\n',
    '- ',
    '**',
    '*',
    '(',
    ')',
    '; ',
    '. ',
    'trình ',
    'UBND xã ',
    '| ',
    'đã ',
    'Nơi nhận:\n',
    'THÔNG BÁO\n',
    'Kết luận của ',
    'kết luận như sau:\n',
    '¹ ',
    'trong Quý II ',
    'Số: /TB-UBND\n',
    'I. ',
    'đồng chí ',
    'Để ',
    'e\u0302\u0301',
    '\u00a0',
    '😀',
    'Các ',
    'và ',
    'báo cáo ',
  );
  const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));

  test('nothing is thrown, offsets hold, no word is invented', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = text.normalize('NFC');
        const flat = source.replace(/[*\s¹]+/gu, '');
        for (const directive of draftDirectives(text).directives) {
          expect(directive.start).toBeGreaterThanOrEqual(0);
          expect(directive.end).toBeGreaterThanOrEqual(directive.start);
          expect(directive.end).toBeLessThanOrEqual(source.length);
          expect(directive.confidence).toBeGreaterThan(0);
          expect(directive.confidence).toBeLessThanOrEqual(1);
          const named = [
            ...directive.lead,
            ...directive.coordinating,
            ...directive.advising,
            ...directive.reportTo,
          ];
          for (const words of [...named, directive.deadline?.text ?? ''])
            expect(flat).toContain(words.replace(/[*\s¹]+/gu, ''));
        }
      }),
      { seed: 20251121, numRuns: 400 },
    );
  });

  test('the work grows with the length of the text, not faster', () => {
    const cost = (repeat: number): number => {
      const text = notice(
        '1. Giao Sở Y tế phối hợp với Công an xã báo cáo, trình UBND xã trước ngày 20/9/2025; giao Trạm Y tế '.repeat(
          repeat,
        ),
      );
      const from = process.cpuUsage();
      draftDirectives(text);
      const used = process.cpuUsage(from);
      return used.user + used.system;
    };
    cost(20);
    const small = Math.min(cost(50), cost(50), cost(50));
    const large = Math.min(cost(400), cost(400));
    // Eight times the text; a quadratic reader would need sixty-four times the work.
    expect(large).toBeLessThan(small * 32 + 20_000);
  });
});
