import { type NewId } from '../engine/store.port';

/**
 * UUIDv7 (RFC 9562) from injected sources: 48 bits of milliseconds, then 74 random bits.
 * @param now technical time in milliseconds since the epoch
 * @param random fills 10 bytes
 */
export function uuidV7(now: () => number, random: (bytes: Uint8Array) => void): NewId {
  return () => {
    const bytes = new Uint8Array(16);
    random(bytes.subarray(6));
    const time = now();
    for (let i = 0; i < 6; i++) bytes[i] = Math.floor(time / 2 ** (8 * (5 - i))) & 0xff;
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
