import { plain, searchPattern } from './plain-words';

describe('what people look for', () => {
  it.each([
    ['Phòng Văn hóa - Xã hội', 'phong van hoa - xa hoi'],
    ['ĐƯỜNG số 3', 'duong so 3'],
    ['Trưởng ban ngừng', 'truong ban ngung'],
    ['Đường'.normalize('NFD'), 'duong'],
  ])('is plain: %s', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('is looked for as it stands, without signs that mean something to the database', () => {
    expect(searchPattern('  Xã   hội ')).toBe('%xa hoi%');
    expect(searchPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
    expect([searchPattern(undefined), searchPattern(' ')]).toEqual([null, null]);
  });
});
