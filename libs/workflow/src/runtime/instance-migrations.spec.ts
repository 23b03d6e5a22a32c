import fc from 'fast-check';
import { verifyInstance } from '../engine/replay';
import {
  canonicalJson,
  defineLifecycle,
  defineMigration,
  eventOf,
  isRefusal,
  keepTimers,
  Lifecycles,
  MemoryRuntime,
  readEntry,
  type MigratedInstance,
  type MigratingInstance,
} from '../index';
import { booking } from '../testing/booking.lifecycle';
import { purchaseOrderTo2, purchaseOrderV2 } from '../testing/purchase-order-v2.lifecycle';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 9, 5, 5);
const actor = { kind: 'person', id: 'an' } as const;
const admin = { kind: 'system', id: 'release' } as const;
const both = new Lifecycles([purchaseOrder, purchaseOrderV2, delivery], [purchaseOrderTo2]);
const orderId = (index: number): string => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function office() {
  return new MemoryRuntime({
    lifecycles: [purchaseOrder, delivery],
    now: NOON,
    hooks: {
      prepareStart: {
        delivery: ({ input, from }) => Promise.resolve({ for: String(input['for']), order: from.id }),
      },
    },
  });
}

type Office = ReturnType<typeof office>;

const start = (memory: Office, index: number, input: Record<string, unknown> = {}) =>
  memory.transaction(ORGANIZATION, (tx) =>
    tx.start({
      lifecycle: 'purchase-order',
      id: orderId(index),
      input: { buyer: 'an', answerBy: NOON + 40 * DAY, nudges: [NOON + DAY, NOON + 2 * DAY], ...input },
      actor,
    }),
  );

const findings = (memory: Office, catalogue: Lifecycles) =>
  memory.store
    .instances(ORGANIZATION)
    .flatMap((instance) =>
      verifyInstance(catalogue, instance, memory.store.history(ORGANIZATION, instance.id)),
    );

const everything = (memory: Office): string =>
  canonicalJson(
    memory.store.instances(ORGANIZATION).map((instance) => ({
      instance,
      history: memory.store.history(ORGANIZATION, instance.id),
      timers: memory.store.timers(ORGANIZATION, instance.id),
    })),
  );

const migrate = (memory: Office, more: object = {}) =>
  memory.migrateInstances(ORGANIZATION, 'purchase-order', { actor: admin, ...more });

/** The second version with another migration to it. */
const withMigration = (change: (migrated: MigratedInstance<never>, old: MigratingInstance) => object) => {
  const migration = {
    ...purchaseOrderTo2,
    migrate: (old: MigratingInstance) =>
      ({
        ...purchaseOrderTo2.migrate(old),
        ...change(purchaseOrderTo2.migrate(old) as MigratedInstance<never>, old),
      }) as MigratedInstance,
  };
  return new Lifecycles([purchaseOrder, purchaseOrderV2, delivery], [migration]);
};

const ANSWER = 'xstate.after.answer.order.open.decision.undecided';
const NUDGE = 'xstate.after.nudge.order.open.nudging.waiting';

describe('migrating instances to another version', () => {
  it('leaves a random order where it was, and what happens to it afterwards is the same', async () => {
    const acts = fc.record({
      day: fc.integer({ min: 0, max: 12 }),
      order: fc.integer({ min: 0, max: 3 }),
      event: fc.constantFrom(
        { type: 'approve', by: 'binh', at: 0 } as const,
        { type: 'approve', by: 'an', at: 0 } as const,
        { type: 'reject', by: 'binh', reason: 'hết kinh phí', at: 0 } as const,
        { type: 'postpone', answerBy: NOON + 9 * DAY, at: 0 } as const,
        { type: 'delivery-settled', at: 0 } as const,
      ),
    });
    const inputs = fc.record({
      answerBy: fc.integer({ min: 1, max: 12 }).map((days) => NOON + days * DAY),
      nudges: fc
        .array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 })
        .map((days) => days.map((d) => NOON + d * DAY)),
    });
    let met = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(inputs, { minLength: 4, maxLength: 4 }),
        fc.array(acts, { maxLength: 10 }),
        fc.integer({ min: 0, max: 12 }),
        async (orders, wishes, migrationDay) => {
          const migrated = office();
          const control = office();
          for (const memory of [migrated, control]) {
            for (const [index, input] of orders.entries()) await start(memory, index, input);
            const byDay = [...wishes].sort((a, b) => a.day - b.day);
            for (let day = 0; day <= 14; day++) {
              await memory.advanceTo(NOON + day * DAY);
              if (day === migrationDay && memory === migrated) {
                memory.deploy(both);
                const { migrated: count, failed } = await migrate(memory);
                expect(failed).toEqual([]);
                met += count;
              }
              for (const { order, event } of byDay.filter((wish) => wish.day === day))
                await memory.transaction(ORGANIZATION, (tx) =>
                  tx.send({ instance: orderId(order), event: eventOf(purchaseOrder, event), actor }),
                );
            }
          }
          const told = (memory: Office, index: number) =>
            memory.store
              .history(ORGANIZATION, orderId(index))
              .map(readEntry)
              .filter(({ kind }) => kind !== 'migrate')
              .map(({ at, event, to }) => ({ at, event, to }));
          const asBefore = (value: unknown) =>
            JSON.parse(JSON.stringify(value).replaceAll('undecided', 'waiting')) as unknown;
          for (const index of orders.keys())
            expect(asBefore(told(migrated, index))).toEqual(asBefore(told(control, index)));
          expect(findings(migrated, both)).toEqual([]);
          const left = migrated.store
            .instances(ORGANIZATION)
            .filter(({ lifecycle, status }) => lifecycle === 'purchase-order' && status === 'active');
          expect(left.filter(({ version }) => version === 1)).toEqual([]);
        },
      ),
      { seed: 20_261_121, numRuns: 60 },
    );
    expect(met).toBeGreaterThan(60);
  });

  it('writes one entry: from, to, who, and what became of it', async () => {
    const memory = office();
    await start(memory, 1);
    memory.deploy(both);
    await memory.advanceTo(NOON + DAY / 2);
    const { samples } = await migrate(memory);
    const [, entry] = memory.store.history(ORGANIZATION, orderId(1)).map(readEntry);
    expect(entry).toMatchObject({
      kind: 'migrate',
      version: 2,
      revision: 2,
      at: NOON + DAY / 2,
      actor: admin,
      event: { type: 'workflow.migrate', from: 1, to: 2 },
      to: { open: { decision: 'undecided', nudging: 'waiting' } },
    });
    expect(samples).toMatchObject([
      {
        instance: orderId(1),
        before: { version: 1, value: { open: { decision: 'waiting' } } },
        after: { version: 2, context: { channel: 'paper' }, timers: [{ id: NUDGE }, { id: ANSWER }] },
      },
    ]);
  });

  it('fires what was due before it under the old version', async () => {
    const memory = office();
    await start(memory, 1);
    memory.deploy(both);
    memory.sleepTo(NOON + 41 * DAY);
    await migrate(memory);
    const entries = memory.store.history(ORGANIZATION, orderId(1)).map(readEntry);
    expect(entries.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'start 1',
      'timer 1',
      'timer 1',
      'timer 1',
      'migrate 2',
    ]);
    expect(findings(memory, both)).toEqual([]);
  });

  it('goes over several versions in one transaction, an entry for each', async () => {
    const third = defineLifecycle({ ...purchaseOrderV2, version: 3 });
    const to3 = defineMigration({
      from: purchaseOrderV2,
      to: third,
      migrate: ({ value, context, timers }) => ({
        value,
        context: { ...context, channel: 'portal' as const },
        timers: keepTimers(timers),
      }),
    });
    const all = new Lifecycles([purchaseOrder, purchaseOrderV2, third, delivery], [purchaseOrderTo2, to3]);
    const memory = office();
    await start(memory, 1);
    memory.deploy(all);
    expect(await migrate(memory)).toMatchObject({ to: 3, found: 1, migrated: 1, failed: [] });
    expect(memory.store.instance(ORGANIZATION, orderId(1))).toMatchObject({ version: 3, revision: 3 });
    expect(findings(memory, all)).toEqual([]);
  });

  it('can be rehearsed without changing anything', async () => {
    const memory = office();
    for (const index of [1, 2, 3]) await start(memory, index);
    memory.deploy(both);
    const before = everything(memory);
    const rehearsed = await migrate(memory, { dryRun: true, batch: 2, sample: 1 });
    expect(rehearsed).toMatchObject({ dryRun: true, found: 3, migrated: 3, failed: [] });
    expect(rehearsed.samples).toHaveLength(1);
    expect(everything(memory)).toBe(before);
    expect(await migrate(memory, { batch: 2 })).toMatchObject({ dryRun: false, migrated: 3 });
  });

  it('goes on where it was stopped', async () => {
    const memory = office();
    for (let index = 1; index <= 7; index++) await start(memory, index);
    memory.deploy(both);
    const stop = new AbortController();
    const first = await migrate(memory, { batch: 2, signal: stop.signal, progress: () => stop.abort() });
    expect(first).toMatchObject({ stopped: true, migrated: 2 });
    expect(await migrate(memory, { batch: 2 })).toMatchObject({ stopped: false, found: 5, migrated: 5 });
    expect(await migrate(memory)).toMatchObject({ found: 0 });
    expect(findings(memory, both)).toEqual([]);
  });

  it('leaves alone what has ended, and reports the one that fails while the others go on', async () => {
    const memory = office();
    for (const index of [1, 2, 3, 4]) await start(memory, index, index === 2 ? { buyer: 'cursed' } : {});
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: orderId(4), event: { type: 'reject', by: 'binh', reason: '' }, actor }),
    );
    memory.deploy(
      withMigration((_, { context }) => {
        if (context['buyer'] === 'cursed') throw new Error('no such buyer');
        return {};
      }),
    );
    const report = await migrate(memory);
    expect(report).toMatchObject({
      found: 3,
      migrated: 2,
      failed: [{ instance: orderId(2), reason: 'purchase-order@1 → 2: the function failed: no such buyer' }],
    });
    const versions = memory.store
      .instances(ORGANIZATION)
      .map(({ version, status }) => `${version} ${status}`);
    expect(versions.sort()).toEqual(['1 active', '1 done', '2 active', '2 active']);
    expect(memory.store.versionCounts()).toEqual([
      { organization: ORGANIZATION, lifecycle: 'purchase-order', version: 1, open: 1, done: 1, oldest: NOON },
      { organization: ORGANIZATION, lifecycle: 'purchase-order', version: 2, open: 2, done: 0, oldest: NOON },
    ]);
  });

  const keepAll = keepTimers([]);
  it.each<[string, Parameters<typeof withMigration>[0], string]>([
    [
      'a state that does not exist',
      () => ({ value: { open: { decision: 'waiting', nudging: 'waiting' } } }),
      'there is no state order.open.decision.waiting',
    ],
    [
      'a region left out',
      () => ({ value: { open: { decision: 'undecided' } } }),
      'the region order.open.nudging',
    ],
    ['a state left open', () => ({ value: 'open' }), 'the region order.open.decision is not mentioned'],
    [
      'a final state',
      (_, { timers }) => ({ value: 'closed', timers: timers.map(({ id }) => ({ cancel: id })) }),
      'a migration does not end an instance',
    ],
    [
      'a state that is left at once',
      ({ timers }) => ({
        value: { open: { decision: 'undecided', nudging: 'deciding' } },
        timers: timers.map((each) => ('keep' in each && each.keep === NUDGE ? { cancel: NUDGE } : each)),
      }),
      'would not stay in it',
    ],
    ['what JSON cannot hold', () => ({ context: { buyer: new Date(0) } }), 'context.buyer: is an object'],
    [
      'silence about timers',
      () => ({ timers: keepAll }),
      `${NUDGE} is pending, and neither kept nor cancelled`,
    ],
    [
      'a delay that nothing is said of',
      ({ timers }, old) => ({
        timers: timers.map((each) =>
          'as' in each && each.as === ANSWER ? { cancel: old.timers[1]?.id } : each,
        ),
      }),
      `waits for ${ANSWER}, which is neither kept, set nor renounced`,
    ],
    [
      'a timer of a state that is gone',
      (_, { timers }) => ({ timers: keepTimers(timers) }),
      'the new state has no delay xstate.after.answer.order.open.decision.waiting',
    ],
    [
      'a timer without an instant',
      ({ timers }) => ({ timers: [...timers, { set: 'x', dueAt: Number.NaN }] }),
      'x is set for NaN',
    ],
    [
      'history that is not there',
      () => ({ historyValue: { 'order.open.hist': ['order.closed'] } }),
      'there is no state order.open.hist',
    ],
  ])('refuses %s', async (_, change, reason) => {
    const memory = office();
    await start(memory, 1);
    memory.deploy(withMigration(change));
    const before = everything(memory);
    const { failed } = await migrate(memory);
    expect(failed[0]?.reason).toContain(reason);
    expect(everything(memory)).toBe(before);
  });

  it('sets, moves and renounces timers when it is told to', async () => {
    const memory = office();
    await start(memory, 1);
    const catalogue = withMigration((_, { timers, at }) => ({
      timers: [
        ...timers.map(({ id }) => ({ cancel: id })),
        { set: ANSWER, dueAt: at + 3 * DAY },
        { without: NUDGE },
      ],
    }));
    memory.deploy(catalogue);
    expect(await migrate(memory)).toMatchObject({ migrated: 1 });
    await memory.advanceTo(NOON + 10 * DAY);
    const entries = memory.store.history(ORGANIZATION, orderId(1)).map(readEntry);
    expect(entries.map(({ kind, at }) => `${kind} +${(at - NOON) / DAY}`)).toEqual([
      'start +0',
      'migrate +0',
      'timer +3',
    ]);
    expect(findings(memory, catalogue)).toEqual([]);
  });

  it('is checked when history is replayed, and carries history over where the old code is gone', async () => {
    const memory = office();
    await start(memory, 1);
    await start(memory, 2);
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: orderId(2), event: { type: 'reject', by: 'binh', reason: '' }, actor }),
    );
    memory.deploy(both);
    await migrate(memory);
    await memory.advanceTo(NOON + 3 * DAY);
    expect(findings(memory, both)).toEqual([]);
    expect(findings(memory, new Lifecycles([purchaseOrderV2, delivery]))).toEqual([]);
    const other = withMigration(({ context }) => ({
      context: { ...(context as object), channel: 'portal' },
    }));
    expect(findings(memory, other)).toMatchObject([{ code: 'state-differs', revision: 2 }]);
    expect(findings(memory, new Lifecycles([purchaseOrder, delivery]))).toMatchObject([
      { code: 'replay-failed', instance: orderId(1) },
    ]);
  });

  describe('while an effect is under way', () => {
    const second = defineLifecycle({ ...booking, version: 2 });
    const to2 = (change: object) =>
      new Lifecycles(
        [booking, second],
        [
          defineMigration({
            from: booking,
            to: second,
            migrate: ({ value, context, timers }) => ({
              value,
              context,
              timers: keepTimers(timers),
              ...change,
            }),
          }),
        ],
      );
    const begun = async () => {
      const memory = new MemoryRuntime({ lifecycles: [booking], now: NOON });
      await memory.start(ORGANIZATION, {
        lifecycle: 'booking',
        id: orderId(1),
        input: { card: '4711', payBy: NOON + DAY },
        actor,
      });
      const call = memory.store.instance(ORGANIZATION, orderId(1))?.snapshot.invoked?.['charge'] ?? '';
      return { memory, call };
    };

    it('waits for its answer in the new version', async () => {
      const { memory, call } = await begun();
      const catalogue = to2({});
      memory.deploy(catalogue);
      const report = await memory.migrateInstances(ORGANIZATION, 'booking', { actor: admin });
      expect(report).toMatchObject({ migrated: 1, failed: [] });
      const answer = {
        instance: orderId(1),
        invocation: 'charge',
        call,
        answer: { output: { receipt: 'r1' } },
      };
      memory.deploy(new Lifecycles([booking]));
      const elsewhere = memory.transaction(ORGANIZATION, (tx) => tx.answerEach([answer]));
      expect(await elsewhere).toMatchObject({ code: 'unknown-version' });
      memory.deploy(catalogue);
      expect(await memory.transaction(ORGANIZATION, (tx) => tx.answerEach([answer]))).toEqual(['answered']);
      expect(memory.store.instance(ORGANIZATION, orderId(1))).toMatchObject({
        version: 2,
        snapshot: { value: { payment: 'paid' }, context: { receipts: ['r1'] } },
      });
      expect(findings(memory, catalogue)).toEqual([]);
    });

    it.each<[string, object, string]>([
      [
        'a state that does not wait for it',
        { value: { payment: 'left', room: 'none', guest: {} }, timers: [] },
        'no new state waits for the answer of charge',
      ],
      [
        'a state that waits for another, which nobody began',
        { value: { payment: 'charging', room: 'reserving', guest: {} } },
        'the new state waits for reserve, which a migration does not begin',
      ],
    ])('refuses %s', async (_, change, reason) => {
      const { memory } = await begun();
      memory.deploy(to2(change));
      const { failed } = await memory.migrateInstances(ORGANIZATION, 'booking', { actor: admin });
      expect(failed[0]?.reason).toContain(reason);
    });
  });

  it('is a step like others to whoever asks about the past', async () => {
    const memory = office();
    await start(memory, 1);
    memory.deploy(both);
    await migrate(memory);
    await memory.advanceTo(NOON + DAY);
    const at = (revision: number) => memory.stateAt(ORGANIZATION, orderId(1), { revision });
    expect(await at(1)).toMatchObject({ state: { open: { decision: 'waiting' } } });
    expect(await at(2)).toMatchObject({
      kind: 'migrate',
      state: { open: { decision: 'undecided' } },
      context: { channel: 'paper' },
      pending: [{ id: NUDGE }, { id: ANSWER }],
    });
    expect(await memory.replay(ORGANIZATION, orderId(1))).toHaveLength(3);
    memory.deploy(new Lifecycles([purchaseOrderV2, delivery]));
    expect(await at(1)).toMatchObject({ code: 'unknown-version' });
    expect(await at(3)).toMatchObject({ kind: 'timer', state: { open: { decision: 'undecided' } } });
    expect(await memory.replay(ORGANIZATION, orderId(1))).toHaveLength(2);
    memory.deploy(new Lifecycles([purchaseOrder, delivery]));
    expect(await memory.whatCan(ORGANIZATION, orderId(1), actor)).toMatchObject({ code: 'unknown-version' });
  });

  it('only leads from a version to the next, both at hand', () => {
    const third = defineLifecycle({ ...purchaseOrderV2, version: 3 });
    const migration = { from: purchaseOrder, to: third, migrate: () => ({}) as never };
    expect(() => defineMigration(migration)).toThrow('from purchase-order@1 to purchase-order@3');
    expect(() => new Lifecycles([purchaseOrderV2], [purchaseOrderTo2])).toThrow('not at hand');
    expect(() => new Lifecycles(both.all, [purchaseOrderTo2, purchaseOrderTo2])).toThrow('declared twice');
  });
});

describe('an instance of a version that a process does not have', () => {
  it('is refused to people, and its timers are left to others', async () => {
    const memory = office();
    await start(memory, 1);
    memory.deploy(both);
    await migrate(memory);
    memory.deploy(new Lifecycles([purchaseOrder, delivery]));
    const before = everything(memory);
    const command = { instance: orderId(1), event: { type: 'reject', by: 'binh', reason: '' }, actor };
    const sent = await memory.transaction(ORGANIZATION, (tx) => tx.send(command));
    expect(isRefusal(sent) && sent.code).toBe('unknown-version');
    const caughtUp = await memory.transaction(ORGANIZATION, (tx) => tx.catchUp([{ instance: orderId(1) }]));
    expect(isRefusal(caughtUp) && caughtUp.code).toBe('unknown-version');
    const again = await start(memory, 1);
    expect(isRefusal(again) && again.code).toBe('already-started');
    await memory.advanceTo(NOON + 60 * DAY);
    expect(everything(memory)).toBe(before);
  });

  it('refuses a transition of another instance that would reach it', async () => {
    const memory = office();
    await start(memory, 1);
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: orderId(1), event: { type: 'approve', by: 'binh' }, actor }),
    );
    memory.deploy(both);
    await migrate(memory);
    memory.deploy(new Lifecycles([purchaseOrder, delivery]));
    const child = memory.store.instances(ORGANIZATION).find(({ lifecycle }) => lifecycle === 'delivery');
    const before = everything(memory);
    const settled = await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: child?.id ?? '', event: { type: 'settle' }, actor }),
    );
    expect(isRefusal(settled) && settled.code).toBe('unknown-version');
    expect(everything(memory)).toBe(before);
  });
});
