import { BOLD, type Placed, type PlacedLine } from './layout';
import { TEXT, widthOf } from './text-measure';

/** Characters that XML 1.0 does not allow, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in an attribute of an SVG that is put into any page. */
export function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Colours have a contrast of at least 4.5 to what they stand on. */
export const stylesheet = `<style>
.lifecycle text{font-family:"DejaVu Sans",Verdana,"Segoe UI",Roboto,Arial,sans-serif;font-size:${TEXT.size}px;fill:#1f2937}
.lifecycle .t{font-weight:600}
.lifecycle .s{font-size:${TEXT.small}px;fill:#5b6472}
.lifecycle .w{font-size:${TEXT.small}px;fill:#9a3412;font-weight:600}
.lifecycle .k{fill:#1d4ed8;font-weight:600}
.lifecycle .b{fill:#fff;stroke:#7b8494;stroke-width:1}
.lifecycle .g{fill:#f8fafc}
.lifecycle .r{stroke-dasharray:5 3}
.lifecycle .p{fill:#eff6ff;stroke:#1d4ed8}
.lifecycle .h{fill:#fde68a;stroke:#b45309;stroke-width:2.5}
.lifecycle .hg{fill:#fffbeb;stroke:#b45309;stroke-width:2}
.lifecycle .f{fill:none;stroke:#7b8494}
.lifecycle .a{fill:none;stroke:#7b8494;stroke-width:1.2}
.lifecycle .d{fill:#7b8494}
.lifecycle .at{fill:none;stroke:#1d4ed8;stroke-width:2.2}
.lifecycle .dt{fill:#1d4ed8}
</style>`;

const text = (x: number, y: number, style: string, words: string): string =>
  `<text x="${round(x)}" y="${round(y)}"${style === '' ? '' : ` class="${style}"`}>${escaped(words)}</text>`;

const round = (value: number): string => String(Math.round(value * 10) / 10);

export type Standing = 'here' | 'been' | 'never';

function lineText({ x, y, text: words, actions, due, steps, line }: PlacedLine): string[] {
  const isNote = line.kind === 'note';
  const parts = [text(x, y + 4, isNote ? 's' : steps.length > 0 ? 'k' : '', words)];
  let down = y + 4;
  const below = (style: string, part: string): void => {
    down += TEXT.smallLine;
    parts.push(text(x + 10, down, style, part));
  };
  if (actions !== '') below('s', actions);
  for (const one of due) below('w', one);
  return parts;
}

function boxStyle({ children }: Placed, standing: Standing): string {
  const isGroup = children.length > 0;
  if (standing === 'here') return isGroup ? 'b hg' : 'b h';
  if (standing === 'been' && !isGroup) return 'b p';
  return isGroup ? 'b g' : 'b';
}

/** One state: its box, its name, and what it does. */
export function box(placed: Placed, standing: Standing): string {
  const { state, x, y, width, height, title, badge, lines } = placed;
  const rect = (inset: number, style: string): string =>
    `<rect x="${round(x + inset)}" y="${round(y + inset)}" width="${round(width - 2 * inset)}" height="${round(height - 2 * inset)}" rx="${7 - inset}" class="${style}"/>`;
  const parts = [rect(0, boxStyle(placed, standing))];
  if (state.type === 'final') parts.push(rect(3, 'f'));
  if (state.isInitial)
    parts.push(
      `<circle cx="${round(x + 16)}" cy="${round(y - 14)}" r="4" fill="#1f2937"/>`,
      `<path d="M${round(x + 16)} ${round(y - 10)}V${round(y - 5)}" stroke="#1f2937"/>`,
      `<path d="M${round(x + 12.5)} ${round(y - 6)}h7l-3.5 6z" fill="#1f2937"/>`,
    );
  const name = state.type === 'history' ? `H ${title}` : title;
  parts.push(text(x + 12, y + 17, 't', name));
  if (state.tags.length > 0)
    parts.push(text(x + 16 + widthOf(name) * BOLD, y + 17, 's', `#${state.tags.join(' #')}`));
  if (badge !== '')
    parts.push(text(x + width - 12 - widthOf(badge, TEXT.small) * BOLD, y + 17, 'k s', badge));
  return `<g><title>${escaped(state.id)}</title>${[...parts, ...lines.flatMap(lineText)].join('')}</g>`;
}

/** An arrow along its points, in right angles, its head at the last one. */
export function arrow(points: readonly (readonly [number, number])[], isTaken: boolean): string {
  const [first, ...rest] = points;
  const last = points.at(-1);
  const before = points.at(-2);
  if (!first || !last || !before) return '';
  const direction = last[0] < before[0] ? -1 : 1;
  const path: string[] = [`M${round(first[0])} ${round(first[1])}`];
  let [x, y] = first;
  for (const [index, point] of rest.entries()) {
    const nextX = index === rest.length - 1 ? point[0] - direction * 6 : point[0];
    if (nextX !== x) path.push(`H${round(nextX)}`);
    if (point[1] !== y) path.push(`V${round(point[1])}`);
    [x, y] = [nextX, point[1]];
  }
  const head = `M${round(last[0])} ${round(last[1])}l${-direction * 7} -3.5v7z`;
  const [line, dot] = isTaken ? ['at', 'dt'] : ['a', 'd'];
  return `<path d="${path.join('')}" class="${line}"/><path d="${head}" class="${dot}"/><circle cx="${round(first[0])}" cy="${round(first[1])}" r="2.2" class="${dot}"/>`;
}

/** What the colours mean. */
export function legend(
  y: number,
  say: { readonly now: string; readonly passed: string; readonly step: string },
): string {
  const square = (x: number, style: string): string =>
    `<rect x="${x}" y="${round(y - 11)}" width="14" height="12" rx="3" class="${style}"/>`;
  const second = 32 + widthOf(say.now, TEXT.small);
  const third = second + 32 + widthOf(say.passed, TEXT.small);
  return [
    square(0, 'b h'),
    text(19, y - 1, 's', say.now),
    square(second, 'b p'),
    text(second + 19, y - 1, 's', say.passed),
    text(third, y - 1, 's', say.step),
  ].join('');
}
