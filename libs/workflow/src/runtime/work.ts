import { type AnyStateMachine } from 'xstate';
import { type InstanceChange, type InstanceRecord } from '../engine/records';
import { type StoreTransaction } from '../engine/store.port';
import {
  type AnswerCommand,
  type AnswerOutcome,
  type DropTimerCommand,
  type ExpectedInstance,
  type SendCommand,
  type StartCommand,
} from '../engine/commands';
import { type UnitOfWork } from '../engine/unit-of-work';
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
  /** Brings back what invoked effects answered: for whoever carries effects out, with its own record of doing so. */
  answerEach(commands: readonly AnswerCommand[]): Promise<readonly AnswerOutcome[]>;
  /** Gives up a parked timer; whoever calls it keeps the reason. */
  dropTimer(command: DropTimerCommand): Promise<InstanceRecord | Refusal>;
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
    answerEach: async (answers: readonly AnswerCommand[]) => {
      const outcomes = await within((unit) => unit.answerEach(answers));
      return isRefusal(outcomes) ? [] : outcomes;
    },
    dropTimer: (command: DropTimerCommand) => within((unit) => unit.dropTimer(command)),
  };
  return Object.assign(tx, {
    ...commands,
    of: <TMachine extends AnyStateMachine>(lifecycle: Lifecycle<TMachine>) =>
      typedCommands(commands, lifecycle),
  });
}
