import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestSystem, type TestSystem } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { describeOnEachQueue, testQueue } from '../services/test-queue';
import { HttpOffice } from './http-office';
import { happened, loadOffice, monthEnd, scenario, simulatedMonth, told, zone } from './sample-month';
import { ScenarioDriver } from './scenario-driver';

describeOnEachQueue('the main journey over HTTP, from the signed notice to the verified result', (kind) => {
  let database: TestDatabase;
  let system: TestSystem;
  let office: HttpOffice;

  beforeAll(async () => {
    database = await createTestDatabase();
    await loadOffice(database);
    system = await createTestSystem({ database, queue: testQueue(kind) });
    await Promise.all([system.startApi(), system.startWorker()]);
    office = new HttpOffice(system.address);
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
  });

  it('gives, line by line, what the simulation of the same scenario gives', async () => {
    const driver = new ScenarioDriver(office, zone);
    await driver.play(scenario.acts);
    await driver.moveTo(monthEnd);
    const { lines } = await simulatedMonth();
    expect(lines.length).toBeGreaterThan(100);
    expect(told(await happened(database))).toEqual(told(lines));
  }, 300_000);

  it('ends with the totals of the simulation', async () => {
    const totals = await office.get<Record<string, unknown>>('vanthu', '/totals');
    const { totals: expected } = await simulatedMonth();
    expect(totals).toMatchObject(expected);
  });

  it('leaves every chain whole', async () => {
    const audit = await system.command(['audit', 'verify', '--json']);
    expect(audit).toMatchObject({ code: 0 });
    const [result] = JSON.parse(audit.stdout) as { instances: number; findings: unknown[] }[];
    expect(result?.instances).toBeGreaterThan(13);
    expect(result?.findings).toEqual([]);
  });

  it('is sealed, and what was kept outside tells of what is taken away later', async () => {
    const sealed = await system.command(['audit', 'seal', '--json']);
    // The worker may have sealed what stood there when it started.
    const [made] = JSON.parse(sealed.stdout) as { checkpoint: { number: number } }[];
    const number = made?.checkpoint.number ?? 0;
    expect(number).toBeGreaterThan(0);
    const kept = await system.command(['audit', 'checkpoints']);
    const directory = await mkdtemp(join(tmpdir(), 'dondoc-kept-'));
    const file = join(directory, 'checkpoints.jsonl');
    await writeFile(file, kept.stdout);
    expect(await system.command(['audit', 'verify', '--kept', file])).toMatchObject({ code: 0 });
    await writeFile(
      file,
      kept.stdout
        .replace(`"number":${number}`, `"number":${number + 1}`)
        .replaceAll(`\\"number\\":${number}`, `\\"number\\":${number + 1}`),
    );
    const found = await system.command(['audit', 'verify', '--kept', file]);
    expect(found.code).toBe(1);
    expect(found.stdout).toContain(`missing-checkpoint of checkpoint ${number + 1}`);
    await rm(directory, { recursive: true });
  });

  it('shows what is open by version, and lets nobody close the version in use', async () => {
    const shown = await system.command(['lifecycles', 'show', '--json']);
    const rows = JSON.parse(shown.stdout) as { lifecycle: string; version: number; open: number }[];
    const open = new Map(rows.map(({ lifecycle, version, open }) => [`${lifecycle}@${version}`, open]));
    expect([...open.keys()]).toEqual(expect.arrayContaining(['digest@1', 'directive@1', 'escalation@1']));
    expect(open.get('directive@1')).toBeGreaterThan(0);
    expect(open.get('digest@1')).toBe(1);
    const rehearsed = await system.command(['lifecycles', 'migrate', 'directive', '--dry-run']);
    expect(rehearsed).toMatchObject({ code: 0 });
    expect(rehearsed.stdout).toContain('0 of 0 would go to directive@1, 0 cannot');
    expect(await system.command(['lifecycles', 'retire', 'directive@1'])).toMatchObject({ code: 1 });
  });
});
