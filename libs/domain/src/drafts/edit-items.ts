import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { z } from 'zod';
import {
  blankItem,
  idSchema,
  itemFieldsSchema,
  TEXT_MOST,
  type DraftItem,
  type ItemFields,
  type OpenName,
} from './draft-item';

const itemId = z.string().min(1).max(40);
const someFields = itemFieldsSchema.partial();
const newItem = itemFieldsSchema.partial().extend({ text: itemFieldsSchema.shape.text });

/** One correction of a draft. They are carried out in order, all or none. */
export const draftEditSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('edit'), item: itemId, set: someFields }),
  /** One item becomes several: each part has the fields of the whole except those it sets. */
  z.strictObject({ op: z.literal('split'), item: itemId, parts: z.array(someFields).min(2).max(60) }),
  /** Several items become the first of them, with all their words and agencies. */
  z.strictObject({ op: z.literal('merge'), items: z.array(itemId).min(2).max(60) }),
  z.strictObject({ op: z.literal('drop'), item: itemId }),
  z.strictObject({ op: z.literal('add'), item: newItem }),
  /** What a name that was open means: an agency, or none that the directory has. */
  z.strictObject({
    op: z.literal('name'),
    item: itemId,
    role: z.enum(['lead', 'coordinating']),
    name: z.string().min(1).max(500),
    agency: idSchema.nullable(),
  }),
  /** Words of the document from one character to another, end exclusive, as drafted anew. */
  z.strictObject({ op: z.literal('select'), start: z.int().min(0), end: z.int().min(1) }),
]);
export type RequestedEdit = z.infer<typeof draftEditSchema>;
/** A correction whose words are known: what was selected has been read. */
export type DraftEdit =
  Exclude<RequestedEdit, { op: 'select' }> | { readonly op: 'read'; readonly items: readonly DraftItem[] };

const MOST_ITEMS = 500;

/** An item made by hand. */
export function itemByHand(id: string, fields: Partial<ItemFields> & Pick<ItemFields, 'text'>): DraftItem {
  return {
    ...blankItem,
    ...fields,
    id,
    leadNames: [],
    coordinatingNames: [],
    confidence: null,
    flags: [],
    start: null,
    end: null,
  };
}

/** The items after the corrections, or the first correction that cannot be made. Pure. */
export function editItems(
  items: readonly DraftItem[],
  edits: readonly DraftEdit[],
): readonly DraftItem[] | Refusal {
  let edited = items;
  for (const [index, edit] of edits.entries()) {
    const next = editOnce(edited, edit, `edits[${index}]`);
    if (isRefusal(next)) return next;
    // A document may order more than that: what makes its draft smaller is always taken.
    if (next.length > MOST_ITEMS && next.length > edited.length) return tooManyItems;
    edited = next;
  }
  return edited;
}

const tooManyItems = refusal(
  'too-many-items',
  { vi: `Mỗi bản nháp có tối đa ${MOST_ITEMS} mục.`, en: `A draft holds at most ${MOST_ITEMS} items.` },
  { field: 'edits' },
);

function editOnce(
  items: readonly DraftItem[],
  edit: DraftEdit,
  path: string,
): readonly DraftItem[] | Refusal {
  const unknown = (id: string, field: string) =>
    refusal(
      'unknown-item',
      { vi: `Bản nháp không có mục "${id}".`, en: `The draft has no item "${id}".` },
      { field: `${path}.${field}` },
    );
  switch (edit.op) {
    case 'add':
      return [...items, itemByHand(nextId(items), given(edit.item))];
    case 'read': {
      const first = Number(nextId(items));
      return [...items, ...edit.items.map((item, index) => ({ ...item, id: String(first + index) }))].sort(
        (a, b) => (a.start ?? Number.POSITIVE_INFINITY) - (b.start ?? Number.POSITIVE_INFINITY),
      );
    }
    case 'merge':
      return merge(items, edit.items, `${path}.items`) ?? unknown(edit.items.join(', '), 'items');
    default: {
      const found = items.find(({ id }) => id === edit.item);
      return found ? replace(items, found, edit) : unknown(edit.item, 'item');
    }
  }
}

function replace(
  items: readonly DraftItem[],
  found: DraftItem,
  edit: Extract<DraftEdit, { item: string }>,
): readonly DraftItem[] {
  const put = (...others: readonly DraftItem[]) =>
    items.flatMap((item) => (item === found ? others : [item]));
  switch (edit.op) {
    case 'drop':
      return put();
    case 'edit':
      return put(settled({ ...found, ...given(edit.set), openNames: stillOpen(found, edit.set) }));
    case 'name':
      return put(settled(named(found, edit)));
    case 'split': {
      const first = Number(nextId(items));
      return put(
        ...edit.parts.map((part, index) =>
          settled({
            ...found,
            ...given(part),
            openNames: stillOpen(found, part),
            id: index === 0 ? found.id : String(first + index - 1),
          }),
        ),
      );
    }
  }
}

function merge(
  items: readonly DraftItem[],
  ids: readonly string[],
  field: string,
): readonly DraftItem[] | Refusal | null {
  const merged = [...new Set(ids)].map((id) => items.find((item) => item.id === id));
  const [first, ...rest] = merged.filter((item) => item !== undefined);
  if (!first || rest.length === 0 || rest.length + 1 !== merged.length) return null;
  const together = [first, ...rest];
  const length = together.reduce((sum, { text }) => sum + text.length + 1, -1);
  if (length > TEXT_MOST)
    return refusal(
      'text-too-long',
      {
        vi: `Gộp lại sẽ dài ${length} ký tự; mỗi mục có tối đa ${TEXT_MOST}.`,
        en: `Together they are ${length} characters long; an item holds at most ${TEXT_MOST}.`,
      },
      { field },
    );
  const whole = mergeItems(together);
  return items.flatMap((item) => (item === first ? [whole] : rest.includes(item) ? [] : [item]));
}

/** One item of several, with all their words and agencies; it keeps the id of the first. */
export function mergeItems(together: readonly DraftItem[]): DraftItem {
  const all = <T>(of: (item: DraftItem) => readonly T[]) => [...new Set(together.flatMap(of))];
  const lead = all((item) => item.lead);
  const spans = together.flatMap(({ start, end }) =>
    start === null || end === null ? [] : [{ start, end }],
  );
  return settled({
    ...(together[0] as DraftItem),
    openNames: together.flatMap(({ openNames = [] }) => openNames),
    text: together.map(({ text }) => text).join('\n'),
    lead,
    leadNames: all((item) => item.leadNames),
    coordinating: all((item) => item.coordinating).filter((agency) => !lead.includes(agency)),
    coordinatingNames: all((item) => item.coordinatingNames),
    flags: all((item) => item.flags),
    deadline: together.find(({ deadline }) => deadline !== null)?.deadline ?? null,
    mentions: together.flatMap(({ mentions = [] }) => mentions),
    start: spans.length === 0 ? null : Math.min(...spans.map(({ start }) => start)),
    end: spans.length === 0 ? null : Math.max(...spans.map(({ end }) => end)),
  });
}

/** Whoever names the agencies of a role has dealt with the open names of it. */
function stillOpen({ openNames = [] }: DraftItem, set: z.infer<typeof someFields>): readonly OpenName[] {
  return openNames.filter(({ role }) =>
    role === 'lead' ? (set.lead ?? []).length === 0 : set.coordinating === undefined,
  );
}

function named(item: DraftItem, { role, name, agency }: Extract<DraftEdit, { op: 'name' }>): DraftItem {
  const [before, open] = [item[role], item.openNames ?? []];
  return {
    ...item,
    [role]: agency === null || before.includes(agency) ? before : [...before, agency],
    openNames: open.filter((one) => one.role !== role || one.name !== name),
  };
}

/** Only what was set: a field left out keeps its value. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Flags that a person's choice has settled fall away, and no agency both leads and coordinates. */
function settled(item: DraftItem): DraftItem {
  const over = new Set<string>();
  if (item.lead.length === 1) ['several-leads', 'no-lead', 'generic-doer'].forEach((flag) => over.add(flag));
  if ((item.openNames ?? []).length === 0) over.add('unknown-agency');
  if (item.deadline?.date) ['no-deadline', 'ambiguous-deadline'].forEach((flag) => over.add(flag));
  return {
    ...item,
    coordinating: item.coordinating.filter((agency) => !item.lead.includes(agency)),
    flags: item.flags.filter((flag) => !over.has(flag)),
  };
}

/** Ids count upward and are never used again while a higher one stands. */
function nextId(items: readonly DraftItem[]): string {
  return String(items.reduce((most, { id }) => Math.max(most, Number(id)), 0) + 1);
}
