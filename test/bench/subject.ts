import { type Lifecycles, type StartCommand, type StoredEvent, type WorkHooks } from '@dondoc/workflow';
import { type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';

/**
 * When the timers of an instance fall due: one of them at `first`, which asks for the effect `remind`; all others after
 * `later`. Without a `first` the sample waits for one timer alone.
 */
export interface Instants {
  readonly first: number | null;
  readonly later: number;
}

/** A lifecycle as the benches work it. Instants are of business time, in milliseconds. */
export interface Subject {
  readonly lifecycles: Lifecycles;
  readonly lifecycle: string;
  readonly organization: string;
  readonly hooks?: WorkHooks<PostgresTransaction>;
  /** Tables beside the runtime's that grow with the instances. */
  readonly tables: readonly string[];
  connect(url: string, poolSize: number): Promise<DataSource>;
  /** Once in a migrated database, by the role that owns it. */
  prepare(owner: DataSource): Promise<void>;
  /** Reads what inputs and events are made of; in a transaction of its own, before anything is measured. */
  plan(tx: PostgresWork): Promise<Planned>;
}

export interface Planned {
  input(instants: Instants): StartCommand['input'];
  /** One that its instances take at any time, any number of times; it asks for an effect and sets or cancels a timer. */
  readonly event: StoredEvent;
  /** Writes what the application keeps of instances that the same transaction then starts. */
  keepRows?(tx: PostgresWork, commands: readonly StartCommand[]): Promise<void>;
}
