import { readCheckpoints } from '@dondoc/workflow/audit/kept-checkpoints';
import { type DataSource, type EntityManager } from 'typeorm';
import { BYTE_ORDER_MARK, csvLine } from './csv-line';
import { readersGuide } from './readers-guide';

export type ExportedFile =
  'HUONG-DAN.md' | 'history.jsonl' | 'audit.jsonl' | 'audit.csv' | 'people.jsonl' | 'checkpoints.jsonl';

export type WriteLine = (file: ExportedFile, line: string) => void | Promise<void>;

/** Rows fetched at once: memory stays bounded, whatever their number. */
const PORTION = 1_000;

const QUERIES = {
  'history.jsonl': `
    select h.instance_id as instance, h.revision, h.recorded_at as "recordedAt", h.entry, encode(h.hash, 'hex') as hash
    from workflow.history h where h.organization_id = $1 order by h.instance_id, h.revision, h.recorded_at`,
  'audit.jsonl': `
    select e.id, e.recorded_at as "recordedAt", e.entry, o.salt, o.address, o.user_agent as "userAgent", o.personal
    from dondoc.audit_entry e
    left join dondoc.audit_origin o on o.organization_id = e.organization_id and o.entry_id = e.id
    where e.organization_id = $1 order by e.recorded_at, e.id`,
  'audit.csv': `
    select e.recorded_at as "recordedAt", e.at, p.name as person, e.act, e.subject, e.outcome, e.code, o.address,
      o.user_agent as "userAgent"
    from dondoc.audit_entry e
    left join dondoc.audit_origin o on o.organization_id = e.organization_id and o.entry_id = e.id
    left join dondoc.person p on p.organization_id = e.organization_id and p.id = e.person_id
    where e.organization_id = $1 order by e.recorded_at, e.id`,
  'people.jsonl': `select id, name from dondoc.person where organization_id = $1 order by id`,
} as const satisfies Partial<Record<ExportedFile, string>>;

/** The trail for whoever reads it in a spreadsheet; evidence is `audit.jsonl`, whose entries are what was sealed. */
const columns = {
  recordedAt: 'Ghi lúc / recorded',
  at: 'Lúc (nghiệp vụ) / at',
  person: 'Người / person',
  act: 'Việc / act',
  subject: 'Đối tượng / subject',
  outcome: 'Kết quả / outcome',
  code: 'Mã / code',
  address: 'Địa chỉ / address',
  userAgent: 'Trình duyệt / browser',
} as const;
type CsvRow = Readonly<Record<keyof typeof columns, string | Date | null>>;

const lineOf = (row: CsvRow): string =>
  csvLine(
    (Object.keys(columns) as (keyof CsvRow)[]).map((name) => {
      const value = row[name];
      return value instanceof Date ? value.toISOString() : value;
    }),
  );

async function writeRows(
  manager: EntityManager,
  organization: string,
  file: keyof typeof QUERIES,
  write: WriteLine,
): Promise<void> {
  if (file === 'audit.csv') await write(file, BYTE_ORDER_MARK + csvLine(Object.values(columns)));
  await manager.query(`declare exported no scroll cursor for ${QUERIES[file]}`, [organization]);
  for (;;) {
    const rows = await manager.query<object[]>(`fetch ${PORTION} from exported`);
    for (const row of rows)
      await write(file, file === 'audit.csv' ? lineOf(row as CsvRow) : JSON.stringify(row));
    if (rows.length < PORTION) break;
  }
  await manager.query('close exported');
}

export const exportedFiles = [
  'HUONG-DAN.md',
  'history.jsonl',
  'audit.jsonl',
  'audit.csv',
  'people.jsonl',
  'checkpoints.jsonl',
] as const satisfies readonly ExportedFile[];

/**
 * All that an inspection (thanh tra) may want to see of an organization, as of one moment, with a guide to read it.
 * @param wanted the files to write; left out: all of them
 */
export async function exportAudit(
  source: DataSource,
  organization: string,
  write: WriteLine,
  wanted: readonly ExportedFile[] = exportedFiles,
): Promise<void> {
  if (wanted.includes('HUONG-DAN.md')) await write('HUONG-DAN.md', readersGuide);
  await source.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(`select set_config('dondoc.organization', $1, true)`, [organization]);
    for (const file of ['history.jsonl', 'audit.jsonl', 'audit.csv', 'people.jsonl'] as const)
      if (wanted.includes(file)) await writeRows(manager, organization, file, write);
  });
  if (!wanted.includes('checkpoints.jsonl')) return;
  for (const checkpoint of await readCheckpoints(source, organization))
    await write('checkpoints.jsonl', JSON.stringify(checkpoint));
}
