import { roles } from '@dondoc/domain/directory/directory';
import { civilDateSchema, idSchema } from '@dondoc/domain/drafts/draft-item';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const date = z.iso.date();
const dated = { from: date, to: date.nullable(), now: z.boolean().describe('Whether it counts today.') };

const agency = z.object({
  id: z.uuid(),
  name: z.string(),
  aliases: z.array(z.string()),
  abbreviation: z.string().nullable(),
  parent: z.uuid().nullable(),
  validFrom: date,
  validTo: date.nullable(),
  successor: z.uuid().nullable(),
  pointsTo: z.uuid().nullable().describe('The organization that it is; what is handed on to it goes there.'),
  calendar: z.string().nullable().describe("The calendar that it works by; null: the organization's own."),
  isOffice: z.boolean(),
  inForce: z.boolean(),
  formerNames: z.array(z.object({ name: z.string(), abbreviation: z.string().nullable(), usedUntil: date })),
  openDirectives: z.int().describe('Open directives that it leads.'),
});

const person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  login: z.string().nullable(),
  offices: z.array(z.object({ id: z.uuid(), role: z.string(), agency: z.uuid().nullable(), ...dated })),
});

const charge = z.object({
  id: z.uuid(),
  leader: z.uuid(),
  agency: z.uuid().nullable(),
  field: z.string().nullable(),
  ...dated,
});

export class DirectoryHistoryDto extends createZodDto(
  z.object({
    today: date,
    agencies: z.array(agency),
    people: z.array(person),
    inCharge: z.array(charge),
    organizationsBelow: z
      .array(z.object({ id: z.uuid(), code: z.string(), name: z.string() }))
      .describe('Organizations directly below this one, which an agency can be.'),
  }),
) {}

export class ChangedDto extends createZodDto(z.object({ id: z.uuid() })) {}

const name = z.string().trim().min(1).max(200);
const names = {
  name,
  abbreviation: z.string().trim().min(1).max(40).nullable().default(null),
  aliases: z.array(name).max(30).default([]).describe('Other names that notices use for it.'),
};
const lastDay = civilDateSchema.describe('The last day on which it counts.');

export class NewAgencyDto extends createZodDto(
  z
    .strictObject({ ...names, parent: idSchema.nullable().default(null), validFrom: civilDateSchema })
    .meta({ example: { name: 'Phòng Nội vụ', abbreviation: 'PNV', validFrom: '2026-12-01' } }),
) {}

export class RenameAgencyDto extends createZodDto(
  z.strictObject(names).meta({ example: { name: 'Phòng Kinh tế và Hạ tầng', abbreviation: 'PKTHT' } }),
) {}

export class PointAgencyDto extends createZodDto(
  z
    .strictObject({ organization: idSchema.nullable().describe('Null: none; it is worked here.') })
    .meta({ example: { organization: null } }),
) {}

const touched = z
  .array(z.object({ directive: z.uuid(), date, worked: z.boolean() }))
  .describe('Open directives whose deadline falls on a day that changes; none is moved by this.');

export class CalendarOfAgencyDto extends createZodDto(
  z
    .strictObject({
      calendar: z.string().min(1).max(60).nullable().describe("Null: the organization's own again."),
    })
    .meta({ example: { calendar: 'mot-cua' } }),
) {}

export class CalendarOfAgencyPreviewDto extends createZodDto(z.object({ touched })) {}

export class CalendarGivenDto extends createZodDto(z.object({ id: z.uuid(), touched })) {}

export class EndAgencyDto extends createZodDto(
  z
    .strictObject({ lastDay, successor: idSchema.nullable().default(null) })
    .meta({ example: { lastDay: '2026-12-31' } }),
) {}

export class PersonWordsDto extends createZodDto(
  z
    .strictObject({ name, email: z.email().max(200).nullable().default(null) })
    .meta({ example: { name: 'Nguyễn Văn Mẫu', email: 'mau@example.com' } }),
) {}

export class GiveOfficeDto extends createZodDto(
  z
    .strictObject({
      role: z.enum(roles),
      agency: idSchema.nullable().default(null),
      from: civilDateSchema,
      to: civilDateSchema.nullable().default(null),
    })
    .meta({ example: { role: 'clerk', from: '2026-12-01' } }),
) {}

export class PutInChargeDto extends createZodDto(
  z
    .strictObject({
      leader: idSchema,
      agency: idSchema.nullable().default(null),
      field: z.string().trim().min(1).max(200).nullable().default(null),
      from: civilDateSchema,
    })
    .meta({
      example: { leader: '0197f3c2-0000-7000-8000-000000000001', field: 'Đất đai', from: '2026-12-01' },
    }),
) {}

export class LastDayDto extends createZodDto(
  z.strictObject({ lastDay }).meta({ example: { lastDay: '2026-12-31' } }),
) {}
