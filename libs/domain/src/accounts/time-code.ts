import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 6238 with what every authenticator app takes: SHA-1, 30 seconds, six digits. */
const STEP_SECONDS = 30;
const DIGITS = 6;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 (RFC 4648) without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export const newFactorSecret = (): Buffer => randomBytes(20);

export const stepOf = (instant: number): number => Math.floor(instant / 1_000 / STEP_SECONDS);

export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The step whose code this is: the present one, the one before or the one after (clocks differ).
 * @param instant milliseconds of technical time
 * @returns null when it is none of them
 */
export function matchingStep(secret: Buffer, code: string, instant: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = stepOf(instant);
  const matches = [now - 1, now, now + 1].filter((step) =>
    timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(code)),
  );
  return matches.at(-1) ?? null;
}

/** What an authenticator app reads from a picture. */
export function factorAddress(secret: Buffer, login: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(login)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}

/** Ten characters, 50 random bits each: `ABCDE-FGHIJ`. */
export function newRecoveryCodes(count = 10): string[] {
  return Array.from({ length: count }, () => base32(randomBytes(7)).slice(0, 10)).map(
    (code) => `${code.slice(0, 5)}-${code.slice(5)}`,
  );
}

export const plainRecoveryCode = (code: string): string => code.toUpperCase().replace(/[\s-]/g, '');
