import { consultationActs } from '@dondoc/domain/authorization/acts';
import { civilDateSchema, idSchema } from '@dondoc/domain/drafts/draft-item';
import { consultationStates, positions } from '@dondoc/domain/lifecycles/consultation/consultation.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deadlineIntent } from '../directives/directives.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const named = z.object({ id: z.uuid(), name: z.string() });
const instant = z.iso.datetime();
const words = z.string().trim().min(1).max(10_000);

const consultation = z.object({
  id: z.uuid(),
  revision: z.int(),
  round: z.uuid().describe('Those asked together have the same.'),
  directive: z.object({ id: z.uuid(), text: z.string() }),
  lead: named,
  agency: named,
  askedBy: named,
  question: z.string(),
  state: z.enum(consultationStates),
  silence: z.enum(['deemed-consent', 'no-answer']).describe('What silence is, by the working rules.'),
  article: z.string(),
  askedAt: instant,
  replyBy: instant,
  late: z.boolean().describe('The asked agency’s own lateness; it never counts against the lead.'),
  position: z.enum(positions).nullable(),
  opinion: z.string().nullable(),
  file: z.uuid().nullable(),
  answeredAt: instant.nullable(),
  answeredBy: named.nullable(),
  endedAt: instant.nullable(),
});

export const consultationWithActs = consultation.extend({ allowed: z.array(z.enum(consultationActs)) });

export class ConsultationDto extends createZodDto(consultationWithActs) {}
export class ConsultationsDto extends createZodDto(pageOfSchema(consultation)) {}
export class AskedConsultationsDto extends createZodDto(z.object({ items: z.array(consultationWithActs) })) {}

export class ConsultationsQueryDto extends createZodDto(
  z.strictObject({
    directive: z.uuid().optional(),
    state: z.enum(consultationStates).optional(),
    agency: z.uuid().optional().describe('The agency that was asked.'),
    ...pageQuery,
  }),
) {}

export class ConsultDto extends createZodDto(
  z
    .strictObject({
      agencies: z.array(idSchema).min(1).max(60).describe('Coordinating agencies of the directive.'),
      question: words,
      deadline: deadlineIntent
        .nullable()
        .optional()
        .describe('More time than the rules give; left out: as the rules say.'),
    })
    .meta({
      example: {
        agencies: ['0197f3c2-0000-7000-8000-000000000001'],
        question: 'Đề nghị cho ý kiến về dự thảo phương án.',
      },
    }),
) {}

export class ReplyDto extends createZodDto(
  z
    .strictObject({
      position: z.enum(positions),
      opinion: words.nullable().default(null).describe('Only plain agreement needs no words.'),
      file: z.uuid().nullable().default(null).describe('Id given by POST /files.'),
    })
    .meta({ example: { position: 'agree-with-remarks', opinion: 'Bổ sung phần kinh phí.', file: null } }),
) {}

export class CoordinationTotalsQueryDto extends createZodDto(
  z.strictObject({ from: civilDateSchema.optional(), to: civilDateSchema.optional() }),
) {}

export class CoordinationTotalsDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        agency: named,
        asked: z.int(),
        answeredInTime: z.int(),
        answeredLate: z.int(),
        deemedConsent: z.int(),
        awaited: z.int(),
        missing: z.int(),
      }),
    ),
  }),
) {}
