import { readMark, type PageMark } from '@dondoc/domain/persistence/keyset-page';
import { z } from 'zod';
import { Problem } from '../problems/problem';

/** Query parameters of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`next` of the page before.'),
};

export function markOf(cursor: string | undefined): PageMark | undefined {
  if (cursor === undefined) return undefined;
  const mark = readMark(cursor);
  if (mark) return mark;
  const words = { vi: 'Con trỏ trang không hợp lệ.', en: 'The cursor is not one that was given.' };
  const code = 'invalid-cursor';
  throw new Problem(422, { code, ...words, errors: [{ field: 'cursor', code, ...words }] });
}

/** A page of a list, for the description of the API. */
export function pageOfSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Cursor of the next page; null on the last one.'),
  });
}
