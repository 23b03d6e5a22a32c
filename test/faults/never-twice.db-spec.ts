import { isRefusal, type InstanceChange } from '@dondoc/workflow';
import { delivery, purchaseOrder } from '@dondoc/workflow/testing/purchase-order.lifecycle';
import { Queues } from '@dondoc/workflow/durable/index';
import { StoreUnavailable } from '@dondoc/workflow/engine/store.port';
import { describeOnEachQueue } from '../services/test-queue';
import { bells, louderBells } from './bell.lifecycle';
import { type Employed } from './employed-worker';
import { FaultGround, HOUR, ORGANIZATION } from './fault-ground';
import { fail, Trouble } from './trouble';

const MINUTE = 60_000;
const FAR = 9_000 * HOUR;
const actor = { kind: 'person', id: 'an' } as const;
const touch = { type: 'touch' };
const soon = (now: number): [number, number, number] => [now + HOUR, now + HOUR + 1, now + 2 * HOUR];

describeOnEachQueue('never lost, never twice', (kind) => {
  let ground: FaultGround;
  let driver: Employed;
  const cursed = new Set<string>();
  const project = (changes: readonly InstanceChange[]) =>
    changes.some(({ after }) => cursed.has(after.id))
      ? Promise.reject(new Error('this projection fails'))
      : Promise.resolve();

  beforeAll(async () => {
    ground = await FaultGround.open(kind);
  });

  beforeEach(async () => {
    driver = await ground.employ({ project });
  });

  afterEach(async () => {
    cursed.clear();
    await ground.dismiss();
    const { wrong } = await ground.account();
    expect(wrong).toEqual([]);
  });

  afterAll(async () => {
    await ground.close();
  });

  /** Workers that have begun. */
  async function workers(
    count: number,
    options: Parameters<FaultGround['employ']>[0] = {},
  ): Promise<Employed[]> {
    const begun: Employed[] = [];
    for (let nth = 0; nth < count; nth++) {
      const employed = await ground.employ({ project, ...options });
      await employed.worker.start();
      begun.push(employed);
    }
    return begun;
  }

  async function pass(milliseconds: number): Promise<void> {
    await ground.clock.moveTo((await ground.clock.now()) + milliseconds);
  }

  const timersOf = async (id: string) =>
    ((await ground.entriesOf([id])).get(id) ?? []).filter((entry) => entry.kind === 'timer');

  it('two workers claim the same slice at the same moment', async () => {
    const ids = await ground.hangBells(driver, 120, soon);
    const faults = [new Trouble(), new Trouble()];
    const halts = faults.map((trouble) => trouble.hold('timers.claimed'));
    await pass(3 * HOUR);
    const starting: Promise<void>[] = [];
    for (const trouble of faults) starting.push((await ground.employ({ faults: trouble })).worker.start());
    // Each has claimed something, or nothing, before either goes on.
    await Promise.all(halts.map(({ reached }) => reached));
    halts.forEach(({ release }) => release());
    await Promise.all(starting);
    await ground.untilQuiet();
    expect((await timersOf(ids[0] ?? '')).length).toBe(3);
  });

  it('the queue is emptied while timers and effects are under way', async () => {
    await workers(2);
    await ground.hangBells(driver, 200, (now) => [now + HOUR, now + 2 * HOUR, now + 3 * HOUR]);
    for (const _ of [1, 2, 3]) {
      await pass(HOUR + MINUTE);
      await ground.loseQueue();
    }
    await ground.untilQuiet();
  });

  it('the same job is delivered twice', async () => {
    const queues = new Queues({ ...ground.queue, postgresUrl: ground.database.workerUrl });
    const [timers, effects] = [queues.queue('timers', {}), queues.queue('effects', {})];
    await ground.hangBells(driver, 40, soon);
    await pass(HOUR + MINUTE);
    await driver.runtime.fireDue(ORGANIZATION, { limit: 500 });
    const waiting = await ground.superuser.query<unknown[]>('select from workflow.outbox');
    expect(waiting).toHaveLength(80);
    for (const twice of ['again', 'and again']) {
      for (const shard of [0, 1, 2, 3]) await timers.add('slice', { shard }, { jobId: `${twice} ${shard}` });
      await effects.add('effects', { organization: ORGANIZATION }, { jobId: `${twice} effects` });
    }
    await pass(2 * HOUR);
    await workers(2);
    await ground.untilQuiet();
    for (const queue of [timers, effects]) await queues.closeQueue(queue);
  });

  it('a thousand send to one instance at the same time', async () => {
    const [id = ''] = await ground.hangBells(driver, 1, (now) => [now + FAR, now + FAR, now + FAR]);
    const command = { instance: id, event: touch, actor };
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        index % 20 === 0
          ? driver.runtime.transaction(ORGANIZATION, (tx) => tx.send(command))
          : driver.runtime.send(ORGANIZATION, command),
      ),
    );
    const revisions = answers.map((answer) => (isRefusal(answer) ? Number.NaN : answer.revision));
    expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 2));
    const [row] = await ground.superuser.query<{ revision: number; touched: number }[]>(
      `select revision, (snapshot -> 'context' ->> 'touched')::int as touched
       from workflow.instance where id = $1`,
      [id],
    );
    expect(row).toEqual({ revision: 1_001, touched: 1_000 });
  });

  it('timers at 08:00 and 08:30 of one instance are claimed by two workers', async () => {
    const faults = new Trouble();
    const slow = await ground.employ({ faults });
    const [id = ''] = await ground.hangBells(driver, 1, (now) => [
      now + HOUR,
      now + HOUR + 30 * MINUTE,
      now + FAR,
    ]);
    const halt = faults.hold('timers.stepped');
    await pass(HOUR + MINUTE);
    const atEight = slow.runtime.fireDue(ORGANIZATION, { limit: 500 });
    await halt.reached;
    await pass(HOUR);
    const meanwhile = await driver.runtime.fireDue(ORGANIZATION, { limit: 500 });
    expect(meanwhile).toMatchObject({ claimed: 0 });
    halt.release();
    expect(await atEight).toMatchObject({ fired: 1 });
    expect(await driver.runtime.fireDue(ORGANIZATION, { limit: 500 })).toMatchObject({ fired: 1 });
    const [first, second] = await timersOf(id);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(30 * MINUTE);
    await workers(1);
    await ground.untilQuiet();
  });

  it('a report at 17:05 meets a timer due at 17:00 while the worker was down', async () => {
    const [id = ''] = await ground.hangBells(driver, 1, soon);
    const [start] = (await ground.entriesOf([id])).get(id) ?? [];
    const due = (start?.event as { input?: { instants: number[] } }).input?.instants[0] ?? 0;
    await pass(due + 5 * MINUTE - (await ground.clock.now()));
    const answer = await driver.runtime.send(ORGANIZATION, {
      instance: id,
      event: { type: 'report' },
      actor,
    });
    if (isRefusal(answer)) throw new Error(answer.en);
    ground.endsAt(id, answer.at);
    await workers(1);
    await pass(3 * HOUR);
    await ground.untilQuiet();
    const entries = (await ground.entriesOf([id])).get(id) ?? [];
    expect(entries.map(({ kind: what, event }) => (what === 'event' ? event.type : what))).toEqual([
      'start',
      'timer',
      'timer',
      'report',
    ]);
    expect(entries[1]?.at).toBe(due);
    expect(entries[3]?.at).toBeGreaterThanOrEqual(due + 5 * MINUTE);
  });

  it('a thousand timers are set shortly before they are due, and their wake-ups are lost', async () => {
    const faults = new Trouble();
    faults.whenever('wake-ups.announcing', () => true, fail);
    const unheard = await ground.employ({ faults });
    await workers(2);
    for (let batch = 0; batch < 17; batch++) {
      const near = (now: number, index: number) => now + 50 + ((batch * 20 + index) * 650) / 340;
      // Half of them wake the holders as usual, so that the slices are active when the others come.
      await ground.hangBells(batch % 2 === 0 ? unheard : driver, 20, (now, index) => [
        Math.floor(near(now, index)),
        Math.floor(near(now, index)) + 600,
        Math.floor(near(now, index)) + 1_300,
      ]);
    }
    await ground.untilNothingIsDueBefore((await ground.clock.now()) + 3_000);
  });

  it('one hook of a batch of 500 fails: its instance alone is parked, and people can still act on it', async () => {
    const ids = await ground.hangBells(driver, 500, soon);
    const victim = ids[217] ?? '';
    cursed.add(victim);
    await pass(HOUR + MINUTE);
    expect(await driver.runtime.fireDue(ORGANIZATION, { limit: 1_000 })).toMatchObject({
      claimed: 500,
      fired: 499,
      parked: 1,
    });
    const parked = await ground.superuser.query<{ instance_id: string; parked_error: string }[]>(
      'select instance_id, parked_error from workflow.timer where parked_at is not null',
    );
    expect(parked).toEqual([{ instance_id: victim, parked_error: 'this projection fails' }]);
    cursed.clear();
    await workers(2);
    await pass(2 * HOUR);
    await ground.untilQuiet();
    expect(await timersOf(victim)).toEqual([]);
    ground.endsAt(victim, 0);
    const answer = await driver.runtime.send(ORGANIZATION, {
      instance: victim,
      event: { type: 'report' },
      actor,
    });
    expect(answer).toMatchObject({ status: 'done' });
  });

  it('a PostgreSQL that is out of space is nobody’s fault: nothing is parked, and all fire the next time', async () => {
    await ground.hangBells(driver, 30, soon);
    const full = await ground.employ({
      project: async (_, tx) => {
        await tx.query(`do $$ begin raise 'no space' using errcode = '53100'; end $$`);
      },
    });
    await pass(3 * HOUR);
    await expect(full.runtime.fireDue(ORGANIZATION, { limit: 500 })).rejects.toThrow(StoreUnavailable);
    await workers(1);
    await ground.untilQuiet();
  });

  it('sends that share a commit are refused or fail: each is answered by itself', async () => {
    const ids = await ground.placeOrders(driver, 6, () => []);
    cursed.add(ids[3] ?? '');
    const answers = await Promise.allSettled(
      ids.map((instance, index) =>
        driver.runtime.send(ORGANIZATION, {
          instance,
          event: index === 1 ? { type: 'approve', by: 'an' } : { type: 'reject', by: 'binh', reason: '' },
          actor,
        }),
      ),
    );
    expect(
      answers.map((each) =>
        each.status === 'rejected' ? 'failed' : isRefusal(each.value) ? each.value.code : each.value.status,
      ),
    ).toEqual(['done', 'approver-is-buyer', 'done', 'failed', 'done', 'done']);
  });

  it('old and new code run together during a deploy', async () => {
    const newer = { lifecycles: [bells, louderBells, purchaseOrder, delivery] };
    const [withNew] = await workers(1, newer);
    const [withOld] = await workers(1);
    if (!withNew || !withOld) throw new Error('nobody works');
    const [before, after] = [
      await ground.hangBells(withOld, 60, soon),
      await ground.hangBells(withNew, 60, soon),
    ];
    const sendTo = (to: Employed, instance: string) =>
      to.runtime.send(ORGANIZATION, { instance, event: touch, actor });
    const answers = await Promise.all([
      ...before.slice(0, 10).map((id) => sendTo(withOld, id)),
      ...after.slice(0, 10).map((id) => sendTo(withOld, id)),
      ...[...before, ...after].map((id) => sendTo(withNew, id)),
    ]);
    // What the old code does not know it leaves alone, and says so.
    expect(answers.map((answer) => (isRefusal(answer) ? answer.code : 'done'))).toEqual(
      answers.map((_, index) => (index >= 10 && index < 20 ? 'unknown-version' : 'done')),
    );
    await pass(HOUR + MINUTE);
    await ground.untilQuiet();
    await withOld.worker.stop();
    await pass(HOUR);
    await ground.untilQuiet();
    const versions = await ground.superuser.query<{ version: number; count: number }[]>(
      `select version, count(*)::int from workflow.instance where id = any($1) and status = 'done'
       group by version order by version`,
      [[...before, ...after]],
    );
    expect(versions).toEqual([
      { version: 1, count: 60 },
      { version: 2, count: 60 },
    ]);
  });

  it('old code that holds every slice lets go of what only new code can fire', async () => {
    const newer = { lifecycles: [bells, louderBells, purchaseOrder, delivery] };
    const faults = new Trouble();
    const holdsAll = faults.reachedTimes('slice.held', 4);
    const writer = await ground.employ(newer);
    await ground.hangBells(writer, 60, (now) => [now + 30_000, now + FAR, now + FAR]);
    await workers(1, { faults });
    await holdsAll;
    // Its sweep does not come to its help.
    await workers(1, { ...newer, sweepMs: HOUR });
    await pass(MINUTE);
    await ground.untilNothingIsDue();
    await workers(1, newer);
    await ground.untilQuiet();
  });

  it('a worker is asked to stop while it starts', async () => {
    const { worker } = await ground.employ();
    const starting = worker.start();
    await worker.stop();
    await starting;
    const listening = `select from pg_stat_activity where datname = $1 and application_name = 'dondoc wake-ups'`;
    expect(await ground.superuser.query(listening, [ground.database.name])).toEqual([]);
  });

  it('and every chain verifies and replays to the stored state', async () => {
    expect(await ground.verify()).toEqual([]);
  });
});
