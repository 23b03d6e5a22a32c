import { isRefusal } from '@dondoc/workflow';
import { today } from '../lifecycles/act-facts';
import { readRules, type ReadRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/rules-form';
import { rolesNobodyHolds } from '../working-rules/rules-holders';
import { refuseRules, type RulesRefusal, type UnplacedProblem } from '../working-rules/rules-problem';
import { readRulesText } from '../working-rules/rules-text';
import { latestRules } from './rules-versions';
import { officeFacts, type OfficeTransaction } from './office-facts';
import { versionsAbove } from './inherited-versions';

/**
 * A document as the next version of this organization's rules: it is well formed, inherits what the organization above
 * has, every role it names is held, and its version and first day are new. Refuses with all that is wrong.
 */
export async function readNextRules(tx: OfficeTransaction, text: string): Promise<ReadRules | RulesRefusal> {
  const above = await versionsAbove<WorkingRules>(tx, 'working_rules');
  const read = readRules(
    text,
    ({ id, version }) => above.find((rules) => rules.id === id && rules.version === version) ?? null,
  );
  if (isRefusal(read)) return read;
  const { rules } = read;
  const office = await officeFacts(tx, 'directory', 'calendar');
  const problems = [
    ...rolesNobodyHolds(rules, office.directory, rules.validFrom),
    ...(await notNew(tx, rules, today({ now: tx.now, calendar: office.calendar }))),
  ];
  if (problems.length === 0) return read;
  const written = readRulesText(text);
  return refuseRules('data' in written ? problems.map((problem) => written.place(problem)) : written);
}

/** A version goes up, and begins on no day that is over: what ran on that day ran by the rules of then. */
async function notNew(
  tx: OfficeTransaction,
  { version, validFrom }: WorkingRules,
  date: string,
): Promise<UnplacedProblem[]> {
  const latest = await latestRules(tx);
  const problems: UnplacedProblem[] = [];
  if (latest && version <= latest.version)
    problems.push({
      code: 'version-not-new',
      path: ['version'],
      vi: `đã có phiên bản ${latest.version}; phiên bản mới phải lớn hơn`,
      en: `there is a version ${latest.version} already; a new one has to be higher`,
    });
  if (validFrom < date)
    problems.push({
      code: 'valid-in-the-past',
      path: ['validFrom'],
      vi: `ngày có hiệu lực đã qua (hôm nay là ${date})`,
      en: `the first day of validity is over (today is ${date})`,
    });
  else if (latest && validFrom < latest.validFrom)
    problems.push({
      code: 'valid-in-the-past',
      path: ['validFrom'],
      vi: `sớm hơn ngày có hiệu lực của phiên bản ${latest.version} (${latest.validFrom})`,
      en: `earlier than the first day of version ${latest.version} (${latest.validFrom})`,
    });
  return problems;
}
