import { type StoreTransaction } from '../../engine/store.port';
import { claimContract } from './claim-contract';
import { ContractBench, type ContractStore, type OpenContractStore } from './contract-bench';
import { CONTRACT_LIFECYCLE, contractId, nextChange, startChange, timer } from './contract-changes';
import { timerContract } from './timer-contract';
import { writingContract } from './writing-contract';

/**
 * The contract of a store, as a jest suite: every store that passes it may carry the runtime.
 * @param open called once before the tests; `close` is called after them
 */
export function storeContract(name: string, open: OpenContractStore): void {
  describe(`the contract of a store: ${name}`, () => {
    let opened: ContractStore;
    let bench: ContractBench;

    beforeAll(async () => {
      opened = await open([CONTRACT_LIFECYCLE]);
    });
    beforeEach(() => {
      bench = new ContractBench(opened);
    });
    afterAll(() => opened.close());

    writingContract(() => bench);
    timerContract(() => bench);
    claimContract(() => bench);
    idempotencyContract(() => bench);
    wallContract(() => bench);
  });
}

function idempotencyContract(bench: () => ContractBench): void {
  describe('idempotency keys', () => {
    const key = { key: 'k-1', caller: 'an', fingerprint: 'one' };

    it('give the first answer again, to the same request of the same caller only', async () => {
      const answer = { revision: 2, words: ['đã', null] };
      const remember = async (tx: StoreTransaction) => {
        expect(await tx.recall(key)).toEqual({ kind: 'new' });
        await tx.remember(key, answer);
      };
      await bench().run(remember);
      const recall = (more: Partial<typeof key>) => bench().run((tx) => tx.recall({ ...key, ...more }));
      expect(await recall({})).toEqual({ kind: 'seen', answer });
      expect(await recall({ fingerprint: 'another' })).toEqual({ kind: 'reused' });
      expect(await recall({ caller: 'binh' })).toEqual({ kind: 'new' });
      expect(await recall({ key: 'k-2' })).toEqual({ kind: 'new' });
    });

    it('are reserved by one transaction at a time: the second waits and is given the answer of the first', async () => {
      const ask = (answer: number) =>
        bench().run(async (tx) => {
          const recalled = await tx.recall(key);
          if (recalled.kind === 'new') await tx.remember(key, answer);
          return recalled;
        });
      const recalled = await Promise.all([1, 2, 3, 4].map(ask));
      const kinds = recalled.map(({ kind }) => kind).sort();
      expect(kinds).toEqual(['new', 'seen', 'seen', 'seen']);
      const answers = recalled.flatMap((one) => (one.kind === 'seen' ? [one.answer] : []));
      expect(new Set(answers).size).toBe(1);
    });
  });
}

function wallContract(bench: () => ContractBench): void {
  describe('organizations', () => {
    it('see and change nothing of each other', async () => {
      const id = await bench().start((now) => ({ set: [timer('a', now - 1)], effects: ['mail'] }));
      const before = await bench().see(id);
      if (!before) throw new Error('the instance was not kept');
      const stranger = contractId();
      const key = { key: 'k', caller: 'an', fingerprint: 'f' };
      await bench().run(async (tx) => {
        await tx.recall(key);
        await tx.remember(key, 1);
      });
      await bench().run(async (tx) => {
        expect(tx.organization).toBe(stranger);
        expect(await tx.lock([id])).toEqual([]);
        expect(await tx.claimDue({ limit: 10 })).toEqual([]);
        expect(await tx.recall(key)).toEqual({ kind: 'new' });
        await tx.park(id, 'a', 'not mine');
      }, stranger);
      const foreign = { ...before, organization: stranger };
      await bench().conflict(
        (tx) => tx.write([nextChange(foreign, tx.now, { effects: ['mail'] })]),
        stranger,
      );
      await bench().opened.store.unlocked(stranger, [id], ({ instances }) => {
        expect(instances).toEqual([]);
        return [];
      });
      expect(await bench().timers(id)).toEqual(['a']);
      expect(await bench().revisions(id)).toEqual([1]);
      expect(await bench().effects()).toEqual(['mail']);
      expect(await bench().effects(stranger)).toEqual([]);
    });

    it('may have an instance of the same id each', async () => {
      const id = await bench().start(() => ({ value: 'mine' }));
      const stranger = contractId();
      await bench().run(async (tx) => {
        const theirs = startChange(stranger, id, tx.now, { value: 'theirs' });
        await tx.write([theirs]);
      }, stranger);
      expect((await bench().see(id))?.snapshot.value).toBe('mine');
      expect((await bench().see(id, stranger))?.snapshot.value).toBe('theirs');
      expect(await bench().revisions(id, stranger)).toEqual([1]);
    });
  });
}
