import { hasWideMark } from './file-format';
import { fromTcvn3 } from './tcvn3-text';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'tcvn3';
}

/** Decodes UTF-8 (with or without a mark), UTF-16 and TCVN3; null for anything else, since a guess would damage names. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  if (hasWideMark(bytes)) {
    const encoding = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
    return decode(bytes, encoding);
  }
  const utf8 = decode(bytes, 'utf-8');
  if (utf8 !== null && !utf8.text.includes('\u0000')) return utf8;
  if (zerosAtOdd(bytes)) return decode(bytes, 'utf-16le');
  const old = utf8 === null ? fromTcvn3(oneByteText(bytes)) : null;
  return old === null ? null : { text: old, encoding: 'tcvn3' };
}

function oneByteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function decode(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): DecodedText | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
}

function zerosAtOdd(bytes: Uint8Array): boolean {
  let zeros = 0;
  for (let index = 1; index < bytes.length; index += 2) if (bytes[index] === 0) zeros += 1;
  return zeros > bytes.length * 0.2;
}
