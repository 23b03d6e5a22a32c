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

    it('are cancelled by their id, set anew under it, and set again after being cancelled', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now, 1), timer('b', now, 2)] }));
      await bench().next(id, (now) => ({ cancelled: ['a', 'nobody'], set: [timer('b', now + DAY, 9)] }));
      const [only, ...others] = (await bench().see(id))?.timers ?? [];
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
      expect(seen).toMatchObject({ status: 'done', snapshot: { status: 'done' }, timers: [] });
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
