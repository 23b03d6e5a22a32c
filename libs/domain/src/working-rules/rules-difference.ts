import { canonicalJson, type Bilingual } from '@dondoc/workflow';
import { ruleNames, type RuleName, type WorkingRules } from './rules-form';
import { settingWords } from './setting-words';

/** One value that differs between two versions. Null: there is none in that version. */
export interface RuleChange {
  /** `returnWindow`, or an entry of a list by its id: `ladders.ordinary`. */
  readonly path: string;
  readonly name: Bilingual;
  readonly before: unknown;
  readonly after: unknown;
}

type Part = readonly [path: string, value: unknown];

/** What stands in the rules under a name: the value of a setting, or the entries of a list one by one. */
function partsOf(rules: WorkingRules, name: RuleName): readonly Part[] {
  if (name === 'ladders' || name === 'periodicReports')
    return rules[name].map((entry) => [`${name}.${entry.id}`, entry]);
  return [[name, rules[name]]];
}

const same = (one: unknown, other: unknown): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** What another version says otherwise, articles and legal bases included; in the order of the document. */
export function rulesDifference(before: WorkingRules, after: WorkingRules): readonly RuleChange[] {
  return ruleNames.flatMap((name) => {
    const [old, young] = [new Map(partsOf(before, name)), new Map(partsOf(after, name))];
    return [...new Set([...old.keys(), ...young.keys()])]
      .filter((path) => !same(old.get(path), young.get(path)))
      .map((path) => ({
        path,
        name: settingWords[name],
        before: old.get(path) ?? null,
        after: young.get(path) ?? null,
      }));
  });
}
