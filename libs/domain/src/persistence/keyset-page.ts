/** Where a page ended: the instant that lists are ordered by, and the id that tells equals apart. */
export interface PageMark {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly id: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for the next page; null on the last one. */
  readonly next: string | null;
}

const form = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The last millisecond that a `Date` can hold; PostgreSQL's instants reach a little further. */
const LATEST = 8_640_000_000_000_000;

export function writeMark({ at, id }: PageMark): string {
  return Buffer.from(`${at}.${id}`).toString('base64url');
}

/** The mark that a cursor stands for, or null when it is none of ours. */
export function readMark(cursor: string): PageMark | null {
  const match = form.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  const at = Number(match?.[1]);
  return match && at <= LATEST ? { at, id: match[2] ?? '' } : null;
}

/** A page out of up to `limit + 1` rows: the one too many says that there is more. */
export function pageOf<T>(rows: readonly T[], limit: number, markOf: (row: T) => PageMark): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeMark(markOf(last)) : null };
}
