import { exportedFiles } from '@dondoc/domain/audit/audit-export';
import { idSchema } from '@dondoc/domain/drafts/draft-item';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const named = z.object({ id: z.uuid(), name: z.string() });
const count = z.int();

export class AuditQueryDto extends createZodDto(
  z.strictObject({
    person: idSchema.optional(),
    words: z.string().trim().min(1).max(200).optional().describe('Of the act or its subject.'),
    outcome: z.enum(['done', 'refused']).optional(),
    from: z.iso.datetime().optional().describe('Recorded from this instant on.'),
    to: z.iso.datetime().optional().describe('Recorded before this instant.'),
    ...pageQuery,
  }),
) {}

export class AuditEntriesDto extends createZodDto(
  pageOfSchema(
    z.object({
      id: z.uuid(),
      recordedAt: z.iso.datetime().describe('Technical time.'),
      at: z.iso.datetime().describe('Business time.'),
      person: named.nullable().describe('Null: nobody had logged in, or the operator acted.'),
      onBehalfOf: z.array(named),
      act: z.string(),
      subject: z.string().nullable(),
      outcome: z.enum(['done', 'refused']),
      code: z.string().nullable(),
      address: z.string().nullable(),
      userAgent: z.string().nullable(),
      entry: z.looseObject({}).describe('As it was written and sealed; `changes` before and after.'),
    }),
  ),
) {}

export class CheckpointsDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        number: count,
        sealedAt: z.iso.datetime(),
        signed: z.boolean(),
        totals: z.record(z.string(), z.object({ subjects: count, entries: count })),
      }),
    ),
  }),
) {}

export class SealStateDto extends createZodDto(
  z.object({
    checkpoints: count,
    signed: count,
    findings: z.array(
      z.object({
        checkpoint: count,
        ledger: z.string().nullable(),
        subject: z.string().nullable(),
        revision: count.nullable(),
        code: z.string(),
        detail: z.string(),
      }),
    ),
  }),
) {}

export class ExportedFileDto extends createZodDto(z.strictObject({ file: z.enum(exportedFiles) })) {}
