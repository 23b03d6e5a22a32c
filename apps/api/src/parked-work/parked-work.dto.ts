import { type ParkedPage } from '@dondoc/workflow/durable/index';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Problem } from '../problems/problem';
import { pageOfSchema } from '../requests/page.dto';

const address = {
  kind: z.enum(['timer', 'effect', 'answer']),
  instance: z.uuid(),
  /** Of a timer its id in the machine, else the id of the effect. */
  id: z.string().min(1).max(500),
};

export class ParkedItemsDto extends createZodDto(
  pageOfSchema(
    z.object({
      ...address,
      lifecycle: z.string(),
      name: z.string().describe('Of the effect or the timer.'),
      error: z.string(),
      at: z.iso.datetime().describe('When it was due.'),
      parkedAt: z.iso.datetime(),
      attempts: z.int().nullable(),
    }),
  ),
) {}

export class ParkedDecisionDto extends createZodDto(
  z
    .strictObject({ ...address, reason: z.string().max(2_000) })
    .refine(({ kind, id }) => kind === 'timer' || z.uuid().safeParse(id).success, {
      path: ['id'],
      params: { vi: 'không phải là mã của một việc đã dừng', en: 'is not the id of an effect' },
    }),
) {}

export class ParkedDoneDto extends createZodDto(z.object({ ...address })) {}

export class ParkedQueryDto extends createZodDto(
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(1_000).optional().describe('`next` of the page before.'),
  }),
) {}

const position = z.tuple([
  z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  z.uuid(),
  z.string(),
]);

/** The cursor, when it is one that was given. */
export function parkedCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  try {
    position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return cursor;
  } catch {
    const words = { vi: 'Con trỏ trang không hợp lệ.', en: 'The cursor is not one that was given.' };
    const code = 'invalid-cursor';
    throw new Problem(422, { code, ...words, errors: [{ field: 'cursor', code, ...words }] });
  }
}

const iso = (instant: number): string => new Date(instant).toISOString();

export function parkedView({ items, next }: ParkedPage): ParkedItemsDto {
  return {
    items: items.map(({ at, parkedAt, ...item }) => ({ ...item, at: iso(at), parkedAt: iso(parkedAt) })),
    next,
  };
}
