import { contentRefusal } from './file-content';

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

describe('a file that is sent', () => {
  it.each([
    ['bao-cao.pdf', bytes('%PDF-1.7')],
    ['bao-cao.PDF', bytes(' \n', '%PDF-1.4')],
    ['phu-luc.docx', bytes('PK', 3, 4)],
    ['cu.doc', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['cu.doc', bytes('{\\rtf1')],
    ['anh.jpg', bytes(0xff, 0xd8, 0xff, 0xe0)],
    ['ghi-chu.txt', bytes('Đã làm xong')],
    ['ban-do.kml', bytes('<kml/>')],
    ['không tên', bytes('x')],
    ['constructor', bytes('x')],
  ])('%s is taken', (name, content) => {
    expect(contentRefusal(name, content)).toBeNull();
  });

  it.each([
    ['bao-cao.pdf', bytes('MZ', 0x90), 'file-is-program'],
    ['bao-cao', bytes(0x7f, 'ELF'), 'file-is-program'],
    ['chay', bytes('#!/bin/sh'), 'file-is-program'],
    ['bao-cao.pdf.exe', bytes('x'), 'file-is-program'],
    ['bao-cao.js', bytes('alert(1)'), 'file-is-program'],
    ['bao-cao.pdf', bytes('<html><script>'), 'file-content-differs'],
    ['anh.png', bytes(0xff, 0xd8, 0xff), 'file-content-differs'],
    ['phu-luc.docx', bytes('<svg onload=x>'), 'file-content-differs'],
    ['cu.doc', bytes('%PDF-1.7'), 'file-content-differs'],
  ])('%s is refused for what is in it', (name, content, code) => {
    expect(contentRefusal(name, content)).toMatchObject({ code, field: 'file' });
  });
});
