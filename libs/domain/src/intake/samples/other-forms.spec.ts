import { join } from 'node:path';
import { isRefusal } from '@dondoc/workflow/lifecycle/refusal';
import { draftDirectives } from '../grammar/draft-directives';
import { readDocument, type ReadingWarning } from '../reading/read-document';
import { tcvn3Letters } from '../reading/tcvn3-text';
import { readSamples, squeeze } from './draft-score';
import { docx, paragraph } from './made-docx';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const byteOf = new Map(Array.from(tcvn3Letters, ([byte, letter]) => [letter, byte]));

/** As old offices typed it: capitals with marks are small letters in a font of capitals. */
function tcvn3(text: string): Buffer {
  // "Uỷ", since there is no capital with a mark to begin "Ủy" with.
  const typed = text
    .replace(/Ủy/gu, 'Uỷ')
    .replace(/[–—]/gu, '-')
    .replace(/[“”]/gu, '"')
    .replace(/…/gu, '...')
    .replace(/[•·]/gu, '-');
  const bytes = Array.from(typed, (letter) => {
    const byte = byteOf.get(letter) ?? byteOf.get(letter.toLowerCase());
    return byte ?? letter;
  });
  return Buffer.from(bytes.join(''), 'latin1');
}

const forms: readonly {
  readonly form: string;
  readonly bytesOf: (text: string) => Buffer;
  readonly warnings: readonly ReadingWarning[];
}[] = [
  { form: 'UTF-16', bytesOf: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), warnings: ['converted'] },
  {
    form: 'decomposed letters',
    bytesOf: (text) => Buffer.from(text.normalize('NFD')),
    warnings: ['converted'],
  },
  {
    form: 'pasted HTML',
    bytesOf: (text) => {
      const lines = text.split('\n').map((line) => `<p>${escaped(line)}</p>`);
      return Buffer.from(`<html><body>${lines.join('')}</body></html>`);
    },
    warnings: ['converted'],
  },
  {
    form: 'a .docx',
    bytesOf: (text) =>
      docx(
        text
          .split('\n')
          .map((line) => paragraph(escaped(line)))
          .join(''),
      ),
    warnings: [],
  },
];

const samples = ['held-back', 'second-held-back', 'third-held-back'].flatMap((folder) =>
  readSamples(join(__dirname, folder)),
);

async function readAs(bytes: Buffer) {
  const document = await readDocument({ name: 'thong-bao', bytes });
  if (isRefusal(document)) throw new Error(document.code);
  return document;
}

const told = (text: string) => {
  const { document, directives } = draftDirectives(text);
  return {
    document: [document.number, document.issuingBody, document.issuedOn],
    directives: directives.map(({ text: words, lead, coordinating, deadline, kind }) => ({
      words: squeeze(words),
      lead: lead.map(squeeze),
      coordinating: coordinating.map(squeeze),
      deadline: deadline && [squeeze(deadline.text), deadline.date],
      kind,
    })),
  };
};

describe.each(samples)('$name', ({ text }) => {
  test.each(forms)('gives the same drafts as $form', async ({ bytesOf, warnings }) => {
    const document = await readAs(bytesOf(text));
    expect(document.warnings).toEqual(warnings);
    expect(told(document.text)).toEqual(told(text));
  });

  test('gives as many drafts, due on the same days, as TCVN3 bytes', async () => {
    const document = await readAs(tcvn3(text));
    expect(document.warnings).toEqual(['converted', 'converted-tcvn3']);
    const days = (of: string) => draftDirectives(of).directives.map(({ deadline }) => deadline?.date ?? null);
    // Capitals with marks are lost for good: names may come out small, duties and days may not go missing.
    expect(days(document.text)).toEqual(days(text));
  });
});
