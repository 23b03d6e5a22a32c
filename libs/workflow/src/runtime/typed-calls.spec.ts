import { z } from 'zod';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { MemoryRuntime } from '../memory/memory.runtime';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ORDER = '00000000-0000-7000-8000-00000000000a';
const NOON = Date.UTC(2026, 9, 5, 5);
const actor = { kind: 'person', id: 'an' } as const;

const runtime = () => new MemoryRuntime({ lifecycles: [purchaseOrder, delivery], now: NOON });
const input = { buyer: 'an', answerBy: NOON + 1_000, nudges: [] };

/** Never run: `tsc --noEmit` fails where one of these compiles. */
export async function doesNotCompile(): Promise<void> {
  const calls = runtime();
  const orders = calls.of(purchaseOrder);
  // @ts-expect-error the machine has no such event
  await orders.send(ORGANIZATION, { instance: ORDER, event: { type: 'aprove', by: 'an' }, actor });
  // @ts-expect-error `by` is missing
  await orders.send(ORGANIZATION, { instance: ORDER, event: { type: 'approve' }, actor });
  // @ts-expect-error `by` is not a number
  await orders.send(ORGANIZATION, { instance: ORDER, event: { type: 'approve', by: 1 }, actor });
  // @ts-expect-error `answerBy` is missing
  await orders.start(ORGANIZATION, { id: ORDER, input: { buyer: 'an', nudges: [] }, actor });
  await calls.transaction(ORGANIZATION, (tx) =>
    // @ts-expect-error an event of another lifecycle
    tx.of(delivery).send({ instance: ORDER, event: { type: 'approve', by: 'an' }, actor }),
  );
  const label = { vi: 'Duyệt', en: 'Approve' };
  const { machine } = purchaseOrder;
  const text = z.object({ by: z.string() });
  const number = z.object({ by: z.number() });
  defineLifecycle({ id: 'x', version: 1, machine, events: { approve: { label, payload: text } } });
  // @ts-expect-error the machine has no such event
  defineLifecycle({ id: 'x', version: 1, machine, events: { aprove: { label } } });
  // @ts-expect-error the machine takes a text
  defineLifecycle({ id: 'x', version: 1, machine, events: { approve: { label, payload: number } } });
}

describe('calls typed by a lifecycle', () => {
  it('start and send, alone and within a transaction', async () => {
    const calls = runtime();
    const orders = calls.of(purchaseOrder);
    expect(await orders.start(ORGANIZATION, { id: ORDER, input, actor })).toMatchObject({ revision: 1 });
    const event = { type: 'postpone', answerBy: NOON + 2_000 } as const;
    expect(await orders.send(ORGANIZATION, { instance: ORDER, event, actor })).toMatchObject({ revision: 2 });
    const within = calls.transaction(ORGANIZATION, (tx) =>
      tx.of(purchaseOrder).send({ instance: ORDER, event, actor, expectedRevision: 2 }),
    );
    expect(await within).toMatchObject({ revision: 3 });
  });

  it('know no instance of another lifecycle', async () => {
    const calls = runtime();
    await calls.of(purchaseOrder).start(ORGANIZATION, { id: ORDER, input, actor });
    const sent = await calls
      .of(delivery)
      .send(ORGANIZATION, { instance: ORDER, event: { type: 'settle' }, actor });
    expect(sent).toMatchObject({ refused: true, code: 'unknown-instance' });
  });
});
