import * as fc from 'fast-check';
import { type Actor } from '../engine/records';
import { TimeLimitExceeded, type StoreTransaction } from '../engine/store.port';
import { type SendCommand } from '../engine/commands';
import { type AuthorizationRequest } from '../engine/work-hooks';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { type Explanation, type WhatCan } from '../runtime/instance-queries';
import { type WorkflowRuntime } from '../runtime/workflow.runtime';
import { leaveRequest } from './leave-request.lifecycle';

/** A runtime with `leaveRequest` and `onlyTheirOwn`, on which nobody fires timers. */
export interface RuntimeUnderTest<TTransaction extends StoreTransaction> {
  readonly runtime: WorkflowRuntime<TTransaction>;
  newId(): string;
  now(): Promise<number>;
  /** Lets business time pass. */
  sleep(milliseconds: number): Promise<void>;
}

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const employee: Actor = { kind: 'person', id: 'an' };
const manager: Actor = { kind: 'person', id: 'binh' };
const stranger: Actor = { kind: 'person', id: 'stranger' };

/** Strangers may do nothing; nobody but the employee withdraws. */
export const onlyTheirOwn = ({ actor, event, instance }: AuthorizationRequest): Refusal | null => {
  const isOwn = actor.id === instance.snapshot.context['employee'];
  if (actor.id === 'stranger' || (event === 'withdraw' && !isOwn))
    return refusal('not-yours', { vi: 'Không thuộc thẩm quyền.', en: 'Not yours to do.' });
  return null;
};

function granted<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.en}`);
  return answer;
}

const outlooks = (can: WhatCan) =>
  Object.fromEntries(
    can.events.map(({ type, outlook, reasons }) => [
      type,
      outlook === 'possible' ? outlook : `${outlook}: ${reasons.map(({ code }) => code).join(', ')}`,
    ]),
  );

/** What the calls of a runtime promise, whatever store it is on. */
export function runtimeCallsContract<TTransaction extends StoreTransaction>(
  make: () => Promise<RuntimeUnderTest<TTransaction>> | RuntimeUnderTest<TTransaction>,
): void {
  let under: RuntimeUnderTest<TTransaction>;
  let runtime: WorkflowRuntime<TTransaction>;

  beforeAll(async () => {
    under = await make();
    runtime = under.runtime;
  });

  const start = async (answerInDays = 5) => {
    const now = await under.now();
    const input = { employee: 'an', answerBy: now + answerInDays * DAY };
    const { id } = granted(
      await runtime
        .of(leaveRequest)
        .start(ORGANIZATION, { id: under.newId(), input, actor: employee, at: now }),
    );
    return { id, now };
  };
  const leave = () => runtime.of(leaveRequest);
  const whatCan = async (id: string, actor: Actor) => granted(await runtime.whatCan(ORGANIZATION, id, actor));
  const revisionOf = async (id: string) => (await whatCan(id, employee)).revision;
  const withdraw = (instance: string, actor = employee): SendCommand => ({
    instance,
    event: { type: 'withdraw' },
    actor,
  });
  const lengthen = (instance: string, days = 1): SendCommand => ({
    instance,
    event: { type: 'lengthen', days },
    actor: employee,
  });

  describe('who may', () => {
    it('asks before the machine is asked, for persons only, and changes nothing when it refuses', async () => {
      const { id } = await start();
      const send = (actor: Actor) => runtime.send(ORGANIZATION, withdraw(id, actor));
      expect(await send(stranger)).toMatchObject({ refused: true, code: 'not-yours' });
      expect(await send(manager)).toMatchObject({ code: 'not-yours' });
      expect(await revisionOf(id)).toBe(1);
      expect(await send({ kind: 'system', id: 'stranger' })).toMatchObject({ status: 'done' });
      expect(await send(stranger)).toMatchObject({ code: 'not-yours' });
      expect(await send(employee)).toMatchObject({ code: 'lifecycle-ended' });
    });
  });

  describe('what is entered', () => {
    it('is refused with its field where it does not fit, and kept as the schema makes it', async () => {
      const { id } = await start();
      const refused = await runtime.send(ORGANIZATION, lengthen(id, 0));
      expect(refused).toMatchObject({
        code: 'invalid-payload',
        field: 'days',
        vi: 'Phải từ 1.',
        en: 'Must be at least 1.',
      });
      expect(await revisionOf(id)).toBe(1);
      const event = { type: 'lengthen', days: 2, other: 'x', refused: true };
      granted(await runtime.send(ORGANIZATION, { instance: id, event, actor: employee }));
      const [, line] = granted(await runtime.history(ORGANIZATION, id));
      expect(line?.event).toEqual({ type: 'lengthen', days: 2, note: '' });
    });
  });

  describe('what can be done', () => {
    it('tells of every event whether it is possible, depends on what is entered, or why it is refused', async () => {
      const { id, now } = await start();
      const can = await whatCan(id, employee);
      expect(can).toMatchObject({
        lifecycle: 'leave-request',
        state: { open: 'waiting' },
        status: 'active',
        tags: ['open'],
        revision: 1,
        overdueSteps: 0,
        waitedFor: ['manager'],
        pending: [
          {
            id: 'xstate.after.answer.leave.open.waiting',
            dueAt: now + 5 * DAY,
            label: { en: 'Answer due' },
            parked: false,
          },
        ],
      });
      expect(outlooks(can)).toEqual({
        approve: 'depends: own-request',
        lengthen: 'depends: too-many-days',
        return: 'possible',
        withdraw: 'possible',
      });
      expect(can.events.find(({ type }) => type === 'lengthen')).toMatchObject({
        label: { vi: 'Xin thêm ngày', en: 'Ask for more days' },
        payload: {
          type: 'object',
          required: ['days'],
          properties: { days: { type: 'integer', minimum: 1 } },
        },
      });
      expect(outlooks(await whatCan(id, stranger))).toMatchObject({
        approve: 'refused: not-yours',
        return: 'refused: not-yours',
      });
    });

    it('knows guards that only look at the context, and events that a state shuts out', async () => {
      const { id } = await start();
      granted(await leave().send(ORGANIZATION, { instance: id, event: { type: 'return' }, actor: manager }));
      const can = await whatCan(id, manager);
      expect(can.waitedFor).toEqual(['employee']);
      expect(outlooks(can)).toMatchObject({ approve: 'refused: own-request', resume: 'possible' });
      granted(await leave().send(ORGANIZATION, { instance: id, event: { type: 'resume' }, actor: employee }));
      expect(outlooks(await whatCan(id, manager))).toMatchObject({ return: 'refused: returned-already' });
    });

    it('counts in what has fallen due and was not fired, without writing it', async () => {
      const { id } = await start(1);
      await under.sleep(2 * DAY);
      const can = await whatCan(id, manager);
      expect(can).toMatchObject({
        state: { open: 'escalated' },
        revision: 1,
        overdueSteps: 1,
        waitedFor: ['manager', 'head'],
      });
      expect(can.pending).toHaveLength(1);
      expect(outlooks(can)).not.toHaveProperty('return');
      expect(granted(await runtime.history(ORGANIZATION, id))).toHaveLength(1);
      expect(granted(await runtime.verify(ORGANIZATION, id))).toEqual([]);
      const answer = await leave().send(ORGANIZATION, {
        instance: id,
        event: { type: 'approve', by: 'binh' },
        actor: manager,
        expectedRevision: can.revision,
      });
      expect(answer).toMatchObject({ revision: 3, snapshot: { value: 'approved' } });
      expect(await whatCan(id, manager)).toMatchObject({
        status: 'done',
        events: [],
        pending: [],
        waitedFor: [],
      });
    });

    it('agrees with what sending answers, for any instance, person, event and delay', async () => {
      const event = fc.oneof(
        fc.constantFrom('an', 'binh').map((by) => ({ type: 'approve', by })),
        fc.integer({ min: 1, max: 8 }).map((days) => ({ type: 'lengthen', days, note: '' })),
        fc.constantFrom('return', 'resume', 'withdraw').map((type) => ({ type })),
      );
      const acts = fc.array(
        fc.record({ event, actor: fc.constantFrom(employee, manager, stranger), hours: fc.nat(30) }),
        { maxLength: 8 },
      );
      const met = { possible: 0, depends: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(acts, async (all) => {
          const { id } = await start(2);
          for (const { event: sent, actor, hours } of all) {
            await under.sleep(hours * HOUR);
            const { events } = await whatCan(id, actor);
            const told = events.find(({ type }) => type === sent.type);
            const answer = await runtime.send(ORGANIZATION, { instance: id, event: sent, actor });
            if (told) met[told.outlook]++;
            if (told?.outlook === 'possible') expect(answer).not.toHaveProperty('refused');
            if (told?.outlook === 'refused') expect(answer).toEqual(told.reasons[0]);
            if (!told) expect(answer).toMatchObject({ refused: true });
          }
          expect(granted(await runtime.verify(ORGANIZATION, id))).toEqual([]);
        }),
        { seed: 20_261_121, numRuns: 40 },
      );
      expect(Math.min(...Object.values(met))).toBeGreaterThan(5);
    });

    it('knows no instance of another organization', async () => {
      const { id } = await start();
      const elsewhere = '00000000-0000-4000-8000-000000000002';
      for (const answer of [
        await runtime.whatCan(elsewhere, id, employee),
        await runtime.explain(elsewhere, id),
        await runtime.history(elsewhere, id),
        await runtime.stateAt(elsewhere, id, { revision: 1 }),
        await runtime.replay(elsewhere, id),
        await runtime.verify(elsewhere, id),
      ])
        expect(answer).toMatchObject({ refused: true, code: 'unknown-instance' });
    });
  });

  describe('what was', () => {
    it('is told in pages, at a revision, at an instant, and state by state', async () => {
      const { id, now } = await start(5);
      granted(await runtime.send(ORGANIZATION, lengthen(id, 2)));
      granted(await leave().send(ORGANIZATION, { instance: id, event: { type: 'return' }, actor: manager }));
      await under.sleep(DAY);
      granted(await leave().send(ORGANIZATION, { instance: id, event: { type: 'resume' }, actor: employee }));

      const page = granted(await runtime.history(ORGANIZATION, id, { after: 1, limit: 2 }));
      expect(page.map(({ revision, event }) => `${revision} ${event.type}`)).toEqual([
        '2 lengthen',
        '3 return',
      ]);
      expect(page[0]?.hash).toMatch(/^[0-9a-f]{64}$/);

      expect(await runtime.stateAt(ORGANIZATION, id, { revision: 2 })).toMatchObject({
        revision: 2,
        state: { open: 'waiting' },
        context: { days: 3 },
        status: 'active',
        pending: [{ id: 'xstate.after.answer.leave.open.waiting', dueAt: now + 5 * DAY }],
      });
      expect(await runtime.stateAt(ORGANIZATION, id, { at: now + DAY / 2 })).toMatchObject({
        revision: 3,
        state: { open: 'returned' },
        pending: [],
      });
      expect(await runtime.stateAt(ORGANIZATION, id, { at: now - 1 })).toMatchObject({
        code: 'not-started-yet',
      });
      for (const revision of [0, 5])
        expect(await runtime.stateAt(ORGANIZATION, id, { revision })).toMatchObject({
          code: 'unknown-revision',
        });
      const states = granted(await runtime.replay(ORGANIZATION, id));
      expect(states.map(({ state }) => JSON.stringify(state))).toEqual([
        '{"open":"waiting"}',
        '{"open":"waiting"}',
        '{"open":"returned"}',
        '{"open":"waiting"}',
      ]);
    });
  });

  describe('what comes', () => {
    it('is what will happen if nobody acts, with where it is, since when and by whom', async () => {
      const { id, now } = await start(1);
      granted(await runtime.send(ORGANIZATION, { ...lengthen(id), at: now }));
      const account = granted<Explanation>(await runtime.explain(ORGANIZATION, id));
      expect(account).toMatchObject({
        state: { open: 'waiting' },
        since: now,
        lastMove: { revision: 2, actor: employee, event: { type: 'lengthen', days: 1 } },
        pending: [{ dueAt: now + DAY, then: { state: { open: 'escalated' } } }],
        ahead: [
          {
            at: now + DAY,
            timer: 'xstate.after.answer.leave.open.waiting',
            label: { en: 'Answer due' },
            state: { open: 'escalated' },
            effects: [{ name: 'tellHead', payload: { of: 'an' } }],
          },
          { at: now + 3 * DAY, state: 'lapsed', label: null, effects: [], moves: [] },
        ],
        goesOn: false,
        failsAt: null,
        parked: [],
      });
      await under.sleep(2 * DAY);
      const later = granted<Explanation>(await runtime.explain(ORGANIZATION, id));
      expect(later).toMatchObject({ since: now + DAY, lastMove: { kind: 'timer', at: now + DAY } });
      expect(later.ahead).toEqual(account.ahead.slice(1));
      await under.sleep(2 * DAY);
      await runtime.fireDue(ORGANIZATION, { limit: 1_000 });
      const states = granted(await runtime.replay(ORGANIZATION, id));
      expect(states.slice(2).map(({ at, state }) => ({ at, state }))).toEqual(
        account.ahead.map(({ at, state }) => ({ at, state })),
      );
    });
  });

  describe('many at once', () => {
    it('go all or none, and say which was refused', async () => {
      const [a, b] = [await start(), await start()];
      const answer = await runtime.sendMany(
        ORGANIZATION,
        [lengthen(a.id), lengthen(b.id), lengthen(b.id, -1)],
        { atomic: true },
      );
      expect(answer).toMatchObject({ code: 'invalid-payload', field: 'commands.2.days' });
      expect([await revisionOf(a.id), await revisionOf(b.id)]).toEqual([1, 1]);
      const sent = granted(
        await runtime.sendMany(ORGANIZATION, [lengthen(a.id), lengthen(b.id), lengthen(b.id)], {
          atomic: true,
        }),
      );
      expect(sent.map(({ revision }) => revision)).toEqual([2, 2, 3]);
    });

    it('or each by itself, those of one instance in order', async () => {
      const [a, b] = [await start(), await start()];
      const commands = [
        lengthen(a.id, 2),
        withdraw(b.id),
        lengthen(a.id, 20),
        withdraw(a.id),
        lengthen(a.id),
      ];
      const answers = await runtime.sendMany(ORGANIZATION, commands, { atomic: false });
      expect(
        answers.map((each) =>
          'error' in each ? 'error' : isRefusal(each.answer) ? each.answer.code : each.answer.revision,
        ),
      ).toEqual([2, 2, 'too-many-days', 3, 'lifecycle-ended']);
    });
  });

  describe('a request under a key', () => {
    it('is done once and answered to the letter; another request under it is refused', async () => {
      const { id } = await start();
      const idempotency = { key: `k-${id}`, caller: 'an', fingerprint: 'lengthen 1' };
      const ask = () => runtime.send(ORGANIZATION, lengthen(id), { idempotency });
      const [first, second] = await Promise.all([ask(), ask()]);
      granted(await runtime.send(ORGANIZATION, lengthen(id)));
      const third = await ask();
      expect(first).toMatchObject({ revision: 2 });
      expect(second).toEqual(first);
      expect(third).toEqual(first);
      expect(await revisionOf(id)).toBe(3);
      const other = { ...idempotency, fingerprint: 'lengthen 2' };
      const refused = await runtime.sendMany(ORGANIZATION, [lengthen(id, 2)], {
        atomic: true,
        idempotency: other,
      });
      expect(refused).toMatchObject({ code: 'idempotency-key-reused' });
      const anothers = { ...other, caller: 'binh' };
      granted(await runtime.send(ORGANIZATION, lengthen(id, 2), { idempotency: anothers }));
    });
  });

  describe('a call with a time limit', () => {
    /** Holds an instance in a transaction until it is let go. */
    const hold = async (id: string) => {
      let letGo: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      let holds: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (holds = resolve));
      const done = runtime.transaction(ORGANIZATION, async (tx) => {
        const sent = await tx.send(lengthen(id));
        holds();
        await gate;
        return sent;
      });
      await held;
      return { letGo, done };
    };
    const outcomeOf = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        (error: unknown) => (error instanceof TimeLimitExceeded ? error.outcome : error),
      );

    it('is answered that nothing happened, and nothing does, when it waits for a lock or in the lane', async () => {
      const { id } = await start();
      const { letGo, done } = await hold(id);
      // Two are on their way, one waits behind them.
      const patient = [runtime.send(ORGANIZATION, lengthen(id)), runtime.send(ORGANIZATION, lengthen(id))];
      const limited = [
        runtime.send(ORGANIZATION, lengthen(id, 3), { timeLimitMs: 100 }),
        runtime.transaction(ORGANIZATION, (tx) => tx.send(lengthen(id, 3)), { timeLimitMs: 100 }),
        runtime.start(
          ORGANIZATION,
          { lifecycle: 'none', id: under.newId(), input: {}, actor: employee },
          { timeLimitMs: 1_000_000 },
        ),
      ];
      const outcomes = limited.map(outcomeOf);
      expect(await Promise.all(outcomes.slice(0, 2))).toEqual(['nothing-happened', 'nothing-happened']);
      letGo();
      granted(await done);
      for (const answer of await Promise.all(patient)) granted(answer);
      expect(await outcomes[2]).toMatchObject({ message: 'there is no lifecycle "none"' });
      const { context } = granted(await runtime.stateAt(ORGANIZATION, id, { revision: 4 }));
      expect(context).toMatchObject({ days: 4 });
      expect(await revisionOf(id)).toBe(4);
    });

    it('is never committed when its work is done too late', async () => {
      const { id } = await start();
      let finish: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (finish = resolve));
      const call = runtime.transaction(
        ORGANIZATION,
        async (tx) => {
          const sent = await tx.send(lengthen(id, 7));
          await gate;
          return sent;
        },
        { timeLimitMs: 100 },
      );
      expect(await outcomeOf(call)).toBe('nothing-happened');
      finish();
      // Waits for the lock that the other still has.
      expect(await runtime.send(ORGANIZATION, lengthen(id))).toMatchObject({
        revision: 2,
        snapshot: { context: { days: 2 } },
      });
    });

    it('gives up one that shares a transaction, and carries the others out', async () => {
      const { id } = await start();
      const { letGo, done } = await hold(id);
      const first = [runtime.send(ORGANIZATION, lengthen(id)), runtime.send(ORGANIZATION, lengthen(id))];
      const together = [
        runtime.send(ORGANIZATION, lengthen(id)),
        runtime.send(ORGANIZATION, lengthen(id), { timeLimitMs: 60_000 }),
      ];
      const limited = outcomeOf(runtime.send(ORGANIZATION, lengthen(id, 5), { timeLimitMs: 150 }));
      expect(await limited).toBe('nothing-happened');
      letGo();
      granted(await done);
      for (const answer of await Promise.all([...first, ...together])) granted(answer);
      expect(await revisionOf(id)).toBe(6);
    });

    it('is an ordinary one as long as there is time', async () => {
      const { id } = await start();
      granted(await runtime.send(ORGANIZATION, lengthen(id), { timeLimitMs: 60_000 }));
      expect(await runtime.send(ORGANIZATION, lengthen(id, 50), { timeLimitMs: 60_000 })).toMatchObject({
        code: 'too-many-days',
      });
      await expect(runtime.send(ORGANIZATION, lengthen(id), { timeLimitMs: 0 })).rejects.toThrow(
        /timeLimitMs is 0/,
      );
    });
  });
}
