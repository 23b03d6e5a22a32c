import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const account = z.object({
  id: z.uuid(),
  login: z.string(),
  person: z.uuid(),
  name: z.string(),
  kind: z.enum(['person', 'service']),
  enabled: z.boolean(),
  active: z.boolean().describe('Whether a password has been set.'),
  secondFactor: z.boolean(),
  lockedUntil: z.iso
    .datetime()
    .nullable()
    .describe('Too many failed log-ins, at least from one address; `unlock` ends it.'),
});

export class AccountDto extends createZodDto(account) {}

export class AccountsDto extends createZodDto(z.object({ items: z.array(account) })) {}

export class NewAccountDto extends createZodDto(
  z.strictObject({ person: z.uuid(), login: z.string().min(1).max(100) }),
) {}

export class AccountSecretDto extends createZodDto(
  z.object({
    account,
    secret: z.string().describe('Shown this once: its owner sets a password with it at `/auth/set-up`.'),
    expiresAt: z.iso.datetime(),
  }),
) {}
