/**
 * Text that remembers where each of its characters stands in the source. Emphasis marks, footnotes and page breaks are taken out
 * of the text that is read, and what is found in it still points into the notice as it came.
 */
export class MappedText {
  private constructor(
    readonly text: string,
    private readonly offsets: readonly number[],
  ) {}

  static readonly empty = new MappedText('', []);

  static fromSource(source: string, start: number, end: number): MappedText {
    const offsets: number[] = new Array<number>(end - start);
    for (let index = start; index < end; index += 1) offsets[index - start] = index;
    return new MappedText(source.slice(start, end), offsets);
  }

  get length(): number {
    return this.text.length;
  }

  /** Offset in the source of the character at `index`. */
  sourceStart(index: number): number {
    return this.offsets[index] ?? this.sourceEnd(this.text.length);
  }

  /** Offset in the source just after the character before `index`. */
  sourceEnd(index: number): number {
    const last = this.offsets[Math.min(index, this.offsets.length) - 1];
    return last === undefined ? 0 : last + 1;
  }

  slice(start: number, end = this.text.length): MappedText {
    return new MappedText(this.text.slice(start, end), this.offsets.slice(start, end));
  }

  trim(): MappedText {
    const start = this.text.length - this.text.trimStart().length;
    return this.slice(start, start + this.text.trim().length);
  }

  /** Every match becomes nothing, or one space if it is white space. `pattern` must be global. */
  without(pattern: RegExp): MappedText {
    let text = '';
    const offsets: number[] = [];
    let from = 0;
    for (const match of this.text.matchAll(pattern)) {
      text += this.text.slice(from, match.index);
      for (let index = from; index < match.index; index += 1) offsets.push(this.offsets[index] ?? 0);
      if (/^\s/u.test(match[0])) {
        text += ' ';
        offsets.push(this.offsets[match.index] ?? 0);
      }
      from = match.index + match[0].length;
    }
    if (from === 0) return this;
    for (let index = from; index < this.text.length; index += 1) offsets.push(this.offsets[index] ?? 0);
    return new MappedText(text + this.text.slice(from), offsets);
  }

  /** Two pieces with one space between them. */
  join(next: MappedText): MappedText {
    return MappedText.joined([this, next]);
  }

  /** Pieces with one space between each two. */
  static joined(pieces: readonly MappedText[]): MappedText {
    const filled = pieces.filter((piece) => piece.length > 0);
    if (filled.length < 2) return filled[0] ?? MappedText.empty;
    const offsets: number[] = [];
    for (const piece of filled) {
      if (offsets.length > 0) offsets.push(offsets[offsets.length - 1] ?? 0);
      for (const offset of piece.offsets) offsets.push(offset);
    }
    return new MappedText(filled.map(({ text }) => text).join(' '), offsets);
  }
}
