import { matterKinds } from '@dondoc/domain/messages/composition/digest-matters';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const bilingual = z.object({ vi: z.string(), en: z.string() });

const item = z.object({
  about: z
    .object({ lifecycle: z.string(), instance: z.uuid() })
    .describe('The matter itself, or the directive where there is more than one to tell of it.'),
  directive: z.uuid().nullable().describe('Null: a standing directive.'),
  name: z.string().nullable(),
  text: z.string(),
  agency: z.string().nullable().describe('Whose it is; null in a digest of one person.'),
  note: bilingual.describe('Why it stands here.'),
  dueAt: z.iso.datetime().nullable(),
});

const section = z.object({
  kind: z.enum(['awaiting', ...matterKinds, 'late-summary']),
  title: bilingual,
  items: z.array(item),
  more: z.int().describe('How many more there are than are listed.'),
});

/** As messages keep it. */
export const digestSection = section;

export class DigestDto extends createZodDto(
  z.object({
    asOf: z.iso.datetime(),
    nextAt: z.iso.datetime().nullable().describe('When the next one is written by the working rules.'),
    sections: z.array(
      section.extend({
        total: z.int(),
        items: z.array(item.extend({ path: z.string().describe('Where the page shows it.') })),
      }),
    ),
  }),
) {}
