/** A stretch of a paragraph's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const abbreviation =
  /(?:^|[\s(])(?:TP|Tp|TX|TT|P|Q|H|X|KT|TL|TM|TUQ|Th\.?S|TS|PGS|GS|đ\/c|Đ\/c|v\.v|số|[A-ZĐ])\.$/u;
const boundary = /[.!?…]+["”’)]*\s+(?=["“(]?\p{Lu})/gu;

/** Sentences of a paragraph; a bracket is never cut in two. */
export function readSentences(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(boundary)) {
    const stop = match.index + match[0].trimEnd().length;
    if (abbreviation.test(text.slice(Math.max(0, stop - 8), match.index + 1))) continue;
    if (isInsideBracket(text, start, stop)) continue;
    spans.push({ start, end: stop });
    start = match.index + match[0].length;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

function isInsideBracket(text: string, start: number, end: number): boolean {
  let depth = 0;
  for (let index = start; index < end; index += 1) {
    if (text[index] === '(') depth += 1;
    else if (text[index] === ')' && depth > 0) depth -= 1;
  }
  return depth > 0 && text.includes(')', end);
}

/** Places after a comma, semicolon or colon outside brackets, where a new clause may begin. */
export function clauseStarts(text: string, from: number, marks: string): readonly number[] {
  const starts: number[] = [];
  let depth = 0;
  for (let index = from; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0 && marks.includes(character) && /\s/u.test(text.charAt(index + 1)))
      starts.push(index + 2);
  }
  return starts;
}
