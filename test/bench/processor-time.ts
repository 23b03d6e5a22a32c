import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Redis } from 'ioredis';
import { Client } from 'pg';

/** Processor seconds used so far; null where this machine does not tell (not Linux, or a server elsewhere). */
interface Reading {
  readonly wall: number;
  readonly node: number;
  readonly postgres: number | null;
  /** Null also without a Redis. */
  readonly redis: number | null;
  /** Of everything that runs on the machine, and what its host withheld. */
  readonly machine: number | null;
}

/** Microseconds of processor time per item, all threads and processes of each. */
export interface ProcessorTime {
  readonly node: number;
  readonly postgres: number | null;
  readonly redis: number | null;
  /** Of those three; null when one of them is not known. */
  readonly all: number | null;
  /** Share of all cores that was busy with anything else meanwhile, 0 to 1: above 0.1 the figure is disturbed. */
  readonly otherLoad: number | null;
}

/** USER_HZ, in which Linux tells processor time whatever it counts in. */
const TICKS_PER_SECOND = 100;

interface ProcessStat {
  readonly name: string;
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended. */
  readonly endedChildren: number;
}

function statOf(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = text.lastIndexOf(')');
    const fields = text.slice(close + 2).split(' ');
    const ticks = (from: number): number =>
      (Number(fields[from]) + Number(fields[from + 1])) / TICKS_PER_SECOND;
    return {
      name: text.slice(text.indexOf('(') + 1, close),
      parent: Number(fields[1]),
      own: ticks(11),
      endedChildren: ticks(13),
    };
  } catch {
    return null;
  }
}

/** The server's main process when it runs on this machine, told by one of its sessions. */
async function postmasterOf(url: string): Promise<number | null> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const session = statOf(rows[0]?.pid ?? 0);
    const parent = session && statOf(session.parent);
    if (!session?.name.startsWith('postgres') || !parent?.name.startsWith('postgres')) return null;
    return session.parent;
  } finally {
    await client.end();
  }
}

/** The main process, what runs under it, and what has run under it. */
function secondsOfServer(postmaster: number): number | null {
  const main = statOf(postmaster);
  if (!main) return null;
  return readdirSync('/proc')
    .map((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : null))
    .filter((stat) => stat?.parent === postmaster)
    .reduce((sum, stat) => sum + (stat?.own ?? 0), main.own + main.endedChildren);
}

function secondsOfMachine(): number | null {
  try {
    const [user, nice, system, , , irq, softirq, steal] =
      readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1).map(Number) ?? [];
    const ticks = [user, nice, system, irq, softirq, steal].reduce<number>((sum, one) => sum + (one ?? 0), 0);
    return ticks / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

async function secondsOfRedis(redis: Redis): Promise<number> {
  const text = await redis.info('cpu');
  const value = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1] ?? 0);
  return ['used_cpu_sys', 'used_cpu_user', 'used_cpu_sys_children', 'used_cpu_user_children']
    .map(value)
    .reduce((sum, one) => sum + one, 0);
}

/** Tells what a stretch of work cost this process, PostgreSQL and Redis, and what else kept the machine busy. */
export class ProcessorMeter {
  private constructor(
    private readonly postmaster: number | null,
    private readonly redis: Redis | null,
  ) {}

  static async open(postgresUrl: string, redis: Redis | null): Promise<ProcessorMeter> {
    return new ProcessorMeter(await postmasterOf(postgresUrl), redis);
  }

  /** Starts a stretch; what it answers ends it and tells what each of so many items cost. */
  async begin(): Promise<(items: number) => Promise<ProcessorTime>> {
    const begun = await this.read();
    return async (items) => between(begun, await this.read(), items);
  }

  private async read(): Promise<Reading> {
    const redis = this.redis ? await secondsOfRedis(this.redis) : null;
    const { user, system } = process.cpuUsage();
    return {
      wall: Number(process.hrtime.bigint()) / 1e9,
      node: (user + system) / 1e6,
      postgres: this.postmaster === null ? null : secondsOfServer(this.postmaster),
      redis,
      machine: secondsOfMachine(),
    };
  }
}

function between(from: Reading, to: Reading, items: number): ProcessorTime {
  const spent = (name: 'node' | 'postgres' | 'redis' | 'machine'): number | null => {
    const [before, after] = [from[name], to[name]];
    return before === null || after === null ? null : after - before;
  };
  const perItem = (seconds: number | null): number | null =>
    seconds === null ? null : Number(((seconds * 1e6) / items).toPrecision(3));
  const [node, postgres, redis, machine] = [
    spent('node') ?? 0,
    spent('postgres'),
    spent('redis'),
    spent('machine'),
  ];
  const all = postgres === null ? null : node + postgres + (redis ?? 0);
  const otherLoad =
    machine === null || all === null
      ? null
      : Math.max(0, machine - all) / (to.wall - from.wall) / availableParallelism();
  return {
    node: perItem(node) ?? 0,
    postgres: perItem(postgres),
    redis: perItem(redis),
    all: perItem(all),
    otherLoad: otherLoad === null ? null : Number(otherLoad.toFixed(3)),
  };
}
