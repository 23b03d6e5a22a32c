import { latenessFilters } from '@dondoc/domain/directives/directive-lateness';
import { civilDateSchema, idSchema } from '@dondoc/domain/drafts/draft-item';
import { remotePartStates } from '@dondoc/domain/lifecycles/cascade/remote-part.types';
import { workStates } from '@dondoc/domain/lifecycles/directive-state';
import { directiveActs } from '@dondoc/domain/authorization/acts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { source } from '../drafts/drafts.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const named = z.object({ id: z.uuid(), name: z.string() });
const instant = z.iso.datetime();
const words = z.string().trim().min(1).max(4_000);

const time = z.string().regex(/^\d{2}:\d{2}$/);

export const deadlineIntent = z.strictObject({
  date: civilDateSchema,
  time: time
    .nullable()
    .optional()
    .describe('HH:MM on the office clock; left out: the end of the working day.'),
  phrase: z.string().max(500).nullable().optional(),
  basis: z.string().max(1_000).nullable().optional(),
});

/** Fields that were left out are absent: the acts tell "left out" from "set to nothing". */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
export const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;

const directive = z.object({
  id: z.uuid(),
  name: z.string().describe('What people call it, for example 12/TB-UBND#3.'),
  revision: z.int(),
  text: z.string(),
  sectionRef: z.string().nullable(),
  kind: z.string(),
  urgency: z.string(),
  field: z.string().nullable(),
  lead: named,
  coordinating: z.array(named),
  assigningLeader: named.nullable(),
  trackingOfficer: named.nullable(),
  assignedPerson: named.nullable().describe('Whom the head of the lead named inside the agency.'),
  source,
  state: z.enum(workStates),
  lateness: z.object({
    time: z.enum(['no-deadline', 'within', 'near-due', 'overdue']).nullable(),
    overdue: z.boolean(),
    completion: z.enum(['on-time', 'late', 'no-deadline']).nullable(),
  }),
  assignedAt: instant,
  acceptedAt: instant.nullable(),
  reportedAt: instant.nullable(),
  reporter: named.nullable(),
  closedAt: instant.nullable(),
  deadline: z
    .object({
      at: instant,
      date: z.iso.date(),
      nearDueAt: instant,
      originalAt: instant.describe('The first deadline it ever had: extensions do not erase it.'),
      phrase: z.string().nullable(),
      workingDaysLeft: z.int().describe('From today to the day of the deadline; negative when it is past.'),
    })
    .nullable(),
  deadlinePhrase: z.string().nullable(),
  extensions: z.int().describe('Extensions granted on request.'),
  suspension: z.object({ since: instant, proposedDeadlineAt: instant.nullable() }).nullable(),
  rules: z.string().nullable().describe('id@version of the working rules it lives under.'),
  parent: named.nullable().describe('The directive it was handed on from.'),
  openChildren: z.int().describe('How many directives that it was handed on as have not ended.'),
  replacedBy: named.nullable().describe('The later directive in whose favour it ended.'),
});

const remotePart = z.object({
  id: z.uuid(),
  revision: z.int(),
  agency: named.describe('The agency that stands for the other organization here.'),
  text: z.string(),
  state: z.enum(remotePartStates),
  givenBy: named,
  givenAt: instant,
  deadlineAt: instant.nullable(),
  said: z
    .object({
      state: z.enum(workStates),
      deadlineAt: instant.nullable(),
      at: instant.describe('Since when it is so, there.'),
      receivedAt: instant.describe('When that was heard here.'),
      result: z.object({ number: z.string(), date: z.iso.date(), summary: z.string() }).nullable(),
    })
    .nullable()
    .describe('What was last heard; null until the other organization has said anything.'),
  overdue: z.boolean(),
  note: z.string().nullable().describe('Why it was returned, taken back, or could not be received.'),
});

const related = named.extend({
  relation: z.enum(['child', 'replaced']),
  lead: named,
  state: z.enum(workStates),
  deadlineAt: instant.nullable(),
});

const result = z.object({
  id: z.uuid(),
  number: z.string(),
  date: z.iso.date(),
  summary: z.string(),
  file: z.uuid().nullable(),
  reporter: named,
  approver: named.nullable().describe('The head of the lead agency who let it go.'),
  reportedAt: instant,
  dateFlagged: z.boolean().describe('Its date lies further from the submission than the rules tolerate.'),
});

export class DirectivesDto extends createZodDto(pageOfSchema(directive)) {}

export class DirectiveDto extends createZodDto(
  directive.extend({
    results: z.array(result),
    related: z.array(related),
    elsewhere: z.array(remotePart).describe('Parts of it that other organizations do, as they last said.'),
    receivedFrom: z
      .object({
        organization: named,
        name: z.string().describe('What the directive that it is a part of is called there.'),
        receivedAt: instant,
        limitAt: instant.nullable().describe('No deadline of it is later.'),
      })
      .nullable()
      .describe('The organization that handed it on to this one.'),
    allowed: z.array(z.enum(directiveActs)),
  }),
) {}

const yesOrNo = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** Which directives a list is of. */
const listed = {
  state: z.enum(workStates).optional(),
  lateness: z.enum(latenessFilters).optional(),
  lead: z.uuid().optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Words of the text, the number of the source or the name of the lead, with or without marks.'),
  own: yesOrNo.describe('Only what one has to do with, by agency or by name: for those who see everything.'),
  open: yesOrNo.describe('Without those that have ended.'),
  dueFrom: civilDateSchema.optional().describe('Whose deadline is this day or later.'),
  dueTo: civilDateSchema.optional().describe('Whose deadline is this day or earlier.'),
  closedFrom: civilDateSchema.optional().describe('Closed on this day of the office or later.'),
  closedTo: civilDateSchema.optional().describe('Closed on this day of the office or earlier.'),
};

export class DirectivesQueryDto extends createZodDto(
  z.strictObject({
    ...listed,
    order: z
      .enum(['assigned', 'due'])
      .default('assigned')
      .describe('`assigned`: newest first; `due`: nearest deadline first.'),
    ...pageQuery,
  }),
) {}

export class DirectiveCountsQueryDto extends createZodDto(z.strictObject(listed)) {}

export class DirectiveCountsDto extends createZodDto(
  z.object({ items: z.array(z.object({ state: z.enum(workStates), count: z.int() })) }),
) {}

export class AllowedActsQueryDto extends createZodDto(
  z.strictObject({
    ids: z
      .string()
      .max(4_000)
      .transform((text) => text.split(','))
      .pipe(z.array(idSchema).min(1).max(100))
      .describe('Up to 100 ids, separated by commas.'),
  }),
) {}

export class AllowedActsDto extends createZodDto(
  z.object({
    items: z.array(z.object({ id: z.uuid(), revision: z.int(), allowed: z.array(z.enum(directiveActs)) })),
  }),
) {}

export class HistoryDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        revision: z.int(),
        at: instant,
        processedAt: instant,
        event: z.string(),
        details: z.record(z.string(), z.unknown()),
        actor: z.object({
          kind: z.string(),
          name: z.string().nullable(),
          onBehalfOf: z.string().nullable(),
        }),
        state: z.object({ work: z.string(), time: z.string().nullable() }),
        hash: z.string(),
      }),
    ),
  }),
) {}

export class ReturnDto extends createZodDto(
  z
    .strictObject({ reason: words, proposedAgency: idSchema.nullable().optional() })
    .meta({ example: { reason: 'Việc này thuộc Phòng Văn hóa - Xã hội.', proposedAgency: null } }),
) {}

export class ReassignDto extends createZodDto(
  z
    .strictObject({
      lead: z.array(idSchema).min(1).max(20).describe('Exactly one; several are refused.'),
      coordinating: z.array(idSchema).max(60).optional(),
      reason: words.nullable().optional(),
      deadline: deadlineIntent.nullable().optional(),
    })
    .meta({ example: { lead: ['0197f3c2-0000-7000-8000-000000000001'], reason: 'Đúng thẩm quyền.' } }),
) {}

export class SetDeadlineDto extends createZodDto(
  z
    .strictObject({
      deadline: deadlineIntent.optional(),
      eventOn: civilDateSchema
        .optional()
        .describe('The day of the event that the words wait for, instead of a deadline: they say the rest.'),
    })
    .meta({ example: { deadline: { date: '2026-12-10' } } }),
) {}

export class PartDeadlineDto extends createZodDto(
  z.strictObject({ deadline: deadlineIntent }).meta({ example: { deadline: { date: '2026-12-10' } } }),
) {}

export class ExtendDto extends createZodDto(
  z
    .strictObject({ deadline: deadlineIntent, reason: words })
    .meta({ example: { deadline: { date: '2026-12-20' }, reason: 'Chờ số liệu của các thôn.' } }),
) {}

export class ReportDto extends createZodDto(
  z
    .strictObject({
      result: z.strictObject({
        number: z.string().trim().min(1).max(100),
        date: civilDateSchema,
        summary: words,
        file: z.uuid().nullable().default(null).describe('Id given by POST /files.'),
      }),
    })
    .meta({
      example: {
        result: {
          number: '45/BC-KT',
          date: '2026-12-01',
          summary: 'Kết quả rà soát vùng sạt lở',
          file: null,
        },
      },
    }),
) {}

export class ReasonDto extends createZodDto(
  z.strictObject({ reason: words }).meta({ example: { reason: 'Thiếu số liệu của hai thôn.' } }),
) {}

export class UrgeDto extends createZodDto(
  z.strictObject({ note: words }).meta({ example: { note: 'Đề nghị báo cáo ngay trong tuần.' } }),
) {}

export class AssignPersonDto extends createZodDto(
  z
    .strictObject({ person: idSchema, note: words.nullable().optional() })
    .meta({ example: { person: '0197f3c2-0000-7000-8000-000000000002', note: 'Xong trước thứ Sáu.' } }),
) {}

export class HandOnDto extends createZodDto(
  z
    .strictObject({
      parts: z
        .array(
          z.strictObject({
            lead: z.array(idSchema).min(1).max(20).describe('Exactly one, under the lead of the directive.'),
            coordinating: z.array(idSchema).max(60).optional(),
            text: z.string().trim().min(1).max(10_000).nullable().optional(),
            deadline: deadlineIntent.nullable().optional().describe('Left out: that of the directive.'),
          }),
        )
        .min(1)
        .max(100),
    })
    .meta({
      example: {
        parts: [{ lead: ['0197f3c2-0000-7000-8000-000000000003'], deadline: { date: '2026-12-01' } }],
      },
    }),
) {}

export class ProposeResumptionDto extends createZodDto(
  z
    .strictObject({
      deadline: deadlineIntent.nullable().optional().describe('Left out: the working time that remained.'),
      reason: words.nullable().optional(),
    })
    .meta({ example: { reason: 'Đã có mặt bằng.' } }),
) {}

export class ResumeDto extends createZodDto(
  z
    .strictObject({
      deadline: deadlineIntent
        .nullable()
        .optional()
        .describe('Left out: the one proposed, else the working time that remained.'),
    })
    .meta({ example: { deadline: { date: '2026-12-20' } } }),
) {}

export class ReplaceDto extends createZodDto(
  z.strictObject({ successor: idSchema.describe('The later directive.'), reason: words }).meta({
    example: {
      successor: '0197f3c2-0000-7000-8000-000000000004',
      reason: 'Thông báo kết luận mới thay nội dung này.',
    },
  }),
) {}

export class MoveRulesDto extends createZodDto(
  z
    .strictObject({
      version: z.int().min(1).optional().describe('Left out: the version in force.'),
      reason: words,
    })
    .meta({ example: { reason: 'Áp dụng quy chế mới cho nhiệm vụ đang thực hiện.' } }),
) {}
