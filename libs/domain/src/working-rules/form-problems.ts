import { type Bilingual } from '@dondoc/workflow';
import { z } from 'zod';
import { type UnplacedProblem } from './rules-problem';

const say = (issue: z.core.$ZodIssue, locale: { localeError: z.core.$ZodErrorMap }): string => {
  const message = locale.localeError(issue as never);
  return typeof message === 'string' ? message : (message?.message ?? issue.message);
};

function wordsOf(issue: z.core.$ZodIssue): Bilingual {
  const own = issue.code === 'custom' ? (issue.params as Partial<Bilingual> | undefined) : undefined;
  if (own?.vi !== undefined && own.en !== undefined) return { vi: own.vi, en: own.en };
  return { vi: say(issue, z.locales.vi()), en: say(issue, z.locales.en()) };
}

/**
 * What a schema has to say against data, field by field: a field that nobody knows is named itself.
 * @param strange what is said of such a field
 */
export function formProblems(
  { issues }: z.ZodError,
  strange: Bilingual = { vi: 'quy chế không có trường này', en: 'working rules have no such field' },
): UnplacedProblem[] {
  return issues.flatMap((issue): UnplacedProblem[] => {
    const problem = { code: 'malformed', path: issue.path, ...wordsOf(issue) } as const;
    if (issue.code !== 'unrecognized_keys') return [problem];
    return issue.keys.map((key) => ({
      code: 'malformed',
      path: [...issue.path, key],
      ...strange,
    }));
  });
}
