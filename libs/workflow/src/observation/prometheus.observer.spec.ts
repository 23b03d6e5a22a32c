import { eventOf, isRefusal, Lifecycles, WorkflowRuntime } from '../index';
import { MemoryStore, type MemoryTransaction } from '../memory/memory.store';
import { samplesOf } from '../testing/exposition';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { PrometheusObserver } from './prometheus.observer';
import { type RuntimeObserver } from './runtime-observer';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const ORDER = '00000000-0000-7000-8000-000000000001';
const NOON = Date.UTC(2026, 9, 5, 5);
const actor = { kind: 'person', id: 'an' } as const;

describe('metrics for Prometheus', () => {
  it('count a bounded number of refusal codes, whatever an application answers', async () => {
    const observer = new PrometheusObserver();
    for (let index = 0; index < 1_000; index++) observer.refused(`no-${index}`);
    observer.refused('no-7');
    observer.refused('Nguyễn Văn An không được phép');
    const codes = [...samplesOf(await observer.text())].filter(([name]) => name.includes('refusals_total'));
    expect(codes).toHaveLength(201);
    expect(codes).toContainEqual(['dondoc_workflow_refusals_total{code="other"}', 801]);
    expect(codes).toContainEqual(['dondoc_workflow_refusals_total{code="no-7"}', 2]);
  });

  it('begin at nought where an alert asks for an increase', async () => {
    const samples = samplesOf(await new PrometheusObserver().text());
    for (const sample of [
      'parkings_total{kind="timer"}',
      'parkings_total{kind="effect"}',
      'retries_total{cause="conflict"}',
      'wake_ups_lost_total{kind="notification"}',
      'swept_total{kind="timers"}',
      'timer_lag_seconds_count',
    ])
      expect([sample, samples.get(`dondoc_workflow_${sample}`)]).toEqual([sample, 0]);
  });
});

describe('a store that asks for another try', () => {
  it('is counted as often as it does, and the request once', async () => {
    const observer = new PrometheusObserver();
    const memory = new MemoryStore(() => NOON);
    let refusals = 3;
    const runtime = new WorkflowRuntime<MemoryTransaction>({
      catalogue: new Lifecycles([purchaseOrder, delivery]),
      store: {
        look: (organization, work) => memory.look(organization, work),
        transaction: (organization, work) =>
          refusals-- > 0 ? Promise.reject(new Error('deadlock')) : memory.transaction(organization, work),
        unlocked: (organization, ids, work) =>
          refusals-- > 0 ? Promise.reject(new Error('deadlock')) : memory.unlocked(organization, ids, work),
      },
      newId: () => ORDER,
      isTransient: () => true,
      observer,
    });
    const input = { buyer: 'an', answerBy: NOON + 1_000, nudges: [] };
    await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id: ORDER, input, actor }),
    );
    // Without locks, then under them, then once more.
    refusals = 2;
    const event = eventOf(purchaseOrder, { type: 'reject', by: 'bình', reason: 'đắt' });
    await runtime.send(ORGANIZATION, { instance: ORDER, event, actor });
    const samples = samplesOf(await observer.text());
    expect(samples.get('dondoc_workflow_retries_total{cause="store"}')).toBe(5);
    expect(samples.get('dondoc_workflow_retries_total{cause="conflict"}')).toBe(0);
    const requests = [...samples].filter(([name]) =>
      name.startsWith('dondoc_workflow_request_seconds_count'),
    );
    expect(requests).toEqual([
      ['dondoc_workflow_request_seconds_count{kind="transaction",outcome="done"}', 1],
      ['dondoc_workflow_request_seconds_count{kind="send",outcome="done"}', 1],
    ]);
  });
});

describe('an observer that fails', () => {
  it('changes no answer: what is committed stays so', async () => {
    const fail = (): never => {
      throw new Error('the counter is broken');
    };
    const broken: RuntimeObserver = {
      committed: fail,
      answered: fail,
      refused: fail,
      retried: fail,
      parked: fail,
      delivered: fail,
      wakeUpsLost: fail,
      swept: fail,
    };
    const store = new MemoryStore(() => NOON);
    const runtime = new WorkflowRuntime({
      catalogue: new Lifecycles([purchaseOrder, delivery]),
      store,
      newId: () => ORDER,
      observer: broken,
    });
    const input = { buyer: 'an', answerBy: NOON + 1_000, nudges: [] };
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id: ORDER, input, actor }),
    );
    expect(isRefusal(started)).toBe(false);
    const event = eventOf(purchaseOrder, { type: 'reject', by: 'bình', reason: 'đắt' });
    const answer = await runtime.send(ORGANIZATION, { instance: ORDER, event, actor });
    expect(answer).toMatchObject({ revision: 2, status: 'done' });
    expect(await runtime.send(ORGANIZATION, { instance: ORDER, event, actor })).toMatchObject({
      refused: true,
    });
  });
});
