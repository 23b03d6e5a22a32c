import { migrate } from '@dondoc/domain/persistence/migrate';
import { DataSource } from 'typeorm';
import { createTestSystem, type RunningProcess, type TestSystem } from '../services/processes';
import { createEmptyTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue } from '../services/test-queue';

describe('production mode runs on real time', () => {
  let database: TestDatabase;
  let system: TestSystem;
  let api: RunningProcess;
  let worker: RunningProcess;
  const secrets: string[] = [];
  const planted = 'planted-4f1c9-not-to-be-seen';

  beforeAll(async () => {
    database = await createEmptyTestDatabase();
    await migrate({ ownerUrl: database.ownerUrl, superuserUrl: database.superuserUrl, sandbox: false });
    system = await createTestSystem({ database, queue: testQueue(), mode: 'production' });
    [api, worker] = await Promise.all([system.startApi(), system.startWorker()]);
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
  });

  it('has no sandbox API, not even in its description', async () => {
    for (const [method, path] of [
      ['GET', '/sandbox/clock'],
      ['POST', '/sandbox/clock/advance'],
      ['POST', '/sandbox/clock/next'],
    ] as const) {
      const response = await fetch(`${system.address}/api/v1${path}`, { method });
      expect([path, response.status]).toEqual([path, 404]);
    }
    const description = (await (await fetch(`${system.address}/api/openapi.json`)).json()) as {
      paths: object;
    };
    expect(Object.keys(description.paths).filter((path) => path.includes('sandbox'))).toEqual([]);
  });

  it('refuses to move the clock and to load accounts with known passwords', async () => {
    const advance = await system.command(['clock', 'advance', '5wd']);
    expect(advance).toMatchObject({ code: 1, stdout: '' });
    expect(advance.stderr).toMatch(/real time/);
    const sample = await system.command(['sample', 'load']);
    expect(sample).toMatchObject({ code: 1, stdout: '' });
    expect(sample.stderr).toMatch(/known passwords/);
  });

  it('begins with an administrator who has a secret that is good once, and no password', async () => {
    const wish = ['--code', 'xa-moi', '--organization', 'UBND xã Mới', '--name', 'Trần Văn Bình'];
    const make = (...more: string[]) =>
      system.command(['account', 'first-administrator', ...wish, '--login', 'binh', ...more]);
    const made = await make('--json');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { secret } = JSON.parse(made.stdout) as { secret: string };
    secrets.push(secret);
    const post = (path: string, body: object) =>
      fetch(`${system.address}/api/v1/auth/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const password = 'thuyền neo bến vắng';
    expect((await post('login', { login: 'binh', password })).status).toBe(401);
    expect((await post('set-up', { secret, password })).status).toBe(204);
    const entered = await post('login', { login: 'binh', password });
    expect(entered.status).toBe(200);
    secrets.push(((await entered.json()) as { token: string }).token);
    const again = await make();
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/đã có quản trị viên/);
  });

  it('writes no password, secret or token into its logs, errors or metrics', async () => {
    const logged = api.log() + worker.log();
    expect(logged).toContain('/api/v1/auth/login');
    const wrong = await fetch(`${system.address}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${planted}` },
      body: JSON.stringify({ login: 'binh', password: planted, more: planted }),
    });
    const metrics = await (await fetch(`${system.address}/metrics`)).text();
    const said = [await wrong.text(), metrics, api.log(), worker.log()].join('\n');
    const passwords = [database.apiUrl, database.workerUrl, database.ownerUrl].map(
      (url) => new URL(url).password,
    );
    for (const one of [planted, 'thuyền neo bến vắng', ...secrets, ...passwords])
      expect(said).not.toContain(one);
  });

  it('lets the operator decide about no mail that is not there', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const decided = await system.command(['mail', 'send-again', unknown, '--reason', 'thử']);
    expect(decided).toMatchObject({ code: 1, stdout: '' });
    expect(decided.stderr).toMatch(/Không tìm thấy/);
  });

  it('gives its processes no right to move the clock', async () => {
    for (const url of [database.apiUrl, database.workerUrl]) {
      const source = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
      await expect(source.query(`update workflow.clock set "offset" = '1 day'`)).rejects.toThrow(
        /permission denied/,
      );
      await source.destroy();
    }
  });
});
