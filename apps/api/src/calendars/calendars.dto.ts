import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const words = z.object({ vi: z.string(), en: z.string() });
const reference = z.object({ id: z.string(), version: z.int() });
const note = z.string().min(1).max(2_000).describe('Why: the notice or decision that it follows.');
const date = z.iso.date();

const version = z.object({
  id: z.string(),
  version: z.int(),
  main: z
    .boolean()
    .describe(
      "Whether it is the organization's own: deadlines are counted in it where the lead has no other.",
    ),
  agencies: z.array(z.object({ id: z.uuid(), name: z.string() })).describe('Agencies that work by it today.'),
  inherits: reference.nullable(),
  newerAbove: z.int().nullable().describe('A newer version of what it inherits, which it does not have yet.'),
  note: z.string().nullable(),
  putInForceBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  putInForceAt: z.iso.datetime().nullable(),
});

const content = z
  .looseObject({})
  .describe('Zone, sessions by season, weekly rest, dated days, noticed years.');
const touched = z
  .array(z.object({ directive: z.uuid(), date, worked: z.boolean() }))
  .describe('Open directives whose deadline falls on a day that changes; none is moved by this.');

export class CalendarsDto extends createZodDto(z.object({ items: z.array(version) })) {}

export class CalendarVersionDto extends createZodDto(version.extend({ calendar: content })) {}

export class EnteredOrderDto extends createZodDto(version.extend({ calendar: content, touched })) {}

export class OrderPreviewDto extends createZodDto(z.object({ calendar: content, touched })) {}

export class NewCalendarDto extends createZodDto(
  z.strictObject({
    calendar: z
      .looseObject({})
      .describe(
        'Zone, sessions, restDays, days and noticedYears; with `inherits` {id, version} only what differs from above. ' +
          'Its id and version are given by the address and the office.',
      ),
    note,
  }),
) {}

const period = z.strictObject({ opens: z.string(), closes: z.string() });

const order = z.strictObject({
  notice: z.strictObject({
    number: z.string().trim().min(1).max(200),
    issuer: z.string().trim().min(1).max(300),
    issuedOn: date.nullable(),
  }),
  year: z.int().min(1900).max(2199),
  complete: z.boolean().describe('Whether everything about the year is ordered with it.'),
  days: z
    .array(
      z.strictObject({
        date,
        kind: z.enum(['holiday', 'make-up-off', 'worked']),
        name: words,
        basis: z.string().min(1).max(500).optional(),
        inPlaceOf: date.optional().describe('The day that this one stands for, or is exchanged with.'),
        periods: z.array(period).min(1).max(20).optional(),
      }),
    )
    .max(400),
  withdraws: z.array(date).max(400).optional().describe('Days of earlier notices that it takes back.'),
});

const everywhere = z
  .boolean()
  .default(false)
  .describe(
    'Whether it is entered in every other calendar of the organization too: in all of them or in none.',
  );

export class CalendarOrderDto extends createZodDto(order.extend({ everywhere })) {}

export class EnterOrderDto extends createZodDto(order.extend({ everywhere, note })) {}

const step = words;
const warning = z.object({ code: z.string(), vi: z.string(), en: z.string() });

export class CountedTimeDto extends createZodDto(
  z.object({
    due: z.iso.datetime(),
    local: z.string().describe("The same instant on the office's clock."),
    calendar: reference,
    steps: z.array(step),
    warnings: z.array(warning),
  }),
) {}

export class LengthDto extends createZodDto(
  z.object({
    workingDays: z.int(),
    workingMinutes: z.number(),
    calendar: reference,
    steps: z.array(step),
    warnings: z.array(warning),
  }),
) {}

const instant = z.iso.datetime({ offset: true });

export class DueQueryDto extends createZodDto(
  z.strictObject({
    from: instant,
    add: z.string().min(1).max(40).describe('5wd, 3wh, 2d, 4h, 30m; a minus counts back.'),
  }),
) {}

export class FromQueryDto extends createZodDto(z.strictObject({ from: instant })) {}

export class BetweenQueryDto extends createZodDto(z.strictObject({ from: instant, to: instant })) {}

export class ResolveQueryDto extends createZodDto(
  z.strictObject({
    phrase: z.string().min(1).max(500).describe('The words, as the document has them.'),
    from: date.describe('The day of the document.'),
    receivedOn: date.optional(),
    eventOn: date.optional().describe('The day of the event that the words wait for.'),
  }),
) {}

export class ResolvedWordsDto extends createZodDto(
  z.object({
    text: z.string(),
    kind: z.string(),
    rule: z.string(),
    due: z.iso.datetime().nullable().describe('Null: it stays open; a warning says for what it waits.'),
    date: date.nullable(),
    calendar: reference,
    steps: z.array(step),
    warnings: z.array(warning),
  }),
) {}
