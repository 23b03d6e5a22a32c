interface List {
  readonly ordered: boolean;
  count: number;
}

interface Table {
  rows: string[][];
}

const tag = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|([^<]+)/giu;
const opensHtml =
  /^\s*(?:<!doctype html|<html|<meta|<(?:p|div|table|span|ol|ul|h[1-6]|b|strong|br|!--)[\s>/-])/iu;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  bull: '•',
};
const bullets = ['-', '+', '•'];

/** Whether a text is HTML, as pasted from a browser or an office suite, and not words that happen to hold a bracket. */
export function looksLikeHtml(text: string): boolean {
  return (
    opensHtml.test(text.slice(0, 500)) &&
    /<\/(?:p|div|table|span|li|h[1-6]|body|b|strong)\s*>|<br\b/iu.test(text)
  );
}

/** "&agrave;", "&Ocirc;": a letter of the alphabet and the name of its mark. */
const marks: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
};

/** Leaves out comments; one that is never closed ends the text. */
function withoutComments(html: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const opens = html.indexOf('<!--', from);
    kept.push(html.slice(from, opens < 0 ? undefined : opens));
    const closes = opens < 0 ? -1 : html.indexOf('-->', opens);
    if (closes < 0) return kept.join('');
    from = closes + 3;
  }
}

/**
 * Plain text of simple HTML (as made from a .docx, or pasted): a line for each paragraph, marks before list items, rows of a real
 * table between bars. A table that only places a letterhead (two columns) becomes lines. Footnotes and their marks are dropped.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  const lists: List[] = [];
  const tables: Table[] = [];
  let text = '';
  let strong = '';
  let inStrong = 0;
  let skip = 0;
  const put = (line: string): void => {
    const cell = tables[tables.length - 1]?.rows.at(-1);
    if (cell === undefined) lines.push(line);
    else cell[cell.length - 1] = [cell[cell.length - 1] ?? '', line].filter((part) => part !== '').join('\n');
  };
  const endParagraph = (): void => {
    const whole = text.replace(/[ \t]+/gu, ' ').trim();
    const bold = whole !== '' && strong.replace(/\s+/gu, '') === whole.replace(/\s+/gu, '');
    if (whole !== '') put(bold ? `**${whole}**` : whole);
    text = '';
    strong = '';
  };
  for (const match of withoutComments(html).matchAll(tag)) {
    const [, slash, rawName, attributes = '', words] = match;
    if (words !== undefined) {
      if (skip === 0) {
        const plain = words.replace(/&(#x?[0-9a-f]+|[a-z]+);/giu, (whole, name: string) =>
          decodeEntity(whole, name),
        );
        text += plain;
        if (inStrong > 0) strong += plain;
      }
      continue;
    }
    const name = (rawName ?? '').toLowerCase();
    const closes = slash === '/';
    if (name === 'sup' || name === 'script' || name === 'style' || name === 'title')
      skip = Math.max(0, skip + (closes ? -1 : 1));
    else if (name === 'strong' || name === 'b') inStrong = Math.max(0, inStrong + (closes ? -1 : 1));
    else if (name === 'br') {
      endParagraph();
    } else if (/^(?:p|h[1-6]|div)$/u.test(name)) endParagraph();
    else if (name === 'ol' || name === 'ul') {
      endParagraph();
      if (closes) lists.pop();
      else lists.push({ ordered: name === 'ol', count: 0 });
    } else if (name === 'li') {
      endParagraph();
      if (closes) {
        if (skip > 0) skip -= 1;
      } else if (/footnote|endnote/u.test(attributes)) skip += 1;
      else text = itemMark(lists);
    } else if (name === 'table') {
      endParagraph();
      if (closes) {
        const done = tables.pop();
        if (done !== undefined) for (const line of tableLines(done)) put(line);
      } else tables.push({ rows: [] });
    } else if (name === 'tr') {
      endParagraph();
      if (!closes) tables.at(-1)?.rows.push([]);
    } else if (name === 'td' || name === 'th') {
      endParagraph();
      if (!closes) tables.at(-1)?.rows.at(-1)?.push('');
    }
  }
  endParagraph();
  return lines.join('\n');
}

function itemMark(lists: readonly List[]): string {
  const list = lists[lists.length - 1];
  if (list === undefined) return '- ';
  list.count += 1;
  if (!list.ordered) return `${bullets[Math.min(lists.length, bullets.length) - 1] ?? '-'} `;
  return lists.length === 1 ? `${list.count}. ` : `${String.fromCharCode(96 + Math.min(26, list.count))}) `;
}

function tableLines({ rows }: Table): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns < 3 || rows.length < 2)
    return rows
      .flat()
      .flatMap((cell) => cell.split('\n'))
      .filter((line) => line !== '');
  return rows.map(
    (row) => `| ${row.map((cell) => cell.replace(/\n/gu, ' ').replace(/[|*]/gu, '').trim()).join(' | ')} |`,
  );
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) {
    const [, letter = '', mark = ''] = /^([a-z])(grave|acute|circ|tilde)$/iu.exec(name) ?? [];
    if (letter !== '') return `${letter}${marks[mark.toLowerCase()] ?? ''}`.normalize('NFC');
    return entities[name.toLowerCase()] ?? whole;
  }
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
