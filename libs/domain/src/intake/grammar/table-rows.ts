import { type Body, readBodies } from './bodies';
import { type MappedText } from './mapped-text';
import { placed } from './mentions';
import { type Section } from './structure';

/** One row of a table of assignments. */
export interface TableTask {
  readonly section: Section;
  readonly label: string;
  readonly content: MappedText;
  readonly lead: readonly Body[];
  readonly coordinating: readonly Body[];
  /** The cell that says when. */
  readonly deadline: MappedText | null;
}

type Column = 'number' | 'content' | 'lead' | 'coordinating' | 'deadline';

const headings: readonly (readonly [pattern: RegExp, column: Column])[] = [
  [/^(?:stt|tt|số tt)$/iu, 'number'],
  [/phối hợp/iu, 'coordinating'],
  [/thời (?:hạn|gian)|hoàn thành|hạn/iu, 'deadline'],
  [/chủ trì|thực hiện|đơn vị|cơ quan|phụ trách|người được giao/iu, 'lead'],
  [/nội dung|nhiệm vụ|công việc|ý kiến chỉ đạo/iu, 'content'],
];

/** Rows of every table whose head names the work and who does it; other tables order nothing. */
export function readTableTasks(sections: readonly Section[]): readonly TableTask[] {
  const tasks: TableTask[] = [];
  let columns: readonly (Column | null)[] | null = null;
  let count = 0;
  for (const section of sections) {
    if (section.style !== 'row') {
      columns = null;
      continue;
    }
    const cells = readCells(section.content);
    if (columns === null) {
      const found = cells.map(({ text }) => headings.find(([pattern]) => pattern.test(text))?.[1] ?? null);
      columns = found.includes('content') && found.includes('lead') ? found : [];
      count = 0;
      continue;
    }
    const at = (column: Column): MappedText | null => cells[columns?.indexOf(column) ?? -1] ?? null;
    const content = at('content');
    if (content === null || content.length < 8 || /^[-:\s]+$/u.test(content.text)) continue;
    count += 1;
    const number = at('number')?.text ?? '';
    tasks.push({
      section,
      label: number === '' ? String(count) : number.replace(/\.$/u, ''),
      content,
      lead: bodiesOf(at('lead')),
      coordinating: bodiesOf(at('coordinating')),
      deadline: at('deadline'),
    });
  }
  return tasks;
}

function bodiesOf(cell: MappedText | null): readonly Body[] {
  return cell === null ? [] : placed(readBodies(cell.text, 0), cell);
}

function readCells(row: MappedText): readonly MappedText[] {
  const cells: MappedText[] = [];
  let from = row.text.startsWith('|') ? 1 : 0;
  while (from < row.length) {
    const found = row.text.indexOf('|', from);
    const end = found === -1 ? row.length : found;
    cells.push(row.slice(from, end).trim());
    from = end + 1;
  }
  return cells;
}
