import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { createHash } from 'node:crypto';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { today } from '../lifecycles/act-facts';
import { actFacts } from '../directives/directive-facts';
import { itemsOfReading, personNamed } from '../drafts/items-of-reading';
import { draftView, type DraftView } from '../drafts/draft-view';
import { draftDirectives } from '../intake/grammar/draft-directives';
import { type IntakeResult } from '../intake/grammar/intake-result';
import { DocumentEntity, DraftEntity, SourceEntity } from '../persistence/entities/intake.entities';

/** A document as it arrived: the text of its file (NFC), and where its bytes are kept. */
export interface ArrivedDocument {
  readonly name: string;
  readonly text: string;
  readonly file: string | null;
}

export interface ReceivedDocument {
  readonly document: { readonly id: string; readonly name: string } & IntakeResult['document'];
  readonly draft: DraftView;
}

/**
 * Takes in a document and opens a draft with what its words order. A text that orders nothing is taken in as well: its
 * draft is empty and says so. Refuses `document-already-received`, with the ids of the earlier one.
 */
export async function receiveDocument(
  tx: PostgresWork,
  caller: Caller,
  arrived: ArrivedDocument,
): Promise<ReceivedDocument | Refusal> {
  const { organization, manager, now } = tx;
  const contentSha256 = createHash('sha256').update(arrived.text).digest('hex');
  const twice = await earlier(tx, contentSha256);
  if (twice) return twice;
  const facts = await actFacts(tx);
  const reading = draftDirectives(arrived.text, {
    beforeMeans: facts.rules.beforeMeans.value,
  });
  const { document: head, notes } = reading;
  const [documentId, sourceId, draftId] = [newUuid(), newUuid(), newUuid()];
  const document = manager.create(DocumentEntity, {
    organizationId: organization,
    id: documentId,
    fileId: arrived.file,
    name: arrived.name,
    text: arrived.text,
    contentSha256,
    number: head.number,
    type: head.type,
    issuingBody: head.issuingBody,
    issuedOn: head.issuedOn,
    meetingOn: head.meetingOn,
    chair: head.chair,
    signer: head.signer,
    signerRole: head.signerRole,
    receivedById: caller.person,
    receivedAt: now,
  });
  await manager.insert(DocumentEntity, document);
  await manager.insert(SourceEntity, {
    organizationId: organization,
    id: sourceId,
    kind: 'notice',
    documentId,
    givenById: personNamed(facts.directory, head.chair),
    givenOn: head.issuedOn ?? head.meetingOn,
    note: null,
    enteredById: caller.person,
    enteredAt: now,
  });
  const items = itemsOfReading(reading, facts.directory, today(facts), caller.person);
  await manager.insert(DraftEntity, {
    organizationId: organization,
    id: draftId,
    sourceId,
    items: [...items],
    notes: [...notes],
    revision: 1,
    status: 'open',
    createdById: caller.person,
    createdAt: now,
    confirmedById: null,
    confirmedAt: null,
  });
  const draft = await draftView(tx, draftId);
  if (isRefusal(draft)) return draft;
  return { document: { id: documentId, name: arrived.name, ...head }, draft };
}

export interface DocumentView {
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly type: string | null;
  readonly issuingBody: string | null;
  readonly issuedOn: string | null;
  readonly signer: string | null;
  readonly signerRole: string | null;
  /** As it was read from the file: offsets of drafts count in it. */
  readonly text: string;
}

/** One document with its whole text, for the clerks who work on it. */
export async function seeDocument(tx: PostgresWork, id: string): Promise<DocumentView | Refusal> {
  const found = await tx.manager.findOneBy(DocumentEntity, { organizationId: tx.organization, id });
  if (!found) return notFound();
  const { name, number, type, issuingBody, issuedOn, signer, signerRole, text } = found;
  return { id, name, number, type, issuingBody, issuedOn, signer, signerRole, text };
}

async function earlier(tx: PostgresWork, contentSha256: string): Promise<Refusal | null> {
  const [found] = await tx.query<{ document: string; draft: string | null }>(
    `select d.id as document, f.id as draft from dondoc.document d
     left join dondoc.source s on s.organization_id = d.organization_id and s.document_id = d.id
     left join dondoc.draft f on f.organization_id = s.organization_id and f.source_id = s.id
     where d.organization_id = $1 and d.content_sha256 = $2 order by f.created_at limit 1`,
    [tx.organization, contentSha256],
  );
  if (!found) return null;
  const refused = refusal('document-already-received', {
    vi: 'Văn bản này đã được nhập trước đó.',
    en: 'This document has been received already.',
  });
  const existing = { document: found.document, ...(found.draft !== null && { draft: found.draft }) };
  return { ...refused, existing } as Refusal;
}
