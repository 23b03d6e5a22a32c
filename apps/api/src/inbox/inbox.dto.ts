import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { digestSection } from '../digests/digests.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const bilingual = z.object({ vi: z.string(), en: z.string() });

const message = z.object({
  id: z.uuid(),
  subject: z.string(),
  heading: bilingual,
  demand: bilingual.nullable(),
  article: z.string().nullable(),
  directive: z.object({ id: z.uuid(), text: z.string() }).nullable(),
  escalation: z.uuid().nullable(),
  about: z
    .object({ lifecycle: z.string(), instance: z.uuid() })
    .nullable()
    .describe('The instance that sent it.'),
  rung: z.string().nullable(),
  collapsed: z.array(z.string()),
  note: z.string().nullable(),
  reason: bilingual.nullable(),
  page: z.string().nullable().describe('Path of the page that shows it, where it is about many directives.'),
  sections: z.array(digestSection).describe('Of a digest: what it lists, as it was when it was written.'),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export class MessageDto extends createZodDto(message) {}
export class InboxDto extends createZodDto(pageOfSchema(message).extend({ unread: z.int() })) {}

export class InboxQueryDto extends createZodDto(
  z.strictObject({
    unread: z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true'),
    ...pageQuery,
  }),
) {}

export class PreferencesDto extends createZodDto(
  z
    .strictObject({
      language: z.enum(['vi', 'en']),
      mail: z.strictObject({ reminders: z.boolean(), news: z.boolean(), digests: z.boolean() }),
    })
    .meta({ example: { language: 'vi', mail: { reminders: true, news: false, digests: true } } }),
) {}
