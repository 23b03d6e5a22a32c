import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { createHash } from 'node:crypto';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { today } from '../lifecycles/act-facts';
import { actFacts } from '../directives/directive-facts';
import { itemsOfReading, personNamed } from '../drafts/items-of-reading';
import { draftView, type DraftView } from '../drafts/draft-view';
import { aliasesOf, applyLessons } from '../drafts/lessons';
import { lessonsInForce } from '../drafts/lessons.service';
import { type IntakeOptions, type IntakeResult } from '../intake/grammar/intake-result';
import { DocumentEntity, DraftEntity, SourceEntity } from '../persistence/entities/intake.entities';

/** A document as it arrived: the text of its file (NFC), and where its bytes are kept. */
export interface ArrivedDocument {
  readonly name: string;
  readonly text: string;
  /** What was read of the text, by the office's conventions. */
  readonly reading: IntakeResult;
  readonly file: string | null;
  /** A clerk has seen the earlier document of this number and takes this one in beside it. */
  readonly sameNumberAccepted?: boolean;
}

export interface ReceivedDocument {
  readonly document: { readonly id: string; readonly name: string } & IntakeResult['document'];
  readonly draft: DraftView;
}

/** How the office reads deadlines, by the working rules in force. */
export async function readingConventions(tx: PostgresWork): Promise<IntakeOptions> {
  const { rules } = await actFacts(tx);
  return { beforeMeans: rules.beforeMeans.value };
}

/**
 * Takes in a document and opens a draft with what its words order. A text that orders nothing is taken in as well: its
 * draft is empty and says so. Refuses `document-already-received` (the same words) and `document-number-received` (the same number,
 * issuing body and year in other words), with the ids of the earlier one.
 */
export async function receiveDocument(
  tx: PostgresWork,
  caller: Caller,
  arrived: ArrivedDocument,
): Promise<ReceivedDocument | Refusal> {
  const { organization, manager, now } = tx;
  const contentSha256 = createHash('sha256').update(arrived.text).digest('hex');
  const twice = await sameContent(tx, contentSha256);
  if (twice) return twice;
  const facts = await actFacts(tx);
  const { reading } = arrived;
  const { document: head } = reading;
  const again = arrived.sameNumberAccepted === true ? null : await sameNumber(tx, head);
  if (again) return again;
  const notes = await withEarlierDocuments(tx, reading.notes);
  const lessons = await lessonsInForce(tx);
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
  const read = itemsOfReading(reading, facts.directory, today(facts), caller.person, aliasesOf(lessons));
  const items = applyLessons(read, lessons);
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

interface KnownDocument {
  readonly document: string;
  readonly draft: string | null;
}

const SELECT_KNOWN = `
  select d.id as document, f.id as draft from dondoc.document d
  left join dondoc.source s on s.organization_id = d.organization_id and s.document_id = d.id
  left join dondoc.draft f on f.organization_id = s.organization_id and f.source_id = s.id`;

async function sameContent(tx: PostgresWork, contentSha256: string): Promise<Refusal | null> {
  const [found] = await tx.query<KnownDocument>(
    `${SELECT_KNOWN} where d.organization_id = $1 and d.content_sha256 = $2 order by f.created_at limit 1`,
    [tx.organization, contentSha256],
  );
  if (!found) return null;
  const refused = refusal('document-already-received', {
    vi: 'Văn bản này đã được nhập trước đó.',
    en: 'This document has been received already.',
  });
  return withExisting(refused, found);
}

/** A number runs anew every year in every office: all three make a notice. */
async function sameNumber(tx: PostgresWork, head: IntakeResult['document']): Promise<Refusal | null> {
  const day = head.issuedOn ?? head.meetingOn;
  if (head.number === null || head.issuingBody === null || day === null) return null;
  const [found] = await tx.query<KnownDocument>(
    `${SELECT_KNOWN} where d.organization_id = $1 and d.number = $2 and d.issuing_body = $3
       and extract(year from coalesce(d.issued_on, d.meeting_on)) = $4 order by f.created_at limit 1`,
    [tx.organization, head.number, head.issuingBody, Number(day.slice(0, 4))],
  );
  if (!found) return null;
  const refused = refusal(
    'document-number-received',
    {
      vi: `Đã nhập một văn bản số ${head.number} năm ${day.slice(0, 4)} của ${head.issuingBody} với nội dung khác; nếu vẫn là văn bản mới, gửi lại với acceptSameNumber.`,
      en: `A document ${head.number} of ${day.slice(0, 4)} by ${head.issuingBody} has been received with other words; if this is another one, send it again with acceptSameNumber.`,
    },
    { field: 'acceptSameNumber' },
  );
  return withExisting(refused, found);
}

/** A notice that replaces, changes or extends an earlier one: the link is proposed where that one is known. */
async function withEarlierDocuments(
  tx: PostgresWork,
  notes: IntakeResult['notes'],
): Promise<readonly object[]> {
  const numbers = notes.flatMap(({ earlier = [] }) => earlier.map(({ number }) => number));
  if (numbers.length === 0) return notes;
  const known = await tx.query<{ id: string; number: string; name: string }>(
    `select id, number, name from dondoc.document where organization_id = $1 and number = any($2)
     order by received_at desc`,
    [tx.organization, numbers],
  );
  return notes.map((note) => ({
    ...note,
    ...(note.earlier && {
      earlier: note.earlier.map((one) => {
        const found = known.filter(({ number }) => number === one.number);
        return { ...one, documents: found.map(({ id, name }) => ({ id, name })) };
      }),
    }),
  }));
}

function withExisting(refused: Refusal, found: KnownDocument): Refusal {
  const existing = { document: found.document, ...(found.draft !== null && { draft: found.draft }) };
  return { ...refused, existing } as Refusal;
}
