import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { actFacts } from '../directives/directive-facts';
import { requireDate, today } from '../lifecycles/act-facts';
import { DraftEntity, SourceEntity } from '../persistence/entities/intake.entities';
import { type ItemFields } from './draft-item';
import { draftView, type DraftView } from './draft-view';
import { editItems, itemByHand, type RequestedEdit } from './edit-items';
import { lessonsOf } from './lessons';
import { keepLessons } from './lessons.service';
import { withSelections } from './selected-words';

/** Where directives entered by hand come from: who gave the order, and when. */
export interface SourceIntent {
  readonly kind: 'letter' | 'note' | 'oral' | 'notice';
  /** The leader who gave it. */
  readonly givenBy: string;
  readonly givenOn: string;
  readonly note?: string | null | undefined;
  /** The office's own mark, for example "BP-05": names its directives. */
  readonly reference?: string | null | undefined;
}

export interface ManualDraft {
  readonly source: SourceIntent;
  readonly items: readonly (Partial<ItemFields> & Pick<ItemFields, 'text'>)[];
}

export interface DraftChange {
  readonly edits: readonly RequestedEdit[];
  readonly source?:
    { readonly [K in 'givenBy' | 'givenOn' | 'note']?: SourceIntent[K] | undefined } | undefined;
}

/** Opens a draft of directives that no document brought: a bút phê, a letter, an oral order. */
export async function enterDraft(
  tx: PostgresWork,
  caller: Caller,
  { source, items }: ManualDraft,
): Promise<DraftView | Refusal> {
  const refused = await sourceProblem(tx, source);
  if (refused) return refused;
  const [sourceId, draftId] = [newUuid(), newUuid()];
  const { organization, manager, now } = tx;
  await manager.insert(SourceEntity, {
    organizationId: organization,
    id: sourceId,
    kind: source.kind,
    documentId: null,
    givenById: source.givenBy,
    givenOn: source.givenOn,
    note: source.note ?? null,
    reference: source.reference ?? null,
    enteredById: caller.person,
    enteredAt: now,
  });
  const byHand = { assigningLeader: source.givenBy, trackingOfficer: caller.person };
  await manager.insert(DraftEntity, {
    organizationId: organization,
    id: draftId,
    sourceId,
    items: items.map((item, index) => itemByHand(String(index + 1), { ...byHand, ...item })),
    notes: [],
    revision: 1,
    status: 'open',
    createdById: caller.person,
    createdAt: now,
    confirmedById: null,
    confirmedAt: null,
  });
  return draftView(tx, draftId);
}

/**
 * Corrects an open draft, all corrections or none, and keeps what they teach the next reading. Refuses `stale-revision`,
 * `draft-confirmed` and `outside-document`.
 */
export async function changeDraft(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  expectedRevision: number,
  change: DraftChange,
): Promise<DraftView | Refusal> {
  const draft = await openDraft(tx, id, expectedRevision);
  if (isRefusal(draft)) return draft;
  const edits = await withSelections(tx, draft, change.edits);
  if (isRefusal(edits)) return edits;
  const items = editItems(draft.items, edits);
  if (isRefusal(items)) return items;
  await keepLessons(tx, caller, lessonsOf(draft.items, edits));
  if (change.source) {
    const refused = await sourceProblem(tx, change.source);
    if (refused) return refused;
    const { givenBy, givenOn, note } = change.source;
    await tx.manager.update(
      SourceEntity,
      { organizationId: tx.organization, id: draft.source.id },
      {
        ...(givenBy !== undefined && { givenById: givenBy }),
        ...(givenOn !== undefined && { givenOn }),
        ...(note !== undefined && { note }),
      },
    );
  }
  await tx.manager.update(
    DraftEntity,
    { organizationId: tx.organization, id },
    { items: [...items], revision: draft.revision + 1 },
  );
  return draftView(tx, id);
}

/** The draft, locked, when it can still be changed. */
export async function openDraft(
  tx: PostgresWork,
  id: string,
  expectedRevision: number | undefined,
): Promise<DraftView | Refusal> {
  const draft = await draftView(tx, id, 'for update of f');
  if (isRefusal(draft)) return draft;
  if (draft.status !== 'open')
    return refusal(
      'draft-confirmed',
      { vi: 'Bản nháp này đã được xác nhận.', en: 'This draft has been confirmed already.' },
      { allowed: [] },
    );
  if (expectedRevision !== undefined && expectedRevision !== draft.revision)
    return refusal(
      'stale-revision',
      {
        vi: 'Bản nháp đã được người khác sửa; hãy xem bản mới rồi thao tác lại.',
        en: 'Somebody else has changed the draft in the meantime; look at it again.',
      },
      { currentRevision: draft.revision },
    );
  return draft;
}

async function sourceProblem(
  tx: PostgresWork,
  source: NonNullable<DraftChange['source']>,
): Promise<Refusal | null> {
  const facts = await actFacts(tx);
  if (source.givenOn !== undefined) {
    const date = requireDate(source.givenOn, 'source.givenOn');
    if (isRefusal(date)) return date;
    if (date > today(facts))
      return refusal(
        'source-in-future',
        { vi: 'Ngày giao việc ở tương lai.', en: 'The order is dated in the future.' },
        { field: 'source.givenOn' },
      );
  }
  if (source.givenBy !== undefined && !facts.directory.people.some(({ id }) => id === source.givenBy))
    return refusal(
      'unknown-person',
      { vi: 'Không có người này trong danh bạ.', en: 'The directory has no such person.' },
      { field: 'source.givenBy' },
    );
  return null;
}
