import { type InstanceRecord } from '../engine/records';
import { type TimeLimit } from '../engine/store.port';
import { type SendCommand } from '../engine/commands';
import { type Refusal } from '../lifecycle/refusal';

export type SendAnswer = { readonly answer: InstanceRecord | Refusal } | { readonly error: unknown };

/** A command, and how long its caller waits for it. */
export interface LimitedCommand {
  readonly command: SendCommand;
  readonly limit?: TimeLimit | undefined;
}

interface Waiting extends LimitedCommand {
  readonly answer: (answer: SendAnswer) => void;
}

/**
 * Lets sends of one organization that arrive together share a transaction. The first one goes at once; what arrives
 * while it is on its way goes together next. An idle lane holds nothing and adds no wait.
 */
export class SendLane {
  private waiting: Waiting[] = [];
  private readonly busy = new Set<string>();
  private running = 0;

  /**
   * @param most commands in one transaction
   * @param abreast transactions on their way at the same time
   */
  constructor(
    private readonly sendTogether: (commands: readonly LimitedCommand[]) => Promise<readonly SendAnswer[]>,
    private readonly most: number,
    private readonly abreast: number,
  ) {}

  add(command: SendCommand, limit?: TimeLimit): Promise<InstanceRecord | Refusal> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        command,
        limit,
        answer: (answer) => {
          if ('error' in answer)
            reject(answer.error instanceof Error ? answer.error : new Error(String(answer.error)));
          else resolve(answer.answer);
        },
      });
      if (this.running < this.abreast) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running++;
    try {
      for (let batch = this.take(); batch.length > 0; batch = this.take()) {
        const answers = await this.sendTogether(batch).catch((error: unknown) =>
          batch.map((): SendAnswer => ({ error })),
        );
        batch.forEach(({ command }) => this.busy.delete(command.instance));
        batch.forEach(({ answer }, index) => answer(answers[index] ?? { error: new Error('unanswered') }));
        // Whoever was answered may send again at once: all of them together, not the first of them alone.
        await new Promise(setImmediate);
      }
    } finally {
      this.running--;
    }
  }

  /**
   * Sends that overlap in time have no promised order between them, as in any other transactions. Those to an instance
   * that another transaction of the lane has in hand wait for it, instead of losing a race against it. Those whose time
   * was over while they waited were answered, and are never carried out.
   */
  private take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const each of this.waiting.filter(({ limit }) => !limit?.isOver))
      if (taken.length < this.most && !this.busy.has(each.command.instance)) taken.push(each);
      else left.push(each);
    this.waiting = left;
    taken.forEach(({ command }) => this.busy.add(command.instance));
    return taken;
  }
}
