import { refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction } from '@dondoc/workflow/postgres/index';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { StoredFileEntity } from '../persistence/entities/intake.entities';
import { type FileStorage } from './file-storage.port';

/** A file as it was sent. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

const NAME_MOST = 200;

/** A name fit to be shown and sent back: no path, no control characters. */
function plainName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = [...last]
    .filter((character) => !/\p{C}/u.test(character))
    .join('')
    .trim();
  return plain.slice(0, NAME_MOST) || 'tep-dinh-kem';
}

const contentTypeForm = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/;

/** Keeps a file; its bytes are in the storage before the row is, so that a row never points at nothing. */
export async function keepFile(
  tx: PostgresTransaction,
  caller: Caller,
  storage: FileStorage,
  file: SentFile,
): Promise<FileView | Refusal> {
  if (file.bytes.byteLength === 0)
    return refusal('file-empty', { vi: 'Tệp rỗng.', en: 'The file is empty.' }, { field: 'file' });
  const sha256 = await storage.keep(file.bytes);
  const id = newUuid();
  const name = plainName(file.name);
  const contentType = contentTypeForm.test(file.contentType) ? file.contentType : 'application/octet-stream';
  await tx.manager.insert(StoredFileEntity, {
    organizationId: tx.organization,
    id,
    sha256,
    size: file.bytes.byteLength,
    contentType,
    name,
    storedById: caller.person,
    storedAt: tx.now,
  });
  return { id, name, contentType, size: file.bytes.byteLength, sha256 };
}

/** The row of a file; `not-found` when the organization has none of this id. */
export async function findFile(tx: PostgresTransaction, id: string): Promise<FileView | Refusal> {
  const file = await tx.manager.findOneBy(StoredFileEntity, { organizationId: tx.organization, id });
  if (!file) return notFound();
  const { name, contentType, size, sha256 } = file;
  return { id, name, contentType, size, sha256 };
}
