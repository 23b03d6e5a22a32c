import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { readDocx } from './docx-text';
import { htmlToText, looksLikeHtml } from './html-text';
import { readPdf } from './pdf-text';
import { findSecrecyMark } from './secrecy-mark';
import { refuse } from './file-refusal';
import { sniffFormat } from './file-format';
import { fromTcvn3 } from './tcvn3-text';
import { decodeText } from './text-encoding';

/** A notice as plain text, in NFC, with what is known of where it came from. */
export interface ReadDocument {
  readonly name: string;
  readonly format: 'text' | 'docx' | 'pdf';
  /** NFC, line feeds only. Offsets of drafted directives are into this text. */
  readonly text: string;
  readonly warnings: readonly ReadingWarning[];
}

/**
 * `converted`: the text was not plain NFC UTF-8 (another encoding, decomposed letters, HTML). `converted-tcvn3`: it was in the old TCVN3
 * (ABC) encoding; capitals with marks may have come out small. `no-text`: a scan; somebody has to type what it orders.
 */
export type ReadingWarning = 'converted' | 'converted-tcvn3' | 'no-text';

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
  const old = read.tcvn3 ? null : fromTcvn3(read.text);
  const text = (old ?? read.text).replace(unstorable, '').normalize('NFC').replace(/\r\n?/gu, '\n');
  const mark = findSecrecyMark(text) ?? findSecrecyMark(fromTcvn3(read.edges) ?? read.edges);
  if (mark !== null) {
    return refuse(
      'secret-document',
      `Văn bản có dấu chỉ độ mật “${mark}”: không được đưa vào hệ thống này.`,
      `The document is marked “${mark}”: it must not be entered in this system.`,
    );
  }
  const warnings: ReadingWarning[] = [];
  if (read.converted || text !== read.text) warnings.push('converted');
  if (read.tcvn3 || old !== null) warnings.push('converted-tcvn3');
  if (text.trim() === '') warnings.push('no-text');
  return { name, format: read.format, text, warnings };
}

interface ReadText {
  readonly format: ReadDocument['format'];
  readonly text: string;
  readonly converted: boolean;
  readonly tcvn3: boolean;
  /** What stands at the head and foot of the pages, which the text leaves out. */
  readonly edges: string;
}

async function readByFormat(bytes: Uint8Array, limits: ReadingLimits): Promise<ReadText | Refusal> {
  switch (sniffFormat(bytes)) {
    case 'pdf': {
      const pages = await readPdf(bytes, limits.maxPages);
      return 'refused' in pages ? pages : { format: 'pdf', ...pages, converted: false, tcvn3: false };
    }
    case 'docx': {
      const pages = await readDocx(bytes, limits.maxUnpackedBytes);
      return 'refused' in pages ? pages : { format: 'docx', ...pages, converted: false, tcvn3: false };
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
          'Không nhận ra bảng mã của tệp văn bản (cần UTF-8, UTF-16 hoặc TCVN3).',
          'The encoding of the text file is not known (UTF-8, UTF-16 or TCVN3 is needed).',
        );
      }
      const html = looksLikeHtml(decoded.text);
      return {
        format: 'text',
        text: html ? htmlToText(decoded.text) : decoded.text,
        converted: html || decoded.encoding !== 'utf-8',
        tcvn3: decoded.encoding === 'tcvn3',
        edges: '',
      };
    }
    case 'unknown':
      return refuse(
        'file-type-unsupported',
        'Chỉ nhận tệp .docx, .pdf, .txt và .md.',
        'Only .docx, .pdf, .txt and .md files are read.',
      );
  }
}
