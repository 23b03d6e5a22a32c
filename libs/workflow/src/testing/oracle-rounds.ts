import * as fc from 'fast-check';
import { type DataSource } from 'typeorm';
import { type BusinessClock } from '../clock/business-clock';
import { createPostgresRuntime, newUuid, type PostgresRuntime } from '../durable/postgres.runtime';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { verifyStoredInstances } from '../postgres/verify-instances';
import { Lifecycles } from '../runtime/lifecycles';
import { seenLive, seenStored, type Seen } from './comparison';
import { LiveActor } from './live-actor';
import { eventOf, lifecycleOf } from './random-lifecycle';
import { eventChoices, machinePlans, pauses, TICK_MS, type MachinePlan } from './random-machine';

const actor = { kind: 'system' } as const;

interface Play {
  readonly id: string;
  readonly plan: MachinePlan;
  readonly lifecycle: Lifecycle;
  readonly input: { readonly begin: Instant; readonly wakeAt: Instant };
  readonly live: LiveActor;
}

export interface OracleRounds {
  readonly organization: string;
  /** Connects as the worker does. */
  readonly worker: DataSource;
  /** Sees every row. */
  readonly superuser: DataSource;
  readonly clock: BusinessClock;
  readonly seed: number;
  readonly machines: number;
  readonly rounds: number;
  /** Given what differs, with everything that is needed to see it again. */
  readonly expectSame: (stored: Seen, live: Seen, about: string) => void;
}

export interface OracleOutcome {
  readonly machines: number;
  /** How many of them XState itself led into what is no state. */
  readonly lost: number;
  readonly comparisons: number;
  readonly entries: number;
}

async function seenOf(superuser: DataSource, ids: readonly string[]): Promise<ReadonlyMap<string, Seen>> {
  const rows = await superuser.query<
    { id: string; status: 'active' | 'done'; snapshot: never; timers: { id: string; dueAt: number }[] | null }[]
  >(
    `select i.id, i.status, i.snapshot,
       (select json_agg(json_build_object('id', t.timer_id, 'dueAt', round(extract(epoch from t.due_at) * 1000)::bigint))
        from workflow.timer t where t.organization_id = i.organization_id and t.instance_id = i.id) as timers
     from workflow.instance i where i.id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, seenStored(row, row.timers ?? [])]));
}

/** Fires everything that is due, as a worker would. */
async function fireAll(runtime: PostgresRuntime, organization: string): Promise<void> {
  for (;;) {
    const { claimed, parked } = await runtime.fireDue(organization, { limit: 200 });
    if (parked > 0) throw new Error(`${parked} timers of random machines were parked`);
    if (claimed === 0) return;
  }
}

/**
 * Plays random machines on PostgreSQL, all of them in the same rounds of virtual time, next to an actor of XState each,
 * and compares after every round. Instants are whole ticks of ten minutes apart, so that the time that the run itself
 * takes brings nothing about.
 */
export async function playOracleRounds(options: OracleRounds): Promise<OracleOutcome> {
  const { organization, superuser, clock, seed, machines, rounds, expectSame } = options;
  const begin = (Math.floor((await clock.now()) / TICK_MS) + 1) * TICK_MS;
  await clock.moveTo(begin);
  const plans = fc.sample(fc.tuple(machinePlans, fc.integer({ min: -2, max: 6_000 })), { seed, numRuns: machines });
  const all = plans.map(([plan, wakesIn], index): Play => {
    const lifecycle = lifecycleOf(plan, `random-${index}`);
    const input = { begin, wakeAt: begin + wakesIn * TICK_MS };
    return { id: newUuid(), plan, lifecycle, input, live: new LiveActor(lifecycle, input, begin) };
  });
  const lifecycles = new Lifecycles(all.map(({ lifecycle }) => lifecycle));
  const { runtime } = createPostgresRuntime({
    dataSource: options.worker,
    lifecycles,
    effects: { offer: () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  let playing = all.filter(({ live }) => !live.isLost);
  await runtime.transaction(organization, (tx) =>
    tx.startMany(
      playing.map(({ id, lifecycle, input }) => ({ lifecycle: lifecycle.id, id, input, actor, at: begin })),
    ),
  );
  let comparisons = 0;
  const compare = async (plays: readonly Play[], about: string): Promise<void> => {
    const stored = await seenOf(superuser, plays.map(({ id }) => id));
    for (const { id, live, plan } of plays) {
      const seen = stored.get(id);
      if (!seen) throw new Error(`instance ${id} is gone`);
      comparisons += 1;
      expectSame(seen, seenLive(live), `seed ${seed}, ${about}: ${JSON.stringify(plan)}`);
    }
  };
  await compare(playing, 'start');
  const times = fc.sample(fc.tuple(pauses, fc.boolean()), { seed: seed + 1, numRuns: rounds });
  const events = fc.sample(eventChoices, { seed: seed + 2, numRuns: rounds * machines });
  let now = begin;
  for (const [round, [pauseMs, awake]] of times.entries()) {
    now += pauseMs;
    await clock.moveTo(now);
    const told: { readonly play: Play; readonly event: number }[] = [];
    for (const [index, play] of playing.entries()) {
      play.live.advanceTo(now);
      const event = events[round * machines + index] ?? null;
      if (event === null || play.live.isLost) continue;
      told.push({ play, event });
      if (play.live.snapshot.status === 'active') play.live.send(eventOf(event));
    }
    playing = playing.filter(({ live }) => !live.isLost);
    const present = told.filter(({ play }) => playing.includes(play));
    if (awake && playing.length === all.length) await fireAll(runtime, organization);
    await Promise.all(
      present.map(({ play, event }) =>
        runtime.send(organization, { instance: play.id, event: eventOf(event), actor, at: now }),
      ),
    );
    // Who slept has caught up by taking an event, or does so now.
    await compare(present.map(({ play }) => play), `round ${round} at +${(now - begin) / TICK_MS} ticks`);
    if (!awake) continue;
    await fireAll(runtime, organization);
    await compare(playing, `after round ${round}`);
  }
  const { findings, entries } = await verifyStoredInstances(superuser, lifecycles, organization);
  if (findings.length > 0) throw new Error(`seed ${seed}: ${JSON.stringify(findings.slice(0, 3))}`);
  return { machines, lost: all.length - playing.length, comparisons, entries };
}
