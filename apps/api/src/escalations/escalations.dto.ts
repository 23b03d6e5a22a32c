import { civilDateSchema, idSchema } from '@dondoc/domain/drafts/draft-item';
import { type DecisionWish } from '@dondoc/domain/escalations/escalations.service';
import { decisions } from '@dondoc/domain/lifecycles/escalation.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deadlineIntent, present } from '../directives/directives.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const instant = z.iso.datetime();
const states = ['raised', 'acknowledged', 'decided', 'withdrawn'] as const;

const escalation = z.object({
  id: z.uuid(),
  revision: z.int(),
  state: z.enum(states),
  directive: z.object({ id: z.uuid(), text: z.string(), lead: z.string() }),
  agency: z.object({ id: z.uuid(), name: z.string() }),
  rung: z.string(),
  article: z.string().nullable().describe('Article of the working rules that raised it.'),
  level: z.int(),
  audience: z.string(),
  recipients: z.array(z.object({ id: z.uuid(), name: z.string() })),
  raisedAt: instant,
  acknowledgeBy: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.uuid().nullable(),
  decideBy: instant.nullable().describe('When it comes back unless decided.'),
  forgotten: z.int().describe('How often it was acknowledged and forgotten at this level.'),
  decidedAt: instant.nullable(),
  decidedBy: z.uuid().nullable(),
  decidedFor: z.uuid().nullable().describe('The leader in whose place it was decided.'),
  decision: z.enum(decisions).nullable(),
  note: z.string().nullable(),
  meeting: z.object({ date: z.iso.date(), time: z.string(), place: z.string() }).nullable(),
  undoUntil: instant
    .nullable()
    .describe('Until when the decision can be taken back; nothing has followed from it yet.'),
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

export class MattersQueryDto extends createZodDto(
  z.strictObject({ whose: z.enum(['mine', 'all']).default('mine') }),
) {}

export class MattersDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        agency: z.object({ id: z.uuid(), name: z.string() }),
        since: instant,
        escalations: z.array(escalation),
      }),
    ),
  }),
) {}

const decision = {
  decision: z.enum(decisions),
  note: z
    .string()
    .trim()
    .max(4_000)
    .nullable()
    .optional()
    .describe('Needed to urge, extend, demand an explanation, convene and criticize.'),
  deadline: deadlineIntent
    .nullable()
    .optional()
    .describe('For `extend`; if wanted for `reassign`, and for `explain` (left out: as the rules say).'),
  lead: z.array(idSchema).max(20).optional().describe('For `reassign`: exactly one.'),
  meeting: z
    .strictObject({
      date: civilDateSchema,
      time: z.string().regex(/^\d{2}:\d{2}$/),
      place: z.string().trim().max(500),
    })
    .nullable()
    .optional()
    .describe('For `convene`.'),
};

export class DecideDto extends createZodDto(
  z.strictObject(decision).meta({
    example: {
      decision: 'extend',
      note: 'Đồng ý gia hạn một lần.',
      deadline: { date: '2026-12-20' },
    },
  }),
) {}

export class DecideManyDto extends createZodDto(
  z
    .strictObject({
      escalations: z.array(idSchema).min(1).max(100),
      together: z.boolean().describe('All or none; else each for itself.'),
      ...decision,
    })
    .meta({
      example: {
        escalations: ['0197f3c2-0000-7000-8000-000000000001'],
        together: false,
        decision: 'explain',
        note: 'Giải trình nguyên nhân chậm và thời gian hoàn thành.',
      },
    }),
) {}

export class UndoManyDto extends createZodDto(
  z
    .strictObject({ escalations: z.array(idSchema).min(1).max(100) })
    .meta({ example: { escalations: ['0197f3c2-0000-7000-8000-000000000001'] } }),
) {}

export class ManyDecidedDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        escalation: z.uuid(),
        decided: escalation.nullable(),
        refused: z
          .object({
            code: z.string(),
            vi: z.string(),
            en: z.string(),
            field: z.string().optional(),
            allowed: z.array(z.string()).optional(),
          })
          .nullable(),
      }),
    ),
  }),
) {}

/** The body of a decision without what was left out. */
export function wishOf({ deadline, ...rest }: DecideDto): DecisionWish {
  return {
    ...present(rest),
    ...(deadline !== undefined && { deadline: deadline && present(deadline) }),
  };
}
