import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const token = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('To the minute; null: never.'),
});

export class TokensDto extends createZodDto(z.object({ items: z.array(token) })) {}

export class NewTokenDto extends createZodDto(
  token.extend({ token: z.string().describe('Shown this once: `Authorization: Bearer <token>`.') }),
) {}

export class WantedTokenDto extends createZodDto(
  z
    .strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z
        .array(z.string().max(60))
        .min(1)
        .max(20)
        .describe('`read` or `act`, of everything or of one kind of thing: `read:directives`.'),
      days: z.int().min(1).max(366),
    })
    .meta({ example: { name: 'Bảng điện tử', scopes: ['read:directives', 'read:totals'], days: 90 } }),
) {}
