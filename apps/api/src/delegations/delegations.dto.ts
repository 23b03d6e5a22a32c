import { civilDateSchema, idSchema } from '@dondoc/domain/drafts/draft-item';
import { delegationStates } from '@dondoc/domain/lifecycles/delegation/delegation.types';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const named = z.object({ id: z.uuid(), name: z.string() });

const delegation = z.object({
  id: z.uuid(),
  revision: z.int(),
  from: named,
  to: named,
  start: z.iso.date(),
  end: z.iso.date().describe('The last day.'),
  reason: z.string().nullable(),
  state: z.enum(delegationStates),
  endedAt: z.iso.datetime().nullable().describe('Set when it was ended before its time.'),
});

export class DelegationDto extends createZodDto(delegation) {}
export class DelegationsDto extends createZodDto(z.object({ items: z.array(delegation) })) {}

const reason = z.string().trim().max(1_000).nullable().default(null);

export class GiveDelegationDto extends createZodDto(
  z
    .strictObject({
      from: idSchema.optional().describe('Left out: the caller. Anybody else is for the administrator.'),
      to: idSchema,
      start: civilDateSchema,
      end: civilDateSchema.describe('The last day.'),
      reason,
    })
    .meta({
      example: {
        to: '0197f3c2-0000-7000-8000-000000000001',
        start: '2026-12-07',
        end: '2026-12-11',
        reason: 'Đi công tác',
      },
    }),
) {}

export class EndDelegationDto extends createZodDto(
  z.strictObject({ reason }).meta({ example: { reason: 'Về sớm hơn dự kiến' } }),
) {}
