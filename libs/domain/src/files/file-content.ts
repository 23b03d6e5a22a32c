import { refusal, type Refusal } from '@dondoc/workflow';

/** Signatures at the beginning of a file, as their formats define them. */
const begins: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['program', [0x4d, 0x5a]],
  ['program', [0x7f, 0x45, 0x4c, 0x46]],
  ['program', [0xcf, 0xfa, 0xed, 0xfe]],
  ['program', [0xca, 0xfe, 0xba, 0xbe]],
  ['program', [0x23, 0x21]],
  ['program', [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00]],
];

/** What a name promises; names that promise anything else are not held to it. */
const promised: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  zip: 'zip',
  doc: 'ole',
  xls: 'ole',
  ppt: 'ole',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
};

const programs = /\.(?:exe|dll|com|scr|pif|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|sh|apk|reg|cpl)$/i;

/** Readers of PDF look for their mark within the first kilobyte. */
const PDF_WITHIN = 1_024;

function kindOf(bytes: Uint8Array): string | null {
  const found = begins.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  if (found) return found[0];
  const start = Buffer.from(bytes.subarray(0, PDF_WITHIN)).toString('latin1');
  return start.includes('%PDF-') ? 'pdf' : null;
}

/**
 * Why a file is not taken, by what is in it and not by what is said of it; null: it is. Programs are nobody's result
 * document, and a name that lies about the content is how they arrive.
 */
export function contentRefusal(name: string, bytes: Uint8Array): Refusal | null {
  const kind = kindOf(bytes);
  if (kind === 'program' || programs.test(name))
    return refusal(
      'file-is-program',
      { vi: 'Không nhận chương trình hoặc tập lệnh.', en: 'Programs and scripts are not taken.' },
      { field: 'file' },
    );
  const extension = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const expected = Object.hasOwn(promised, extension) ? promised[extension] : undefined;
  if (expected === undefined || expected === kind) return null;
  // Word opens pages and rich text that are called .doc, and offices send them.
  if (expected === 'ole' && (kind === null || kind === 'zip')) return null;
  return refusal(
    'file-content-differs',
    {
      vi: `Nội dung tệp không phải định dạng .${extension}; hãy lưu lại đúng định dạng rồi gửi.`,
      en: `The content of the file is not of the kind .${extension}; save it in that format and send it again.`,
    },
    { field: 'file' },
  );
}
