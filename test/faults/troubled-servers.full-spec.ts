import { describeOnEachQueue, queueKinds, testQueue, type TestQueue } from '../services/test-queue';
import { chanceOf } from './chance';
import { FaultGround } from './fault-ground';
import { OwnServers } from './own-servers';
import { SlowProxy } from './slow-proxy';
import { pauseRedis, restartPostgres, underLoad, type TroubledServers } from './troubled-servers';

const ROUNDS = 3;
const seeds = Array.from({ length: ROUNDS }, () => Math.floor(Math.random() * 2 ** 31));
let servers: Awaited<ReturnType<typeof OwnServers.start>>;

beforeAll(async () => {
  servers = await OwnServers.start();
});

afterAll(async () => {
  await servers.stop();
});

const ownRedis = (): TestQueue => ({ ...testQueue('redis'), url: servers.redisUrl ?? '' });

function expectSound(title: string, seed: number, outcome: TroubledServers): void {
  process.stderr.write(
    `  ${title}, seed ${seed}: ${outcome.fired} timers, ${outcome.told} effects, ` +
      `${outcome.unanswered} sends without an answer\n`,
  );
  expect(outcome.wrong).toEqual([]);
  expect(outcome.told).toBe(outcome.asked);
}

describeOnEachQueue('rounds of servers in trouble', (kind) => {
  it.each(seeds)(
    'seed %i: PostgreSQL is restarted three times in each way',
    async (seed) => {
      const chance = chanceOf(seed);
      const ground = await FaultGround.open(kind);
      try {
        const outcome = await underLoad(ground, seed, ground.queue, async () => {
          for (const _ of [1, 2, 3]) await restartPostgres(servers, chance);
        });
        expectSound(`PostgreSQL restarted, queue on ${kind}`, seed, outcome);
      } finally {
        await ground.close();
      }
    },
    300_000,
  );

  it.each(seeds)(
    'seed %i: the queue is emptied again and again',
    async (seed) => {
      const chance = chanceOf(seed);
      const ground = await FaultGround.open(kind);
      try {
        const outcome = await underLoad(ground, seed, ground.queue, async () => {
          for (let loss = 0; loss < 20; loss++) {
            await new Promise((resolve) => setTimeout(resolve, chance() * 150));
            await ground.loseQueue();
          }
        });
        expectSound(`${kind} emptied 20 times`, seed, outcome);
      } finally {
        await ground.close();
      }
    },
    300_000,
  );
});

(queueKinds().includes('redis') ? describe : describe.skip)('rounds of a Redis in trouble', () => {
  it.each(seeds)(
    'seed %i: it stands still for 30 seconds',
    async (seed) => {
      const ground = await FaultGround.open('redis', ownRedis());
      try {
        const outcome = await underLoad(ground, seed, ground.queue, () => pauseRedis(servers, 30_000));
        expectSound('Redis halted for 30 s', seed, outcome);
      } finally {
        await ground.close();
      }
    },
    300_000,
  );

  it.each(seeds)(
    'seed %i: it is slow',
    async (seed) => {
      const chance = chanceOf(seed);
      const ground = await FaultGround.open('redis', ownRedis());
      const proxy = await SlowProxy.before(ground.queue.url, () => chance() * 600);
      try {
        const queue = { ...ground.queue, url: proxy.url };
        const outcome = await underLoad(ground, seed, queue, () => ground.loseQueue());
        expectSound('Redis slow', seed, outcome);
      } finally {
        await ground.close();
        await proxy.close();
      }
    },
    300_000,
  );
});
