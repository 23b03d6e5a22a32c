import { refusal, type Bilingual, type Refusal } from '@dondoc/workflow';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { workingRulesSchema, type WorkingRules } from './working-rules';

/** One thing wrong in a rules document: the dotted path of the field and the line it stands on, where there is one. */
export interface RulesProblem extends Bilingual {
  readonly field: string;
  readonly line: number | null;
}

export interface RulesRefusal extends Refusal {
  readonly problems: readonly RulesProblem[];
}

/** Longest rules text that is read. */
const MOST_CHARACTERS = 500_000;

const say = (issue: z.core.$ZodIssue, locale: { localeError: z.core.$ZodErrorMap }): string => {
  const message = locale.localeError(issue as never);
  return typeof message === 'string' ? message : (message?.message ?? issue.message);
};

function wordsOf(issue: z.core.$ZodIssue): Bilingual {
  const own = issue.code === 'custom' ? (issue.params as Partial<Bilingual> | undefined) : undefined;
  if (own?.vi !== undefined && own.en !== undefined) return { vi: own.vi, en: own.en };
  return { vi: say(issue, z.locales.vi()), en: say(issue, z.locales.en()) };
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

function refuse(problems: readonly RulesProblem[]): RulesRefusal {
  const [first] = problems;
  const where = first ? `${first.field || '(văn bản)'}: ` : '';
  const base = refusal(
    'invalid-working-rules',
    { vi: `${where}${first?.vi ?? ''}`, en: `${first?.field ? `${first.field}: ` : ''}${first?.en ?? ''}` },
    first?.field ? { field: first.field } : {},
  );
  return { ...base, problems };
}

/** Validates rules that are data already (stored, or sent as JSON). */
export function checkWorkingRules(data: unknown): WorkingRules | RulesRefusal {
  const result = workingRulesSchema.safeParse(data);
  if (result.success) return result.data;
  return refuse(
    result.error.issues.map((issue) => ({ field: issue.path.join('.'), line: null, ...wordsOf(issue) })),
  );
}

/**
 * Reads working rules written in YAML (or JSON, which is YAML). Never throws: what is wrong comes back as a refusal
 * that names every field, its line, and the reason in both languages.
 */
export function parseWorkingRules(text: string): WorkingRules | RulesRefusal {
  if (text.length > MOST_CHARACTERS)
    return refuse([{ field: '', line: null, vi: 'văn bản quá dài', en: 'the text is too long' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return refuse(
      document.errors.map((error) => ({
        field: '',
        line: error.linePos?.[0].line ?? null,
        vi: `không đọc được YAML: ${error.code}`,
        en: error.message.split('\n')[0] ?? error.code,
      })),
    );
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    // An alias without its anchor, or aliases that would grow without end.
    const en = error instanceof Error ? error.message : String(error);
    return refuse([{ field: '', line: null, vi: `không đọc được YAML: ${en}`, en }]);
  }
  const result = workingRulesSchema.safeParse(data);
  if (result.success) return result.data;
  return refuse(
    result.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      line: lineOf(document, lines, issue.path),
      ...wordsOf(issue),
    })),
  );
}
