import { ConnectionLost, type Store } from '../engine/store.port';
import { Lifecycles } from './lifecycles';
import { WorkflowRuntime } from './workflow.runtime';
import { MemoryStore, type MemoryTransaction } from '../memory/memory.store';
import { isRefusal } from '../index';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const NOON = Date.UTC(2026, 9, 5, 5);
const DAY = 86_400_000;
const actor = { kind: 'person', id: 'an' } as const;
const order = (index: number) => `00000000-0000-7000-8000-0000000000${index}0`;

/** The connection breaks after the commit arrived and before its answer, as often as asked. */
function unsteady(count: number) {
  const kept = { time: NOON, breaks: 0 };
  const memory = new MemoryStore(() => kept.time);
  const unlessItBreaks = async <T>(committed: Promise<T>): Promise<T> => {
    const result = await committed;
    if (kept.breaks === 0) return result;
    kept.breaks--;
    throw new ConnectionLost('the answer never came');
  };
  const store: Store<MemoryTransaction> = {
    look: (organization, work) => memory.look(organization, work),
    transaction: (organization, work) => unlessItBreaks(memory.transaction(organization, work)),
    unlocked: (organization, ids, work) => unlessItBreaks(memory.unlocked(organization, ids, work)),
  };
  let made = 0;
  const runtime = new WorkflowRuntime({
    catalogue: new Lifecycles([purchaseOrder, delivery]),
    store,
    newId: () => String(++made),
  });
  const ids = Array.from({ length: count }, (_, index) => order(index));
  const start = async () => {
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.startMany(
        ids.map((id) => ({
          lifecycle: 'purchase-order',
          id,
          input: { buyer: 'an', answerBy: NOON + 9 * DAY, nudges: [NOON + DAY] },
          actor,
        })),
      ),
    );
    if (isRefusal(started)) throw new Error(started.en);
  };
  return { runtime, memory, kept, ids, start };
}

describe('a connection that is lost when nobody knows whether the commit was carried out', () => {
  it('fails the sends that shared the commit, and sends none of them again', async () => {
    const { runtime, memory, kept, ids, start } = unsteady(3);
    await start();
    // Two that go alone at once, and what waits for them together.
    kept.breaks = 3;
    const answers = await Promise.allSettled(
      [...ids, ...ids].map((instance) =>
        runtime.send(ORGANIZATION, {
          instance,
          event: { type: 'postpone', answerBy: NOON + 8 * DAY },
          actor,
        }),
      ),
    );
    const carriedOut = ids.reduce(
      (sum, id) => sum + (memory.instance(ORGANIZATION, id)?.revision ?? 0) - 1,
      0,
    );
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(carriedOut).toBe(answers.length);
  });

  it('parks no timer', async () => {
    const { runtime, memory, kept, ids, start } = unsteady(1);
    await start();
    kept.time = NOON + 2 * DAY;
    const store = memory.timers(ORGANIZATION, ids[0] ?? '');
    kept.breaks = 1;
    await expect(runtime.fireDue(ORGANIZATION, { limit: 10 })).rejects.toThrow(ConnectionLost);
    expect(store).toHaveLength(2);
    expect(memory.timers(ORGANIZATION, ids[0] ?? '').filter(({ parked }) => parked)).toEqual([]);
  });
});

describe('a batch that fails', () => {
  it('parks only the timer that it met: not one that was set anew meanwhile', async () => {
    const kept = { time: NOON, cursed: false };
    const memory = new MemoryStore(() => kept.time);
    let made = 0;
    const runtime = new WorkflowRuntime<MemoryTransaction>({
      catalogue: new Lifecycles([purchaseOrder, delivery]),
      store: {
        look: (organization, work) => memory.look(organization, work),
        transaction: async (organization, work) => {
          try {
            return await memory.transaction(organization, work);
          } catch (error) {
            // Before anything is parked, a person acts.
            if (kept.cursed) {
              kept.cursed = false;
              await runtime.send(ORGANIZATION, {
                instance: order(1),
                event: { type: 'postpone', answerBy: NOON + 30 * DAY },
                actor,
                at: NOON,
              });
            }
            throw error;
          }
        },
        unlocked: (organization, ids, work) => memory.unlocked(organization, ids, work),
      },
      newId: () => String(++made),
      hooks: {
        project: () => (kept.cursed ? Promise.reject(new Error('this projection fails')) : Promise.resolve()),
      },
    });
    await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({
        lifecycle: 'purchase-order',
        id: order(1),
        input: { buyer: 'an', answerBy: NOON + DAY, nudges: [] },
        actor,
      }),
    );
    kept.time = NOON + DAY;
    kept.cursed = true;
    expect(await runtime.fireDue(ORGANIZATION, { limit: 10 })).toEqual({ claimed: 1, fired: 0, parked: 0 });
    expect(memory.timers(ORGANIZATION, order(1))).toMatchObject([{ dueAt: NOON + 30 * DAY, parked: false }]);
  });
});
