import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { parse } from 'yaml';
import { rulesJsonSchema } from './rules-json-schema';

const rules = readFileSync(join(__dirname, 'default-working-rules.yaml'), 'utf8');
const accepts = new Ajv2020({ allErrors: true, strictTypes: false }).compile(rulesJsonSchema());
const parsed = (text: string): Record<string, unknown> => parse(text) as Record<string, unknown>;

describe('the published schema of working rules', () => {
  it('takes the default rules, and rules that inherit all they leave out', () => {
    expect(accepts(parsed(rules))).toBe(true);
    const head = { id: 'xa', version: 1, validFrom: '2026-12-01', title: { vi: 'a', en: 'b' } };
    expect(accepts({ ...head, inherits: { id: 'tinh', version: 3 } })).toBe(true);
    expect(accepts(head)).toBe(false);
    expect(accepts({ ...head, inherits: null })).toBe(false);
  });

  it.each([
    ['value: previous-day', 'value: never', '/beforeMeans/value'],
    ['{ amount: 2, unit: wd }', '{ amount: -2, unit: wd }', '/returnWindow/value/amount'],
    ['to: [assigned-person]', 'to: [mayor]', '/ladders/0/rungs/0/to/0'],
    ['nearDue:', 'nearlyDue:', ''],
    ["daily: '07:30'", 'daily: soon', '/digest/value/daily'],
  ])('names the field where %s became %s', (from, to, place) => {
    expect(rules).toContain(from);
    expect(accepts(parsed(rules.replace(from, to)))).toBe(false);
    expect(accepts.errors?.map(({ instancePath }) => instancePath)).toContain(place);
  });

  it('says what each value is, in both languages', () => {
    expect(rulesJsonSchema()).toMatchObject({
      properties: {
        returnWindow: { title: 'Thời gian được trả lại', description: 'Time to return a directive' },
      },
    });
  });
});
