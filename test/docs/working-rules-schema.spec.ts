import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesJsonSchema } from '@dondoc/domain/working-rules/rules-json-schema';

const published = join(__dirname, '..', '..', 'docs', 'working-rules.schema.json');
const REFRESH = 'REFRESH_SCHEMA=1 npx jest --selectProjects unit -- working-rules-schema';

describe('the JSON Schema of working rules in the documents', () => {
  it('is the form that rules are read by', () => {
    const made = `${JSON.stringify(rulesJsonSchema(), null, 2)}\n`;
    if (process.env['REFRESH_SCHEMA']) writeFileSync(published, made);
    const kept = readFileSync(published, 'utf8');
    if (kept !== made) throw new Error(`${published} is not up to date: ${REFRESH}`);
    expect(JSON.parse(kept)).toEqual(rulesJsonSchema());
  });
});
