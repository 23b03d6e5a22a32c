import { type AnyStateMachine } from 'xstate';
import { type InstanceChange, type InstanceRecord } from '../engine/records';
import { type StoreTransaction } from '../engine/store.port';
import {
  type ExpectedInstance,
  type SendCommand,
  type StartCommand,
  type UnitOfWork,
} from '../engine/unit-of-work';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { typedCommands, type TypedCommands } from './typed-calls';

/** What application code does in one transaction: the store's own means, plus `start` and `send`. */
export type Work<TTransaction extends StoreTransaction> = TTransaction & {
  start(command: StartCommand): Promise<InstanceRecord | Refusal>;
  /** Starts many at once: one read, one write. */
  startMany(commands: readonly StartCommand[]): Promise<readonly InstanceRecord[] | Refusal>;
  send(command: SendCommand): Promise<InstanceRecord | Refusal>;
  /**
   * Fires what has fallen due in these instances, so that an act can be planned on the state that is true now. Part of
   * the transaction: a refusal undoes it, and the worker fires it later.
   */
  catchUp(instances: readonly ExpectedInstance[]): Promise<Refusal | null>;
  /** `start` and `send` typed by one lifecycle. */
  of<TMachine extends AnyStateMachine>(lifecycle: Lifecycle<TMachine>): TypedCommands<TMachine>;
};

/** Lends a store's transaction the commands. Each is a unit of work of its own, written before the next begins. */
export function workIn<TTransaction extends StoreTransaction>(
  tx: TTransaction,
  newUnit: () => UnitOfWork<TTransaction>,
  written: (changes: readonly InstanceChange[]) => void,
): Work<TTransaction> {
  const within = async <T>(
    command: (unit: UnitOfWork<TTransaction>) => Promise<T | Refusal>,
  ): Promise<T | Refusal> => {
    const unit = newUnit();
    const answer = await command(unit);
    if (!isRefusal(answer)) written((await unit.flush()).changes);
    return answer;
  };
  const commands = {
    start: (command: StartCommand) => within((unit) => unit.start(command)),
    startMany: (many: readonly StartCommand[]) => within((unit) => unit.startMany(many)),
    send: (command: SendCommand) => within((unit) => unit.send(command)),
    catchUp: (instances: readonly ExpectedInstance[]) => within((unit) => unit.catchUp(instances)),
  };
  return Object.assign(tx, {
    ...commands,
    of: <TMachine extends AnyStateMachine>(lifecycle: Lifecycle<TMachine>) =>
      typedCommands(commands, lifecycle),
  });
}
