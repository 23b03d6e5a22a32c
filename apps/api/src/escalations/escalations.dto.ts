import { idSchema } from '@dondoc/domain/drafts/draft-item';
import { decisions } from '@dondoc/domain/lifecycles/escalation.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deadlineIntent } from '../directives/directives.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const instant = z.iso.datetime();
const states = ['raised', 'acknowledged', 'decided', 'withdrawn'] as const;

const escalation = z.object({
  id: z.uuid(),
  revision: z.int(),
  state: z.enum(states),
  directive: z.object({ id: z.uuid(), text: z.string(), lead: z.string() }),
  rung: z.string(),
  article: z.string().nullable().describe('Article of the working rules that raised it.'),
  level: z.int(),
  audience: z.string(),
  recipients: z.array(z.object({ id: z.uuid(), name: z.string() })),
  raisedAt: instant,
  acknowledgeBy: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.uuid().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.uuid().nullable(),
  decision: z.enum(decisions).nullable(),
  note: z.string().nullable(),
});

export class EscalationDto extends createZodDto(escalation) {}
export class EscalationsDto extends createZodDto(pageOfSchema(escalation)) {}

export class EscalationsQueryDto extends createZodDto(
  z.strictObject({
    whose: z.enum(['mine', 'all']).default('mine'),
    state: z.enum(states).optional(),
    ...pageQuery,
  }),
) {}

export class DecideDto extends createZodDto(
  z
    .strictObject({
      decision: z.enum(decisions),
      note: z.string().trim().max(4_000).nullable().optional().describe('Needed to urge and to extend.'),
      deadline: deadlineIntent.nullable().optional().describe('For `extend`, and if wanted for `reassign`.'),
      lead: z.array(idSchema).max(20).optional().describe('For `reassign`: exactly one.'),
    })
    .meta({
      example: {
        decision: 'extend',
        note: 'Đồng ý gia hạn một lần.',
        deadline: { date: '2026-12-20' },
      },
    }),
) {}
