import { createRequire } from 'node:module';
import type * as Mammoth from 'mammoth';
import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { refuse } from './file-refusal';
import { htmlToText } from './html-text';
import { type PageText } from './page-text';
import { readZipEntries, unpackEntry, type ZipEntry } from './zip-directory';

// Loaded when the first .docx comes: most commands never read one.
const load = createRequire(__filename);

const furniture = /^word\/(?:header|footer)\d*\.xml$/u;

/** Text of a .docx: one paragraph a line, lists with their marks, tables of assignments as rows, footnotes left out. */
export async function readDocx(bytes: Uint8Array, maxUnpackedBytes: number): Promise<PageText | Refusal> {
  const entries = readZipEntries(bytes);
  if (entries === null) return damaged();
  const edges = unpackEdges(bytes, entries, maxUnpackedBytes);
  if (edges === 'damaged') return damaged();
  if (edges === 'too-large') {
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
    return { text: htmlToText(value), edges: edges.words };
  } catch {
    return damaged();
  }
}

/**
 * Words at the head and foot of the pages. Every entry is unpacked once within the limit before anybody else unpacks it: what the
 * archive says of its sizes proves nothing.
 */
function unpackEdges(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  most: number,
): { readonly words: string } | 'too-large' | 'damaged' {
  let rest = most;
  const words: string[] = [];
  if (entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0) > most) return 'too-large';
  for (const entry of entries) {
    const content = unpackEntry(bytes, entry, rest);
    if (typeof content === 'string') return content;
    rest -= content.length;
    if (furniture.test(entry.name)) words.push(wordsOfXml(content.toString('utf8')));
  }
  return { words: words.join('\n') };
}

function wordsOfXml(xml: string): string {
  return xml
    .split('</w:p>')
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t(?:\s[^<>]*)?>([^<]*)</gu)].map(([, text]) => text).join(''),
    )
    .join('\n');
}

function damaged(): Refusal {
  return refuse(
    'file-damaged',
    'Tệp .docx bị hỏng, không đọc được.',
    'The .docx is damaged and cannot be read.',
  );
}
