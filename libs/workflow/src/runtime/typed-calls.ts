import { type AnyStateMachine } from 'xstate';
import { type InstanceRecord, type StoredEvent } from '../engine/records';
import { type SendCommand, type StartCommand } from '../engine/commands';
import { type EventOf, type InputOf, type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Refusal } from '../lifecycle/refusal';
import { type RepeatableCall } from './call';

export interface TypedStart<TMachine extends AnyStateMachine> extends Omit<
  StartCommand,
  'lifecycle' | 'input'
> {
  readonly input: InputOf<Lifecycle<TMachine>>;
}

export interface TypedSend<TMachine extends AnyStateMachine> extends Omit<
  SendCommand,
  'lifecycle' | 'event'
> {
  readonly event: EventOf<Lifecycle<TMachine>>;
}

type Answer = Promise<InstanceRecord | Refusal>;

/** Commands of one lifecycle inside a transaction. */
export interface TypedCommands<TMachine extends AnyStateMachine> {
  start(command: TypedStart<TMachine>): Answer;
  send(command: TypedSend<TMachine>): Answer;
}

/** Calls of one lifecycle. `send` answers `unknown-instance` for an instance of another one. */
export interface TypedCalls<TMachine extends AnyStateMachine> {
  start(organization: string, command: TypedStart<TMachine>, call?: RepeatableCall): Answer;
  send(organization: string, command: TypedSend<TMachine>, call?: RepeatableCall): Answer;
}

const toStart = <TMachine extends AnyStateMachine>(
  { id: lifecycle }: Lifecycle<TMachine>,
  command: TypedStart<TMachine>,
): StartCommand => ({ ...command, lifecycle, input: command.input });

const toSend = <TMachine extends AnyStateMachine>(
  { id: lifecycle }: Lifecycle<TMachine>,
  command: TypedSend<TMachine>,
): SendCommand => ({ ...command, lifecycle, event: command.event as unknown as StoredEvent });

export const typedCommands = <TMachine extends AnyStateMachine>(
  work: { start(command: StartCommand): Answer; send(command: SendCommand): Answer },
  lifecycle: Lifecycle<TMachine>,
): TypedCommands<TMachine> => ({
  start: (command) => work.start(toStart(lifecycle, command)),
  send: (command) => work.send(toSend(lifecycle, command)),
});

export const typedCalls = <TMachine extends AnyStateMachine>(
  runtime: {
    start(organization: string, command: StartCommand, call?: RepeatableCall): Answer;
    send(organization: string, command: SendCommand, call?: RepeatableCall): Answer;
  },
  lifecycle: Lifecycle<TMachine>,
): TypedCalls<TMachine> => ({
  start: (organization, command, call) => runtime.start(organization, toStart(lifecycle, command), call),
  send: (organization, command, call) => runtime.send(organization, toSend(lifecycle, command), call),
});
