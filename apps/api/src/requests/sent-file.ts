import { type SentFile } from '@dondoc/domain/files/files.service';
import { Problem } from '../problems/problem';

/** The parts of an uploaded file that are believed; its name arrives in UTF-8 read as latin-1. */
export function sentFile(file: Express.Multer.File | undefined): SentFile {
  if (!file) {
    const words = { vi: 'Thiếu tệp (phần "file").', en: 'The file (part "file") is missing.' };
    throw new Problem(422, {
      code: 'file-missing',
      ...words,
      errors: [{ field: 'file', code: 'file-missing', ...words }],
    });
  }
  return {
    name: Buffer.from(file.originalname, 'latin1').toString('utf8'),
    contentType: file.mimetype,
    bytes: file.buffer,
  };
}
