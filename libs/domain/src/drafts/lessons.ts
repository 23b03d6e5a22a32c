import { comparableName } from '../directory/agencies';
import { type DraftItem } from './draft-item';
import { mergeItems, type DraftEdit } from './edit-items';

/**
 * What one correction teaches. `alias`: a name means an agency. `not-a-directive`: words like these order nothing to be tracked.
 * `split`: words like these are several directives. `merge`: words like these, one after the other, are one.
 */
export interface Lesson {
  readonly kind: 'alias' | 'not-a-directive' | 'split' | 'merge';
  /** The words it was taught on. */
  readonly phrase: string;
  readonly agency: string | null;
  readonly parts: readonly string[];
}

/** Words that agree so far agree: an index holds no longer keys. */
const SHAPE_MOST = 600;

/** How words compare from one notice to the next: numbers and days change, the rest does not. */
export function shapeOf(words: string): string {
  return comparableName(words.replace(/\d+/gu, '0')).slice(0, SHAPE_MOST);
}

/** What corrections teach: only what was read from a document can have been read wrongly. Pure. */
export function lessonsOf(before: readonly DraftItem[], edits: readonly DraftEdit[]): readonly Lesson[] {
  const read = (id: string): DraftItem | undefined =>
    before.find((item) => item.id === id && item.confidence !== null);
  return edits.flatMap((edit): readonly Lesson[] => {
    switch (edit.op) {
      case 'edit': {
        const item = read(edit.item);
        const [name, ...otherNames] = item?.leadNames ?? [];
        const [agency, ...others] = edit.set.lead ?? [];
        if (!item || name === undefined || agency === undefined) return [];
        // Several names or several agencies do not say which means which.
        if (otherNames.length > 0 || others.length > 0 || item.lead.includes(agency)) return [];
        return [{ kind: 'alias', phrase: name, agency, parts: [] }];
      }
      case 'name': {
        const isOpen = read(edit.item)?.openNames?.some(
          ({ role, name }) => role === edit.role && name === edit.name,
        );
        if (!isOpen || edit.agency === null) return [];
        return [{ kind: 'alias', phrase: edit.name, agency: edit.agency, parts: [] }];
      }
      case 'drop': {
        const item = read(edit.item);
        return item ? [{ kind: 'not-a-directive', phrase: item.text, agency: null, parts: [] }] : [];
      }
      case 'split': {
        const item = read(edit.item);
        const parts = edit.parts.flatMap(({ text }) => (text === undefined ? [] : [text]));
        if (!item || parts.length !== edit.parts.length || parts.some((part) => !item.text.includes(part)))
          return [];
        return [{ kind: 'split', phrase: item.text, agency: null, parts }];
      }
      case 'merge': {
        const parts = edit.items.flatMap((id) => read(id)?.text ?? []);
        if (parts.length !== edit.items.length) return [];
        return [{ kind: 'merge', phrase: parts.join('\n'), agency: null, parts }];
      }
      default:
        return [];
    }
  });
}

/** Names that lessons give to agencies, by how they compare. */
export function aliasesOf(lessons: readonly Lesson[]): ReadonlyMap<string, string> {
  return new Map(
    lessons.flatMap(({ kind, phrase, agency }) =>
      kind === 'alias' && agency !== null ? [[comparableName(phrase), agency] as const] : [],
    ),
  );
}

/** A new reading as the clerks' corrections would have it. What a lesson changed carries a flag that says so. Pure. */
export function applyLessons(items: readonly DraftItem[], lessons: readonly Lesson[]): readonly DraftItem[] {
  const known = new Map(lessons.map((lesson) => [`${lesson.kind} ${shapeOf(lesson.phrase)}`, lesson]));
  let next = items.reduce((most, { id }) => Math.max(most, Number(id)), 0);
  const parted = items.flatMap((item): readonly DraftItem[] => {
    const shape = shapeOf(item.text);
    if (known.has(`not-a-directive ${shape}`))
      return [{ ...item, tracked: false, flags: [...item.flags, 'learned-not-a-directive'] }];
    const parts = known.get(`split ${shape}`)?.parts ?? [];
    const found = parts.map((part) => wordsLike(part).exec(item.text)?.[0]);
    if (found.length < 2 || found.includes(undefined)) return [item];
    return found.map((text, index) => ({
      ...item,
      id: index === 0 ? item.id : String((next += 1)),
      text: text ?? item.text,
      flags: [...item.flags, 'learned-split'],
    }));
  });
  return lessons.reduce<readonly DraftItem[]>(
    (all, { kind, parts }) => (kind === 'merge' ? mergedLike(all, parts) : all),
    parted,
  );
}

function mergedLike(items: readonly DraftItem[], parts: readonly string[]): readonly DraftItem[] {
  const shapes = parts.map(shapeOf);
  const at = items.findIndex((_, index) =>
    shapes.every((shape, offset) => {
      const item = items[index + offset];
      return item !== undefined && shapeOf(item.text) === shape;
    }),
  );
  if (at < 0 || shapes.length < 2) return items;
  const whole = mergeItems(items.slice(at, at + shapes.length));
  return [
    ...items.slice(0, at),
    { ...whole, flags: [...whole.flags, 'learned-merge'] },
    ...items.slice(at + shapes.length),
  ];
}

/** The same words with whatever figures. */
function wordsLike(words: string): RegExp {
  const escaped = words.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
  return new RegExp(escaped.replace(/\d+/gu, '\\d+').replace(/\s+/gu, '\\s+'), 'u');
}
