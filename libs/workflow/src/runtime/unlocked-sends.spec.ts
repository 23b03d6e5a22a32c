import * as fc from 'fast-check';
import { isRefusal } from '../index';
import { MemoryStore, type MemoryTransaction } from '../memory/memory.store';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { Lifecycles } from './lifecycles';
import { WorkflowRuntime } from './workflow.runtime';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const NOON = Date.UTC(2026, 9, 5, 5);
const HOUR = 3_600_000;
const idOf = (index: number) => `00000000-0000-7000-8000-0000000000${index}0`;

interface Sent {
  readonly to: number;
  readonly event: { readonly type: string; readonly [key: string]: string | number };
  readonly expected: number | undefined;
}

interface Round {
  readonly wait: number;
  readonly sends: readonly Sent[];
}

/** Three orders with timers in reach, and whatever the hooks make of them. */
async function opened(underLocks: boolean) {
  const kept = { time: NOON };
  const store = new MemoryStore(() => kept.time);
  let made = 0;
  let unlocked = 0;
  const runtime = new WorkflowRuntime<MemoryTransaction>({
    catalogue: new Lifecycles([purchaseOrder, delivery]),
    store: {
      look: (organization, work) => store.look(organization, work),
      transaction: (organization, work) => store.transaction(organization, work),
      unlocked: (organization, ids, work) => {
        unlocked += 1;
        return store.unlocked(organization, ids, work);
      },
    },
    newId: () => String(++made),
    ...(underLocks && { hooks: { project: () => Promise.resolve() } }),
  });
  const commands = [0, 1, 2].map((index) => ({
    lifecycle: 'purchase-order',
    id: idOf(index),
    input: {
      buyer: 'an',
      answerBy: NOON + (index + 1) * 5 * HOUR,
      nudges: [NOON + 2 * HOUR, NOON + 9 * HOUR],
    },
    actor: { kind: 'system' as const },
  }));
  const started = await runtime.transaction(ORGANIZATION, (tx) => tx.startMany(commands));
  if (isRefusal(started)) throw new Error(started.en);
  return { kept, store, runtime, unlocked: () => unlocked };
}

async function play(rounds: readonly Round[], underLocks: boolean) {
  const { kept, store, runtime, unlocked } = await opened(underLocks);
  const answers: unknown[] = [];
  for (const { wait, sends } of rounds) {
    kept.time += wait;
    for (const { to, event, expected } of sends) {
      const command = {
        instance: idOf(to),
        event,
        expectedRevision: expected,
        actor: { kind: 'person' as const, id: 'vu' },
      };
      answers.push(await runtime.send(ORGANIZATION, command));
    }
  }
  const histories = store.instances(ORGANIZATION).map(({ id }) => store.history(ORGANIZATION, id));
  const timers = store.instances(ORGANIZATION).map(({ id }) => store.timers(ORGANIZATION, id));
  return { answers, histories, timers, unlocked: unlocked() };
}

describe('a send without locks', () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant('approve'), by: fc.constantFrom('an', 'vu') }),
    fc.record({ type: fc.constant('reject'), by: fc.constant('vu'), reason: fc.constant('too dear') }),
    fc.record({ type: fc.constant('postpone'), answerBy: fc.integer({ min: NOON, max: NOON + 30 * HOUR }) }),
    fc.record({ type: fc.constant('nonsense') }),
  );
  const sent = fc.record({
    to: fc.integer({ min: 0, max: 3 }),
    event,
    expected: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  });
  const rounds = fc.array(
    fc.record({ wait: fc.integer({ min: 0, max: 4 * HOUR }), sends: fc.array(sent, { maxLength: 3 }) }),
    { maxLength: 8 },
  );

  it('gives the answers, histories and timers that one under locks gives', async () => {
    let ways = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (week) => {
        const { unlocked: withoutLocks, ...free } = await play(week, false);
        const { unlocked: none, ...locked } = await play(week, true);
        ways += withoutLocks;
        expect(none).toBe(0);
        expect(free).toEqual(locked);
      }),
      { seed: 20_261_122, numRuns: 150 },
    );
    expect(ways).toBeGreaterThan(100);
  });
});
