import Redis from 'ioredis';
import { DataSource } from 'typeorm';
import { QUEUE_SCHEMA } from '@dondoc/workflow/durable/index';
import { HttpOffice } from '../e2e/http-office';
import { happened, loadOffice, monthEnd, scenario, simulatedMonth, told, zone } from '../e2e/sample-month';
import { ScenarioDriver } from '../e2e/scenario-driver';
import { createTestSystem, type RunningProcess } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue, type QueueKind, type TestQueue } from '../services/test-queue';
import { chanceOf } from './chance';

async function loseQueue(queue: TestQueue, database: TestDatabase): Promise<void> {
  if (queue.kind === 'redis') {
    const redis = new Redis(queue.url);
    await redis.flushdb();
    await redis.quit();
    return;
  }
  const source = await new DataSource({
    type: 'postgres',
    url: database.superuserUrl,
    poolSize: 1,
  }).initialize();
  await source.query(`truncate ${QUEUE_SCHEMA}.job cascade`);
  await source.destroy();
}

export interface TroubledMonth {
  readonly happened: readonly string[];
  readonly expected: readonly string[];
  readonly kills: number;
  readonly losses: number;
  readonly auditCode: number | null;
}

/**
 * Plays the sample month over HTTP while the worker is killed (SIGKILL, then started again) and the queue is emptied
 * at instants that a seed chooses, mostly while timers fire and effects are delivered.
 */
export async function playTroubledMonth(
  kind: QueueKind,
  seed: number,
  often: number,
): Promise<TroubledMonth> {
  const chance = chanceOf(seed);
  const database = await createTestDatabase();
  const queue = testQueue(kind);
  await loadOffice(database);
  // What is lost here is lost dozens of times, and each time waited for.
  const system = await createTestSystem({ database, queue, environment: { SWEEP_SECONDS: '1' } });
  let kills = 0;
  let losses = 0;
  try {
    await system.startApi();
    let worker: RunningProcess = await system.startWorker();
    const trouble = async (): Promise<void> => {
      if (chance() >= often) return;
      await new Promise((resolve) => setTimeout(resolve, chance() * 120));
      if (chance() < 0.5) {
        await loseQueue(queue, database);
        losses++;
      } else {
        await worker.kill();
        kills++;
        worker = await system.startWorker();
      }
    };
    const driver = new ScenarioDriver(new HttpOffice(system.address), zone, trouble);
    await driver.play(scenario.acts);
    await driver.moveTo(monthEnd);
    const audit = await system.command(['audit', 'verify']);
    return {
      happened: told(await happened(database)),
      expected: told((await simulatedMonth()).lines),
      kills,
      losses,
      auditCode: audit.code,
    };
  } finally {
    await system.stop();
    await database.drop();
  }
}
