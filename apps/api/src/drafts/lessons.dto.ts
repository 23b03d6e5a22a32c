import { idSchema } from '@dondoc/domain/drafts/draft-item';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const lesson = z.object({
  id: z.uuid(),
  kind: z.enum(['alias', 'not-a-directive', 'split', 'merge']),
  phrase: z.string().describe('The words it was taught on.'),
  agency: z.uuid().nullable().describe('Alias: the agency that the name means.'),
  parts: z.array(z.string()).describe('Split and merge: the words of the parts.'),
  active: z.boolean(),
  revision: z.int(),
  taughtBy: z.uuid(),
  taughtAt: z.iso.datetime(),
});

export class LessonDto extends createZodDto(lesson) {}

export class LessonsDto extends createZodDto(z.object({ items: z.array(lesson) })) {}

export class LessonChangeDto extends createZodDto(
  z
    .strictObject({
      active: z.boolean().describe('false undoes it: the next reading does not know it.'),
      agency: idSchema,
    })
    .partial()
    .meta({ example: { active: false } }),
) {}
