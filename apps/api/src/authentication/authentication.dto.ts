import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const password = z.string().min(1).max(1_000);
const secret = z.string().min(1).max(200);
const code = z.string().min(1).max(40);

export class LogInDto extends createZodDto(
  z
    .strictObject({
      login: z.string().min(1).max(200),
      password,
      code: z
        .string()
        .max(40)
        .optional()
        .describe('Six digits of the authenticator app, or a recovery code; where one is set up.'),
    })
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
      ofOffice: z.boolean().describe('Whether the agency is the Office, whose head is its Chief.'),
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

export class ChangePasswordDto extends createZodDto(z.strictObject({ current: password, password })) {}

export class SetUpDto extends createZodDto(z.strictObject({ secret, password })) {}

export class ProofDto extends createZodDto(z.strictObject({ current: password })) {}

export class CodeDto extends createZodDto(z.strictObject({ code }).meta({ example: { code: '123456' } })) {}

export class FactorDto extends createZodDto(
  z.object({
    secret: z.string().describe('Base 32, to be typed into an authenticator app.'),
    address: z.string().describe('`otpauth://…`, for a picture that the app reads.'),
  }),
) {}

export class FactorStateDto extends createZodDto(z.object({ on: z.boolean(), recoveryCodesLeft: z.int() })) {}

export class RecoveryCodesDto extends createZodDto(
  z.object({ recoveryCodes: z.array(z.string()).describe('Shown this once; each lets in once.') }),
) {}

export class OpenSessionsDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        createdAt: z.iso.datetime(),
        lastSeenAt: z.iso.datetime(),
        expiresAt: z.iso.datetime(),
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  }),
) {}
