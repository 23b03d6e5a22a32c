import { refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { createHash } from 'node:crypto';
import { notFound, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { VISIBLE, visibilityOf } from '../authorization/visible-rows';
import { StoredFileEntity } from '../persistence/entities/intake.entities';
import { contentRefusal } from './file-content';
import { quotaRefusal } from './file-quota';
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
  const plain = last.replace(/\p{C}/gu, '').trim();
  // Cut between characters: half of one could not be kept.
  return Array.from(plain).slice(0, NAME_MOST).join('') || 'tep-dinh-kem';
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
  const unfit = contentRefusal(plainName(file.name), file.bytes);
  if (unfit) return unfit;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const size = file.bytes.byteLength;
  const refused = await quotaRefusal(tx, storage.quota, caller.person, { sha256, size });
  if (refused) return refused;
  await storage.keep(file.bytes);
  const id = newUuid();
  const name = plainName(file.name);
  const contentType = contentTypeForm.test(file.contentType) ? file.contentType : 'application/octet-stream';
  await tx.manager.insert(StoredFileEntity, {
    organizationId: tx.organization,
    id,
    sha256,
    size,
    contentType,
    name,
    storedById: caller.person,
    storedAt: tx.now,
  });
  return { id, name, contentType, size, sha256 };
}

/** Their own uploads, what they see everything of, and what belongs to a directive that they may see. */
const READABLE = `
  select f.id, f.name, f.content_type as "contentType", f.size, f.sha256 from dondoc.stored_file f
  where f.organization_id = $1 and f.id = $5 and ($2::boolean or f.stored_by_id = any($4::uuid[]) or exists (
    select from dondoc.directive d
    join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
    left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
    where d.organization_id = $1 and ${VISIBLE} and (o.file_id = f.id or exists (
      select from dondoc.result_document r
      where r.organization_id = $1 and r.directive_id = d.id and r.file_id = f.id) or exists (
      select from dondoc.explanation x
      where x.organization_id = $1 and x.directive_id = d.id and x.file_id = f.id)))
    or exists (
      select from dondoc.consultation k
      where k.organization_id = $1 and k.file_id = f.id
        and (k.lead_id = any($3::uuid[]) or k.agency_id = any($3::uuid[])))
    or exists (
      select from dondoc.reporting_obligation b
      join dondoc.standing_directive s on s.organization_id = b.organization_id and s.id = b.standing_directive_id
      where b.organization_id = $1 and b.file_id = f.id
        and (s.lead_id = any($3::uuid[]) or s.assigning_leader_id = any($4::uuid[])
             or s.tracking_officer_id = any($4::uuid[]))))`;

/** The row of a file that the caller may read. What one may not read is as if it were not there. */
export async function findFile(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<FileView | Refusal> {
  const [file] = await tx.query<FileView>(READABLE, [...visibilityOf(caller), id]);
  if (file) return file;
  const hidden = await tx.manager.existsBy(StoredFileEntity, { organizationId: tx.organization, id });
  return hidden ? notVisible('file.read', id) : notFound();
}
