import { type InstanceRecord } from '../../engine/records';
import { type DueClaim, type StoreTransaction } from '../../engine/store.port';
import { nextChange, timer } from './contract-changes';
import { DAY, type ContractBench } from './contract-bench';

const idsOf = (claimed: readonly InstanceRecord[]): string[] => claimed.map(({ id }) => id).sort();

/** Takes instances as a worker does: their due timers are gone with the commit. */
async function fire(tx: StoreTransaction, claim: DueClaim): Promise<string[]> {
  const claimed = await tx.claimDue(claim);
  const changes = claimed.map((record) => {
    const due = record.timers.filter(({ dueAt }) => dueAt <= tx.now);
    return nextChange(record, tx.now, { cancelled: due.map(({ id }) => id), effects: ['fired'] });
  });
  if (changes.length > 0) await tx.writeLast(changes);
  return idsOf(claimed);
}

/** What a store owes the workers that ask it for due timers. */
export function claimContract(bench: () => ContractBench): void {
  const startDue = (by = 1): Promise<string> =>
    bench().start((now) => ({ set: [timer('a', now - by * DAY), timer('b', now + DAY)] }));

  describe('claims', () => {
    it('find instances with a timer that is due, with their timers in order', async () => {
      const due = await bench().start((now) => ({
        set: [timer('y', now - 1, 2), timer('x', now - 1, 1), timer('z', now + DAY, 3)],
      }));
      await bench().start((now) => ({ set: [timer('later', now + DAY)] }));
      await bench().start();
      const claimed = await bench().run((tx) => tx.claimDue({ limit: 10 }));
      expect(idsOf(claimed)).toEqual([due]);
      expect(claimed[0]?.timers.map(({ id }) => id)).toEqual(['x', 'y', 'z']);
    });

    it('take at most as many as asked for, the earliest first', async () => {
      const [third, first, second] = [await startDue(1), await startDue(3), await startDue(2)];
      const claim = (limit: number) => bench().run(async (tx) => idsOf(await tx.claimDue({ limit })));
      expect(await claim(1)).toEqual([first]);
      expect(await claim(2)).toEqual([first, second].sort());
      expect(await claim(3)).toEqual([first, second, third].sort());
    });

    it('keep to the instances that are named', async () => {
      const [one, other] = [await startDue(), await startDue()];
      const claim = (only: readonly string[]) =>
        bench().run(async (tx) => idsOf(await tx.claimDue({ limit: 10, only })));
      expect(await claim([other])).toEqual([other]);
      expect(await claim([])).toEqual([]);
      expect(await claim([one, other])).toEqual([one, other].sort());
    });

    it('pass over an instance whose earliest timer is parked, until it is cancelled or set anew', async () => {
      const id = await bench().start((now) => ({
        set: [timer('a', now - 2 * DAY, 1), timer('b', now - DAY, 2)],
      }));
      const claim = () => bench().run(async (tx) => idsOf(await tx.claimDue({ limit: 10 })));
      await bench().run((tx) => tx.park(id, 'a', 'the machine failed'));
      expect(await claim()).toEqual([]);
      await bench().next(id, (now) => ({ set: [timer('a', now - 2 * DAY, 3)] }));
      expect(await claim()).toEqual([id]);
      await bench().run((tx) => tx.park(id, 'a', 'again'));
      expect(await claim()).toEqual([]);
      await bench().next(id, () => ({ cancelled: ['a'] }));
      expect(await claim()).toEqual([id]);
    });

    it('take the timers before a parked one, and leave ended instances alone', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now - 2, 1), timer('b', now - 1, 2)] }));
      await bench().run((tx) => tx.park(id, 'b', 'the machine failed'));
      const ended = await startDue();
      await bench().next(ended, () => ({ status: 'done' }));
      const [claimed, ...others] = await bench().run((tx) => tx.claimDue({ limit: 10 }));
      expect(others).toEqual([]);
      expect(claimed?.id).toBe(id);
      expect(claimed?.timers.map(({ id: of, parked }) => [of, parked !== false])).toEqual([
        ['a', false],
        ['b', true],
      ]);
    });

    it('made by many workers at once fire each instance once', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 12; count++) ids.push(await startDue());
      const worker = async (): Promise<string[]> => {
        const fired: string[] = [];
        // Bounded, so that a store that gives out the same again and again fails instead of hanging.
        for (let claims = 0; claims < 2 * ids.length; claims++) {
          const some = await bench().run((tx) => fire(tx, { limit: 2 }));
          if (some.length === 0) break;
          fired.push(...some);
        }
        return fired;
      };
      const workers = await Promise.all([worker(), worker(), worker(), worker()]);
      // A worker that finds everything locked stops; whoever holds the rest goes on.
      const rest = await worker();
      expect([...workers.flat(), ...rest].sort()).toEqual([...ids].sort());
      expect(await bench().effects()).toEqual(ids.map(() => 'fired'));
    });

    it('made shard by shard find every instance once', async () => {
      const ids = [await startDue(), await startDue(), await startDue(), await startDue(), await startDue()];
      const fired: string[] = [];
      for (const shard of [0, 1, 2, 3])
        fired.push(...(await bench().run((tx) => fire(tx, { limit: 10, shard }))));
      expect(fired.sort()).toEqual([...ids].sort());
    });

    it('skip what another transaction holds, where transactions run side by side', async () => {
      const [held, free] = [await startDue(), await startDue()];
      let second: Promise<string[]> | undefined;
      const first = await bench().run(async (tx) => {
        const mine = await tx.claimDue({ limit: 10, only: [held] });
        second = bench().run((other) => fire(other, { limit: 10 }));
        // Only a store that skips can answer while this transaction is open.
        if (bench().opened.concurrent) expect(await second).toEqual([free]);
        await tx.writeLast(mine.map((record) => nextChange(record, tx.now, { cancelled: ['a'] })));
        return idsOf(mine);
      });
      expect(first).toEqual([held]);
      expect(await second).toEqual([free]);
    });
  });
}
