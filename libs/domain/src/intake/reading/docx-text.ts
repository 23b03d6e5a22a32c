import { createRequire } from 'node:module';
import type * as Mammoth from 'mammoth';
import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { refuse } from './file-refusal';
import { htmlToText } from './html-text';
import { readZipEntries } from './zip-directory';

// Loaded when the first .docx comes: most commands never read one.
const load = createRequire(__filename);

/** Text of a .docx: one paragraph a line, lists with their marks, tables of assignments as rows, footnotes left out. */
export async function readDocx(bytes: Uint8Array, maxUnpackedBytes: number): Promise<string | Refusal> {
  const entries = readZipEntries(bytes);
  if (entries === null) return damaged();
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (unpacked > maxUnpackedBytes) {
    const megabytes = Math.floor(maxUnpackedBytes / 1024 / 1024);
    return refuse(
      'file-unpacks-too-large',
      `Tệp .docx khi giải nén lớn hơn ${megabytes} MB.`,
      `The .docx unpacks to more than ${megabytes} MB.`,
    );
  }
  try {
    const mammoth = load('mammoth') as typeof Mammoth;
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
      {
        includeDefaultStyleMap: true,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    return htmlToText(value);
  } catch {
    return damaged();
  }
}

function damaged(): Refusal {
  return refuse(
    'file-damaged',
    'Tệp .docx bị hỏng, không đọc được.',
    'The .docx is damaged and cannot be read.',
  );
}
