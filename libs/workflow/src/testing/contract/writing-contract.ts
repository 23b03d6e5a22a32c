import { type InstanceChange, type InstanceRecord } from '../../engine/records';
import { type StoreTransaction, type UnlockedReading } from '../../engine/store.port';
import { DAY, failing, lockOne, OnPurpose, type ContractBench } from './contract-bench';
import { contractId, nextChange, startChange, timer } from './contract-changes';

const lockedOnce = (bench: ContractBench, id: string): Promise<InstanceRecord> =>
  bench.run((tx) => lockOne(tx, id));

/** What a store owes whoever writes through it: all or nothing, under the revision guard. */
export function writingContract(bench: () => ContractBench): void {
  describe('writing', () => {
    it('keeps state, timers, history and outbox rows as they were given', async () => {
      const context = {
        words: 'Đôn đốc "☂" \\ \u2028',
        list: [1, { deep: null }],
        none: {},
        big: 9007199254740991,
      };
      const event = { type: 'reminder', to: ['an', 'bình'] };
      let now = 0;
      const id = await bench().start((at) => {
        now = at;
        return {
          context,
          value: 'there',
          set: [timer('r', at + DAY, 7, { event })],
          effects: ['mail', 'mail'],
        };
      });
      const seen = await bench().see(id);
      expect(seen).toMatchObject({
        organization: bench().organization,
        id,
        lifecycle: 'contract',
        version: 1,
        revision: 1,
        status: 'active',
        at: now,
        startedAt: now,
        snapshot: { value: 'there', context },
      });
      expect(seen?.timers).toEqual([{ id: 'r', dueAt: now + DAY, sequence: 7, event, parked: false }]);
      const [history] = await bench().history(id);
      expect(history).toMatchObject({ instance: id, revision: 1, at: now, hash: seen?.head });
      expect(JSON.parse(history?.entry ?? '')).toMatchObject({ instance: id, revision: 1 });
      const outbox = await bench().opened.outbox(bench().organization);
      expect(outbox).toHaveLength(2);
      expect(new Set(outbox.map((row) => row.id)).size).toBe(2);
      expect(outbox).toEqual([
        expect.objectContaining({ instance: id, effect: 'mail', payload: { of: 'mail' } }),
        expect.objectContaining({ instance: id, effect: 'mail', payload: { of: 'mail' } }),
      ]);
    });

    it('leaves nothing of work that throws', async () => {
      const kept = await bench().start((now) => ({ set: [timer('a', now - DAY)] }));
      const never = contractId();
      const key = { key: 'k', caller: 'an', fingerprint: 'f' };
      await failing(bench(), async (tx) => {
        const record = await lockOne(tx, kept);
        await tx.write([
          nextChange(record, tx.now, { set: [timer('b', tx.now)], cancelled: ['a'], effects: ['mail'] }),
          startChange(bench().organization, never, tx.now, { effects: ['mail'] }),
        ]);
        await tx.recall(key);
        await tx.remember(key, 1);
        await tx.park(kept, 'b', 'why');
      });
      expect(await bench().see(kept)).toMatchObject({ revision: 1 });
      expect(await bench().timers(kept)).toEqual(['a']);
      expect(await bench().revisions(kept)).toEqual([1]);
      expect(await bench().see(never)).toBeUndefined();
      expect(await bench().revisions(never)).toEqual([]);
      expect(await bench().effects()).toEqual([]);
      expect(await bench().run((tx) => tx.recall(key))).toEqual({ kind: 'new' });
    });

    it('writes several instances in one transaction, all of them or none', async () => {
      const ids = [contractId(), contractId(), contractId()];
      const all = (tx: StoreTransaction) =>
        tx.write(ids.map((id) => startChange(bench().organization, id, tx.now, { effects: ['mail'] })));
      await failing(bench(), all);
      expect(await bench().run((tx) => tx.lock(ids))).toEqual([]);
      await bench().run(all);
      expect(await bench().run((tx) => tx.lock(ids))).toHaveLength(3);
      expect(await bench().effects()).toEqual(['mail', 'mail', 'mail']);
    });

    describe.each(['alone', 'with others'])('finds an instance changed meanwhile (written %s)', (how) => {
      const among = (changes: readonly InstanceChange[], now: number): InstanceChange[] =>
        how === 'alone'
          ? [...changes]
          : [startChange(bench().organization, contractId(), now, { effects: ['other'] }), ...changes];

      it.each(['write', 'writeLast'] as const)('and writes nothing, in %s', async (write) => {
        const id = await bench().start((now) => ({ set: [timer('t', now)] }));
        const before = await lockedOnce(bench(), id);
        await bench().next(id);
        const late = { set: [timer('late', 1)], cancelled: ['t'], effects: ['late'] };
        await bench().conflict((tx) => tx[write](among([nextChange(before, tx.now, late)], tx.now)));
        expect(await bench().revisions(id)).toEqual([1, 2]);
        expect(await bench().timers(id)).toEqual(['t']);
        expect(await bench().effects()).toEqual([]);
      });

      it.each(['write', 'writeLast'] as const)(
        'also one that was started meanwhile, in %s',
        async (write) => {
          const id = await bench().start();
          const again = { value: 'another', effects: ['late'] };
          const start = (now: number) => startChange(bench().organization, id, now, again);
          await bench().conflict((tx) => tx[write](among([start(tx.now)], tx.now)));
          expect((await bench().see(id))?.snapshot.value).toBe('here');
          expect(await bench().revisions(id)).toEqual([1]);
          expect(await bench().effects()).toEqual([]);
        },
      );
    });

    it('appends history, several steps of one change included', async () => {
      const id = await bench().start();
      await bench().next(id, () => ({ steps: 3 }));
      await bench().next(id);
      const history = await bench().history(id);
      expect(history.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
      expect(await bench().see(id)).toMatchObject({ revision: 5, head: history.at(-1)?.hash });
    });

    it('carries a last write out with the commit, or nothing of it', async () => {
      const id = await bench().start();
      const last = async (tx: StoreTransaction) => {
        const record = await lockOne(tx, id);
        await tx.writeLast([nextChange(record, tx.now, { set: [timer('t', tx.now)], effects: ['mail'] })]);
      };
      await failing(bench(), last);
      expect([await bench().revisions(id), await bench().timers(id), await bench().effects()]).toEqual([
        [1],
        [],
        [],
      ]);
      await bench().run(last);
      expect([await bench().revisions(id), await bench().timers(id), await bench().effects()]).toEqual([
        [1, 2],
        ['t'],
        ['mail'],
      ]);
    });

    it('lets two transactions that lock the same instance go one after the other', async () => {
      const id = await bench().start();
      await Promise.all(Array.from({ length: 8 }, () => bench().next(id)));
      expect((await bench().see(id))?.revision).toBe(9);
      expect(await bench().revisions(id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
  });

  describe('without locks', () => {
    const unlocked = (
      ids: readonly string[],
      work: (reading: UnlockedReading) => readonly InstanceChange[],
    ): Promise<void> => bench().opened.store.unlocked(bench().organization, ids, work);

    it.each([1, 3])('reads instances, and writes what comes of %d of them', async (count) => {
      const ids: string[] = [];
      for (let made = 0; made < count; made++)
        ids.push(await bench().start((now) => ({ context: { made }, set: [timer('t', now + DAY)] })));
      await unlocked([...ids, contractId()], ({ now, instances }) => {
        expect(instances.map(({ id }) => id).sort()).toEqual([...ids].sort());
        for (const { timers } of instances) expect(timers.map((one) => one.id)).toEqual(['t']);
        return instances.map((record) =>
          nextChange(record, now, {
            value: 'there',
            cancelled: ['t'],
            set: [timer('u', now)],
            effects: ['mail'],
          }),
        );
      });
      for (const id of ids) {
        expect(await bench().see(id)).toMatchObject({ revision: 2, snapshot: { value: 'there' } });
        expect(await bench().revisions(id)).toEqual([1, 2]);
        expect(await bench().timers(id)).toEqual(['u']);
      }
      expect(await bench().effects()).toEqual(ids.map(() => 'mail'));
    });

    it('reads a single instance, an ended one, one without timers and one of nobody', async () => {
      const id = await bench().start();
      await bench().next(id, () => ({ status: 'done' }));
      const seen: unknown[] = [];
      for (const asked of [id, contractId()])
        await unlocked([asked], ({ instances }) => {
          seen.push(...instances.map(({ status, timers }) => [status, timers]));
          return [];
        });
      expect(seen).toEqual([['done', []]]);
      expect(await bench().revisions(id)).toEqual([1, 2]);
    });

    it.each([1, 3])('writes nothing of %d when one of them has changed meanwhile', async (count) => {
      const ids: string[] = [];
      for (let made = 0; made < count; made++) ids.push(await bench().start());
      const stale = await Promise.all(ids.map(async (id) => await lockedOnce(bench(), id)));
      await bench().next(ids[0] ?? '');
      const late = unlocked(ids, ({ now }) =>
        stale.map((record) => nextChange(record, now, { set: [timer('late', now)], effects: ['late'] })),
      );
      await bench().expectTransient(late);
      const revisions = await Promise.all(ids.map((id) => bench().revisions(id)));
      expect(revisions).toEqual(ids.map((_, index) => (index === 0 ? [1, 2] : [1])));
      for (const id of ids) expect(await bench().timers(id)).toEqual([]);
      expect(await bench().effects()).toEqual([]);
    });

    it('leaves nothing when its work throws', async () => {
      const id = await bench().start();
      const broken = unlocked([id], () => {
        throw new OnPurpose();
      });
      await expect(broken).rejects.toThrow(OnPurpose);
      expect(await bench().revisions(id)).toEqual([1]);
    });
  });

  describe('reading', () => {
    const look = <T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T> =>
      bench().opened.store.look(bench().organization, work);

    it('locks instances in the order of their ids, and leaves out unknown ones', async () => {
      const ids = [await bench().start(), await bench().start(), await bench().start()].sort();
      const asked = [ids[2], ids[0], contractId(), ids[1]].map(String);
      const read = (first?: readonly string[]) =>
        bench().opened.store.transaction(bench().organization, (tx) => tx.lock(asked), first);
      expect((await read()).map(({ id }) => id)).toEqual(ids);
      // What a store may read ahead makes no difference.
      expect(await read(asked)).toEqual(await read());
      expect(await read([contractId()])).toEqual(await read());
    });

    it('tells the timers of instances without locking them', async () => {
      const id = await bench().start((now) => ({
        set: [timer('b', now + DAY, 2), timer('a', now - DAY, 1)],
      }));
      await bench().run((tx) => tx.park(id, 'a', 'why'));
      const read = (tx: StoreTransaction) => tx.read([id, contractId()]);
      const [inside, looked] = [await bench().run(read), await look(read)];
      expect(inside).toEqual(looked);
      expect(
        looked.map(({ id: of, timers }) => [of, timers.map((one) => [one.id, one.parked !== false])]),
      ).toEqual([
        [
          id,
          [
            ['a', true],
            ['b', false],
          ],
        ],
      ]);
    });

    it('pages through history', async () => {
      const id = await bench().start();
      await bench().next(id, () => ({ steps: 4 }));
      const pages = [
        { after: 0 },
        { after: 3 },
        { after: 0, limit: 2 },
        { after: 2, limit: 2 },
        { after: 5 },
      ];
      const read = pages.map((page) => look((tx) => tx.history(id, page)));
      const revisions = (await Promise.all(read)).map((records) => records.map(({ revision }) => revision));
      expect(revisions).toEqual([[1, 2, 3, 4, 5], [4, 5], [1, 2], [3, 4], []]);
      expect(await look((tx) => tx.history(contractId(), { after: 0 }))).toEqual([]);
    });

    it('tells what is parked, and why', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now, 1), timer('b', now, 2)] }));
      const parked = () => look((tx) => tx.parkedWork(id));
      expect(await parked()).toEqual([]);
      await bench().run((tx) => tx.park(id, 'b', 'the machine failed'));
      expect(await parked()).toEqual([
        expect.objectContaining({ kind: 'timer', id: 'b', error: 'the machine failed' }),
      ]);
      await bench().next(id, () => ({ cancelled: ['b'] }));
      expect(await parked()).toEqual([]);
    });

    it('knows business time, to the millisecond, and never an earlier one than before', async () => {
      const first = await bench().run((tx) => Promise.resolve(tx.now));
      const second = await bench().run((tx) => Promise.resolve(tx.now));
      expect(Number.isSafeInteger(first)).toBe(true);
      expect(second).toBeGreaterThanOrEqual(first);
    });
  });
}
