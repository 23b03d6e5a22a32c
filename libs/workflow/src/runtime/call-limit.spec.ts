import { TimeLimitExceeded, type Store } from '../engine/store.port';
import { MemoryStore, type MemoryTransaction } from '../memory/memory.store';
import { leaveRequest } from '../testing/leave-request.lifecycle';
import { Lifecycles } from './lifecycles';
import { WorkflowRuntime } from './workflow.runtime';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-7000-8000-00000000000a';
const NOON = Date.UTC(2026, 9, 5, 5);
const actor = { kind: 'person', id: 'an' } as const;

/** A store that never answers a commit, though it carries it out. */
function silent() {
  const memory = new MemoryStore(() => NOON);
  const kept = { isSilent: false };
  const store: Store<MemoryTransaction> = {
    look: (organization, work) => memory.look(organization, work),
    unlocked: (organization, ids, work) => memory.unlocked(organization, ids, work),
    transaction: async (organization, work, first, limit) => {
      const result = await memory.transaction(organization, work, first, limit);
      return kept.isSilent ? new Promise<never>(() => undefined) : result;
    },
  };
  const catalogue = new Lifecycles([leaveRequest]);
  return { kept, runtime: new WorkflowRuntime({ catalogue, store, newId: () => 'id' }) };
}

it('a call whose commit is on its way when its time is over says that nobody knows', async () => {
  const { runtime, kept } = silent();
  const start = { id: ID, input: { employee: 'an', answerBy: NOON + 1 }, actor };
  await runtime.of(leaveRequest).start(ORGANIZATION, start);
  kept.isSilent = true;
  const calls = [
    runtime.send(ORGANIZATION, { instance: ID, event: { type: 'return' }, actor }, { timeLimitMs: 20 }),
    runtime.transaction(ORGANIZATION, (tx) => tx.send({ instance: ID, event: { type: 'withdraw' }, actor }), {
      timeLimitMs: 20,
    }),
  ];
  for (const call of calls) {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TimeLimitExceeded);
    expect(error).toMatchObject({ outcome: 'unknown' });
  }
});
