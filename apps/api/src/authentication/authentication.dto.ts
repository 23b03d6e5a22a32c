import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class LogInDto extends createZodDto(
  z
    .strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1_000) })
    .meta({ example: { login: 'vanthu', password: '…' } }),
) {}

const me = z.object({
  organization: z.uuid(),
  person: z.uuid(),
  name: z.string(),
  offices: z.array(
    z.object({
      role: z.string(),
      agency: z.uuid().nullable(),
      onBehalfOf: z.uuid().nullable().describe('In whose place it is held, by delegation.'),
    }),
  ),
});

export class MeDto extends createZodDto(me) {}

export class SessionDto extends createZodDto(
  me.extend({
    token: z.string().describe('For scripts: `Authorization: Bearer <token>`. Browsers use the cookie.'),
    expiresAt: z.iso.datetime(),
  }),
) {}
