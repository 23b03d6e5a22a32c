/** From one character of the document to another, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where in the document the selected words stand: its text is cut into pieces that know at which character they begin
 * (`data-start`), and what stands between them, as the number of an item, is not of it.
 */
export function selectedSpan(frame: HTMLElement, selection: Selection | null): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const piece of frame.querySelectorAll<HTMLElement>('[data-start]')) {
    const words = piece.firstChild;
    if (!(words instanceof Text) || !range.intersectsNode(words)) continue;
    const at = Number(piece.dataset.start);
    const from = words === range.startContainer ? range.startOffset : 0;
    const to = words === range.endContainer ? range.endOffset : words.length;
    if (to <= from) continue;
    start = Math.min(start, at + from);
    end = Math.max(end, at + to);
  }
  return end > start ? { start, end } : null;
}
