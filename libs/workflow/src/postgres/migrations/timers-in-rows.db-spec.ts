import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../../test/services/test-database';
import { type InstanceRecord } from '../../engine/records';
import { CONTRACT_LIFECYCLE, contractId, startChange, timer } from '../../testing/contract/contract-changes';
import { PostgresStore } from '../postgres.store';
import { shardOf } from '../shards';
import { TimersInRows1790000000003 } from './1790000000003-timers-in-rows';

const ORGANIZATION = '00000000-0000-4000-8000-00000000000b';
const SHARE = `select shard, count(*)::int as instances from workflow.instance where due_at is not null group by shard order by shard`;

describe('timers that had a table of their own', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let worker: DataSource;
  let superuser: DataSource;
  let store: PostgresStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    const open = (url: string) => new DataSource({ type: 'postgres', url }).initialize();
    [owner, worker, superuser] = [
      await open(database.ownerUrl),
      await open(database.workerUrl),
      await open(database.superuserUrl),
    ];
    store = new PostgresStore(worker, [CONTRACT_LIFECYCLE]);
  });

  afterAll(async () => {
    await owner.destroy();
    await worker.destroy();
    await superuser.destroy();
    await database.drop();
  });

  const migrated = async (way: 'up' | 'down'): Promise<void> => {
    const runner = owner.createQueryRunner();
    await runner.startTransaction();
    await new TimersInRows1790000000003()[way](runner);
    await runner.commitTransaction();
    await runner.release();
  };

  it('go into the rows of their instances and back, each as it was, and are looked for at the same instants', async () => {
    const ids = Array.from({ length: 9 }, contractId);
    const all = (): Promise<readonly InstanceRecord[]> =>
      store.transaction(ORGANIZATION, (tx) => tx.lock(ids));
    await store.transaction(ORGANIZATION, async (tx) => {
      const { now } = tx;
      const event = { type: 'reminder', to: ['an', 'bình "☂" \\'] };
      await tx.write(
        ids.map((id, place) =>
          startChange(ORGANIZATION, id, now, {
            set: [
              timer('c', now + 2, 1),
              timer('a', now + 1, 5, { event }),
              timer('b', now + 1, 7_000_000_000_001),
            ].slice(place % 4),
          }),
        ),
      );
      await tx.park(ids[0] ?? '', 'a', 'it broke');
      await tx.park(ids[4] ?? '', 'c', 'that broke');
    });
    const before = await all();
    const share = await superuser.query<unknown[]>(SHARE);
    await migrated('down');
    const rows = await superuser.query<{ instance_id: string; shard: number; parked_error: string | null }[]>(
      'select instance_id, shard, parked_error from workflow.timer',
    );
    expect(rows).toHaveLength(before.flatMap(({ timers }) => timers).length);
    expect(rows.every(({ instance_id: id, shard }) => shard === shardOf(id))).toBe(true);
    expect(rows.flatMap(({ parked_error: error }) => error ?? []).sort()).toEqual(['it broke', 'that broke']);
    await migrated('up');
    expect(await all()).toEqual(before);
    expect(await superuser.query<unknown[]>(SHARE)).toEqual(share);
    const due = await superuser.query<{ id: string; due: number | null; has_parked: boolean }[]>(
      'select id, round(extract(epoch from due_at) * 1000)::float8 as due, has_parked from workflow.instance order by id',
    );
    const expected = before.map(({ id, timers }) => ({
      id,
      due: timers[0]?.parked === false ? timers[0].dueAt : null,
      has_parked: timers.some(({ parked }) => parked !== false),
    }));
    expect(due).toEqual([...expected].sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  it('still stand behind the wall', async () => {
    const forced = `select relforcerowsecurity as forced from pg_class where oid = 'workflow.instance'::regclass`;
    expect(await superuser.query<unknown[]>(forced)).toEqual([{ forced: true }]);
  });
});
