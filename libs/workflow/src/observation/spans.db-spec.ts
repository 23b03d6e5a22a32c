import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { describeOnEachQueue, testQueue } from '../../../../test/services/test-queue';
import {
  BusinessClock,
  createPostgresRuntime,
  EffectQueue,
  inTransaction,
  newUuid,
  Queues,
  WorkflowWorker,
  type PostgresRuntime,
} from '../durable/index';
import { eventOf, isRefusal, Lifecycles } from '../index';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const SECRET = 'Trần-Thị-Mật-0912345678';
const DAY = 86_400_000;
const actor = { kind: 'person', id: SECRET } as const;
const lifecycles = new Lifecycles([purchaseOrder, delivery]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describeOnEachQueue('spans of the runtime', (kind) => {
  let database: TestDatabase;
  let source: DataSource;
  let superuser: DataSource;
  let runtime: PostgresRuntime;
  let worker: WorkflowWorker;
  let effects: EffectQueue;
  let clock: BusinessClock;
  const failing = new Set<string>();
  const traces: (string | null)[] = [];
  const exporter = new InMemorySpanExporter();

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) => new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
    source = await connect(database.workerUrl);
    superuser = await connect(database.superuserUrl);
    clock = new BusinessClock(source);
    const queues = new Queues({ ...testQueue(kind), postgresUrl: database.workerUrl });
    effects = new EffectQueue(queues, quiet);
    const made = createPostgresRuntime({ dataSource: source, lifecycles, effects, log: quiet });
    runtime = made.runtime;
    worker = new WorkflowWorker({
      ...made,
      dataSource: source,
      lifecycles,
      queues,
      handlers: {
        tellBuyer: inTransaction(async (effect, tx): Promise<void> => {
          const [row] = await tx.query<{ trace: string | null }>(
            'select trace from workflow.outbox where organization_id = $1 and id = $2',
            [tx.organization, effect.id],
          );
          if (failing.delete(effect.instance)) throw new TypeError(`${SECRET} cannot be told`);
          traces.push(row?.trace ?? null);
        }),
      },
      wakeUpUrl: database.workerUrl,
      log: quiet,
      sweepMs: 200,
    });
    await worker.start();
  });

  afterAll(async () => {
    await worker.stop();
    await effects.close();
    await source.destroy();
    await superuser.destroy();
    await database.drop();
  });

  function record(): void {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const spanProcessors = [new SimpleSpanProcessor(exporter)];
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));
  }

  beforeEach(record);

  afterEach(() => {
    trace.disable();
    context.disable();
    exporter.reset();
    traces.length = 0;
  });

  /** An order that is late from its start: its effect is asked for by the transaction that starts it. */
  const startLate = (id: string) =>
    runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id, input: { buyer: SECRET, answerBy: 0, nudges: [] }, actor }),
    );

  async function start(nudgeAt: number): Promise<string> {
    const input = { buyer: SECRET, answerBy: nudgeAt + 90 * DAY, nudges: [nudgeAt] };
    const id = newUuid();
    const started = await runtime.transaction(ORGANIZATION, (tx) =>
      tx.start({ lifecycle: 'purchase-order', id, input, actor }),
    );
    if (isRefusal(started)) throw new Error(started.en);
    return id;
  }

  const request = <T>(work: () => Promise<T>): Promise<T> =>
    trace.getTracer('test').startActiveSpan('request', async (span) => {
      try {
        return await work();
      } finally {
        span.end();
      }
    });

  const spans = (name: string): ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.name === name);
  const idOf = (span: ReadableSpan | undefined) => span?.spanContext().spanId;

  async function delivered(count: number): Promise<void> {
    for (let tries = 0; traces.length < count; tries++) {
      if (tries > 800) throw new Error('the effect was never delivered');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    for (let tries = 0; !(await clock.isQuiet()); tries++) {
      if (tries > 800) throw new Error('the worker never came to rest');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  it('hang together from the request over the transition to the effect, across the queue', async () => {
    await request(() => startLate(newUuid()));
    await delivered(1);
    const [asked] = spans('request');
    const [transition] = spans('workflow transaction');
    const [effect] = spans('workflow effect');
    expect(transition?.parentSpanContext?.spanId).toBe(idOf(asked));
    expect(transition?.spanContext().traceId).toBe(asked?.spanContext().traceId);
    expect(effect?.links.map((link) => link.context)).toEqual([
      expect.objectContaining({
        traceId: transition?.spanContext().traceId,
        spanId: idOf(transition),
        isRemote: true,
      }),
    ]);
    expect(effect?.parentSpanContext).toBeUndefined();
    expect(effect?.attributes).toMatchObject({ 'workflow.effect': 'tellBuyer' });
    expect(traces).toEqual([
      `00-${transition?.spanContext().traceId}-${transition?.spanContext().spanId}-01`,
    ]);
  });

  it('lead from every send that shares a commit to the span of that commit', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, async () => start((await clock.now()) + DAY)));
    exporter.reset();
    const event = eventOf(purchaseOrder, { type: 'postpone', answerBy: (await clock.now()) + 95 * DAY });
    await Promise.all(
      ids.map((instance) => request(() => runtime.send(ORGANIZATION, { instance, event, actor }))),
    );
    const requests = new Set(spans('request').map(idOf));
    const sends = spans('workflow send');
    const commits = spans('workflow commit');
    expect(sends).toHaveLength(12);
    expect(sends.every(({ parentSpanContext }) => requests.has(parentSpanContext?.spanId))).toBe(true);
    expect(commits.length).toBeLessThan(12);
    const reached = commits.flatMap(({ parentSpanContext, links }) => [
      parentSpanContext?.spanId,
      ...links.map((link) => link.context.spanId),
    ]);
    expect(reached.sort()).toEqual(sends.map(idOf).sort());
  });

  it('of a timer begin a trace of their own, and its effect links to that', async () => {
    const due = (await clock.now()) + DAY;
    await request(() => start(due));
    await clock.moveTo(due);
    await delivered(1);
    const effect = spans('workflow effect').at(-1);
    const batch = spans('workflow timers').find((span) => idOf(span) === effect?.links[0]?.context.spanId);
    expect(batch?.parentSpanContext).toBeUndefined();
    expect(batch?.links).toEqual([]);
    expect(batch?.spanContext().traceId).not.toBe(spans('request')[0]?.spanContext().traceId);
  });

  it('tell a refusal and an error, and nothing of what was in them', async () => {
    const id = await request(() => start(Date.now() + 900 * DAY));
    const approve = eventOf(purchaseOrder, { type: 'approve', by: SECRET });
    await request(() => runtime.send(ORGANIZATION, { instance: id, event: approve, actor }));
    expect(spans('workflow send')[0]?.attributes).toEqual({ 'workflow.refusal': 'approver-is-buyer' });
    const late = newUuid();
    failing.add(late);
    await request(() => startLate(late));
    await delivered(1);
    const outcomes = spans('workflow effect').map(({ status, links }) => ({
      error: status.message,
      links: links.length,
    }));
    expect(outcomes).toEqual([
      { error: 'TypeError', links: 1 },
      { error: undefined, links: 1 },
    ]);
    const told = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events, status, links }) =>
        JSON.stringify({ name, attributes, events, status, links }),
      )
      .join('\n');
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(ORGANIZATION);
  });

  it('leave no trace with an effect where nobody traces', async () => {
    trace.disable();
    context.disable();
    await startLate(newUuid());
    await delivered(1);
    expect(traces).toEqual([null]);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
