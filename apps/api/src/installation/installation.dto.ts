import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class InstallationDto extends createZodDto(
  z.object({
    mode: z.enum(['sandbox', 'production']),
    now: z.iso.datetime().describe('Business time.'),
    logIns: z
      .array(
        z.object({
          login: z.string(),
          password: z.string(),
          name: z.string(),
          offices: z.array(z.object({ role: z.string(), agency: z.string().nullable() })),
        }),
      )
      .describe('Of the sample office, whose passwords everybody knows; empty but in a sandbox.'),
  }),
) {}
