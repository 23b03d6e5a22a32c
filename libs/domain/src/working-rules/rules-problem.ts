import { refusal, type Bilingual, type Refusal } from '@dondoc/workflow';

/** One thing wrong in a rules document: the dotted path of the field, and where it stands in the text if it is there. */
export interface RulesProblem extends Bilingual {
  readonly code: RulesProblemCode;
  readonly field: string;
  /** From 1; null where the document is no text. */
  readonly line: number | null;
  readonly column: number | null;
}

/**
 * `unreadable`: no YAML. `malformed`: a value is missing, unknown or of the wrong form. `contradiction`: values that do
 * not go together. The others concern inheritance and the office.
 */
export type RulesProblemCode =
  | 'unreadable'
  | 'malformed'
  | 'contradiction'
  | 'unknown-parent'
  | 'inheritance-cycle'
  | 'unknown-limit'
  | 'beyond-limit'
  | 'nobody-holds-role'
  | 'version-not-new'
  | 'valid-in-the-past';

/** All that is wrong, in the order of the document. */
export interface RulesRefusal extends Refusal {
  readonly errors: readonly RulesProblem[];
}

/** The path of a field as the schema names it: members of an object, indices of lists. */
export type RulesPath = readonly PropertyKey[];

export const fieldOf = (path: RulesPath): string => path.map(String).join('.');

/** What is wrong, before it is known where in the text it stands. */
export interface UnplacedProblem extends Bilingual {
  readonly code: RulesProblemCode;
  readonly path: RulesPath;
}

export function refuseRules(errors: readonly RulesProblem[]): RulesRefusal {
  const [first] = errors;
  const place = first?.line ? { vi: `dòng ${first.line}, `, en: `line ${first.line}, ` } : { vi: '', en: '' };
  const field =
    first?.field === '' ? { vi: 'văn bản', en: 'the text' } : { vi: first?.field, en: first?.field };
  const base = refusal(
    'invalid-working-rules',
    { vi: `${place.vi}${field.vi}: ${first?.vi ?? ''}`, en: `${place.en}${field.en}: ${first?.en ?? ''}` },
    first?.field ? { field: first.field } : {},
  );
  return { ...base, errors };
}
