import { type Body } from './bodies';
import { type Clause } from './clause';
import { readClause, unknownVerbRule } from './clauses';
import { type DeadlineFinder, hasOwnDeadline, readDeadline } from './deadlines';
import { type DirectiveKind } from './intake-result';
import { readKind } from './kinds';
import { MappedText } from './mapped-text';
import { placed } from './mentions';
import { matchAt, openingVerb } from './order-words';
import { clauseStarts, readSentences } from './sentences';

/** The smallest stretch that orders (or tells) one thing. */
export interface Segment {
  readonly content: MappedText;
  readonly clause: Clause;
  readonly kind: DirectiveKind;
  readonly ownDeadline: boolean;
  /** It stood in brackets inside another sentence. */
  readonly bracketed: boolean;
  /** It opens a paragraph of its own. */
  readonly opensParagraph: boolean;
}

/** A doer and its first verb stand within so many characters; keeps the work in step with the length of the text. */
const clauseReach = 400;
const bracketOrder =
  /\(\s*((?:Giao|giao|Yêu cầu|yêu cầu|Đề nghị|đề nghị|Phân công|phân công)\s[^()]{10,600})\)/gu;

export function readSegments(content: MappedText, finder: DeadlineFinder): readonly Segment[] {
  const brackets: MappedText[] = [];
  for (const match of content.text.matchAll(bracketOrder)) {
    const at = match.index + match[0].indexOf(match[1] ?? '');
    const inner = content.slice(at, at + (match[1] ?? '').length).trim();
    if (readClause(inner.text).form === 'cue') brackets.push(inner);
  }
  const outer = brackets.length === 0 ? content : content.without(bracketOrder).trim();
  const segments: Segment[] = [];
  for (const sentence of readSentences(outer.text)) {
    for (const piece of cutSentence(outer.slice(sentence.start, sentence.end), finder)) {
      segments.push(segment(piece, finder, false, segments.length === 0));
    }
  }
  for (const inner of brackets) segments.push(segment(inner, finder, true, false));
  return segments;
}

function segment(
  content: MappedText,
  finder: DeadlineFinder,
  bracketed: boolean,
  opensParagraph: boolean,
): Segment {
  const read = readClause(content.text);
  const [asker] = read.asker === undefined ? [] : placed([read.asker], content);
  const clause = {
    ...read,
    doers: placed(read.doers, content),
    ...(asker !== undefined && { asker }),
  };
  return {
    content,
    clause,
    kind: readKind(content.text.slice(clause.duty), false),
    ownDeadline: hasOwnDeadline(content.text, finder),
    bracketed,
    opensParagraph,
  };
}

/** "Giao A làm x; B làm y": one piece for each doer. */
function cutSentence(sentence: MappedText, finder: DeadlineFinder): readonly MappedText[] {
  const cuts: number[] = [];
  const { text } = sentence;
  const first = readClause(text);
  if (first.form === 'none' || text.endsWith(':')) return [sentence];
  for (const at of clauseStarts(text, first.duty, ';')) {
    const next = readClause(text.slice(at, at + clauseReach));
    if (
      next.start === 0 &&
      next.rule !== unknownVerbRule &&
      next.doers.length > 0 &&
      !sameDoers(next.doers, first.doers)
    )
      cuts.push(at);
  }
  const days = clauseStarts(text, first.duty, ';');
  for (const [index, at] of days.entries()) {
    const before = text.slice(index === 0 ? 0 : (days[index - 1] ?? 0), at);
    const after = text.slice(at, days[index + 1] ?? text.length);
    if (
      !cuts.includes(at) &&
      opensVerb(after) &&
      !saysOnlyWhen.test(after) &&
      haveTwoDays(before, after, finder)
    )
      cuts.push(at);
  }
  // "Rà soát quỹ đất, giao Phòng X chủ trì": one directive, and the doer stands behind the work.
  for (const at of first.rule === 'doer-behind' ? [] : clauseStarts(text, first.duty, ',')) {
    if (matchAt(/(?:đồng thời\s+)?(?:giao|yêu cầu|đề nghị)\s+(?=\p{Lu})/uy, text, at) === null) continue;
    const next = readClause(text.slice(at, at + clauseReach));
    if (next.form === 'cue' && next.start === 0 && !sameDoers(next.doers, first.doers)) cuts.push(at);
  }
  cuts.sort((a, b) => a - b);
  const edges = [0, ...cuts, text.length];
  return edges.slice(1).map((end, index) => sentence.slice(edges[index] ?? 0, end).trim());
}

/** "…; hoàn thành trước ngày 15/11": the end of what stands before it. */
const saysOnlyWhen =
  /^(?:hoàn thành|hoàn tất|xong|thời gian(?: hoàn thành)?|thời hạn(?: hoàn thành)?)\s*:?\s+(?:trước|trong|chậm nhất|ngày|xong|vào|đến)\s[^,;]{0,60}$/iu;

function opensVerb(text: string): boolean {
  return matchAt(openingVerb, text.replace(/^(?:đồng thời|và)\s*,?\s+/u, ''), 0) !== null;
}

/** "tham mưu kế hoạch trước ngày 05/9; hoàn thành rà soát trước ngày 20/9": two ends, so two directives. */
function haveTwoDays(before: string, after: string, finder: DeadlineFinder): boolean {
  const day = (text: string): string | null =>
    readDeadline(MappedText.fromSource(text, 0, text.length), 'task', finder, {}).deadline?.date ?? null;
  const [one, two] = [day(before), day(after)];
  return one !== null && two !== null && one !== two;
}

export function sameDoers(a: readonly Body[], b: readonly Body[]): boolean {
  const names = (bodies: readonly Body[]): string => bodies.map(({ text }) => text.toLowerCase()).join('|');
  return names(a) === names(b);
}
