import { explanationActs } from '@dondoc/domain/authorization/acts';
import { explanationStates } from '@dondoc/domain/lifecycles/explanation/explanation.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deadlineIntent } from '../directives/directives.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const named = z.object({ id: z.uuid(), name: z.string() });
const instant = z.iso.datetime();
const words = z.string().trim().min(1).max(10_000);

const explanation = z.object({
  id: z.uuid(),
  revision: z.int(),
  directive: z.object({ id: z.uuid(), text: z.string() }),
  escalation: z.uuid().nullable().describe('The escalation it was decided on.'),
  agency: named,
  demandedBy: named,
  question: z.string(),
  state: z.enum(explanationStates),
  round: z.int().describe('Rounds of asking, from 1.'),
  article: z
    .string()
    .nullable()
    .describe('Article that states the time; null when the leader named the day.'),
  demandedAt: instant,
  dueAt: instant,
  late: z.boolean(),
  text: z.string().nullable(),
  file: z.uuid().nullable(),
  submittedAt: instant.nullable(),
  submittedBy: named.nullable(),
  judgedAt: instant.nullable(),
  note: z.string().nullable(),
});

export const explanationWithActs = explanation.extend({ allowed: z.array(z.enum(explanationActs)) });

export class ExplanationDto extends createZodDto(explanationWithActs) {}
export class ExplanationsDto extends createZodDto(pageOfSchema(explanation)) {}

export class ExplanationsQueryDto extends createZodDto(
  z.strictObject({
    directive: z.uuid().optional(),
    state: z.enum(explanationStates).optional(),
    ...pageQuery,
  }),
) {}

export class DemandDto extends createZodDto(
  z
    .strictObject({
      question: words,
      deadline: deadlineIntent.nullable().optional().describe('Left out: as the working rules say.'),
    })
    .meta({ example: { question: 'Vì sao chậm, và khi nào xong?', deadline: { date: '2026-12-04' } } }),
) {}

export class SubmitDto extends createZodDto(
  z
    .strictObject({
      text: words,
      file: z.uuid().nullable().default(null).describe('Id given by POST /files.'),
    })
    .meta({ example: { text: 'Chậm do chờ số liệu của hai thôn; xong trước ngày 10/12.', file: null } }),
) {}

export class AcceptExplanationDto extends createZodDto(
  z.strictObject({ note: words.nullable().default(null) }).meta({ example: { note: null } }),
) {}
