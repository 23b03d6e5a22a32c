import { dispatchStates } from '@dondoc/domain/lifecycles/dispatch-state';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { pageOfSchema, pageQuery } from '../requests/page.dto';

const outgoing = z.object({
  id: z.uuid(),
  revision: z.int(),
  channel: z.string(),
  recipient: z.object({ id: z.uuid(), name: z.string() }),
  state: z.enum(dispatchStates),
  sendAt: z.iso.datetime(),
  heldUntil: z.iso.datetime().nullable(),
  composedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  subject: z.string().nullable().describe('Null until it is composed.'),
  address: z.string().nullable(),
  messages: z.int().describe('How many messages of the inbox it tells of.'),
  failure: z.string().nullable().describe('How the last attempt failed.'),
});

export class OutgoingMailsDto extends createZodDto(pageOfSchema(outgoing)) {}

export class OutgoingMailDto extends createZodDto(
  outgoing.extend({
    key: z.string().nullable().describe('Message-ID: the same at every attempt.'),
    language: z.string().nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
    receipt: z.string().nullable().describe('What the mail server said when it took the message.'),
  }),
) {}

export class OutgoingMailsQueryDto extends createZodDto(
  z.strictObject({ state: z.enum(dispatchStates).optional(), ...pageQuery }),
) {}

export class DecisionDto extends createZodDto(
  z
    .strictObject({ reason: z.string().max(2_000) })
    .meta({ example: { reason: 'Máy chủ thư đã hoạt động lại' } }),
) {}
