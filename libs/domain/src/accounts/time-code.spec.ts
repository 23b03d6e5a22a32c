import {
  base32,
  codeOf,
  factorAddress,
  matchingStep,
  newRecoveryCodes,
  plainRecoveryCode,
  stepOf,
} from './time-code';

const secret = Buffer.from('12345678901234567890');

describe('codes by time', () => {
  // RFC 6238, appendix B (SHA-1); six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d seconds are those of the standard', (seconds, code) => {
    expect(codeOf(secret, stepOf(seconds * 1_000))).toBe(code);
  });

  it('are taken one step early or late, not two, and never in another form', () => {
    const now = 1_700_000_000_000;
    const step = stepOf(now);
    for (const near of [step - 1, step, step + 1])
      expect(matchingStep(secret, codeOf(secret, near), now)).toBe(near);
    for (const far of [step - 2, step + 2]) expect(matchingStep(secret, codeOf(secret, far), now)).toBeNull();
    for (const odd of ['', '12345', '1234567', ' 123456', '١٢٣٤٥٦'])
      expect(matchingStep(secret, odd, now)).toBeNull();
  });

  it('write a secret as apps read it', () => {
    // RFC 4648, section 10.
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(base32(Buffer.from('foob'))).toBe('MZXW6YQ');
    expect(factorAddress(secret, 'vanthu', 'Đôn Đốc')).toBe(
      `otpauth://totp/%C4%90%C3%B4n%20%C4%90%E1%BB%91c:vanthu?secret=${base32(secret)}&issuer=%C4%90%C3%B4n%20%C4%90%E1%BB%91c`,
    );
  });

  it('come with recovery codes that no two share and that are read as people type them', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[A-Z2-7]{5}-[A-Z2-7]{5}$/);
      expect(plainRecoveryCode(` ${code.toLowerCase().replace('-', ' ')}`)).toBe(code.replace('-', ''));
    }
  });
});
