import { createRequire } from 'node:module';
import type * as Unpdf from 'unpdf';
import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { refuse } from './file-refusal';
import { withoutPageFurniture } from './page-furniture';
import { type PageText } from './page-text';

const load = createRequire(__filename);

/** The text of each page, with its line breaks. */
export type PdfPages = (bytes: Uint8Array) => Promise<readonly string[]>;

/** Text layer of a .pdf, pages one after the other; empty for a scan. */
export async function readPdf(
  bytes: Uint8Array,
  maxPages: number,
  readPages: PdfPages = readTextLayer,
): Promise<PageText | Refusal> {
  let pages: readonly string[];
  try {
    pages = await readPages(bytes);
  } catch (error) {
    if (error instanceof Error && /password/iu.test(`${error.name} ${error.message}`)) {
      return refuse(
        'file-encrypted',
        'Tệp .pdf được bảo vệ bằng mật khẩu.',
        'The .pdf is protected by a password.',
      );
    }
    return refuse(
      'file-damaged',
      'Tệp .pdf bị hỏng, không đọc được.',
      'The .pdf is damaged and cannot be read.',
    );
  }
  if (pages.length > maxPages) {
    return refuse(
      'file-too-large',
      `Tệp .pdf dài hơn ${maxPages} trang.`,
      `The .pdf has more than ${maxPages} pages.`,
    );
  }
  const text = withoutPageFurniture(pages)
    .map((page) => page.trim())
    .join('\n');
  return { text, edges: pages.map(edgesOf).join('\n') };
}

function edgesOf(page: string): string {
  const lines = page.split('\n').filter((line) => line.trim() !== '');
  return [...lines.slice(0, 3), ...lines.slice(-3)].join('\n');
}

async function readTextLayer(bytes: Uint8Array): Promise<readonly string[]> {
  const unpdf = load('unpdf') as typeof Unpdf;
  // The reader takes its bytes away from the caller, so it gets its own.
  const { text } = await unpdf.extractText(
    await unpdf.getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }),
    {
      mergePages: false,
    },
  );
  return text;
}
