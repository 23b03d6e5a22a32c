import { isRefusal } from '@dondoc/workflow';
import { chanceOf } from './chance';
import { type Employed } from './employed-worker';
import { type FaultGround, HOUR, ORGANIZATION } from './fault-ground';
import { type OwnServers } from './own-servers';
import { Touches } from './touches';

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Somebody who sends and starts all the time, and looks before asking again when the answer did not come. */
export class Load {
  readonly touches = new Touches();
  /** Sends whose answer never came: perhaps they were carried out. */
  unanswered = 0;
  private ended = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly ground: FaultGround,
    private readonly driver: Employed,
    private readonly instances: readonly string[],
  ) {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      this.touches.ask(this.instances, 1);
      await Promise.all(this.instances.map((instance) => this.touch(instance)));
      // Timers fall due all the while. The clock may be out of reach as everything else.
      await this.ground.clock
        .now()
        .then((now) => this.ground.clock.moveTo(now + HOUR / 60))
        .catch(() => undefined);
      await pause(10);
    }
  }

  private async touch(instance: string): Promise<void> {
    try {
      const command = { instance, event: { type: 'touch' }, actor: { kind: 'system' } } as const;
      if (!isRefusal(await this.driver.runtime.send(ORGANIZATION, command))) this.touches.answered(instance);
    } catch {
      this.unanswered += 1;
    }
  }
}

export interface TroubledServers {
  readonly wrong: readonly string[];
  readonly told: number;
  readonly fired: number;
  readonly asked: number;
  readonly unanswered: number;
}

/** Two workers and a sender go on while `trouble` befalls their servers; then everything has to come to rest. */
export async function underLoad(
  ground: FaultGround,
  seed: number,
  queue: FaultGround['queue'],
  trouble: () => Promise<void>,
): Promise<TroubledServers> {
  const chance = chanceOf(seed);
  const driver = await ground.employ({ queue });
  const workers = [await ground.employ({ queue }), await ground.employ({ queue })];
  for (const { worker } of workers) await worker.start();
  const at = (now: number) => now + Math.floor(chance() * 2 * HOUR);
  const touched = await ground.hangBells(driver, 12, (now) => [at(now), at(now), now + 9_000 * HOUR]);
  await ground.hangBells(driver, 150, (now) => [at(now), at(now), at(now)]);
  await ground.placeOrders(driver, 20, (now) => {
    const first = at(now);
    return [first, first + 9_000, first + 18_000];
  });
  const load = new Load(ground, driver, touched);
  await trouble();
  await load.end();
  await ground.clock.moveTo((await ground.clock.now()) + 3 * HOUR);
  await ground.untilQuiet();
  await ground.dismiss();
  const { wrong, told, fired, asked } = await ground.account();
  return {
    wrong: [...wrong, ...(await load.touches.miscounted(ground)), ...(await ground.verify())],
    told,
    fired,
    asked,
    unanswered: load.unanswered,
  };
}

/** Restarts PostgreSQL in both ways while work is under way. */
export async function restartPostgres(servers: OwnServers, chance: () => number): Promise<void> {
  for (const how of ['order', 'crash'] as const) {
    await pause(200 + chance() * 600);
    await servers.restartPostgres(how);
  }
  await pause(300);
}

/** Halts Redis, as a machine that is out of memory would. */
export async function pauseRedis(servers: OwnServers, milliseconds: number): Promise<void> {
  await pause(200);
  await servers.pauseRedis();
  await pause(milliseconds);
  await servers.resumeRedis();
}
