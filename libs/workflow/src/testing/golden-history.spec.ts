import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assign, type AnyStateMachine } from 'xstate';
import { effect } from '../lifecycle/durable-actions';
import { defineLifecycle, isRefusal, Lifecycles, MemoryRuntime, readEntry, type Lifecycle } from '../index';
import { goldenLines, recordGoldenHistories, replayGoldenHistories } from './golden-history';
import { booking } from './booking.lifecycle';
import { purchaseOrderTo2, purchaseOrderV2 } from './purchase-order-v2.lifecycle';
import { delivery, purchaseOrder } from './purchase-order.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 9, 5, 5);
const actor = { kind: 'person', id: 'an' } as const;
const all = new Lifecycles([purchaseOrder, purchaseOrderV2, delivery], [purchaseOrderTo2]);

/** Orders that are approved, rejected, postponed, late, and one that moves to the second version. */
async function play(): Promise<readonly string[]> {
  const memory = new MemoryRuntime({
    lifecycles: [purchaseOrder, delivery],
    now: NOON,
    hooks: {
      prepareStart: {
        delivery: ({ input, from }) => Promise.resolve({ for: String(input['for']), order: from.id }),
      },
    },
  });
  const ids = new Map<string, string>();
  const start = async (name: string, answerIn: number, nudges: readonly number[]) => {
    const input = {
      buyer: 'an',
      answerBy: NOON + answerIn * DAY,
      nudges: nudges.map((day) => NOON + day * DAY),
    };
    const id = `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(id, name);
    await memory.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id, input, actor }),
    );
    return id;
  };
  const send = async (instance: string, type: string, payload: Record<string, string | number> = {}) => {
    const sent = await memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance, event: { ...payload, type }, actor }),
    );
    if (isRefusal(sent)) throw new Error(sent.en);
  };
  const approved = await start('approved after a nudge', 9, [1, 4]);
  const postponed = await start('postponed, then late, then rejected', 3, []);
  await start('moved to the second version', 5, [2, 6]);
  await memory.advanceTo(NOON + 2 * DAY);
  await send(postponed, 'postpone', { answerBy: NOON + 4 * DAY });
  await send(approved, 'approve', { by: 'binh' });
  memory.deploy(all);
  const third = [...ids.keys()].at(-1) ?? '';
  await memory.migrateInstances(ORGANIZATION, 'purchase-order', { actor: { kind: 'system' }, only: [third] });
  await memory.advanceTo(NOON + 7 * DAY);
  await send(postponed, 'reject', { by: 'binh', reason: 'quá hạn' });
  for (const { id, lifecycle } of memory.store.instances(ORGANIZATION))
    if (lifecycle === 'delivery') {
      ids.set(id, 'delivered');
      await send(id, 'settle');
    }
  return recordGoldenHistories(
    all,
    [...ids].map(([id, name]) => ({ name, entries: memory.store.history(ORGANIZATION, id).map(readEntry) })),
  );
}

/** The first version of the order with other implementations under the same names. */
function otherwise(implementations: Record<string, unknown>): Lifecycles {
  const machine = purchaseOrder.machine.provide(implementations) as AnyStateMachine;
  const changed: Lifecycle = defineLifecycle({ ...purchaseOrder, machine });
  return new Lifecycles([changed, purchaseOrderV2, delivery], [{ ...purchaseOrderTo2, from: changed }]);
}

describe('golden histories', () => {
  let lines: readonly string[];

  beforeAll(async () => {
    lines = await goldenLines(join(__dirname, '../../golden-histories/purchase-order.jsonl'), play);
  });

  it('of the purchase order and its delivery are what these still do', () => {
    expect(replayGoldenHistories(all, lines)).toEqual([]);
    const versions = new Set(
      lines.map((line) => {
        const { lifecycle, version } = JSON.parse(line) as { lifecycle: string; version: number };
        return `${lifecycle}@${version}`;
      }),
    );
    expect(versions).toEqual(new Set(all.all.map(({ id, version }) => `${id}@${version}`)));
  });

  it('are recorded as they stand, to the letter', async () => {
    expect(await play()).toEqual(lines);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a guard',
      { guards: { hasNudge: () => false } },
      'purchase-order@1 approved after a nudge revision 1: value.open.nudging: "rested" instead of "waiting"',
    ],
    [
      'a delay',
      { delays: { answer: () => 5 * DAY } },
      'purchase-order@1 approved after a nudge revision 1: timersSet.xstate.after.answer.order.open.decision.waiting',
    ],
    [
      'an effect',
      { actions: { tellBuyer: effect(() => ({ to: 'binh', nudge: 0 })) } },
      'purchase-order@1 approved after a nudge revision 2: asked.0.payload.to: "binh" instead of "an"',
    ],
  ])('tell the first place at which %s does something else', (_, implementations, first) => {
    expect(replayGoldenHistories(otherwise(implementations), lines)[0]).toContain(first);
  });

  it('tell that an action keeps something else, and that a migration or a version is gone', () => {
    const careless = otherwise({ actions: { keepAnswerBy: assign({}) } });
    expect(replayGoldenHistories(careless, lines)).toEqual([
      expect.stringMatching(/^purchase-order@1 postponed.* revision 2: (context|timersSet)/),
    ]);
    const silent = new Lifecycles([purchaseOrder, purchaseOrderV2, delivery]);
    expect(replayGoldenHistories(silent, lines)).toEqual([
      expect.stringMatching(/^purchase-order@2 moved .* there is no migration from version 1$/),
    ]);
    const gone = new Lifecycles([purchaseOrder, purchaseOrderV2], [purchaseOrderTo2]);
    expect(replayGoldenHistories(gone, lines)).toEqual([
      expect.stringContaining('delivery@1 delivered revision 1: this process does not have'),
    ]);
  });

  it('hold calls and their answers', async () => {
    const memory = new MemoryRuntime({ lifecycles: [booking], now: NOON });
    const id = '00000000-0000-7000-8000-000000000001';
    const input = { card: '4711', payBy: NOON + DAY };
    await memory.start(ORGANIZATION, { lifecycle: 'booking', id, input, actor });
    const call = memory.store.instance(ORGANIZATION, id)?.snapshot.invoked?.['charge'] ?? '';
    const answer = { instance: id, invocation: 'charge', call, answer: { output: { receipt: 'r1' } } };
    await memory.transaction(ORGANIZATION, (tx) => tx.answerEach([answer]));
    const entries = memory.store.history(ORGANIZATION, id).map(readEntry);
    const catalogue = new Lifecycles([booking]);
    const recorded = recordGoldenHistories(catalogue, [{ name: 'charged', entries }]);
    expect(replayGoldenHistories(catalogue, recorded)).toEqual([]);
    expect(recorded[0]).toContain('"asked":[{"id":"charge","input":{"card":"4711"},"invoke":"chargeCard"}]');
    const unasked = [
      recorded[0] ?? '',
      recorded[1] ?? '',
      (recorded[1] ?? '').replace('"revision":2', '"revision":3'),
    ];
    expect(replayGoldenHistories(catalogue, unasked)).toEqual([
      'booking@1 charged revision 3: nobody waits for the answer of charge',
    ]);
  });

  it('are recorded when they are missing, which is a failure until they are committed', async () => {
    const path = join(tmpdir(), `golden-${process.pid}`, 'new.jsonl');
    await expect(goldenLines(path, () => Promise.resolve(['{}']))).rejects.toThrow(
      'look at it and commit it',
    );
    expect(await goldenLines(path, () => Promise.reject(new Error('recorded twice')))).toEqual(['{}']);
    rmSync(dirname(path), { recursive: true });
  });
});
