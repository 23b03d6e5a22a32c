import { type Bilingual } from '@dondoc/workflow';
import { z } from 'zod';
import { Problem, type FieldProblem } from './problem';

const locales = { vi: z.locales.vi(), en: z.locales.en() };

function say(issue: z.core.$ZodIssue, language: 'vi' | 'en'): string {
  const message = locales[language].localeError(issue as never);
  return typeof message === 'string' ? message : (message?.message ?? issue.message);
}

function wordsOf(issue: z.core.$ZodIssue): Bilingual {
  const own = issue.code === 'custom' ? (issue.params as Partial<Bilingual> | undefined) : undefined;
  if (own?.vi !== undefined && own.en !== undefined) return { vi: own.vi, en: own.en };
  return { vi: say(issue, 'vi'), en: say(issue, 'en') };
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`,
    '',
  );
}

const MOST_KEYS = 20;

/** A field that nobody knows is named itself, not the object around it. */
function fieldsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const problem = (path: readonly PropertyKey[], words: Bilingual) => ({
    field: pathOf(path),
    code: 'invalid-input',
    ...words,
  });
  if (issue.code !== 'unrecognized_keys') return [problem(issue.path, wordsOf(issue))];
  return issue.keys
    .slice(0, MOST_KEYS)
    .map((key) => problem([...issue.path, key], wordsOf({ ...issue, keys: [key] })));
}

/** Every field that does not fit the schema, each with its path and the reason in both languages. */
export function validationProblem(error: unknown): Problem {
  const issues = error instanceof z.core.$ZodError ? error.issues : [];
  const errors = issues.flatMap(fieldsOf);
  const whole = errors.find(({ field }) => field === '');
  // What is wrong with the whole is about no field of it.
  if (whole) return new Problem(422, { code: whole.code, vi: whole.vi, en: whole.en });
  return new Problem(422, {
    code: 'invalid-input',
    vi: 'Có trường dữ liệu chưa hợp lệ.',
    en: 'Some fields are not valid.',
    errors,
  });
}
