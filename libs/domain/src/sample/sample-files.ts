import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { parseWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/working-rules';
import { parseScenario, type Scenario } from '../simulation/scenario';
import { parseOffice, type Office } from './office-document';

/** The files beside this one, which the build copies along. A broken one is a mistake of this repository: it throws. */
const read = (...path: string[]): string => readFileSync(join(__dirname, ...path), 'utf8');

function sound<T>(parsed: T, file: string): Exclude<T, Refusal> {
  if (isRefusal(parsed)) throw new Error(`${file}: ${parsed.en}`);
  return parsed as Exclude<T, Refusal>;
}

export const sampleNoticeFiles = [
  'thong-bao-12-giao-ban-thang-11.txt',
  'thong-bao-15-duong-lien-thon.txt',
] as const;

export function sampleNotice(file: (typeof sampleNoticeFiles)[number]): string {
  return read('notices', file);
}

export function sampleOffice(): Office {
  return sound(parseOffice(read('office.yaml')), 'office.yaml');
}

export function sampleScenario(): Scenario {
  return sound(parseScenario(read('scenario.yaml')), 'scenario.yaml');
}

/** What can change on the way of a directive, played by `rulesWithHeadApproval`. */
export function sampleChanges(): Scenario {
  return sound(parseScenario(read('changes.yaml')), 'changes.yaml');
}

/** What people ask of each other, played by the default rules. */
export function sampleAnswers(): Scenario {
  return sound(parseScenario(read('answers.yaml')), 'answers.yaml');
}

/** The default rules, with everything that leaves an agency passing its head. */
export function rulesWithHeadApproval(): WorkingRules {
  const rules = defaultWorkingRules();
  const value = { reports: true, extensionRequests: true };
  return { ...rules, headApproval: { ...rules.headApproval, value } };
}

/** The working rules that an organization starts from. */
export function defaultWorkingRules(): WorkingRules {
  return sound(
    parseWorkingRules(read('../working-rules/default-working-rules.yaml')),
    'default-working-rules.yaml',
  );
}
