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
  readonly index: number;
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
    {
      id: string;
      status: 'active' | 'done';
      snapshot: never;
      timers: { id: string; dueAt: number }[] | null;
    }[]
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

interface Round {
  /** From the start. */
  readonly atMs: number;
  /** Whether a worker fires what is due before anything else comes. */
  readonly awake: boolean;
  /** By machine; `null` where nothing comes. */
  readonly events: readonly (number | null)[];
}

function roundsOf({ seed, rounds, machines }: OracleRounds): readonly Round[] {
  const times = fc.sample(fc.tuple(pauses, fc.boolean()), { seed: seed + 1, numRuns: rounds });
  const events = fc.sample(eventChoices, { seed: seed + 2, numRuns: rounds * machines });
  let atMs = 0;
  return times.map(([pauseMs, awake], round) => {
    atMs += pauseMs;
    return { atMs, awake, events: events.slice(round * machines, (round + 1) * machines) };
  });
}

function tell(live: LiveActor, at: Instant, event: number | null | undefined): void {
  live.advanceTo(at);
  if (typeof event === 'number') live.send(eventOf(event));
}

/** Whether XState itself would come into something that is no state, in which nothing can be compared. */
function getsLost({ lifecycle, input, index }: Play, rounds: readonly Round[]): boolean {
  const live = new LiveActor(lifecycle, input, input.begin);
  for (const { atMs, events } of rounds) tell(live, input.begin + atMs, events[index]);
  return live.isLost();
}

/**
 * Plays random machines on PostgreSQL, all of them in the same rounds of virtual time, next to an actor of XState each,
 * and compares after every round. Instants are whole ticks of ten minutes apart, so that the time that the run itself
 * takes brings nothing about.
 */
export async function playOracleRounds(options: OracleRounds): Promise<OracleOutcome> {
  const { organization, superuser, clock, seed, machines } = options;
  const rounds = roundsOf(options);
  const begin = (Math.floor((await clock.now()) / TICK_MS) + 1) * TICK_MS;
  await clock.moveTo(begin);
  const plans = fc.sample(fc.tuple(machinePlans, fc.integer({ min: -2, max: 6_000 })), {
    seed,
    numRuns: machines,
  });
  const all = plans.map(([plan, wakesIn], index): Play => {
    const lifecycle = lifecycleOf(plan, `random-${index}`);
    const input = { begin, wakeAt: begin + wakesIn * TICK_MS };
    return { index, id: newUuid(), plan, lifecycle, input, live: new LiveActor(lifecycle, input, begin) };
  });
  const plays = all.filter((play) => !getsLost(play, rounds));
  const lifecycles = new Lifecycles(plays.map(({ lifecycle }) => lifecycle));
  const { runtime } = createPostgresRuntime({
    dataSource: options.worker,
    lifecycles,
    effects: { offer: () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  let comparisons = 0;
  const compare = async (which: readonly Play[], about: string): Promise<void> => {
    const stored = await seenOf(
      superuser,
      which.map(({ id }) => id),
    );
    for (const { id, live, plan } of which) {
      const seen = stored.get(id);
      if (!seen) throw new Error(`instance ${id} is gone`);
      comparisons += 1;
      options.expectSame(seen, seenLive(live), `seed ${seed}, ${about}: ${JSON.stringify(plan)}`);
    }
  };
  await runtime.transaction(organization, (tx) =>
    tx.startMany(
      plays.map(({ id, lifecycle, input }) => ({ lifecycle: lifecycle.id, id, input, actor, at: begin })),
    ),
  );
  await compare(plays, 'start');
  for (const { atMs, awake, events } of rounds) {
    const now = begin + atMs;
    await clock.moveTo(now);
    for (const { live, index } of plays) tell(live, now, events[index]);
    if (awake) await fireAll(runtime, organization);
    const told = plays.filter(({ index }) => typeof events[index] === 'number');
    await Promise.all(
      told.map(({ id, index }) =>
        runtime.send(organization, { instance: id, event: eventOf(events[index] ?? 0), actor, at: now }),
      ),
    );
    // Whoever slept has caught up on the way to its event; the others still lie behind.
    await compare(awake ? plays : told, `+${atMs / TICK_MS} ticks`);
  }
  await fireAll(runtime, organization);
  await compare(plays, 'end');
  const { findings, entries } = await verifyStoredInstances(superuser, lifecycles, organization);
  if (findings.length > 0) throw new Error(`seed ${seed}: ${JSON.stringify(findings.slice(0, 3))}`);
  return { machines, lost: all.length - plays.length, comparisons, entries };
}
