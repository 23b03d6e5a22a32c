import { deflateRawSync } from 'node:zlib';
import { isRefusal } from '@dondoc/workflow/lifecycle/refusal';
import { draftDirectives } from '../grammar/draft-directives';
import { docx, paragraph, table, zip } from '../samples/made-docx';
import { defaultReadingLimits, readDocument, type ReadDocument } from './read-document';
import { readPdf } from './pdf-text';
import { findSecrecyMark } from './secrecy-mark';
import { unpackEntry } from './zip-directory';

const read = (bytes: Uint8Array | string, limits = defaultReadingLimits) =>
  readDocument({ name: 'tb', bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes }, limits);

async function accepted(bytes: Uint8Array | string): Promise<ReadDocument> {
  const document = await read(bytes);
  if (isRefusal(document)) throw new Error(document.code);
  return document;
}

async function refused(bytes: Uint8Array | string, limits = defaultReadingLimits): Promise<string> {
  const document = await read(bytes, limits);
  return isRefusal(document) ? document.code : 'accepted';
}

describe('text files', () => {
  const words = 'THÔNG BÁO\r\nGiao Sở Y tế báo cáo.';
  const nfc = words.replace('\r\n', '\n');

  test.each([
    ['UTF-8', Buffer.from(words), 'converted'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${words}`), 'converted'],
    ['decomposed', Buffer.from(words.normalize('NFD')), 'converted'],
    ['UTF-16LE', Buffer.from(`\ufeff${words}`, 'utf16le'), 'converted'],
    ['UTF-16BE', Buffer.from(`\ufeff${words}`, 'utf16le').swap16(), 'converted'],
  ])('%s becomes NFC with line feeds', async (_name, bytes, warning) => {
    const document = await accepted(bytes);
    expect(document.text).toBe(nfc);
    expect(document.format).toBe('text');
    expect(document.warnings).toEqual([warning]);
  });

  test('TCVN3 is converted, capitals of a word too, and said to be', async () => {
    const words =
      'TH¤NG B¸O\nGiao Phßng Néi vô b¸o c¸o tr\u00adíc ngµy 20/9/2025. Céng hßa x· héi chñ nghÜa ViÖt Nam';
    for (const bytes of [Buffer.from(words, 'latin1'), Buffer.from(words)]) {
      const document = await accepted(bytes);
      expect(document.text).toBe(
        'THÔNG BÁO\nGiao Phòng Nội vụ báo cáo trước ngày 20/9/2025. Cộng hòa xã hội chủ nghĩa Việt Nam',
      );
      expect(document.warnings).toEqual(['converted', 'converted-tcvn3']);
    }
    expect(await refused(Buffer.from('MËT\nCéng hßa x· héi chñ nghÜa', 'latin1'))).toBe('secret-document');
  });

  test.each([
    '<html><head><title>x</title><style>p{}</style></head><body><!-- <p>ẩn</p> --><p>TH&Ocirc;NG B&Aacute;O</p><p>1. Giao Sở Y tế &ndash; b&aacute;o c&aacute;o.</p></body></html>',
    '<meta charset="utf-8"><div><span>THÔNG BÁO</span></div><div>1. Giao Sở Y tế – báo cáo.</div>',
    '<p style="x">THÔNG BÁO<br>1. Giao Sở Y tế – báo cáo.</p>',
  ])('pasted HTML becomes lines: %s', async (html) => {
    const document = await accepted(html);
    expect(document.text).toBe('THÔNG BÁO\n1. Giao Sở Y tế – báo cáo.');
    expect(document.warnings).toEqual(['converted']);
  });

  test.each(['Số hộ < 5 và > 2, <br là gì?', '1. Giao <Sở Y tế> báo cáo'])('%s is no HTML', async (text) => {
    expect((await accepted(text)).text).toBe(text);
  });

  test('broken HTML is read in a time that grows with its length', async () => {
    for (const part of ['<p', '<!--', '<p><', '&#', '<p <']) {
      const started = performance.now();
      await accepted(`<p>a</p>${part.repeat(60_000)}`);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  test('clean text is taken as it is', async () => {
    expect(await accepted(nfc)).toEqual({ name: 'tb', format: 'text', text: nfc, warnings: [] });
  });
});

describe('a .docx', () => {
  test('gives paragraphs, bold headings and tables of assignments, whatever its name', async () => {
    const document = await accepted(
      docx(
        table([['UBND XÃ SUỐI MƠ', 'Độc lập - Tự do - Hạnh phúc']]) +
          paragraph('THÔNG BÁO', true) +
          paragraph('1. Giao Phòng Kinh tế lập dự toán.') +
          table([
            ['TT', 'Nội dung', 'Đơn vị chủ trì', 'Thời hạn'],
            ['1', 'Kiểm kê rừng', 'Phòng Kinh tế', '30/10/2025'],
          ]),
      ),
    );
    expect(document.format).toBe('docx');
    expect(document.text.split('\n')).toEqual([
      'UBND XÃ SUỐI MƠ',
      'Độc lập - Tự do - Hạnh phúc',
      '**THÔNG BÁO**',
      '1. Giao Phòng Kinh tế lập dự toán.',
      '| TT | Nội dung | Đơn vị chủ trì | Thời hạn |',
      '| 1 | Kiểm kê rừng | Phòng Kinh tế | 30/10/2025 |',
    ]);
    expect(draftDirectives(document.text).directives).toMatchObject([
      { lead: ['Phòng Kinh tế'] },
      { text: 'Kiểm kê rừng', deadline: { date: '2025-10-30' } },
    ]);
  });
});

const bytes = Buffer.from('%PDF-1.4');

describe('what stands beside the text of a .docx', () => {
  const box = (text: string): string =>
    `<w:p><w:r><w:t>Giao Phòng Kinh tế</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${paragraph(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t> lập hồ sơ.</w:t></w:r></w:p>`;

  test('a text box is a paragraph of its own', async () => {
    const { text } = await accepted(docx(box('ĐẾN: 15')));
    expect(text.split('\n').sort()).toEqual(['Giao Phòng Kinh tế lập hồ sơ.', 'ĐẾN: 15'].sort());
  });

  test('a footnote is left out', async () => {
    const { text } = await accepted(
      docx(
        '<w:p><w:r><w:t>Giao Sở Y tế</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t> báo cáo.</w:t></w:r></w:p>',
        undefined,
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r><w:t>Theo số liệu cũ.</w:t></w:r></w:p></w:footnote></w:footnotes>',
      ),
    );
    expect(text).toBe('Giao Sở Y tế báo cáo.');
  });
});

describe('a .pdf', () => {
  test('loses its page numbers, headers and footers, not its letterhead', async () => {
    const page = (number: number, text: string): string =>
      `UBND HUYỆN TÂN HÀ\n${text}\nHệ thống quản lý văn bản\nTrang ${number}/4`;
    const pages = [1, 2, 3, 4].map((number) => page(number, `dòng ${'abcd'.charAt(number - 1)}`));
    expect(await readPdf(bytes, 9, () => Promise.resolve(pages))).toMatchObject({
      text: 'UBND HUYỆN TÂN HÀ\ndòng a\ndòng b\ndòng c\ndòng d',
    });
  });

  test('joins its pages; a scan has no text', async () => {
    const read = (pages: readonly string[]) => readPdf(bytes, 9, () => Promise.resolve(pages));
    expect(await read(['một\n', ' hai'])).toMatchObject({ text: 'một\nhai' });
    expect(await read(['', ' '])).toMatchObject({ text: '\n' });
  });

  test.each([
    [new Error('PasswordException: No password given'), 'file-encrypted'],
    [new Error('Invalid PDF structure.'), 'file-damaged'],
  ])('%s', async (error, code) => {
    expect(await readPdf(bytes, 9, () => Promise.reject(error))).toMatchObject({ refused: true, code });
  });

  test('of too many pages is refused', async () => {
    expect(await readPdf(bytes, 1, () => Promise.resolve(['', '']))).toMatchObject({
      code: 'file-too-large',
    });
  });
});

describe('a refusal', () => {
  test.each([
    ['file-empty', Buffer.alloc(0)],
    ['file-type-unsupported', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d, 1, 2, 3, 4])],
    ['file-type-unsupported', zip({ 'xl/workbook.xml': '<a/>' })],
    ['file-type-unsupported', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    [
      'file-encrypted',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['file-damaged', docx(paragraph('x')).subarray(0, 300)],
    ['file-damaged', zip({ 'word/document.xml': '<w:document' })],
    ['file-encoding-unknown', Buffer.from('Déclaration générale à signer, très urgent', 'latin1')],
  ])('%s', async (code, bytes) => {
    expect(await refused(bytes)).toBe(code);
  });

  test('of what is too large, packed or unpacked', async () => {
    expect(await refused('ab', { ...defaultReadingLimits, maxBytes: 1 })).toBe('file-too-large');
    expect(await refused(docx(paragraph('x'), 300_000_000))).toBe('file-unpacks-too-large');
  });

  test('of what unpacks to more than its archive says', () => {
    const packed = deflateRawSync(Buffer.alloc(1_000_000));
    const head = Buffer.alloc(30);
    const entry = { name: 'x', unpackedBytes: 10, packedBytes: packed.length, method: 8, at: 0 };
    const archive = Buffer.concat([head, packed]);
    expect(unpackEntry(archive, entry, 999_999)).toBe('too-large');
    expect(unpackEntry(archive, entry, 1_000_000)).toHaveLength(1_000_000);
    expect(unpackEntry(archive.subarray(0, 40), entry, 1_000_000)).toBe('damaged');
  });

  test('names the file in both languages', async () => {
    expect(await read('')).toMatchObject({
      refused: true,
      field: 'file',
      vi: 'Tệp rỗng.',
      en: 'The file is empty.',
    });
  });
});

describe('a mark of secrecy', () => {
  test.each(['header1', 'footer2'])('in the %s of a .docx is seen', async (part) => {
    const marked = docx(paragraph('THÔNG BÁO'), undefined, undefined, {
      [`word/${part}.xml`]: `<w:hdr><w:p><w:r><w:t>TỐI </w:t></w:r><w:r><w:t xml:space="preserve">MẬT</w:t></w:r></w:p></w:hdr>`,
    });
    expect(await refused(marked)).toBe('secret-document');
  });

  test('at the foot of every page of a .pdf is seen though footers are left out', async () => {
    const page = (n: number) => `THÔNG BÁO phần ${n}\nGiao Sở Y tế báo cáo.\nMẬT`;
    const pages = await readPdf(new Uint8Array(), 9, () => Promise.resolve([1, 2, 3, 4].map(page)));
    expect(isRefusal(pages) ? null : findSecrecyMark(pages.edges)).toBe('MẬT');
  });

  test.each([
    'MẬT\nUBND TỈNH',
    'UBND TỈNH\n\n  **TỐI MẬT**  \nTHÔNG BÁO',
    'Số: 12-TB/TU        TUYỆT MẬT\nTHÔNG BÁO',
    'Độ mật: Mật\nTHÔNG BÁO',
    '[MẬT]\nTHÔNG BÁO',
    'UBND TỈNH\nM Ậ T\nTHÔNG BÁO',
    'T Ố I   M Ậ T\nTHÔNG BÁO',
    'UBND TỈNH\nTuyệt mật\nTHÔNG BÁO',
    'UBND TỈNH\n(Mật)\nTHÔNG BÁO',
    'TUYỆT MẬT Số: 12-TB/TU\nTHÔNG BÁO',
    'Số: 45/TB-UBND MẬT\nTHÔNG BÁO',
    'UBND HUYỆN TÂN HÀ TỐI MẬT\nTHÔNG BÁO',
    'ĐỘ MẬT: TỐI  MẬT\nTHÔNG BÁO',
    'TÔI MÂT\nTHÔNG BÁO'.normalize('NFD'),
  ])('refuses %j', async (text) => {
    expect(await refused(text)).toBe('secret-document');
  });

  test.each([
    'THÔNG BÁO\n1. Giao Công an xã bảo vệ bí mật nhà nước.',
    'THÔNG BÁO\nTăng cường quản lý tài liệu MẬT theo quy định.',
    'KẾ HOẠCH\nBảo mật thông tin',
    'KẾ HOẠCH\nTHỰC HIỆN CÔNG TÁC BẢO VỆ BÍ MẬT\nNHÀ NƯỚC NĂM 2025',
    'UBND TỈNH\nKẾ HOẠCH\nQUẢN LÝ TÀI LIỆU MẬT',
  ])('is not seen in %j', async (text) => {
    expect(await refused(text)).toBe('accepted');
  });
});
