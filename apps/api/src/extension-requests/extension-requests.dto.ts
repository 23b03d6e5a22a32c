import { extensionRequestStates } from '@dondoc/domain/lifecycles/extension-request.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { deadlineIntent } from '../directives/directives.dto';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const instant = z.iso.datetime();
const named = z.object({ id: z.uuid(), name: z.string() });
const words = z.string().trim().min(1).max(4_000);

export const extensionRequest = z.object({
  id: z.uuid(),
  revision: z.int(),
  state: z.enum(extensionRequestStates),
  directive: named.extend({ text: z.string(), lead: named }),
  requester: named,
  requestedAt: instant,
  reason: z.string(),
  done: z.string().nullable().describe('What has been done so far.'),
  askedDate: z.iso.date().describe('The last day that is asked for.'),
  deadlineAt: instant.describe('The deadline that was in force when it was asked for.'),
  article: z.string().describe('Article of the working rules on extensions.'),
  approver: z.string(),
  recipients: z.array(named).describe('For whom it waits now.'),
  decideBy: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: named.nullable(),
  grantedAt: instant.nullable().describe('The deadline that was granted.'),
  note: z.string().nullable(),
  undoUntil: instant
    .nullable()
    .describe('Until when the decision can be taken back; nothing has followed from it yet.'),
});

export class ExtensionRequestDto extends createZodDto(extensionRequest) {}
export class ExtensionRequestsDto extends createZodDto(pageOfSchema(extensionRequest)) {}

export class ExtensionRequestsQueryDto extends createZodDto(
  z.strictObject({
    whose: z.enum(['mine', 'all']).default('mine'),
    state: z.enum(extensionRequestStates).optional(),
    directive: z.uuid().optional(),
    ...pageQuery,
  }),
) {}

export class RequestExtensionDto extends createZodDto(
  z.strictObject({ deadline: deadlineIntent, reason: words, done: words.nullable().optional() }).meta({
    example: {
      deadline: { date: '2026-12-20' },
      reason: 'Chờ kết quả quan trắc đợt hai.',
      done: 'Đã rà soát 8/10 thôn.',
    },
  }),
) {}

export class DecideRequestDto extends createZodDto(
  z
    .strictObject({
      granted: z.boolean(),
      deadline: deadlineIntent.nullable().optional().describe('Another one than was asked for.'),
      note: z.string().trim().max(4_000).nullable().optional().describe('Needed to refuse.'),
    })
    .meta({ example: { granted: true, deadline: { date: '2026-12-15' }, note: 'Đồng ý một lần.' } }),
) {}
