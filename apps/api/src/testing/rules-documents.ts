import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The working rules that the sample office lives under, as they are written. */
const sampleRules = readFileSync(
  join(__dirname, '../../../../libs/domain/src/working-rules/default-working-rules.yaml'),
  'utf8',
);

/** Their next version. `validFrom`: 'YYYY-MM-DD'. */
export const nextRules = (validFrom: string): string =>
  sampleRules
    .replace('version: 1', 'version: 2')
    .replace("validFrom: '2025-07-01'", `validFrom: '${validFrom}'`);

/** Their next version, by which reports leave with the head's approval only. */
export const rulesWithHeadApproval = (validFrom: string): string =>
  nextRules(validFrom).replace('value: { reports: false,', 'value: { reports: true,');
