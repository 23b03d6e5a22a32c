import { readZipEntries } from './zip-directory';

export type FileFormat = 'pdf' | 'docx' | 'encrypted-office' | 'text' | 'unknown';

/** What a file is by its content. An old .doc is `unknown`; a .docx with a password is a container of its own. */
export function sniffFormat(bytes: Uint8Array): FileFormat {
  const head = latin1(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('PK\u0003\u0004')) {
    return readZipEntries(bytes)?.some(({ name }) => name === 'word/document.xml') === false
      ? 'unknown'
      : 'docx';
  }
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) {
    return latin1(bytes).includes(wide('EncryptedPackage')) ? 'encrypted-office' : 'unknown';
  }
  return looksBinary(bytes) ? 'unknown' : 'text';
}

function looksBinary(bytes: Uint8Array): boolean {
  if (hasWideMark(bytes)) return false;
  let controls = 0;
  let zerosAtOdd = 0;
  const sample = bytes.subarray(0, 8192);
  for (const [index, byte] of sample.entries()) {
    if (byte === 0 && index % 2 === 1) zerosAtOdd += 1;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  }
  if (zerosAtOdd > sample.length * 0.2) return false;
  return controls > sample.length * 0.01;
}

/** A byte-order mark of UTF-16. */
export function hasWideMark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function wide(text: string): string {
  return Buffer.from(text, 'utf16le').toString('latin1');
}
