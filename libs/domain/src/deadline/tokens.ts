/** Words, numbers and marks of a text with their offsets; white space and line breaks carry no meaning. */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  /** Lower case, NFC; every dash is '-'. */
  readonly text: string;
  /** As written, NFC. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** It is the first of its line. */
  readonly startsLine: boolean;
  /** An empty line lies between the token before and this one. */
  readonly afterBlankLine: boolean;
}

const pattern = /([\p{L}\p{M}]+)|(\p{Nd}+)|(\S)/gu;

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let previousEnd = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const raw = match[0].normalize('NFC');
    const lower = raw.toLowerCase();
    const breaks = countBreaks(text, previousEnd, start);
    tokens.push({
      kind: match[1] !== undefined ? 'word' : match[2] !== undefined ? 'number' : 'mark',
      text: /^[\u2010-\u2015\u2212\u00ad]$/u.test(lower) ? '-' : lower,
      raw,
      start,
      end: start + match[0].length,
      startsLine: breaks > 0,
      afterBlankLine: breaks > 1,
    });
    previousEnd = start + match[0].length;
  }
  return tokens;
}

function countBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let index = from; index < to && breaks < 2; index += 1) if (text[index] === '\n') breaks += 1;
  return breaks;
}

/** Phrases by their first word, longest first. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

export function phrases(list: readonly string[]): Phrases {
  const grouped = byFirstWord(list.map((phrase) => ({ words: phrase.split(' ') })));
  return new Map([...grouped].map(([first, entries]) => [first, entries.map((entry) => entry.words)]));
}

/** Entries of a list of rules by the first of their words, the longest first. */
export function byFirstWord<T extends { readonly words: readonly string[] }>(
  entries: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const entry of [...entries].sort((a, b) => b.words.length - a.words.length)) {
    const first = entry.words[0] ?? '';
    const known = grouped.get(first);
    if (known === undefined) grouped.set(first, [entry]);
    else known.push(entry);
  }
  return grouped;
}

/** A place in the tokens; readers take one and give the place after what they read, or null. */
export class Tokens {
  readonly list: readonly Token[];
  constructor(readonly source: string) {
    this.list = tokenize(source);
  }

  get length(): number {
    return this.list.length;
  }

  at(index: number): string {
    return this.list[index]?.text ?? '';
  }

  /** Index after the phrase when its words stand here, else -1. */
  after(index: number, phrase: readonly string[]): number {
    for (let offset = 0; offset < phrase.length; offset += 1) {
      if (this.list[index + offset]?.text !== phrase[offset]) return -1;
    }
    return index + phrase.length;
  }

  /** Index after the longest of the phrases that stands here, else -1. */
  afterAny(index: number, phrases: Phrases): number {
    for (const phrase of phrases.get(this.at(index)) ?? []) {
      const next = this.after(index, phrase);
      if (next >= 0) return next;
    }
    return -1;
  }

  /** Index after any of the words, or the same index. */
  skip(index: number, words: ReadonlySet<string>): number {
    return words.has(this.at(index)) ? index + 1 : index;
  }

  isNumber(index: number): boolean {
    return this.list[index]?.kind === 'number';
  }

  numberAt(index: number, maxDigits = 4): number | null {
    const token = this.list[index];
    if (token?.kind !== 'number' || token.text.length > maxDigits || !/^[0-9]+$/.test(token.text))
      return null;
    return Number(token.text);
  }

  /** No white space between this token and the one before it. */
  touchesPrevious(index: number): boolean {
    const token = this.list[index];
    return token !== undefined && this.list[index - 1]?.end === token.start;
  }

  /** Does a sentence, paragraph or item of a list end before this token? */
  breaksBefore(index: number): boolean {
    const token = this.list[index];
    if (token?.afterBlankLine !== false || sentenceEnds.has(token.text)) return true;
    return token.startsLine && bullets.has(token.text);
  }

  /** Is one of the words among the `reach` tokens from `index` on (or before it), within the same sentence? */
  near(index: number, direction: 1 | -1, reach: number, words: ReadonlySet<string>): boolean {
    let here = direction === 1 ? index : index - 1;
    for (let step = 0; step < reach; step += 1, here += direction) {
      if (direction === 1 && this.breaksBefore(here)) return false;
      const word = this.at(here);
      if (word === '' || sentenceEnds.has(word)) return false;
      if (words.has(word)) return true;
      if (direction === -1 && this.breaksBefore(here)) return false;
    }
    return false;
  }

  /** The end of the clause that begins here, at most `reach` tokens on. */
  clauseEnd(index: number, reach: number): number {
    let end = index;
    while (end < index + reach && !this.breaksBefore(end) && !clauseEnds.has(this.at(end))) end += 1;
    return end;
  }
}

const clauseEnds: ReadonlySet<string> = new Set([',', ':', ')', '(', '*']);
const bullets: ReadonlySet<string> = new Set(['-', '+', '*', '•']);
const sentenceEnds: ReadonlySet<string> = new Set(['.', ';', '!', '?', '…']);
