import { cues, readClause, readHeadingDoers } from './clauses';
import { indirectRules } from './indirect-orders';
import { changeRules, readEarlierNotices } from './earlier-notices';
import { readUrgency, splitLetterhead } from './letterhead';
import { markerRules, readMarker } from './markers';
import { headingWords, isReportOrderHeading, readHeadingRegion } from './regions';
import { readRoles, roleRules } from './roles';

// The examples stand beside the rules; here each is put to its rule.
describe('the examples of the rules', () => {
  test.each(
    markerRules.flatMap(({ style, examples }) => examples.map(([text, label]) => ({ style, text, label }))),
  )('marker $style: $text', ({ style, text, label }) => {
    expect(readMarker(text)).toMatchObject({ style, label });
  });

  test.each(['IV/2025.', 'III/2026 và các năm sau', 'I-2025'])(
    '"quý" before it on another line: %s',
    (line) => {
      expect(readMarker(line)).toBeNull();
    },
  );

  test.each(cues.flatMap(({ name, examples }) => examples.map(([text, doers]) => ({ name, text, doers }))))(
    'cue $name: $text',
    ({ text, doers }) => {
      const clause = readClause(text);
      expect(clause.form).toBe('cue');
      expect(clause.doers.map((doer) => doer.text)).toEqual(doers);
    },
  );

  test.each(
    indirectRules.flatMap(({ name, examples }) => examples.map(([text, doers]) => ({ name, text, doers }))),
  )('$name: $text', ({ name, text, doers }) => {
    const clause = readClause(text);
    expect(clause.rule).toBe(name);
    expect(clause.doers.map((doer) => doer.text)).toEqual(doers);
  });

  test.each(
    roleRules.flatMap(({ role, examples }) => examples.map(([text, bodies]) => ({ role, text, bodies }))),
  )('$role: $text', ({ role, text, bodies }) => {
    expect(readRoles(text)[role].map((body) => body.text)).toEqual(bodies);
  });

  test.each(headingWords.flatMap(({ region, examples }) => examples.map((text) => ({ region, text }))))(
    'heading of $region: $text',
    ({ region, text }) => {
      expect(readHeadingRegion(text)).toBe(region);
    },
  );
});

describe('earlier notices', () => {
  test.each(
    changeRules.flatMap(({ name, titleOnly, examples }) =>
      examples.map(([text, number, change]) => ({ name, titleOnly, text, number, change })),
    ),
  )('$name: $text', ({ titleOnly, text, number, change }) => {
    expect(titleOnly ? readEarlierNotices([text], []) : readEarlierNotices([], [text])).toEqual([
      { number, change },
    ]);
  });

  test.each([
    'Giao Sở Nội vụ tham mưu điều chỉnh Quyết định số 12/QĐ-UBND.',
    'Thực hiện Công văn số 5/UBND-VP ngày 01/02/2025.',
  ])('%s changes none by itself', (text) => {
    expect(readEarlierNotices([], [text])).toEqual([]);
  });
});

describe('the letterhead', () => {
  test.each([
    ['UBND HUYỆN TÂN HÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 2],
    ['VĂN PHÒNG Độc lập - Tự do - Hạnh phúc', 2],
    ['Số: 12/TB-UBND Tân Hà, ngày 08 tháng 9 năm 2025', 2],
    ['Tân Hà, ngày 08 tháng 9 năm 2025', 1],
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 1],
  ])('%s has %d lines', (line, count) => {
    expect(splitLetterhead([line])).toHaveLength(count);
  });

  test.each([
    ['HỎA TỐC', 'hoa-toc'],
    ['Độ khẩn: Thượng khẩn', 'thuong-khan'],
    ['KHẨN', 'khan'],
    ['BAN CHỈ ĐẠO CÔNG TÁC KHẨN CẤP', null],
    ['về việc khẩn trương', null],
  ])('%s is stamped %s', (line, urgency) => {
    expect(readUrgency([line])).toBe(urgency);
  });
});

describe('markers', () => {
  test.each(['27/11/2023, UBND xã họp', '08 giờ 00 phút', '2023 là năm', '1.204 hồ sơ', 'Ivan', 'a phẩy'])(
    '%s begins no item',
    (text) => {
      expect(readMarker(text)).toBeNull();
    },
  );
});

describe('who is to do it', () => {
  test.each([
    ['Trung tâm Y tế xã có trách nhiệm phun hóa chất diệt muỗi.', 'subject', ['Trung tâm Y tế xã']],
    ['Phòng Nội vụ: Thẩm định hồ sơ khen thưởng.', 'subject', ['Phòng Nội vụ']],
    ['Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo.', 'cue', ['Sở Y tế']],
    ['Chủ tịch UBND huyện chỉ đạo Phòng Nội vụ rà soát.', 'cue', ['Phòng Nội vụ']],
    ['Ban Quản lý chợ Mới chỉ đạo các tổ bảo vệ tuần tra.', 'subject', ['Ban Quản lý chợ Mới']],
    ['UBND xã Hòa Tân chỉ đạo các thôn dọn vệ sinh.', 'subject', ['UBND xã Hòa Tân']],
    ['Trạm Y tế xã phun khử khuẩn chợ.', 'subject', ['Trạm Y tế xã']],
    ['Hạt Kiểm lâm huyện thả động vật về rừng.', 'subject', ['Hạt Kiểm lâm huyện']],
    ['UBND xã có 12 thôn.', 'none', []],
    ['Phòng Nội vụ trình bày dự thảo.', 'none', []],
    ['Thống nhất giao Ban Dân vận theo dõi.', 'cue', ['Ban Dân vận']],
    ['Nhất trí với tờ trình của UBND xã; giao Văn phòng Đảng ủy hoàn chỉnh.', 'cue', ['Văn phòng Đảng ủy']],
    ['Đồng ý chủ trương mở rộng chợ, giao Phòng Kinh tế lập phương án.', 'cue', ['Phòng Kinh tế']],
    ['Trước ngày 10/10/2025, Sở Tư pháp thẩm định dự thảo.', 'subject', ['Sở Tư pháp']],
    ['Trong tháng 11/2025, Công an xã tổ chức ra quân.', 'subject', ['Công an xã']],
    ['Đối với Trạm Y tế: chuẩn bị đủ vắc xin.', 'subject', ['Trạm Y tế']],
    ['Đẩy nhanh tiến độ cấp giấy chứng nhận.', 'imperative', []],
    ['UBND xã đã tổ chức 03 cuộc họp.', 'none', []],
    ['Hội nghị ghi nhận ý kiến của các thôn.', 'none', []],
    ['Sở Xây dựng đánh giá cao sự phối hợp.', 'none', []],
    ['Ban Thường vụ thống nhất với nội dung tờ trình.', 'none', []],
    ['Năm 2025 kinh tế của xã tăng trưởng khá.', 'none', []],
  ])('%s', (text, form, doers) => {
    const clause = readClause(text);
    expect(clause.form).toBe(form);
    expect(clause.doers.map((doer) => doer.text)).toEqual(doers);
  });

  test.each([
    ['Giao Sở Xây dựng:', ['Sở Xây dựng']],
    ['Phòng Kinh tế', ['Phòng Kinh tế']],
    ['Đối với UBND các xã:', ['UBND các xã']],
    ['Ban Chỉ huy Quân sự xã có trách nhiệm:', ['Ban Chỉ huy Quân sự xã']],
    ['Đối với công tác giải phóng mặt bằng:', []],
    ['Phòng, chống thiên tai', []],
    ['Nhiệm vụ trọng tâm', []],
  ])('a heading "%s" passes its doers on', (text, doers) => {
    expect(readHeadingDoers(text).map((doer) => doer.text)).toEqual(doers);
  });
});

test.each([
  ['III. Phương hướng, nhiệm vụ 6 tháng cuối năm', true],
  ['Một số nhiệm vụ trọng tâm quý IV', true],
  ['Kết quả thực hiện nhiệm vụ 6 tháng đầu năm', false],
  ['Đánh giá chung', false],
])('in a report "%s" opens orders: %s', (text, expected) => {
  expect(isReportOrderHeading(text.replace(/^[IV]+\. /u, ''))).toBe(expected);
});
