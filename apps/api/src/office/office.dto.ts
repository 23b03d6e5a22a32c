import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const agency = z.object({
  id: z.uuid(),
  name: z.string(),
  aliases: z.array(z.string()),
  abbreviation: z.string().nullable(),
  parent: z.uuid().nullable(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  successor: z.uuid().nullable(),
  calendar: z
    .string()
    .nullable()
    .optional()
    .describe("The calendar that it works by; null: the organization's own."),
  isOffice: z.boolean(),
  inForce: z.boolean(),
});

const office = z.object({
  role: z.string(),
  agency: z.uuid().nullable(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
});

export class OfficeDto extends createZodDto(
  z.object({ name: z.string(), zone: z.string().describe('IANA zone in which its dates are meant.') }),
) {}

export class AgenciesDto extends createZodDto(z.object({ items: z.array(agency) })) {}

export class PeopleDto extends createZodDto(
  z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string(), offices: z.array(office) })) }),
) {}

export class InChargeDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        leader: z.uuid(),
        agency: z.uuid().nullable(),
        field: z.string().nullable(),
        from: z.iso.date(),
        to: z.iso.date().nullable(),
      }),
    ),
  }),
) {}
