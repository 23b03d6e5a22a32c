import { isRefusal } from '@dondoc/workflow';
import { type AuthoredRules, authoredRulesForm, workingRulesForm, type WorkingRules } from './rules-form';
import { type Contradiction, contradictionsIn, namesAreUnique } from './rules-contradictions';
import { formProblems } from './form-problems';
import { type FindRules, inheritRules } from './rules-inheritance';
import {
  fieldOf,
  refuseRules,
  type RulesPath,
  type RulesRefusal,
  type UnplacedProblem,
} from './rules-problem';
import { readRulesText } from './rules-text';

export type { RulesProblem, RulesRefusal } from './rules-problem';

/** Rules as written, and what they come to with everything inherited. */
export interface ReadRules {
  readonly authored: AuthoredRules;
  readonly rules: WorkingRules;
}

const nobody: FindRules = () => null;

/**
 * The path in the authored document of a path in the whole rules: entries of lists are found again by their id, because
 * inheriting puts them elsewhere.
 */
function writtenPath(path: RulesPath, rules: WorkingRules, authored: AuthoredRules): RulesPath {
  const [list, index] = path;
  if ((list !== 'ladders' && list !== 'periodicReports') || typeof index !== 'number') return path;
  const id = rules[list][index]?.id;
  const own = authored[list]?.findIndex((entry) => entry.id === id) ?? -1;
  return own < 0 ? [list, id ?? index, ...path.slice(2)] : [list, own, ...path.slice(2)];
}

function contradictions(found: readonly Contradiction[]): UnplacedProblem[] {
  return found.map((one) => ({ code: 'contradiction', ...one }));
}

/** NUL, and half of a pair of surrogates. */
const unkeepable = /[\0\p{Cs}]/u;

/** JSON of a database holds neither NUL nor half a character; YAML can write both. */
function textsThatCannotBeKept(data: unknown, path: RulesPath): UnplacedProblem[] {
  if (typeof data === 'string')
    return unkeepable.test(data)
      ? [
          {
            code: 'malformed',
            path,
            vi: 'chứa ký tự không lưu được',
            en: 'has a character that cannot be kept',
          },
        ]
      : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => textsThatCannotBeKept(value, [...path, key]));
}

/** What is wrong with data, or the rules that they are. */
function examine(data: unknown, find: FindRules): ReadRules | readonly UnplacedProblem[] {
  const inherits = typeof data === 'object' && data !== null && 'inherits' in data && data.inherits !== null;
  const unkept = textsThatCannotBeKept(data, []);
  if (unkept.length > 0) return unkept;
  const form = (inherits ? authoredRulesForm : workingRulesForm).safeParse(data);
  if (!form.success) return formProblems(form.error);
  const authored: AuthoredRules = form.data;
  const twice = contradictions(namesAreUnique(authored));
  if (twice.length > 0) return twice;
  const { rules, problems } = inheritRules(authored, find);
  if (!rules) return problems;
  const all = [...problems, ...contradictions(contradictionsIn(rules))].map((problem) => ({
    ...problem,
    path: writtenPath(problem.path, rules, authored),
  }));
  return all.length > 0 ? all : { authored, rules };
}

/**
 * Reads working rules written in YAML (or JSON, which is YAML). Never throws: what is wrong comes back as a refusal
 * that names every field, its line and column, and the reason in both languages.
 */
export function readRules(text: string, find: FindRules = nobody): ReadRules | RulesRefusal {
  const written = readRulesText(text);
  if (!('data' in written)) return refuseRules(written);
  const examined = examine(written.data, find);
  return 'rules' in examined ? examined : refuseRules(examined.map((problem) => written.place(problem)));
}

/** `readRules` of a document that inherits nothing. */
export function parseWorkingRules(text: string): WorkingRules | RulesRefusal {
  const read = readRules(text);
  return isRefusal(read) ? read : read.rules;
}

/** Whole rules that were stored: what they inherited is in them. */
export function checkWorkingRules(data: unknown): WorkingRules | RulesRefusal {
  const form = workingRulesForm.safeParse(data);
  const problems = form.success ? contradictions(contradictionsIn(form.data)) : formProblems(form.error);
  if (form.success && problems.length === 0) return form.data;
  return refuseRules(
    problems.map(({ path, ...problem }) => ({ ...problem, field: fieldOf(path), line: null, column: null })),
  );
}
