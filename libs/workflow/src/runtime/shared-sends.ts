import { type InstanceChange, type InstanceRecord } from '../engine/records';
import {
  ConnectionLost,
  StoreUnavailable,
  type StoreTransaction,
  type TimeLimit,
} from '../engine/store.port';
import { type SendCommand } from '../engine/commands';
import { sendUnlocked } from '../engine/unlocked-sends';
import { type Refusal } from '../lifecycle/refusal';
import { sharedLimit } from './call-limit';
import { SendLane, type LimitedCommand, type SendAnswer } from './send-lane';
import { type Transactions } from './transactions';

/** Sends of one organization that share a commit at most, and how many such commits run side by side. */
const SENDS_TOGETHER = 128;
const LANES = 2;

/** Sends that arrive together and share a commit, by organization; each is answered by itself. */
export class SharedSends<TTransaction extends StoreTransaction> {
  private readonly lanes = new Map<string, SendLane>();

  constructor(private readonly transactions: Transactions<TTransaction>) {}

  /** @param limit how long the caller waits */
  add(
    organization: string,
    command: SendCommand,
    limit: TimeLimit | undefined,
  ): Promise<InstanceRecord | Refusal> {
    return this.laneOf(organization).add(command, limit);
  }

  private laneOf(organization: string): SendLane {
    const known = this.lanes.get(organization);
    if (known) return known;
    const lane = new SendLane(
      (limited) =>
        this.transactions.watch.sharing(
          limited.map(({ command }) => command),
          () => this.sendTogether(organization, limited),
        ),
      SENDS_TOGETHER,
      LANES,
    );
    this.lanes.set(organization, lane);
    return lane;
  }

  /** Most sends need nothing but their own instance; the others, and those that lose a race, go under locks. */
  private async sendTogether(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly SendAnswer[]> {
    const answers: (SendAnswer | null)[] = [...(await this.tryUnlocked(organization, limited))];
    const left = limited.filter((_, place) => answers[place] === null);
    if (left.length === 0) return answers.filter((answer) => answer !== null);
    const locked = await this.sendLocked(organization, left);
    let next = 0;
    return answers.map((answer) => answer ?? locked[next++] ?? { error: new Error('unanswered') });
  }

  /** Who has to be asked about, and who has no time to lose, goes under locks. */
  private mayGoUnlocked({ command, limit }: LimitedCommand): boolean {
    const isAskedAbout = this.transactions.hooks.authorize !== undefined && command.actor.kind === 'person';
    return !this.transactions.hooks.project && !isAskedAbout && limit === undefined;
  }

  /** @returns `null` for each command that has to go under locks */
  private async tryUnlocked(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly (SendAnswer | null)[]> {
    const free = limited.filter((each) => this.mayGoUnlocked(each));
    if (free.length === 0) return limited.map(() => null);
    const sent = new Map<LimitedCommand, SendAnswer>();
    const commands = free.map(({ command }) => command);
    const ids = [...new Set(commands.map(({ instance }) => instance))];
    let changes: readonly InstanceChange[] = [];
    let answers: readonly (InstanceRecord | Refusal | null)[] = [];
    let began = 0;
    try {
      await this.transactions.options.store.unlocked(organization, ids, (reading) => {
        began = performance.now();
        ({ changes, answers } = sendUnlocked(
          this.transactions.options.catalogue,
          reading,
          commands,
          this.transactions.options.newId,
        ));
        return changes;
      });
    } catch (error) {
      if (this.transactions.isWorthRetrying(error))
        this.transactions.watch.retried(this.transactions.causeOf(error));
      const isLost = error instanceof ConnectionLost;
      return limited.map((each) => (isLost && free.includes(each) ? { error } : null));
    }
    await this.transactions.options.faults?.reach('send.committed');
    answers.forEach((answer, place) => {
      const of = free[place];
      if (of && answer !== null) sent.set(of, { answer });
    });
    this.transactions.wrote({ source: 'sends', size: sent.size, changes }, began);
    return limited.map((each) => sent.get(each) ?? null);
  }

  private async sendLocked(
    organization: string,
    limited: readonly LimitedCommand[],
  ): Promise<readonly SendAnswer[]> {
    const commands = limited.map(({ command }) => command);
    const ids = [...new Set(commands.map(({ instance }) => instance))];
    let written: readonly InstanceChange[] = [];
    let began = 0;
    let answers: readonly SendAnswer[];
    try {
      answers = await this.transactions.options.store.transaction(
        organization,
        async (tx) => {
          began = performance.now();
          await this.transactions.options.faults?.reach('send.read');
          const unit = this.transactions.newUnit(tx);
          const each: SendAnswer[] = [];
          for (const answer of await unit.sendEach(commands)) each.push({ answer });
          await this.transactions.options.faults?.reach('send.stepped');
          ({ changes: written } = await unit.flushLast());
          await this.transactions.options.faults?.reach('send.written');
          return each;
        },
        ids,
        sharedLimit(limited.map(({ limit }) => limit)),
      );
    } catch (error) {
      // Perhaps all of it was carried out: who asked must look before asking again.
      if (error instanceof ConnectionLost || error instanceof StoreUnavailable)
        return limited.map(() => ({ error }));
      const [only] = limited;
      if (limited.length > 1) {
        // Somebody among them fails, or has no more time: everyone goes alone.
        this.transactions.watch.retried('alone');
        const alone = limited.map((command) => this.sendLocked(organization, [command]));
        return (await Promise.all(alone)).flat();
      }
      if (only && this.transactions.isWorthRetrying(error)) {
        this.transactions.watch.retried(this.transactions.causeOf(error));
        const { command, limit } = only;
        return [
          await this.settle(this.transactions.answering(organization, (tx) => tx.send(command), { limit })),
        ];
      }
      const declined = this.transactions.declined(error);
      if (declined) return [{ answer: declined }];
      return [{ error }];
    }
    await this.transactions.options.faults?.reach('send.committed');
    this.transactions.wrote({ source: 'sends', size: commands.length, changes: written }, began);
    return answers;
  }

  private async settle(answer: Promise<InstanceRecord | Refusal>): Promise<SendAnswer> {
    try {
      return { answer: await answer };
    } catch (error) {
      return { error };
    }
  }
}
