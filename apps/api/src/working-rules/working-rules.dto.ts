import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const words = z.object({ vi: z.string(), en: z.string() });
const reference = z.object({ id: z.string(), version: z.int() });
const instant = z.iso.datetime();
const count = z.int();

const version = z.object({
  id: z.string(),
  version: z.int(),
  validFrom: z.iso.date(),
  title: words,
  inherits: reference.nullable(),
  newerAbove: z.int().nullable().describe('A newer version of what it inherits, which it does not follow.'),
  inForce: z.boolean().describe('Whether new directives live under it today.'),
  replaces: z.int().nullable(),
  note: z.string().nullable(),
  putInForceBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  putInForceAt: instant.nullable(),
});

const content = {
  rules: z.looseObject({}).describe('The whole rules, of the form that `/working-rules/schema` gives.'),
  document: z.string().nullable().describe('The text as it was authored; null where it came as data.'),
  text: z.string().describe('To write the next version from: as authored, else its content as YAML.'),
  effect: z.looseObject({}).nullable().describe('What it changed when it was put in force.'),
};

const rung = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  to: z.array(z.string()),
  article: z.string(),
});
const moved = z.object({ from: instant, to: instant }).nullable();

export class RulesVersionsDto extends createZodDto(z.object({ items: z.array(version) })) {}

export class RulesVersionDto extends createZodDto(version.extend(content)) {}

export class RulesSchemaDto extends createZodDto(z.looseObject({})) {}

const document = z.string().min(1).max(500_000).describe('Working rules in YAML or JSON.');

export class PreviewRulesDto extends createZodDto(
  z.strictObject({
    document,
    most: z.int().min(0).max(500).default(50).describe('How many directives are shown one by one.'),
  }),
) {}

export class PutRulesInForceDto extends createZodDto(
  z.strictObject({
    document,
    note: z.string().min(1).max(2_000).describe('Why: the decision that the rules come from, for example.'),
  }),
) {}

export class CheckRulesDto extends createZodDto(z.strictObject({ document })) {}

const checked = z.object({
  inForce: z.string(),
  next: z.string(),
  validFrom: z.iso.date(),
  changes: z
    .array(z.object({ path: z.string(), name: words, before: z.unknown(), after: z.unknown() }))
    .describe('What new directives will be judged by otherwise.'),
});

export class RulesCheckDto extends createZodDto(checked) {}

export class RulesPreviewDto extends createZodDto(
  checked.extend({
    ifMoved: z
      .object({
        totals: z.object({
          open: count,
          changed: count,
          rungsAdded: count,
          rungsDropped: count,
          rungsMoved: count,
          rungsChanged: count,
          nearDueMoved: count,
          returnWindowsMoved: count,
        }),
        items: z.array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            rules: z.string(),
            deadline: instant.nullable().describe('Kept, whatever the rules.'),
            nearDue: moved,
            returnBy: moved,
            rungs: z.object({
              added: z.array(rung),
              dropped: z.array(rung),
              moved: z.array(rung.extend({ from: instant })),
              changed: z.array(rung),
            }),
          }),
        ),
        leftOff: count,
      })
      .describe('Open directives keep their version; this is what moving them on purpose would change.'),
  }),
) {}
