import { canonicalJson } from '@dondoc/workflow';
import { ruleNames, type AuthoredRules, type WorkingRules } from './rules-form';
import { type RulesLimit, type RulesMeasure, type RulesReference } from './rules-limits';
import { type UnplacedProblem } from './rules-problem';
import { settingWords } from './setting-words';

/** Looks up the rules that others inherit: those of the organization above, or files given together. */
export type FindRules = (reference: RulesReference) => AuthoredRules | null;

/** A list whose entries have an id: inherited entry by entry. */
type Named = readonly { readonly id: string }[];

const isComplete = (rules: AuthoredRules): rules is WorkingRules =>
  ruleNames.every((name) => rules[name] !== undefined);

function mergeLists(above: Named, own: Named): Named {
  const replaced = above.map((entry) => own.find(({ id }) => id === entry.id) ?? entry);
  return [...replaced, ...own.filter(({ id }) => !above.some((entry) => entry.id === id))];
}

/** The authored values over those of the parent; limits of both hold for whoever is below. */
function merge(own: AuthoredRules, parent: WorkingRules): WorkingRules {
  const values = ruleNames.map((name) => {
    const [above, authored] = [parent[name], own[name]];
    if (authored === undefined) return [name, above];
    return Array.isArray(above) && Array.isArray(authored)
      ? [name, mergeLists(above, authored)]
      : [name, authored];
  });
  const { id, version, validFrom, title, inherits } = own;
  const limits = [...parent.limits, ...own.limits];
  return { id, version, validFrom, title, inherits, limits, ...Object.fromEntries(values) } as WorkingRules;
}

const nameOf = ({ id, version }: RulesReference): string => `${id}@${version}`;

const unknownParent = (reference: RulesReference): UnplacedProblem => ({
  code: 'unknown-parent',
  path: ['inherits'],
  vi: `không có quy chế ${nameOf(reference)} ở đơn vị cấp trên để kế thừa`,
  en: `the organization above has no working rules ${nameOf(reference)} to inherit`,
});

/** A circle of inheritance, by the names on the way; null when the way up ends. */
function circle(rules: AuthoredRules, find: FindRules): readonly string[] | null {
  const way = [nameOf(rules)];
  for (let above = rules.inherits; above !== null;) {
    const name = nameOf(above);
    if (way.includes(name)) return [...way, name];
    way.push(name);
    above = find(above)?.inherits ?? null;
  }
  return null;
}

/**
 * The whole rules that a document comes to with what it inherits, or why it comes to none: a parent that is not there, a
 * circle, a value beyond a limit of the parent. Complete rules are taken as they are. Pure.
 */
export function inheritRules(
  own: AuthoredRules,
  find: FindRules,
): { readonly rules: WorkingRules | null; readonly problems: readonly UnplacedProblem[] } {
  const round = circle(own, find);
  if (round)
    return {
      rules: null,
      problems: [
        {
          code: 'inheritance-cycle',
          path: ['inherits'],
          vi: `quy chế kế thừa vòng tròn: ${round.join(' → ')}`,
          en: `the rules inherit from themselves: ${round.join(' → ')}`,
        },
      ],
    };
  if (own.inherits === null)
    return isComplete(own)
      ? { rules: own, problems: limitProblems(own.limits, own, own) }
      : { rules: null, problems: missing(own) };
  const above = find(own.inherits);
  if (!above) return { rules: null, problems: [unknownParent(own.inherits)] };
  const parent = isComplete(above) ? above : inheritRules(above, find).rules;
  if (!parent) return { rules: null, problems: [unknownParent(own.inherits)] };
  const rules = merge(own, parent);
  return {
    rules,
    problems: [...limitProblems(parent.limits, rules, parent), ...limitProblems(own.limits, rules, rules)],
  };
}

const missing = (own: AuthoredRules): UnplacedProblem[] =>
  ruleNames
    .filter((name) => own[name] === undefined)
    .map((name) => ({
      code: 'malformed',
      path: [name],
      vi: `thiếu giá trị "${settingWords[name].vi}", và quy chế không kế thừa từ đơn vị nào`,
      en: `"${settingWords[name].en}" is missing, and the rules inherit from nobody`,
    }));

/** A place in rules that a limit speaks of, with the path of the document that leads to it; undefined: nowhere. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

function step({ path, value }: Place, name: string): Place | undefined {
  if (Array.isArray(value)) {
    const index = (value as Named).findIndex(({ id }) => id === name);
    return index < 0 ? undefined : { path: [...path, index], value: value[index] as unknown };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, name))
    return { path: [...path, name], value: (value as Record<string, unknown>)[name] };
  return Object.hasOwn(value, 'value') ? step(inside({ path, value }), name) : undefined;
}

/** Through a setting to its value. */
function inside({ path, value }: Place): Place {
  const setting = typeof value === 'object' && value !== null && Object.hasOwn(value, 'legalBasis');
  return setting && Object.hasOwn(value, 'value')
    ? { path: [...path, 'value'], value: (value as { readonly value: unknown }).value }
    : { path, value };
}

function placeOf(rules: WorkingRules, limited: string): Place | undefined {
  const found = limited
    .split('.')
    .reduce<Place | undefined>((place, name) => place && step(place, name), { path: [], value: rules });
  return found && inside(found);
}

/** -1, 0 or 1; null when the two cannot be compared: another unit, or no length at all. */
function compare(value: unknown, limit: RulesMeasure): number | null {
  if (typeof limit === 'number') return typeof value === 'number' ? Math.sign(value - limit) : null;
  const { amount, unit } = (value ?? {}) as { readonly amount?: unknown; readonly unit?: unknown };
  return typeof amount === 'number' && unit === limit.unit ? Math.sign(amount - limit.amount) : null;
}

const shown = (measure: RulesMeasure): string =>
  typeof measure === 'number' ? String(measure) : `${measure.amount}${measure.unit}`;

const canonical = (value: unknown): string => canonicalJson(value ?? null);

function outside(limit: RulesLimit, own: unknown, above: unknown): { vi: string; en: string } | null {
  const source = `${limit.path}, ${limit.article}`;
  if (limit.locked === true && canonical(own) !== canonical(above))
    return {
      vi: `đơn vị cấp trên không cho thay đổi giá trị này (${source})`,
      en: `the organization above does not let this be changed (${source})`,
    };
  for (const [bound, side, vi, en] of [
    [limit.least, -1, 'ít nhất', 'at least'],
    [limit.most, 1, 'nhiều nhất', 'at most'],
  ] as const) {
    if (bound === undefined) continue;
    const order = compare(own, bound);
    if (order === null || order === side)
      return {
        vi: `phải ${vi} là ${shown(bound)}, cùng đơn vị tính, theo giới hạn của đơn vị cấp trên (${source})`,
        en: `has to be ${en} ${shown(bound)}, in the same unit, by a limit of the organization above (${source})`,
      };
  }
  return null;
}

/**
 * What in `rules` lies beyond limits that were set over the values of `above`: the parent's, or the rules themselves,
 * which keep the limits that they set for others.
 */
function limitProblems(
  limits: readonly RulesLimit[],
  rules: WorkingRules,
  above: WorkingRules,
): UnplacedProblem[] {
  return limits.flatMap((limit, index): UnplacedProblem[] => {
    const [own, given] = [placeOf(rules, limit.path), placeOf(above, limit.path)];
    if (given === undefined)
      return [
        {
          code: 'unknown-limit',
          path: ['limits', index, 'path'],
          vi: `quy chế không có "${limit.path}"`,
          en: `the rules have no "${limit.path}"`,
        },
      ];
    const words = outside(limit, own?.value, given.value);
    return words ? [{ code: 'beyond-limit', path: own?.path ?? limit.path.split('.'), ...words }] : [];
  });
}
