import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const words = z.object({ title: z.string(), detail: z.string() });

const schema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe('Stable: decide by this, never by the words.'),
    vi: words,
    en: words,
    errors: z
      .array(
        z.object({
          field: z.string(),
          code: z.string(),
          vi: z.string(),
          en: z.string(),
          line: z.int().nullable().optional().describe('Where it stands in a text that was sent, from 1.'),
          column: z.int().nullable().optional(),
        }),
      )
      .optional(),
    allowed: z.array(z.string()).optional().describe('Acts that the present state would take.'),
    currentRevision: z.int().optional(),
    quota: z
      .object({ limit: z.int(), used: z.int() })
      .optional()
      .describe('Bytes that may be kept, and that are.'),
    retryAfter: z.int().optional().describe('Seconds to wait before the next try.'),
    requestId: z.string(),
  })
  .meta({
    example: {
      type: 'urn:dondoc:problem:not-allowed-now',
      title: 'Not possible in the present state',
      status: 409,
      detail: '"accept" is not possible in the present state.',
      code: 'not-allowed-now',
      vi: {
        title: 'Chưa thực hiện được ở trạng thái hiện tại',
        detail: 'Chưa thể thực hiện "accept" ở trạng thái hiện tại.',
      },
      en: {
        title: 'Not possible in the present state',
        detail: '"accept" is not possible in the present state.',
      },
      allowed: ['cancel', 'reassign', 'urge'],
      requestId: '6f1c2f0e-7a1b-4a52-9d4e-2f7f6a6b1c11',
    },
  });

export class ProblemDto extends createZodDto(schema) {}
