import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSampleOffice } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { createTestDatabase, type TestDatabase } from '../services/test-database';

const root = join(__dirname, '..', '..');
const main = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');
const defaults = join(root, 'libs', 'domain', 'src', 'working-rules', 'default-working-rules.yaml');

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

describe('./dondoc rules', () => {
  let database: TestDatabase;
  let folder: string;
  let text: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const owner = dondocDataSource({ url: database.ownerUrl, application: 'rules command', poolSize: 1 });
    await owner.initialize();
    await loadSampleOffice(owner);
    await owner.destroy();
    folder = await mkdtemp(join(tmpdir(), 'dondoc-rules-'));
    text = await readFile(defaults, 'utf8');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  });

  const file = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  const command = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [main, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          DONDOC_MODE: 'sandbox',
          MIGRATE_DATABASE_URL: database.ownerUrl,
          API_DATABASE_URL: database.apiUrl,
          WORKER_DATABASE_URL: database.workerUrl,
        },
      });
      let [output, errors] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
      child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part));
      child.on('close', (code) => {
        resolve({ code, output, errors });
      });
    });

  const rules = (...args: readonly string[]): Promise<Ended> => command('rules', ...args);

  it('checks a file, and names file, line and column of what is wrong', async () => {
    expect(await rules('check', defaults)).toMatchObject({ code: 0, errors: '' });
    const wrong = await file('wrong.yaml', text.replace('value: previous-day', 'value: never'));
    const { code, output, errors } = await rules('check', wrong);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(/wrong\.yaml:\d+:3: beforeMeans\.value: /);
  });

  it('checks rules that inherit from files above', async () => {
    const basis =
      'article: Điều 4, legalBasis: { text: Thử, document: null, article: null, verified: false }';
    const locked = `limits:\n  - { path: beforeMeans, locked: true, ${basis} }`;
    const above = await file(
      'tinh.yaml',
      text.replace('limits: []', locked).replace('id: default', 'id: tinh'),
    );
    const head = "id: xa\nversion: 1\nvalidFrom: '2026-12-01'\ntitle: { vi: Xã, en: Commune }\n";
    const inherits = 'inherits: { id: tinh, version: 1 }\n';
    const good = await file('xa.yaml', head + inherits);
    expect(await rules('check', good, '--above', above)).toMatchObject({ code: 0 });
    expect((await rules('check', good)).errors).toContain('xa.yaml:5:1: inherits: ');
    const bad = await file('xa-2.yaml', `${head}${inherits}beforeMeans: { value: that-day, ${basis} }\n`);
    const refused = await rules('check', bad, '--above', above);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('beforeMeans.value')]);
  });

  it('shows what a version would do, then puts it in force under a name', async () => {
    const next = await file(
      'next.yaml',
      text
        .replace('version: 1', 'version: 2')
        .replace("'2025-07-01'", "'2026-12-01'")
        .replace('amount: 3', 'amount: 4'),
    );
    const shown = await rules('preview', next);
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toContain('default@1 → default@2');
    expect(shown.output).toContain('Ngưỡng sắp đến hạn (nearDue)');
    const stranger = await rules('put-in-force', next, '--by', 'Đỗ Thị Lan', '--note', 'QĐ 7');
    expect([stranger.code, stranger.errors]).toEqual([1, expect.stringContaining('Đỗ Thị Lan')]);
    const done = await rules('put-in-force', next, '--by', 'Lâm Quang Huy', '--note', 'QĐ 7', '--json');
    expect(JSON.parse(done.output)).toMatchObject({ id: 'default', version: 2, validFrom: '2026-12-01' });
    const again = await rules('put-in-force', next, '--by', 'Lâm Quang Huy', '--note', 'QĐ 7');
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('version')]);
  });

  it('leaves the clock to the calendar of each organization', async () => {
    const other = '0192aaaa-0000-7000-8000-00000000000c';
    const owner = dondocDataSource({ url: database.ownerUrl, application: 'clock command', poolSize: 1 });
    await owner.initialize();
    await inOrganization(owner, other, async (manager) => {
      await manager.query(
        `insert into dondoc.organization (id, code, name, zone, calendar_id)
         values ($1, 'tokyo', 'Tokyo', 'Asia/Tokyo', 'own')`,
        [other],
      );
      const body = { ...sampleCalendar, id: 'own', version: 1, zone: 'Asia/Tokyo' };
      await manager.query(
        `insert into dondoc.working_calendar (organization_id, id, version, body) values ($1, 'own', 1, $2)`,
        [other, JSON.stringify(body)],
      );
    });
    await owner.query(
      `update workflow.clock set "offset" = '2026-11-06 08:00+07'::timestamptz - clock_timestamp()`,
    );
    await owner.destroy();
    expect(await command('clock', 'advance', '1wd')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('--organization is one of sample, tokyo') as string,
    });
    const moved = await command('clock', 'advance', '1wd', '--organization', 'tokyo', '--json');
    expect(JSON.parse(moved.output)).toMatchObject({ to: '2026-11-09T17:00:00+09:00' });
    const shown = await command('clock', 'show', '--organization', 'sample');
    expect(shown.output).toContain('2026-11-09T15:00:');
  });
});
