import { DAY, type ContractBench } from './contract-bench';
import { timer } from './contract-changes';

/** What a store owes the timers of an instance. */
export function timerContract(bench: () => ContractBench): void {
  describe('timers', () => {
    it('come in (due instant, sequence) order, whatever order they were set in', async () => {
      const id = await bench().start((now) => ({
        set: [
          timer('c', now + 2, 1),
          timer('b', now + 1, 2_000_000_001),
          timer('a', now + 1, 2_000),
          timer('d', now + DAY, 0),
        ],
      }));
      expect(await bench().timers(id)).toEqual(['a', 'b', 'c', 'd']);
    });

    it('are loaded only when they are due by the instant asked for', async () => {
      let due = 0;
      const id = await bench().start((now) => {
        due = now + DAY;
        return { set: [timer('now', now - 1), timer('then', due), timer('later', due + 1)] };
      });
      const [loaded] = await bench().run((tx) => tx.lock([id], due));
      expect(loaded?.due.map((one) => one.id)).toEqual(['now', 'then']);
      // When the next one is due may be told too early, never too late.
      expect(loaded?.dueLater).toBeLessThanOrEqual(due + 1);
      expect((await bench().see(id))?.dueLater).toBeNull();
    });

    it('are cancelled by their id, set anew under it, and set again after being cancelled', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now, 1), timer('b', now, 2)] }));
      await bench().next(id, (now) => ({ cancelled: ['a', 'nobody'], set: [timer('b', now + DAY, 9)] }));
      const [only, ...others] = (await bench().see(id))?.due ?? [];
      expect(others).toEqual([]);
      expect(only).toMatchObject({ id: 'b', sequence: 9 });
      await bench().next(id, (now) => ({ set: [timer('a', now, 3)] }));
      expect(await bench().timers(id)).toEqual(['a', 'b']);
    });

    it('are dropped, all of them, when their instance ends', async () => {
      const id = await bench().start((now) => ({
        set: [timer('a', now), timer('b', now + DAY), timer('c', now + DAY)],
      }));
      await bench().next(id, () => ({ status: 'done', cancelled: ['a'] }));
      const seen = await bench().see(id);
      expect(seen).toMatchObject({ record: { status: 'done', snapshot: { status: 'done' } }, due: [] });
    });

    it('that are parked are marked, until they are set anew or cancelled', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now, 1), timer('b', now, 2)] }));
      await bench().run(async (tx) => {
        await tx.park(id, 'a', 'the machine failed');
        await tx.park(id, 'nobody', 'is not there');
      });
      expect(await bench().timers(id)).toEqual(['a (parked)', 'b']);
      await bench().next(id, (now) => ({ set: [timer('a', now, 3)] }));
      expect(await bench().timers(id)).toEqual(['b', 'a']);
      await bench().run((tx) => tx.park(id, 'b', 'again'));
      await bench().next(id, () => ({ cancelled: ['b'] }));
      expect(await bench().timers(id)).toEqual(['a']);
    });
  });
}
