import { MappedText } from './mapped-text';
import { readMarker } from './markers';

/** One paragraph as its writer meant it: wrapped lines joined, page breaks and footnotes taken out. */
export interface Paragraph {
  readonly content: MappedText;
  /** The whole paragraph was bold. */
  readonly bold: boolean;
}

interface Line {
  readonly content: MappedText;
  readonly bold: boolean;
  readonly afterBlank: boolean;
}

/** "12", "- 3 -", "Trang 2/5": what a page carries besides the text. */
const pageNumber = /^(?:[-–—]\s*)?(?:trang\s+)?\d{1,3}(?:\s*\/\s*\d{1,3})?(?:\s*[-–—])?$/iu;
const footnote = /^[¹²³⁴-⁹][⁰¹²³⁴-⁹]*\s/u;
const footnoteMark = /(?<=[\p{L}.,;:)”"])[⁰¹²³⁴-⁹]+/gu;
const emphasis = /\*\*|__|(?<=[\s(“"]|^)\*(?=[^\s*])|(?<=[^\s*])\*(?=[\s).,;:”"]|$)/gu;
const endsSentence = /[.;:!?…]["”)]*$/u;
/** Words that cannot end a sentence: what follows them belongs to them even when it begins with a capital. */
const endsOpen =
  /(?:^|\s)(?:của|và|với|các|cho|tại|theo|về|hoặc|từ|đến|do|là|để|trong|trên|những|số|ngày|tháng|năm|được|bằng|giữa|như|nhằm|thuộc|UBND|HĐND|huyện|Huyện|tỉnh|xã)$|[,–-]$/u;

/** Splits a source (NFC) into paragraphs. */
export function readParagraphs(source: string): readonly Paragraph[] {
  const lines = withoutFootnotes(readLines(source));
  const wrapped = wrapWidth(lines);
  const paragraphs: Line[][] = [];
  for (const line of lines) {
    const previous = paragraphs[paragraphs.length - 1];
    if (previous !== undefined && continues(previous, line, wrapped)) previous.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs.map((parts) => ({
    content: MappedText.joined(parts.map(({ content }) => content)),
    bold: parts.every(({ bold }) => bold),
  }));
}

/** Some words of a source as one line: without emphasis, footnote marks, line breaks and the marker before them. */
export function tidyWords(source: string, start: number, end: number): MappedText {
  const words = MappedText.fromSource(source, start, end)
    .without(/\s+/gu)
    .trim()
    .without(emphasis)
    .without(footnoteMark)
    .trim();
  return words.slice(readMarker(words.text)?.length ?? 0).trim();
}

function readLines(source: string): readonly Line[] {
  const lines: Line[] = [];
  let afterBlank = true;
  let boldOpen = false;
  let start = 0;
  while (start <= source.length) {
    const found = source.indexOf('\n', start);
    const end = found === -1 ? source.length : found;
    const raw = MappedText.fromSource(source, start, end)
      .without(/[ \t\u00a0\r\f\v]+/gu)
      .trim();
    start = end + 1;
    const openedBefore = boldOpen;
    if ((raw.text.split('**').length - 1) % 2 === 1) boldOpen = !boldOpen;
    const content = raw
      .without(/^(?:#{1,6}|>)\s+/gu)
      .without(emphasis)
      .without(footnoteMark)
      .trim();
    if (content.length === 0) {
      // Bold never runs over an empty line: a stray mark must not make the rest of the notice a heading.
      if (raw.length === 0) boldOpen = false;
      afterBlank = true;
      continue;
    }
    if (pageNumber.test(content.text)) {
      afterBlank = true;
      continue;
    }
    const bold = openedBefore || raw.text.startsWith('**') ? boldOpen || raw.text.endsWith('**') : false;
    lines.push({ content, bold, afterBlank });
    afterBlank = false;
  }
  return lines;
}

/** A footnote runs to the next empty line; the text it interrupts goes on after it. */
function withoutFootnotes(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let inside = false;
  let gap = false;
  for (const line of lines) {
    if (footnote.test(line.content.text)) inside = true;
    else if (line.afterBlank) inside = false;
    if (inside) gap = true;
    else {
      kept.push(gap ? { ...line, afterBlank: true } : line);
      gap = false;
    }
  }
  return kept;
}

/** Width at which the lines of a document were wrapped, or null when a line is a paragraph. */
function wrapWidth(lines: readonly Line[]): number | null {
  const lengths = lines.map((line) => line.content.length).sort((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  if (width < 50 || width > 130) return null;
  const full = lengths.filter((length) => length >= width * 0.75).length;
  return full >= lengths.length * 0.35 ? width : null;
}

function continues(paragraph: readonly Line[], line: Line, wrapped: number | null): boolean {
  const last = paragraph[paragraph.length - 1];
  if (last === undefined) return false;
  const before = last.content.text;
  const text = line.content.text;
  const length = paragraph.length > 1 ? 200 : before.length;
  if (text.startsWith('|') || before.startsWith('|')) return false;
  if (readMarker(text) !== null || /^nơi nhận/iu.test(text)) return false;
  if (last.bold && line.bold && !line.afterBlank) return !isCapitals(before) || isCapitals(text);
  if (last.bold !== line.bold) return false;
  if (endsSentence.test(before)) return false;
  if (/^\p{Ll}/u.test(text) && length > 20) return true;
  if (length > 60 && endsOpen.test(before)) return true;
  if (line.afterBlank || wrapped === null) return false;
  return before.length >= wrapped * 0.75 && !isCapitals(before);
}

/** ALL CAPITALS, as headings and letterheads are. */
export function isCapitals(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length > 1 && letters === letters.toUpperCase();
}
