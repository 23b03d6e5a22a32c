import { readBodies } from './bodies';
import { isCutShort } from './body-name';

describe('names of bodies and office-holders', () => {
  test.each([
    ['Văn phòng HĐND và UBND xã chuẩn bị', ['Văn phòng HĐND và UBND xã']],
    ['Văn phòng Đoàn ĐBQH và HĐND tỉnh tham mưu', ['Văn phòng Đoàn ĐBQH và HĐND tỉnh']],
    ['Phòng Kinh tế, Hạ tầng và Đô thị chủ trì', ['Phòng Kinh tế, Hạ tầng và Đô thị']],
    ['Phòng Nội vụ, Phòng Tư pháp rà soát', ['Phòng Nội vụ', 'Phòng Tư pháp']],
    ['phòng Nông nghiệp và phát triển nông thôn kiểm tra', ['phòng Nông nghiệp và phát triển nông thôn']],
    ['Sở Văn hóa, Thể thao và Du lịch tổ chức', ['Sở Văn hóa, Thể thao và Du lịch']],
    [
      'Sở Lao động - Thương binh và Xã hội, Công an tỉnh',
      ['Sở Lao động - Thương binh và Xã hội', 'Công an tỉnh'],
    ],
    ['Ban QLDA ĐTXD và PTQĐ thị xã lập hồ sơ', ['Ban QLDA ĐTXD và PTQĐ thị xã']],
    ['phòng TN&MT, P. TC-KH thẩm định', ['phòng TN&MT', 'P. TC-KH']],
    [
      'UBND các xã: Tân Phú, Tân Hà và thị trấn Đồi Sim tập trung',
      ['UBND các xã: Tân Phú, Tân Hà và thị trấn Đồi Sim'],
    ],
    ['các Bộ: Nội vụ, Tư pháp rà soát', ['các Bộ: Nội vụ, Tư pháp']],
    ['Các sở, ban, ngành và UBND các huyện báo cáo', ['Các sở, ban, ngành', 'UBND các huyện']],
    ['Chủ tịch UBND các xã, phường chịu trách nhiệm', ['Chủ tịch UBND các xã, phường']],
    ['đồng chí Lê Thị Bé, Phó Chủ tịch UBND xã phụ trách', ['đồng chí Lê Thị Bé, Phó Chủ tịch UBND xã']],
    ['Phó Chủ tịch Nguyễn Văn An chỉ đạo', ['Phó Chủ tịch Nguyễn Văn An']],
    ['xã Tân Phú, thị trấn Đồi Sim khẩn trương', ['xã Tân Phú', 'thị trấn Đồi Sim']],
    ['Ban Quản lý cảng cá tăng cường kiểm tra', ['Ban Quản lý cảng cá']],
    ['Phòng Tài chính Kế tiếp thu ý kiến', ['Phòng Tài chính Kế']],
    ['TTYT huyện rà soát', ['TTYT huyện']],
    ['TTPVHCC phường Cầu Đông niêm yết', ['TTPVHCC phường Cầu Đông']],
    [
      'Ban Bồi thường, giải phóng mặt bằng và tái định cư lập',
      ['Ban Bồi thường, giải phóng mặt bằng và tái định cư'],
    ],
    [
      'Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh gửi',
      ['Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh'],
    ],
    ['Văn phòng HĐND-UBND xã trình', ['Văn phòng HĐND-UBND xã']],
    ['Ban Quản lý các khu công nghiệp tỉnh kiểm tra', ['Ban Quản lý các khu công nghiệp tỉnh']],
    ['Ban QLDA đầu tư xây dựng khu vực Tân Lập lập hồ sơ', ['Ban QLDA đầu tư xây dựng khu vực Tân Lập']],
    ['các Bộ: Quốc phòng, Công an rà soát', ['các Bộ: Quốc phòng, Công an']],
    [
      'UBND các xã Tân Lập, Tân Hòa và thị trấn Bến Quan kiểm tra',
      ['UBND các xã Tân Lập, Tân Hòa và thị trấn Bến Quan'],
    ],
    [
      'UBND các xã Tân Lập, Tân Hòa, Công an huyện kiểm tra',
      ['UBND các xã Tân Lập, Tân Hòa', 'Công an huyện'],
    ],
    ['Phòng KT-HT sớm trình', ['Phòng KT-HT']],
    ['Tổ công tác số 2 tổng hợp', ['Tổ công tác số 2']],
    ['VNPT tỉnh, Viettel huyện kéo cáp', ['VNPT tỉnh', 'Viettel huyện']],
    ['Tham mưu cho xã', []],
    ['phòng họp số 2', []],
    ['phòng, chống dịch bệnh', []],
    ['hội nghị sơ kết', []],
    ['các chỉ tiêu kế hoạch', []],
  ])('%s', (text, names) => {
    const bodies = readBodies(text, 0);
    expect(bodies.map((body) => body.text)).toEqual(names);
    for (const body of bodies) expect(text.slice(body.start, body.end)).toBe(body.text);
  });

  test('a collective cannot be followed as one agency', () => {
    expect(readBodies('các phòng, ban liên quan', 0)[0]).toMatchObject({ kind: 'collective', members: 1 });
    expect(readBodies('các Bộ: Nội vụ, Tư pháp', 0)[0]).toMatchObject({ kind: 'collective', members: 2 });
    expect(readBodies('Sở Nội vụ', 0)[0]).toMatchObject({ kind: 'agency' });
  });
});

test.each([
  ['Phòng Lao động - Thương binh và Xã', true],
  ['Sở Tài nguyên và Môi', true],
  ['Phòng Tài chính - Kế', true],
  ['Phòng Tài chính - Kế hoạch', false],
  ['Phòng Y tế', false],
  ['Công an xã Bình An', false],
  ['Trung tâm Khuyến nông', false],
])('%s is cut short: %s', (name, expected) => {
  expect(isCutShort(name)).toBe(expected);
});
