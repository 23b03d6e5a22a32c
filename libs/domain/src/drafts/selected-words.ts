import { refusal, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { actFacts } from '../directives/directive-facts';
import { draftSelection } from '../intake/grammar/draft-selection';
import { today } from '../lifecycles/act-facts';
import { type DraftView } from './draft-view';
import { type DraftEdit, type RequestedEdit } from './edit-items';
import { itemsOfReading } from './items-of-reading';
import { aliasesOf } from './lessons';
import { lessonsInForce } from './lessons.service';

/** Reads the words that a clerk selected in the document: who, what and by when, with where they stand. */
export async function withSelections(
  tx: PostgresWork,
  draft: DraftView,
  edits: readonly RequestedEdit[],
): Promise<readonly DraftEdit[] | Refusal> {
  if (edits.every(({ op }) => op !== 'select')) return edits as readonly DraftEdit[];
  const text = await documentText(tx, draft);
  const facts = await actFacts(tx);
  const aliases = aliasesOf(await lessonsInForce(tx));
  const read: DraftEdit[] = [];
  for (const [index, edit] of edits.entries()) {
    if (edit.op !== 'select') {
      read.push(edit);
      continue;
    }
    const words = text?.slice(edit.start, edit.end).trim() ?? '';
    if (words === '' || edit.end <= edit.start || edit.end > (text?.length ?? 0)) return outside(index);
    const reading = draftSelection(text ?? '', edit.start, edit.end, {
      beforeMeans: facts.rules.beforeMeans.value,
    });
    const officer = draft.items[0]?.trackingOfficer ?? draft.createdBy;
    read.push({
      op: 'read',
      items: itemsOfReading(reading, facts.directory, today(facts), officer, aliases),
    });
  }
  return read;
}

async function documentText(tx: PostgresWork, { source }: DraftView): Promise<string | null> {
  if (source.document === null) return null;
  const [row] = await tx.query<{ text: string }>(
    'select text from dondoc.document where organization_id = $1 and id = $2',
    [tx.organization, source.document.id],
  );
  return row?.text ?? null;
}

function outside(index: number): Refusal {
  return refusal(
    'outside-document',
    {
      vi: 'Đoạn được chọn không nằm trong văn bản của bản nháp này.',
      en: "The selected words are not within this draft's document.",
    },
    { field: `edits[${index}].start` },
  );
}
