import type { DraftItem } from '../api/client';

type Role = NonNullable<DraftItem['mentions']>[number]['role'];

/** A run of the document's words that are all of the same kind. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  /** What the words say of an item: who leads, who else, by when. */
  readonly role: Role | null;
}

/** Pieces that belong to one item, or to none. */
export interface Stretch {
  readonly item: string | null;
  readonly start: number;
  readonly pieces: readonly Piece[];
}

interface Marked {
  readonly start: number;
  readonly end: number;
}

/** Those that do not reach into an earlier one, in the order of the text. */
function apart<T extends Marked>(marks: readonly T[]): readonly T[] {
  let at = 0;
  return marks
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < at || end <= start) return false;
      at = end;
      return true;
    });
}

/** The text cut at these; between two of them stands what is marked by none. */
function cut<T extends Marked>(
  from: number,
  to: number,
  marks: readonly T[],
): readonly (Marked & { mark: T | null })[] {
  const parts: (Marked & { mark: T | null })[] = [];
  let at = from;
  for (const mark of marks) {
    if (mark.start < at || mark.end > to) continue;
    if (mark.start > at) parts.push({ start: at, end: mark.start, mark: null });
    parts.push({ start: mark.start, end: mark.end, mark });
    at = mark.end;
  }
  if (at < to) parts.push({ start: at, end: to, mark: null });
  return parts;
}

/** The document's text cut at the words of the items, and within and between them at names and deadlines. */
export function stretchesOf(text: string, items: readonly DraftItem[]): readonly Stretch[] {
  const whole = apart(
    items.flatMap(({ id, start, end }) => (start === null || end === null ? [] : [{ id, start, end }])),
  );
  const mentions = apart(items.flatMap((item) => item.mentions ?? []));
  return cut(0, text.length, whole).map(({ start, end, mark }) => ({
    item: mark?.id ?? null,
    start,
    pieces: cut(start, end, mentions).map((piece) => ({
      text: text.slice(piece.start, piece.end),
      start: piece.start,
      role: piece.mark?.role ?? null,
    })),
  }));
}
