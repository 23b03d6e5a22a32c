import { type NewId } from '../engine/store.port';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (byte: number | undefined): string => HEX[byte ?? 0] ?? '';

/**
 * UUIDv7 (RFC 9562) from injected sources: 48 bits of milliseconds, then 74 random bits.
 * @param now technical time in milliseconds since the epoch
 * @param random fills 10 bytes
 */
export function uuidV7(now: () => number, random: (bytes: Uint8Array) => void): NewId {
  const bytes = new Uint8Array(10);
  let moment = -1;
  let prefix = '';
  return () => {
    random(bytes);
    const time = now();
    if (time !== moment) {
      const digits = time.toString(16).padStart(12, '0');
      prefix = `${digits.slice(0, 8)}-${digits.slice(8)}-`;
      moment = time;
    }
    const version = hex(((bytes[0] ?? 0) & 0x0f) | 0x70) + hex(bytes[1]);
    const variant = hex(((bytes[2] ?? 0) & 0x3f) | 0x80) + hex(bytes[3]);
    let tail = '';
    for (let place = 4; place < 10; place++) tail += hex(bytes[place]);
    return `${prefix}${version}-${variant}-${tail}`;
  };
}
