import { type InstanceRecord } from '../engine/records';
import { type SendCommand } from '../engine/commands';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { type SendAnswer } from './send-lane';

type Send = (command: SendCommand) => Promise<InstanceRecord | Refusal>;

/** One after the other until one is refused; the refusal tells which. */
export async function sendInOrder(
  commands: readonly SendCommand[],
  send: Send,
): Promise<readonly InstanceRecord[] | Refusal> {
  const records: InstanceRecord[] = [];
  for (const [index, command] of commands.entries()) {
    const answer = await send(command);
    if (isRefusal(answer)) {
      const within = answer.field === undefined ? '' : `.${answer.field}`;
      return { ...answer, field: `commands.${index}${within}` };
    }
    records.push(answer);
  }
  return records;
}

async function settled(answer: Promise<InstanceRecord | Refusal>): Promise<SendAnswer> {
  try {
    return { answer: await answer };
  } catch (error) {
    return { error };
  }
}

/** Each by itself, those of one instance in the order given. Nobody's failure is another's. */
export async function sendApart(
  commands: readonly SendCommand[],
  send: Send,
): Promise<readonly SendAnswer[]> {
  const before = new Map<string, Promise<SendAnswer>>();
  const answers = commands.map((command) => {
    const turn = before.get(command.instance);
    const answer = settled(turn ? turn.then(() => send(command)) : send(command));
    before.set(command.instance, answer);
    return answer;
  });
  return Promise.all(answers);
}
