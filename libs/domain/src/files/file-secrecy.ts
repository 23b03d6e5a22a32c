import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type DocumentReader } from '../documents/reader/document-reader';
import { sniffFormat } from '../intake/reading/file-format';
import { defaultReadingLimits } from '../intake/reading/read-document';

/** Why a file is not kept although nobody asks for its words; whatever else cannot be read of it is its owner's concern. */
const refusedAnyway: ReadonlySet<string> = new Set([
  'secret-document',
  'file-unpacks-too-large',
  'reading-takes-too-long',
  'reading-takes-too-much',
]);

/**
 * The refusal of an attachment whose text bears a mark of secrecy, or whose text cannot be looked at because it was made to
 * take too long; null for all others. Only text files, .docx and .pdf have a text that is looked at: a picture of a stamp is not read.
 */
export async function secrecyRefusal(
  reader: Pick<DocumentReader, 'text'>,
  file: { readonly name: string; readonly bytes: Uint8Array },
  maxBytes: number,
): Promise<Refusal | null> {
  const format = sniffFormat(file.bytes);
  if (format === 'unknown' || format === 'encrypted-office') return null;
  const read = await reader.text(file, { ...defaultReadingLimits, maxBytes });
  return isRefusal(read) && refusedAnyway.has(read.code) ? { ...read, field: 'file' } : null;
}
