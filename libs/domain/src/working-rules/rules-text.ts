import { isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { type RulesPath, type RulesProblem, type UnplacedProblem, fieldOf } from './rules-problem';

/** A rules document that was written as YAML: its data, and where each field of it stands. */
export interface RulesText {
  readonly data: unknown;
  /** The problem with line and column of its field, or of the nearest field around it that is written down. */
  place(problem: UnplacedProblem): RulesProblem;
}

/** Longest rules text that is read. */
const MOST_CHARACTERS = 500_000;

/** No rules are deeper; what is would exhaust the stack of whoever walks through it. */
const DEEPEST = 32;

function isDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most === 0 || Object.values(value).some((member) => isDeeperThan(member, most - 1));
}

const unreadable = (vi: string, en: string, where?: { line: number; col: number }): RulesProblem => ({
  code: 'unreadable',
  field: '',
  line: where?.line ?? null,
  column: where?.col ?? null,
  vi,
  en,
});

/** Where the key of a field is written, not only its value: a field without a value has a place as well. */
function startOf(document: Document, path: RulesPath): number | undefined {
  const parent = document.getIn(path.slice(0, -1), true) as
    { readonly items?: readonly unknown[] } | undefined;
  const name = path.at(-1);
  const pair = parent?.items?.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(name),
  );
  const value = document.getIn(path, true) as Node | undefined;
  if (isPair(pair) && typeof name === 'string') return (pair.key as Node).range?.[0];
  return value?.range?.[0];
}

/** Reads YAML (or JSON, which is YAML) without throwing; what cannot be read at all comes back as problems. */
export function readRulesText(text: string): RulesText | readonly RulesProblem[] {
  if (text.length > MOST_CHARACTERS) return [unreadable('văn bản quá dài', 'the text is too long')];
  const lines = new LineCounter();
  try {
    return written(text, lines);
  } catch (error) {
    // An alias without its anchor, aliases that would grow without end, nesting without end.
    const en = error instanceof Error ? error.message : String(error);
    return [unreadable(`không đọc được YAML: ${en}`, en)];
  }
}

/** @throws what the parser throws */
function written(text: string, lines: LineCounter): RulesText | readonly RulesProblem[] {
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return document.errors.map((error) =>
      unreadable(
        `không đọc được YAML: ${error.code}`,
        error.message.split('\n')[0] ?? error.code,
        error.linePos?.[0],
      ),
    );
  const data: unknown = document.toJS({ maxAliasCount: 100 });
  if (isDeeperThan(data, DEEPEST))
    return [unreadable('văn bản lồng nhau quá sâu', 'the text is nested too deep')];
  const place = ({ path, ...problem }: UnplacedProblem): RulesProblem => {
    for (let length = path.length; length > 0; length--) {
      const start = startOf(document, path.slice(0, length));
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return { ...problem, field: fieldOf(path), line, column: col };
    }
    return { ...problem, field: fieldOf(path), line: 1, column: 1 };
  };
  return { data, place };
}
