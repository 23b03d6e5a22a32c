import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { BusinessClock, createPostgresRuntime, newUuid, type PostgresRuntime } from '../durable/index';
import { Lifecycles } from '../runtime/lifecycles';
import { leaveRequest } from '../testing/leave-request.lifecycle';
import { onlyTheirOwn, runtimeCallsContract } from '../testing/runtime-calls.contract';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const employee = { kind: 'person', id: 'an' } as const;

describe('calls of the runtime on PostgreSQL', () => {
  let database: TestDatabase;
  let api: DataSource;
  let superuser: DataSource;
  let runtime: PostgresRuntime;
  let clock: BusinessClock;

  const connect = (url: string) => new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await connect(database.apiUrl);
    superuser = await connect(database.superuserUrl);
    clock = new BusinessClock(api);
    ({ runtime } = createPostgresRuntime({
      dataSource: api,
      lifecycles: new Lifecycles([leaveRequest]),
      effects: { offer: () => undefined },
      log: quiet,
      hooks: { authorize: onlyTheirOwn },
    }));
  });

  afterAll(async () => {
    await api.destroy();
    await superuser.destroy();
    await database.drop();
  });

  runtimeCallsContract(() => ({
    runtime,
    newId: newUuid,
    now: () => clock.now(),
    sleep: async (milliseconds) => {
      await clock.moveTo((await clock.now()) + milliseconds);
    },
  }));

  const start = async () => {
    const id = newUuid();
    const input = { employee: 'an', answerBy: (await clock.now()) + 86_400_000 };
    await runtime.of(leaveRequest).start(ORGANIZATION, { id, input, actor: employee });
    return id;
  };

  it('asks without a lock: somebody who holds the instance keeps nobody from looking', async () => {
    const id = await start();
    const seen = await runtime.transaction(ORGANIZATION, async (tx) => {
      await tx.send({ instance: id, event: { type: 'withdraw' }, actor: employee });
      return Promise.all([
        runtime.whatCan(ORGANIZATION, id, employee),
        runtime.explain(ORGANIZATION, id),
        runtime.stateAt(ORGANIZATION, id, { revision: 1 }),
      ]);
    });
    expect(seen).toMatchObject([{ revision: 1 }, { revision: 1 }, { revision: 1 }]);
  });

  it('lets nothing be written by a question', async () => {
    const id = await start();
    const curious = createPostgresRuntime({
      dataSource: api,
      lifecycles: new Lifecycles([leaveRequest]),
      effects: { offer: () => undefined },
      log: quiet,
      hooks: {
        authorize: async (_request, tx) => {
          await tx.query('delete from workflow.outbox where organization_id = $1', [tx.organization]);
          return null;
        },
      },
    }).runtime;
    await expect(curious.whatCan(ORGANIZATION, id, employee)).rejects.toThrow(/read-only transaction/);
  });

  it('takes a time-limited statement off the server, and gives its connection back', async () => {
    const id = await start();
    const tooLong = runtime.transaction(
      ORGANIZATION,
      async (tx) => {
        await tx.send({ instance: id, event: { type: 'withdraw' }, actor: employee });
        await tx.query('select pg_sleep(3600)');
        return null;
      },
      { timeLimitMs: 200 },
    );
    await expect(tooLong).rejects.toMatchObject({ outcome: 'nothing-happened' });
    const running = async () =>
      superuser.query<unknown[]>(
        `select from pg_stat_activity where datname = $1 and query like '%pg_sleep(3600)%'
                       and state = 'active' and pid <> pg_backend_pid()`,
        [database.name],
      );
    for (let tries = 0; (await running()).length > 0; tries++) {
      if (tries > 400) throw new Error('the statement goes on');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await runtime.stateAt(ORGANIZATION, id, { revision: 2 })).toMatchObject({
      code: 'unknown-revision',
    });
  });

  it('forgets a key after its hours', async () => {
    const id = await start();
    const idempotency = { key: 'old', caller: 'an', fingerprint: 'x' };
    const ask = () =>
      runtime.send(
        ORGANIZATION,
        { instance: id, event: { type: 'lengthen', days: 1 }, actor: employee },
        { idempotency },
      );
    expect(await ask()).toMatchObject({ revision: 2 });
    const aged = `update workflow.idempotency set expires_at = expires_at - make_interval(hours => $1) where key = 'old'`;
    await superuser.query(aged, [23]);
    expect(await ask()).toMatchObject({ revision: 2 });
    await superuser.query(aged, [1]);
    expect(await ask()).toMatchObject({ revision: 3 });
  });

  it('tells what was parked, and foresees nothing behind it', async () => {
    const id = await start();
    await runtime.transaction(ORGANIZATION, async (tx) => {
      await tx.park(id, 'xstate.after.answer.leave.open.waiting', 'it broke');
      return null;
    });
    expect(await runtime.explain(ORGANIZATION, id)).toMatchObject({
      pending: [{ parked: true, then: null }],
      ahead: [],
      goesOn: false,
      parked: [
        {
          kind: 'timer',
          id: 'xstate.after.answer.leave.open.waiting',
          name: 'xstate.after.answer.leave.open.waiting',
          error: 'it broke',
        },
      ],
    });
  });
});
