import { type HistoryRecord, type InstanceRecord, type OutboxRecord } from '../../engine/records';
import { type Store, type StoreTransaction } from '../../engine/store.port';
import { contractId, nextChange, startChange, type ContractStep } from './contract-changes';

/** A store under the contract, and what the suite may see of it from outside its transactions. */
export interface ContractStore {
  readonly store: Store<StoreTransaction>;
  /** Whether transactions of one organization run side by side; `false` when each waits for the one before. */
  readonly concurrent: boolean;
  /** Whether an error of the store means that the transaction did nothing and may be tried again. */
  isTransient(error: unknown): boolean;
  /** Committed outbox rows of an organization that nobody has delivered yet, in any order. */
  outbox(
    organization: string,
  ): Promise<readonly Pick<OutboxRecord, 'id' | 'instance' | 'effect' | 'payload'>[]>;
  close(): Promise<void>;
}

/** @param known the lifecycle versions of which the store has to give out timers */
export type OpenContractStore = (
  known: readonly { readonly id: string; readonly version: number }[],
) => Promise<ContractStore>;

export const DAY = 86_400_000;

/** What the tests of the contract do with a store, in an organization of their own each. */
export class ContractBench {
  readonly organization = contractId();

  constructor(readonly opened: ContractStore) {}

  run<T>(work: (tx: StoreTransaction) => Promise<T>, organization = this.organization): Promise<T> {
    return this.opened.store.transaction(organization, work);
  }

  /** Starts an instance and answers its id. Instants of timers are relative to business time. */
  async start(step: (now: number) => ContractStep = () => ({}), id = contractId()): Promise<string> {
    await this.run(async (tx) => {
      await tx.write([startChange(this.organization, id, tx.now, step(tx.now))]);
    });
    return id;
  }

  async next(id: string, step: (now: number) => ContractStep = () => ({})): Promise<void> {
    await this.run(async (tx) => {
      const record = await lockOne(tx, id);
      await tx.write([nextChange(record, tx.now, step(tx.now))]);
    });
  }

  /** Runs work that finds an instance changed meanwhile: it has to fail, so that it may be tried again. */
  async conflict(
    work: (tx: StoreTransaction) => Promise<unknown>,
    organization = this.organization,
  ): Promise<void> {
    await this.expectTransient(this.run(work, organization));
  }

  async expectTransient(run: Promise<unknown>): Promise<void> {
    const error: unknown = await run.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(this.opened.isTransient(error)).toBe(true);
  }

  /** The instance, or `undefined`. */
  async see(id: string, organization = this.organization): Promise<InstanceRecord | undefined> {
    const [seen] = await this.run((tx) => tx.lock([id]), organization);
    return seen;
  }

  async timers(id: string): Promise<string[]> {
    return (await this.see(id))?.timers.map((one) => `${one.id}${one.parked ? ' (parked)' : ''}`) ?? [];
  }

  async effects(organization = this.organization): Promise<string[]> {
    return (await this.opened.outbox(organization)).map(({ effect }) => effect).sort();
  }

  history(id: string, organization = this.organization): Promise<HistoryRecord[]> {
    return this.run((tx) => tx.history(id, { after: 0 }), organization);
  }

  async revisions(id: string, organization = this.organization): Promise<number[]> {
    return (await this.history(id, organization)).map(({ revision }) => revision);
  }
}

export async function lockOne(tx: StoreTransaction, id: string): Promise<InstanceRecord> {
  const [locked] = await tx.lock([id]);
  if (!locked) throw new Error(`instance ${id} is not there`);
  return locked;
}

/** What a test throws to make work fail. */
export class OnPurpose extends Error {}

/** Runs work that fails at its end, and expects just that. */
export async function failing(
  bench: ContractBench,
  work: (tx: StoreTransaction) => Promise<unknown>,
): Promise<void> {
  const run = bench.run(async (tx) => {
    await work(tx);
    throw new OnPurpose();
  });
  await expect(run).rejects.toThrow(OnPurpose);
}
