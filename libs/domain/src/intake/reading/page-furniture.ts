/** How many lines at the top and at the bottom of a page may be a header or footer. */
const reach = 2;
const pageNumber = /^(?:[-–—]\s*)?(?:trang\s+)?\d{1,3}(?:\s*\/\s*\d{1,3})?(?:\s*[-–—])?$/iu;

/** Pages without their numbers and without the lines that most pages carry at the same end; the first page keeps its letterhead. */
export function withoutPageFurniture(pages: readonly string[]): readonly string[] {
  const split = pages.map((page) => page.split('\n').map((line) => line.trim()));
  const tops = repeated(split, (lines) => lines.slice(0, reach));
  const bottoms = repeated(split, (lines) => lines.slice(-reach));
  return split.map((lines, page) => {
    const filled = lines.filter((line) => line !== '');
    const first = new Set(filled.slice(0, reach));
    const last = new Set(filled.slice(-reach));
    return lines
      .filter((line) => {
        if (line === '') return true;
        const atTop = first.has(line);
        const atBottom = last.has(line);
        if ((atTop || atBottom) && pageNumber.test(line)) return false;
        return !((atTop && page > 0 && tops.has(shape(line))) || (atBottom && bottoms.has(shape(line))));
      })
      .join('\n');
  });
}

function repeated(
  pages: readonly (readonly string[])[],
  end: (lines: readonly string[]) => readonly string[],
): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const line of new Set(end(lines.filter((each) => each !== '')).map(shape)))
      counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const enough = Math.max(3, Math.ceil(pages.length * 0.6));
  return new Set([...counts].filter(([, count]) => count >= enough).map(([line]) => line));
}

/** "Trang 2/5" and "Trang 3/5" are one footer. */
function shape(line: string): string {
  return line.toLowerCase().replace(/\d+/gu, '#').replace(/\s+/gu, ' ');
}
