import { idSchema } from '@dondoc/domain/drafts/draft-item';
import { obligationStates } from '@dondoc/domain/lifecycles/standing/standing.types';
import { obligationActs, standingActs } from '@dondoc/domain/authorization/acts';
import { urgencies } from '@dondoc/domain/working-rules/working-rules';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const named = z.object({ id: z.uuid(), name: z.string() });
const instant = z.iso.datetime();

const standing = z.object({
  id: z.uuid(),
  revision: z.int(),
  text: z.string(),
  source: z
    .object({ id: z.uuid(), sectionRef: z.string().nullable(), document: named.nullable() })
    .nullable()
    .describe('Where its words come from: null for one that was entered by itself.'),
  lead: named,
  assigningLeader: z.uuid().nullable(),
  trackingOfficer: z.uuid().nullable(),
  field: z.string().nullable(),
  urgency: z.string(),
  reports: z.array(z.string()).describe('Ids of periodic reports of the working rules.'),
  givenAt: instant,
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
});

const obligation = z.object({
  id: z.uuid(),
  revision: z.int(),
  standing: z.object({ id: z.uuid(), text: z.string() }),
  lead: named,
  report: z.string(),
  period: z.object({
    first: z.iso.date(),
    last: z.iso.date(),
    name: z.object({ vi: z.string(), en: z.string() }),
  }),
  state: z.enum(obligationStates),
  article: z.string().nullable(),
  openedAt: instant,
  dueAt: instant,
  late: z.boolean(),
  result: z
    .object({
      number: z.string(),
      date: z.iso.date(),
      summary: z.string(),
      file: z.uuid().nullable(),
    })
    .nullable(),
  reportedAt: instant.nullable(),
  judgedAt: instant.nullable(),
  note: z.string().nullable(),
});

const standingWithActs = standing.extend({ allowed: z.array(z.enum(standingActs)) });
const obligationWithActs = obligation.extend({ allowed: z.array(z.enum(obligationActs)) });

export class StandingDirectiveDto extends createZodDto(standingWithActs) {}
export class StandingDirectivesDto extends createZodDto(pageOfSchema(standingWithActs)) {}
export class ObligationDto extends createZodDto(obligationWithActs) {}
export class ObligationsDto extends createZodDto(pageOfSchema(obligationWithActs)) {}

export class StandingDirectivesQueryDto extends createZodDto(
  z.strictObject({
    open: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true')
      .describe('Only those that have not ended.'),
    ...pageQuery,
  }),
) {}

export class ObligationsQueryDto extends createZodDto(
  z.strictObject({
    standing: z.uuid().optional().describe('Of this standing directive.'),
    state: z.enum(obligationStates).optional(),
    ...pageQuery,
  }),
) {}

export class GiveStandingDirectiveDto extends createZodDto(
  z
    .strictObject({
      text: z.string().trim().min(1).max(10_000),
      lead: z.array(idSchema).min(1).max(20).describe('Exactly one; several are refused.'),
      coordinating: z.array(idSchema).max(60).default([]),
      assigningLeader: idSchema.nullable().default(null),
      trackingOfficer: idSchema.nullable().default(null),
      field: z.string().trim().min(1).max(200).nullable().default(null),
      urgency: z.enum(urgencies).default('normal'),
      reports: z.array(z.string().max(100)).min(1).max(20),
    })
    .meta({
      example: {
        text: 'Thường xuyên kiểm tra vệ sinh môi trường tại chợ.',
        lead: ['0197f3c2-0000-7000-8000-000000000001'],
        reports: ['monthly'],
      },
    }),
) {}
