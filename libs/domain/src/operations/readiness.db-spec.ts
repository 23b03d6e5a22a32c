import { Queues } from '@dondoc/workflow/durable/index';
import { WakeUpListener } from '@dondoc/workflow/timers/wake-ups';
import { Client } from 'pg';
import { createEmptyTestDatabase, createTestDatabase } from '../../../../test/services/test-database';
import { testQueue } from '../../../../test/services/test-queue';
import { dondocDataSource } from '../persistence/data-source';
import { ReadinessCheck, type Readiness } from './readiness';

describe('whether a process can do its work', () => {
  /** What the worker on a migrated database says with this queue and this listener. */
  async function look(queueUrl: string, isListening?: () => boolean): Promise<Readiness> {
    const database = await createTestDatabase();
    const source = dondocDataSource({ url: database.workerUrl, application: 'readiness', poolSize: 2 });
    const postgresUrl = database.workerUrl;
    const queues = new Queues({ url: queueUrl, postgresUrl, prefix: testQueue().prefix });
    const check = new ReadinessCheck(source, queues, isListening);
    const early = await check.look();
    expect([early.status, early.database]).toEqual(['not-ready', 'down']);
    await source.initialize();
    const readiness = await check.look();
    await check.close();
    await source.destroy();
    await database.drop();
    return readiness;
  }

  it('is ready once everything answers', async () => {
    const { url } = testQueue();
    expect(await look(url, () => true)).toEqual({
      status: 'ready',
      database: 'up',
      migrations: 'up',
      queue: 'up',
      wakeUps: 'up',
    });
  });

  it('is degraded, not stopped, while the queue is away', async () => {
    expect(await look('redis://127.0.0.1:1')).toMatchObject({ status: 'degraded', queue: 'down' });
  });

  it('is not ready while nobody can wake it', async () => {
    expect(await look(testQueue().url, () => false)).toMatchObject({ status: 'not-ready', wakeUps: 'down' });
  });

  it('is not ready on a database without its tables', async () => {
    const database = await createEmptyTestDatabase();
    const source = dondocDataSource({ url: database.ownerUrl, application: 'readiness', poolSize: 2 });
    await source.initialize();
    const queues = new Queues({ ...testQueue(), postgresUrl: database.ownerUrl });
    const check = new ReadinessCheck(source, queues);
    expect(await check.look()).toMatchObject({ status: 'not-ready', database: 'up', migrations: 'down' });
    await check.close();
    await source.destroy();
    await database.drop();
  });

  it('notices that the connection that wakes it is lost, and that it is there again', async () => {
    const database = await createTestDatabase();
    const superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    const lost: boolean[] = [];
    const woken: boolean[] = [];
    let isBack: (() => void) | undefined;
    const listener: WakeUpListener = new WakeUpListener(
      database.workerUrl,
      () => {
        woken.push(listener.isConnected);
        isBack?.();
      },
      () => lost.push(listener.isConnected),
    );
    await listener.start();
    const again = new Promise<void>((resolve) => {
      isBack = resolve;
    });
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'dondoc wake-ups'`,
    );
    await again;
    expect(woken).toEqual([true, true]);
    expect(new Set(lost)).toEqual(new Set([false]));
    await listener.stop();
    expect(listener.isConnected).toBe(false);
    await superuser.end();
    await database.drop();
  });
});
