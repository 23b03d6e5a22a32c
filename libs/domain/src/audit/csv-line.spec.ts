import fc from 'fast-check';
import { csvLine } from './csv-line';

/** As a spreadsheet reads it. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)"((?:[^"]|"")*)"/gu)].map(([, inside = '']) =>
    inside.replaceAll('""', '"'),
  );
}

describe('a line for spreadsheets', () => {
  it.each([
    '=HYPERLINK("http://x","y")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r\n=1',
    '＝1+1',
    '＠x',
  ])('shows %j as text, never as a formula', (text) => {
    expect(cellsOf(csvLine([text]))).toEqual([`'${text}`]);
  });

  it('holds every text as it is, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const cells = cellsOf(csvLine(texts));
        expect(
          cells.map((text, place) => text === texts[place] || text === `'${texts[place] ?? ''}`),
        ).toEqual(texts.map(() => true));
        expect(cells.filter((text) => /^\s*[=+\-@＝＋－＠]/u.test(text))).toEqual([]);
      }),
      { seed: 6, numRuns: 500 },
    );
    expect(csvLine([3, null, 'a "b"'])).toBe('3,"","a ""b"""');
  });
});
