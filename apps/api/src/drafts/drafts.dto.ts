import { draftEditSchema } from '@dondoc/domain/drafts/edit-items';
import { civilDateSchema, idSchema, itemFieldsSchema } from '@dondoc/domain/drafts/draft-item';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const bilingual = { vi: z.string(), en: z.string() };

export const source = z.object({
  id: z.uuid(),
  kind: z.enum(['notice', 'letter', 'note', 'oral']),
  document: z.object({ id: z.uuid(), name: z.string(), number: z.string().nullable() }).nullable(),
  givenBy: z.uuid().nullable(),
  givenOn: z.iso.date().nullable(),
  note: z.string().nullable(),
});

const item = z.object({
  ...itemFieldsSchema.shape,
  deadline: z.object({ phrase: z.string().nullable(), date: z.iso.date().nullable() }).nullable(),
  id: z.string(),
  leadNames: z.array(z.string()),
  coordinatingNames: z.array(z.string()),
  confidence: z.number().nullable(),
  flags: z.array(z.string()),
  start: z.int().nullable(),
  end: z.int().nullable(),
  mentions: z
    .array(
      z.object({
        role: z.enum(['lead', 'coordinating', 'advising', 'reportTo', 'deadline']),
        text: z.string(),
        start: z.int(),
        end: z.int(),
      }),
    )
    .optional()
    .describe(
      'Where names and deadline stand in the text of the document, end exclusive; some may stand in a heading.',
    ),
  openNames: z
    .array(
      z.object({
        role: z.enum(['lead', 'coordinating']),
        name: z.string(),
        candidates: z.array(z.uuid()),
      }),
    )
    .optional()
    .describe(
      'Names of the document that no agency or several bear, each with those that may be meant, the likeliest first.',
    ),
});

const head = {
  id: z.uuid(),
  status: z.enum(['open', 'confirmed']),
  revision: z.int(),
  createdAt: z.iso.datetime(),
  createdBy: z.uuid(),
  source,
};

export const draft = z.object({
  ...head,
  items: z.array(item),
  notes: z.array(
    z.object({
      code: z.string(),
      ...bilingual,
      earlier: z
        .array(
          z.object({
            number: z.string(),
            change: z.enum(['replaces', 'changes', 'extends']),
            documents: z.array(z.object({ id: z.uuid(), name: z.string() })),
          }),
        )
        .optional()
        .describe('`changes-earlier`: the notices that this one changes, with those that are known.'),
    }),
  ),
});

export class DraftDto extends createZodDto(draft) {}

export class DraftsDto extends createZodDto(pageOfSchema(z.object({ ...head, count: z.int() }))) {}

export class DraftsQueryDto extends createZodDto(
  z.strictObject({ status: z.enum(['open', 'confirmed']).optional(), ...pageQuery }),
) {}

const land = '0197f3c2-0000-7000-8000-000000000001';
const chair = '0197f3c2-0000-7000-8000-000000000002';

export class ManualDraftDto extends createZodDto(
  z
    .strictObject({
      source: z.strictObject({
        kind: z.enum(['notice', 'letter', 'note', 'oral']).describe('`note` is a bút phê.'),
        givenBy: idSchema.describe('The leader who gave the order.'),
        givenOn: civilDateSchema,
        note: z.string().max(2_000).nullable().optional(),
        reference: z
          .string()
          .trim()
          .min(1)
          .max(60)
          .nullable()
          .optional()
          .describe("The office's own mark, for example BP-05: names its directives."),
      }),
      items: z
        .array(itemFieldsSchema.partial().extend({ text: itemFieldsSchema.shape.text }))
        .min(1)
        .max(100),
    })
    .meta({
      example: {
        source: { kind: 'oral', givenBy: chair, givenOn: '2026-11-20', note: 'Tại giao ban' },
        items: [
          {
            text: 'Rà soát các hộ dân trong vùng sạt lở, báo cáo kết quả.',
            lead: [land],
            deadline: { phrase: null, date: '2026-12-01' },
          },
        ],
      },
    }),
) {}

export class DraftChangeDto extends createZodDto(
  z
    .strictObject({
      edits: z.array(draftEditSchema).max(500).default([]),
      source: z
        .strictObject({
          givenBy: idSchema,
          givenOn: civilDateSchema,
          note: z.string().max(2_000).nullable(),
        })
        .partial()
        .optional(),
    })
    .meta({
      example: {
        edits: [
          { op: 'edit', item: '1', set: { lead: [land], deadline: { phrase: null, date: '2026-12-01' } } },
          { op: 'drop', item: '4' },
        ],
      },
    }),
) {}

const confirmedItem = z.object({ id: z.uuid(), item: z.string(), lead: z.uuid() });

export class ConfirmedDraftDto extends createZodDto(
  z.object({
    draft: z.uuid(),
    revision: z.int(),
    directives: z.array(confirmedItem),
    standing: z.array(confirmedItem).describe('Items that became standing directives.'),
  }),
) {}
