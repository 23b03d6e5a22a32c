import { describeOnEachQueue, queueKinds, testQueue, type TestQueue } from '../services/test-queue';
import { chanceOf } from './chance';
import { FaultGround } from './fault-ground';
import { OwnServers } from './own-servers';
import { SlowProxy } from './slow-proxy';
import { pauseRedis, restartPostgres, underLoad } from './troubled-servers';

const SEED = 20_261_124;
let servers: Awaited<ReturnType<typeof OwnServers.start>>;

beforeAll(async () => {
  servers = await OwnServers.start();
});

afterAll(async () => {
  await servers.stop();
});

const ownRedis = (): TestQueue => ({ ...testQueue('redis'), url: servers.redisUrl ?? '' });

describeOnEachQueue('servers in trouble', (kind) => {
  it('PostgreSQL is restarted under load, in order and by a crash', async () => {
    const ground = await FaultGround.open(kind);
    try {
      const outcome = await underLoad(ground, SEED, ground.queue, () =>
        restartPostgres(servers, chanceOf(SEED)),
      );
      expect(outcome.wrong).toEqual([]);
      expect(outcome.told).toBe(outcome.asked);
      expect(outcome.unanswered).toBeGreaterThan(0);
    } finally {
      await ground.close();
    }
  });
});

(queueKinds().includes('redis') ? describe : describe.skip)('a Redis in trouble', () => {
  it('stands still for a while', async () => {
    const ground = await FaultGround.open('redis', ownRedis());
    try {
      const outcome = await underLoad(ground, SEED, ground.queue, () => pauseRedis(servers, 2_000));
      expect(outcome.wrong).toEqual([]);
      expect(outcome.told).toBe(outcome.asked);
    } finally {
      await ground.close();
    }
  });

  it('is slow', async () => {
    const chance = chanceOf(SEED);
    const ground = await FaultGround.open('redis', ownRedis());
    const proxy = await SlowProxy.before(ground.queue.url, () => 20 + chance() * 180);
    try {
      const queue = { ...ground.queue, url: proxy.url };
      const outcome = await underLoad(ground, SEED, queue, () => ground.loseQueue());
      expect(outcome.wrong).toEqual([]);
      expect(outcome.told).toBe(outcome.asked);
    } finally {
      await ground.close();
      await proxy.close();
    }
  });
});
