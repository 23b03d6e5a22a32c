import { type AnyStateMachine } from 'xstate';
import { type JsonValue } from '../engine/canonical-json';
import { type InstanceRecord } from '../engine/records';
import { type IdempotencyKey, type StoreTransaction } from '../engine/store.port';
import { type SendCommand, type StartCommand } from '../engine/commands';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { InstanceQueries } from './instance-queries';
import { type SendAnswer } from './send-lane';
import { sendApart, sendInOrder } from './send-many';
import { typedCalls, type TypedCalls } from './typed-calls';
import { type RepeatableCall, type TimedCall } from './call';
import { type Work } from './work';

/** The calls that are made of `transaction` and `send`. */
export abstract class RuntimeCalls<
  TTransaction extends StoreTransaction,
> extends InstanceQueries<TTransaction> {
  abstract transaction<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    call?: TimedCall,
  ): Promise<T | Refusal>;

  abstract send(
    organization: string,
    command: SendCommand,
    call?: RepeatableCall,
  ): Promise<InstanceRecord | Refusal>;

  /** `start` and `send` typed by one lifecycle: a wrong event, payload or input does not compile. */
  of<TMachine extends AnyStateMachine>(lifecycle: Lifecycle<TMachine>): TypedCalls<TMachine> {
    return typedCalls(this, lifecycle);
  }

  /** Starts one instance in a transaction of its own. */
  start(
    organization: string,
    command: StartCommand,
    call: RepeatableCall = {},
  ): Promise<InstanceRecord | Refusal> {
    return this.repeatable(organization, (tx) => tx.start(command), call);
  }

  /** Starts many in one transaction: one read, one write. All or none. */
  startMany(
    organization: string,
    commands: readonly StartCommand[],
    call: RepeatableCall = {},
  ): Promise<readonly InstanceRecord[] | Refusal> {
    return this.repeatable(organization, (tx) => tx.startMany(commands), call);
  }

  /**
   * Sends many. `atomic`: in one transaction and in order; the first refusal undoes all, and its `field` begins with
   * `commands.` and the number of the refused one. Otherwise each is carried out and answered by itself, in the order given
   * where they go to the same instance.
   */
  sendMany(
    organization: string,
    commands: readonly SendCommand[],
    call: RepeatableCall & { readonly atomic: true },
  ): Promise<readonly InstanceRecord[] | Refusal>;
  sendMany(
    organization: string,
    commands: readonly SendCommand[],
    call: TimedCall & { readonly atomic: false },
  ): Promise<readonly SendAnswer[]>;
  sendMany(
    organization: string,
    commands: readonly SendCommand[],
    { atomic, ...call }: RepeatableCall & { readonly atomic: boolean },
  ): Promise<readonly SendAnswer[] | readonly InstanceRecord[] | Refusal> {
    if (!atomic) return sendApart(commands, (command) => this.send(organization, command, call));
    return this.repeatable(organization, (tx) => sendInOrder(commands, (command) => tx.send(command)), call);
  }

  /** In a transaction of its own, and once when there is a key. */
  protected async repeatable<T>(
    organization: string,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    { idempotency, ...timed }: RepeatableCall,
  ): Promise<T | Refusal> {
    if (!idempotency) return this.transaction(organization, work, timed);
    const done = await this.once(organization, idempotency, work as never, timed);
    return isRefusal(done) ? done : (done.answer as T);
  }

  /**
   * `transaction` under an idempotency key: the first answer is kept and given again to the same request, which
   * then has no second effect. Refusals are not kept: asked again, the question is decided anew.
   */
  async once<T extends JsonValue>(
    organization: string,
    key: IdempotencyKey,
    work: (tx: Work<TTransaction>) => Promise<T | Refusal>,
    call: TimedCall = {},
  ): Promise<{ readonly answer: T; readonly replayed: boolean } | Refusal> {
    const recalling = async (tx: Work<TTransaction>) => {
      const recalled = await tx.recall(key);
      if (recalled.kind === 'seen') return { answer: recalled.answer as T, replayed: true };
      if (recalled.kind === 'reused')
        return refusal('idempotency-key-reused', {
          vi: 'Khóa chống gửi lặp này đã dùng cho một yêu cầu khác.',
          en: 'This idempotency key was already used for another request.',
        });
      const answer = await work(tx);
      if (isRefusal(answer)) return answer;
      await tx.remember(key, answer);
      return { answer, replayed: false };
    };
    return this.transaction(organization, recalling, call);
  }
}
