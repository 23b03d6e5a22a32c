import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { readDocx } from './docx-text';
import { readPdf } from './pdf-text';
import { findSecrecyMark } from './secrecy-mark';
import { refuse } from './file-refusal';
import { sniffFormat } from './file-format';
import { decodeText } from './text-encoding';

/** A notice as plain text, in NFC, with what is known of where it came from. */
export interface ReadDocument {
  readonly name: string;
  readonly format: 'text' | 'docx' | 'pdf';
  /** NFC, line feeds only. Offsets of drafted directives are into this text. */
  readonly text: string;
  /** `converted`: the text was not NFC UTF-8. `no-text`: a scan; somebody has to type what it orders. */
  readonly warnings: readonly ('converted' | 'no-text')[];
}

export interface ReadingLimits {
  /** Largest file in bytes. */
  readonly maxBytes: number;
  /** Largest size in bytes that a .docx may unpack to. */
  readonly maxUnpackedBytes: number;
  /** Most pages of a .pdf. */
  readonly maxPages: number;
}

export const defaultReadingLimits: ReadingLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxUnpackedBytes: 200 * 1024 * 1024,
  maxPages: 500,
};

/** NUL and halves of surrogate pairs: no letter of any text, and no database keeps them. */
const unstorable = /[\0\p{Cs}]/gu;

/**
 * Reads the text of a notice from its bytes. The content decides what the file is, not its name.
 *
 * Refused with `file-empty`, `file-too-large`, `file-type-unsupported`, `file-encrypted`, `file-damaged`,
 * `file-unpacks-too-large`, `file-encoding-unknown` or `secret-document`; nothing of a refused file may be kept.
 */
export async function readDocument(
  file: { readonly name: string; readonly bytes: Uint8Array },
  limits: ReadingLimits = defaultReadingLimits,
): Promise<ReadDocument | Refusal> {
  const { name, bytes } = file;
  if (bytes.length === 0) return refuse('file-empty', 'Tệp rỗng.', 'The file is empty.');
  if (bytes.length > limits.maxBytes) {
    const megabytes = Math.floor(limits.maxBytes / 1024 / 1024);
    return refuse(
      'file-too-large',
      `Tệp lớn hơn ${megabytes} MB.`,
      `The file is larger than ${megabytes} MB.`,
    );
  }
  const read = await readByFormat(bytes, limits);
  if ('refused' in read) return read;
  const text = read.text.replace(unstorable, '').normalize('NFC').replace(/\r\n?/gu, '\n');
  const mark = findSecrecyMark(text);
  if (mark !== null) {
    return refuse(
      'secret-document',
      `Văn bản có dấu chỉ độ mật “${mark}”: không được đưa vào hệ thống này.`,
      `The document is marked “${mark}”: it must not be entered in this system.`,
    );
  }
  const warnings: ('converted' | 'no-text')[] = [];
  if (read.converted || text !== read.text) warnings.push('converted');
  if (text.trim() === '') warnings.push('no-text');
  return { name, format: read.format, text, warnings };
}

interface ReadText {
  readonly format: ReadDocument['format'];
  readonly text: string;
  readonly converted: boolean;
}

async function readByFormat(bytes: Uint8Array, limits: ReadingLimits): Promise<ReadText | Refusal> {
  switch (sniffFormat(bytes)) {
    case 'pdf': {
      const text = await readPdf(bytes, limits.maxPages);
      return typeof text === 'string' ? { format: 'pdf', text, converted: false } : text;
    }
    case 'docx': {
      const text = await readDocx(bytes, limits.maxUnpackedBytes);
      return typeof text === 'string' ? { format: 'docx', text, converted: false } : text;
    }
    case 'encrypted-office':
      return refuse(
        'file-encrypted',
        'Tệp được bảo vệ bằng mật khẩu.',
        'The file is protected by a password.',
      );
    case 'text': {
      const decoded = decodeText(bytes);
      if (decoded === null) {
        return refuse(
          'file-encoding-unknown',
          'Không nhận ra bảng mã của tệp văn bản (cần UTF-8 hoặc UTF-16).',
          'The encoding of the text file is not known (UTF-8 or UTF-16 is needed).',
        );
      }
      return { format: 'text', text: decoded.text, converted: decoded.encoding !== 'utf-8' };
    }
    case 'unknown':
      return refuse(
        'file-type-unsupported',
        'Chỉ nhận tệp .docx, .pdf, .txt và .md.',
        'Only .docx, .pdf, .txt and .md files are read.',
      );
  }
}
