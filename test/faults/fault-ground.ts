import { isRefusal, Lifecycles, readEntry, type HistoryEntry, type Lifecycle } from '@dondoc/workflow';
import {
  BusinessClock,
  newUuid,
  QUEUE_SCHEMA,
  verifyStoredInstances,
  type FaultPoints,
} from '@dondoc/workflow/durable/index';
import { hearBrokenConnections } from '@dondoc/workflow/postgres/pool-client';
import { delivery, purchaseOrder } from '@dondoc/workflow/testing/purchase-order.lifecycle';
import Redis from 'ioredis';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue, type QueueKind, type TestQueue } from '../services/test-queue';
import { bells, louderBells } from './bell.lifecycle';
import { employ, OUTSIDE_MS, type Employed, type Employment, type Project } from './employed-worker';
import { type Assignment } from './process-orders';

export const ORGANIZATION = '00000000-0000-4000-8000-000000000003';
export const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const patience = 45_000;
/** An effect that waits longer than this is treated as lost, so that the sweep need not be waited for. */
const LOST_MS = 400;
/** How long the lease of an outside effect lasts; a process that has it and is silent for longer than this is gone. */
const LEASE_MS = OUTSIDE_MS + 15_000;
const GONE_MS = 1_500;
const person = { kind: 'person', id: 'an' } as const;

/** What was found when everything had come to rest. Every list names what is wrong: all are empty when nothing is. */
export interface Account {
  readonly instances: number;
  readonly fired: number;
  /** Effects that were asked for, and those that were carried out. */
  readonly asked: number;
  readonly told: number;
  /** Outside effects that were carried out once more, since nobody could know of the first time. */
  readonly repeated: number;
  readonly parkedTimers: number;
  readonly parkedEffects: number;
  readonly wrong: readonly string[];
}

interface Awaited {
  readonly instants: readonly number[];
  /** From here on nothing fires: a report ended it, or its timer is parked. */
  endsAt: number;
}

type StoredEntry = Parameters<typeof readEntry>[0];

interface Telling {
  readonly instance_id: string;
  readonly delivered: boolean;
  readonly parked: boolean;
  readonly outside: boolean;
  readonly times: number;
}

/** A database, a queue and instances on it, of which it is known what has to become of them whatever happens. */
export class FaultGround {
  readonly lifecycles = new Lifecycles([bells, louderBells, purchaseOrder, delivery]);
  private readonly awaited = new Map<string, Awaited>();
  private readonly employed: Employed[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly queue: TestQueue,
    readonly superuser: DataSource,
    readonly clock: BusinessClock,
  ) {}

  static async open(kind: QueueKind, queue = testQueue(kind)): Promise<FaultGround> {
    const database = await createTestDatabase();
    const superuser = await new DataSource({ type: 'postgres', url: database.superuserUrl }).initialize();
    hearBrokenConnections(superuser);
    await superuser.query('create table told (effect uuid not null, process integer not null)');
    await superuser.query('create index on told (effect)');
    await superuser.query('grant insert on told to dondoc_worker');
    return new FaultGround(database, queue, superuser, new BusinessClock(superuser));
  }

  async close(): Promise<void> {
    await this.dismiss();
    await this.superuser.destroy();
    await this.database.drop();
  }

  get assignment(): Assignment {
    const { url, prefix } = this.queue;
    return { databaseUrl: this.database.workerUrl, queue: { url, prefix }, organization: ORGANIZATION };
  }

  /** A runtime with a worker that somebody may start, in this process. */
  async employ(
    options: {
      readonly lifecycles?: readonly Lifecycle[];
      readonly queue?: Employment['queue'];
      readonly faults?: FaultPoints;
      readonly project?: Project;
      readonly sweepMs?: number;
    } = {},
  ): Promise<Employed> {
    const employed = await employ({
      lifecycles: [bells, purchaseOrder, delivery],
      databaseUrl: this.database.workerUrl,
      queue: this.queue,
      ...options,
    });
    this.employed.push(employed);
    return employed;
  }

  /** Stops every worker of this process. */
  async dismiss(): Promise<void> {
    const dismissed = this.employed.splice(0).map(async ({ worker, close }) => {
      await worker.stop();
      await close();
    });
    await Promise.all(dismissed);
  }

  /** Starts bells that ring at these instants. */
  async hangBells(
    { runtime }: Pick<Employed, 'runtime'>,
    count: number,
    instantsOf: (now: number, index: number) => readonly [number, number, number],
  ): Promise<string[]> {
    const now = await this.clock.now();
    return this.start(runtime, count, 'bells', (index) => {
      const instants = instantsOf(now, index);
      return { input: { instants }, instants };
    });
  }

  /** Starts orders whose nudges follow one another, each setting the timer of the next, and end with the answer. */
  async placeOrders(
    { runtime }: Pick<Employed, 'runtime'>,
    count: number,
    nudgesOf: (now: number) => readonly number[],
  ): Promise<string[]> {
    const now = await this.clock.now();
    return this.start(runtime, count, 'purchase-order', () => {
      const nudges = nudgesOf(now);
      const answerBy = now + 3_000 * DAY;
      return { input: { buyer: 'an', answerBy, nudges }, instants: [...nudges, answerBy] };
    });
  }

  private async start(
    runtime: Employed['runtime'],
    count: number,
    lifecycle: string,
    of: (index: number) => { input: object; instants: readonly number[] },
  ): Promise<string[]> {
    const planned = Array.from({ length: count }, (_, index) => ({ id: newUuid(), ...of(index) }));
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.startMany(
        planned.map(({ id, input }) => ({
          lifecycle,
          id,
          input: input as Record<string, never>,
          actor: person,
        })),
      ),
    );
    if (isRefusal(started)) throw new Error(started.en);
    for (const { id, instants } of planned) this.awaited.set(id, { instants, endsAt: Infinity });
    return planned.map(({ id }) => id);
  }

  /** From this instant on nothing may fire in the instance any more. */
  endsAt(instance: string, at: number): void {
    const awaited = this.awaited.get(instance);
    if (awaited) awaited.endsAt = at;
  }

  /** Empties the queue as a lost Redis, or a truncated schema, would. */
  async loseQueue(): Promise<void> {
    if (this.queue.kind === 'postgres') {
      await this.superuser.query(`truncate ${QUEUE_SCHEMA}.job cascade`);
      return;
    }
    const redis = new Redis(this.queue.url);
    await redis.flushdb();
    await redis.quit();
  }

  /** Waits until nothing is due and no effect waits. */
  async untilQuiet(): Promise<void> {
    await this.waitFor(() => this.clock.isQuiet());
  }

  /** Waits until business time, which goes by itself, has passed this instant, and nothing is due. */
  async untilNothingIsDueBefore(instant: number): Promise<void> {
    await this.waitFor(async () => (await this.clock.now()) > instant && (await this.clock.isQuiet()));
  }

  /** As `untilQuiet`, whatever becomes of effects. */
  async untilNothingIsDue(): Promise<void> {
    await this.waitFor(async () => {
      const due = await this.clock.nextDue();
      return due === null || due > (await this.clock.now());
    });
  }

  /** Waits until nothing is left to be done but what somebody holds. */
  async untilOnlyHeldIsLeft(): Promise<void> {
    await this.waitFor(async () => {
      const left = await this.superuser.query<unknown[]>(
        `with due as (
           select from workflow.instance where due_at <= workflow.now() for update skip locked
         ), waiting as (select from workflow.outbox where parked_at is null for update skip locked)
         select from due union all select from waiting limit 1`,
      );
      return left.length === 0;
    });
  }

  /** Meanwhile, effects whose job was lost are made late enough for the sweep, which would come in its time. */
  private async waitFor(condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patience;
    for (;;) {
      await this.superuser.query(
        `update workflow.outbox set next_attempt_at = now() - interval '1 hour'
         where (organization_id, id) in (
           select organization_id, id from workflow.outbox
           where parked_at is null and created_at < now() - make_interval(secs => $1 / 1000.0)
             and next_attempt_at > now() - interval '1 minute'
             and (lease is null or next_attempt_at < now() + make_interval(secs => $2 / 1000.0))
           for update skip locked)`,
        [LOST_MS, LEASE_MS - GONE_MS],
      );
      if (await condition()) return;
      if (Date.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const [left] = await this.superuser.query<unknown[]>(
      `select (select count(*)::int from workflow.timer
               where parked_at is null and due_at <= workflow.now()) as timers,
              (select count(*)::int from workflow.outbox where parked_at is null) as effects`,
    );
    throw new Error(`it does not come to rest: ${JSON.stringify(left)} are left`);
  }

  async entriesOf(ids?: readonly string[]): Promise<Map<string, HistoryEntry[]>> {
    const rows = await this.superuser.query<StoredEntry[]>(
      `select instance_id as instance, revision, entry from workflow.history where $1::uuid[] is null or instance_id = any($1)
       order by instance_id, revision, recorded_at`,
      [ids ?? null],
    );
    const entries = new Map<string, HistoryEntry[]>();
    for (const entry of rows.map(readEntry))
      entries.set(entry.instance, [...(entries.get(entry.instance) ?? []), entry]);
    return entries;
  }

  /** Compares what happened with what had to: timers and effects. */
  async account(): Promise<Account> {
    const now = await this.clock.now();
    const entries = await this.entriesOf();
    const parked = await this.superuser.query<{ instance_id: string; due: string }[]>(
      `select instance_id, round(extract(epoch from due_at) * 1000)::bigint as due
       from workflow.timer where parked_at is not null`,
    );
    // A parked timer holds back whatever comes after it.
    for (const { instance_id: id, due } of parked) this.endsAt(id, Number(due));
    const wrong: string[] = [];
    let fired = 0;
    let asked = 0;
    let repeated = 0;
    const expectedTellings = new Map<string, number>();
    for (const [id, { instants, endsAt }] of this.awaited) {
      const told = entries.get(id) ?? [];
      const timers = told.filter(({ kind }) => kind === 'timer');
      // Nothing of an instance is before its beginning: on a slow machine that comes after the first of its timers was due.
      const begun = told[0]?.at ?? 0;
      const due = instants
        .filter((at) => at <= now && at < endsAt)
        .map((at) => Math.max(at, begun))
        .sort((a, b) => a - b);
      const at = timers.map((entry) => entry.at);
      if (at.join() !== due.join()) wrong.push(`${id} fired at [${at.join()}], was due at [${due.join()}]`);
      if (timers.some((entry) => entry.processedAt < entry.at)) wrong.push(`${id} fired early`);
      fired += timers.length;
      // The first version of the bells is archived, outside, when all have rung.
      const { lifecycle, version } = entries.get(id)?.[0] ?? {};
      const isArchived = lifecycle === 'bells' && version === 1 && timers.length === 3;
      if (isArchived && entries.get(id)?.at(-1)?.to !== 'over') wrong.push(`${id} was not archived`);
      asked += timers.length + (isArchived ? 1 : 0);
      expectedTellings.set(id, timers.length + (isArchived ? 1 : 0));
    }
    const tellings = await this.superuser.query<Telling[]>(
      `select e.instance_id, e.delivered, e.parked, e.effect = 'archive' as outside, (select count(*)::int from told t where t.effect = e.id) as times
       from (select id, instance_id, effect, true as delivered, false as parked from workflow.outbox_delivered
             union all
             select id, instance_id, effect, false, parked_at is not null from workflow.outbox) e`,
    );
    for (const { instance_id: id, delivered, parked, outside, times } of tellings) {
      expectedTellings.set(id, (expectedTellings.get(id) ?? 0) - 1);
      if (!delivered && !parked) wrong.push(`an effect of ${id} still waits`);
      // Outside it is at least once: a process may vanish between doing and recording.
      if (outside && delivered && times > 1) repeated += times - 1;
      else if (times !== (delivered ? 1 : 0)) wrong.push(`an effect of ${id} was carried out ${times} times`);
    }
    for (const [id, missing] of expectedTellings)
      if (missing !== 0) wrong.push(`of ${id} ${missing} effects more were asked for than are there`);
    return {
      instances: this.awaited.size,
      fired,
      asked,
      repeated,
      told: tellings.filter(({ delivered }) => delivered).length,
      parkedTimers: parked.length,
      parkedEffects: tellings.filter(({ parked }) => parked).length,
      wrong,
    };
  }

  /** What is wrong with chains and states: each is verified and replayed. */
  async verify(): Promise<readonly string[]> {
    const { findings, instances } = await verifyStoredInstances(
      this.superuser,
      this.lifecycles,
      ORGANIZATION,
    );
    const wrong = findings.map(({ instance, code, detail }) => `${instance}: ${code}, ${detail}`);
    if (instances < this.awaited.size) wrong.push(`${this.awaited.size - instances} instances are gone`);
    return wrong;
  }
}
