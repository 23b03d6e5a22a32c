import { samplesOf } from '@dondoc/workflow/testing/exposition';
import { Client } from 'pg';
import { createTestSystem, type RunningProcess, type TestSystem } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue } from '../services/test-queue';

/** Two effects of an organization that nobody serves: one was lost with the queue, one is parked. */
const WAITING = `
  insert into workflow.outbox
    (organization_id, id, instance_id, lifecycle, revision, effect, at, payload, next_attempt_at, parked_at)
  select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'directive', 1, $1, now(), '{}',
         now() - interval '1 hour', parked_at
  from (values (null), (now())) as each(parked_at)`;

const TOKEN = 'a-token-that-only-the-scraper-has';

describe('the door of the worker for those who watch it', () => {
  let database: TestDatabase;
  let system: TestSystem;
  let worker: RunningProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    const superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    await superuser.query(WAITING, ['notify']);
    await superuser.end();
    system = await createTestSystem({
      database,
      queue: testQueue(),
      environment: { WORKER_METRICS_PORT: '0', METRICS_TOKEN: TOKEN },
    });
    worker = await system.startWorker();
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
  });

  const get = (path: string, init: RequestInit = {}) => {
    const address = /"address":"(http:[^"]+)"/.exec(worker.log())?.[1] ?? '';
    return fetch(`${address}${path}`, init);
  };
  const scrape = () => get('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });

  it('listens on this machine only, says that it lives and that it can work', async () => {
    expect(worker.log()).toMatch(/"address":"http:\/\/127\.0\.0\.1:\d+"/);
    const live = await get('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', database: 'up', migrations: 'up', queue: 'up', wakeUps: 'up' },
    ]);
  });

  it('shows its metrics to whoever has the token, and nothing else to anybody', async () => {
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
    const answer = await scrape();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    const samples = samplesOf(await answer.text());
    expect(samples.get('dondoc_workflow_waiting_readable')).toBe(1);
    expect(samples.get('dondoc_workflow_parked_timers')).toBe(0);
    expect(samples.get('dondoc_workflow_parked_effects')).toBe(1);
  });

  it('counts what its own runtime does', async () => {
    const samples = samplesOf(await (await scrape()).text());
    expect(samples.get('dondoc_workflow_swept_total{kind="effects"}')).toBe(1);
    const tried = [...samples].filter(([name]) => name.startsWith('dondoc_workflow_effect_seconds_count'));
    expect(tried.map(([, count]) => count)).toEqual([1]);
  });

  it('closes with the worker', async () => {
    await worker.stop();
    expect(worker.isRunning()).toBe(false);
    await expect(get('/health/live')).rejects.toThrow();
  });
});
