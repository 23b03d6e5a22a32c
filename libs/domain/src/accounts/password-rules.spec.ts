import { passwordRefusal } from './password-rules';

const own = ['vanthu', 'Đỗ Thị Lan', 'Ủy ban nhân dân xã Mẫu', 'sample'];
const codeOf = (password: string, least = 12): string | undefined =>
  passwordRefusal(password, least, own)?.code;

describe('password rules', () => {
  it.each([
    'con mèo ngồi bên cửa sổ',
    'correct horse battery staple',
    'mưa rơi trên mái ngói',
    '7391-8264-5501-93',
    'ngựa ô đi chợ phiên',
    '🐢🐢🦜 ba con vật ☂',
  ])('take %s: length counts, not composition', (password) => {
    expect(codeOf(password)).toBeUndefined();
  });

  it('count characters as people do, not bytes', () => {
    expect(codeOf('mưa rơi đêm')).toBe('password-too-short');
    expect(codeOf('mưa rơi đêm nay'.normalize('NFD'))).toBeUndefined();
    expect(codeOf('x9-K2 pq!7', 10)).toBeUndefined();
    expect(codeOf('ab c'.repeat(65))).toBe('password-too-long');
  });

  it.each([
    '123456789012',
    '210987654321',
    'qwertyuiopas',
    'aaaaaaaaaaaaaa',
    '121212121212',
    'matkhau123456',
    'Mật khẩu 2026',
    'Password2026!',
    'P@ssw0rd12345',
    'yeuemyeuemyeuem',
    'Uỷ ban nhân dân 1',
    'Đỗ Thị Lan 88',
    'vanthu-sample',
    'Lan 123456789',
    'abc123abc123abc123',
  ])('refuse %s, which guessers try first', (password) => {
    expect(codeOf(password)).toBe('password-guessable');
  });

  it('name the field, and say it in both languages', () => {
    expect(passwordRefusal('x', 12, [])).toMatchObject({
      refused: true,
      field: 'password',
      vi: expect.stringContaining('12 ký tự') as string,
      en: expect.stringContaining('12 characters') as string,
    });
  });
});
