import { type EffectQueue } from '../effects/effect-queue';
import { END, LOCK_ONE, type Ended, type OutboxRow } from '../effects/outbox-statements';
import { type Actor } from '../engine/records';
import { messageOf } from '../engine/error-message';
import { notParked } from '../engine/instance-refusals';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, refusal, type Refusal } from '../lifecycle/refusal';
import { type PostgresTransaction } from '../postgres/postgres.transaction';
import { shardOf } from '../postgres/shards';
import { type Work } from '../runtime/work';
import { type WorkflowRuntime } from '../runtime/workflow.runtime';
import { WAKE_CHANNEL } from '../timers/wake-ups';
import { DECIDED, DECISIONS, LIST, RESUME_EFFECT } from './parked-statements';

type Transaction = Work<PostgresTransaction>;

/**
 * `timer`: its step failed. `effect`: its last attempt failed. `answer`: an invoked effect came back, and the machine
 * failed at its answer, or does not handle its error.
 */
export type ParkedKind = 'timer' | 'effect' | 'answer';

/** Names one piece of parked work. */
export interface ParkedAddress {
  readonly kind: ParkedKind;
  readonly instance: string;
  /** Of a timer its id in the machine, else the id of the outbox row. */
  readonly id: string;
}

export interface ParkedItem extends ParkedAddress {
  readonly lifecycle: string;
  /** Of the effect, the invoked actor or the timer. */
  readonly name: string;
  readonly error: string;
  /** Business instant: when the timer was due, or when the transition asked for the effect. */
  readonly at: Instant;
  /** Technical instant. */
  readonly parkedAt: Instant;
  /** `null` for a timer: its step is not tried twice. */
  readonly attempts: number | null;
}

export interface ParkedPage {
  readonly items: readonly ParkedItem[];
  /** What `after` takes for the next page; `null` on the last one. */
  readonly next: string | null;
}

/** What somebody decides about parked work, kept for ever. */
export interface ParkedCommand extends ParkedAddress {
  readonly actor: Actor;
  readonly reason: string;
}

export interface ParkedDecision {
  readonly id: string;
  readonly kind: ParkedKind;
  readonly instance: string;
  readonly subject: string;
  readonly decision: 'send-again' | 'drop';
  readonly actor: Actor;
  readonly reason: string;
  /** Why it had been parked. */
  readonly error: string | null;
  /** Business instant. */
  readonly at: Instant;
}

interface ListedRow extends Omit<ParkedItem, 'at' | 'parkedAt' | 'error'> {
  readonly error: string | null;
  readonly at: Date;
  readonly parked_at: Date;
  readonly cursor: string;
}

const MOST_ON_A_PAGE = 200;

const cursorOf = ({ cursor, instance, id }: ListedRow): string =>
  Buffer.from(JSON.stringify([cursor, instance, id])).toString('base64url');

const positionOf = (after: string | undefined): readonly (string | null)[] =>
  after === undefined
    ? [null, null, null]
    : (JSON.parse(Buffer.from(after, 'base64url').toString()) as readonly string[]);

/** Parked work of an organization: seen, sent again, or given up, by a person and with a reason. */
export class ParkedWork {
  constructor(
    private readonly runtime: WorkflowRuntime<PostgresTransaction>,
    private readonly effects: Pick<EffectQueue, 'offer'>,
    private readonly newId: () => string,
  ) {}

  /** Oldest first. @param limit at most 200 */
  list(
    organization: string,
    { limit = 50, after }: { readonly limit?: number; readonly after?: string } = {},
  ): Promise<ParkedPage> {
    const most = Math.min(limit, MOST_ON_A_PAGE);
    return this.read(organization, async (tx) => {
      const rows = await tx.query<ListedRow>(LIST, [organization, ...positionOf(after), most + 1]);
      const last = rows.length > most ? rows[most - 1] : undefined;
      const items = rows.slice(0, most).map(({ cursor: _, parked_at, at, error, ...row }) => ({
        ...row,
        error: error ?? '',
        at: at.getTime(),
        parkedAt: parked_at.getTime(),
      }));
      return { items, next: last ? cursorOf(last) : null };
    });
  }

  /** What was decided about an instance's parked work, in order. */
  decisions(organization: string, instance: string): Promise<readonly ParkedDecision[]> {
    return this.read(organization, async (tx) => {
      const rows = await tx.query<ParkedDecision & { readonly at: Date }>(DECISIONS, [
        organization,
        instance,
      ]);
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    });
  }

  /**
   * Tries it again: a timer fires in its turn, an effect gets all its attempts anew. An answer is applied again; one
   * that says that the effect failed makes it run again instead.
   * @returns `null`, or why not: `not-parked`, `reason-missing`, `answer-fails-again`
   */
  async sendAgain(organization: string, command: ParkedCommand): Promise<Refusal | null> {
    const refused = await this.decide(organization, command, 'send-again', async (tx, row) => {
      if (row === null) {
        await tx.resume(command.instance, command.id);
        await tx.query('select pg_notify($1, $2)', [WAKE_CHANNEL, String(shardOf(command.instance))]);
        return null;
      }
      if (row.answer !== null && 'output' in row.answer) return this.answerAgain(tx, row);
      await tx.query(RESUME_EFFECT, [organization, row.id]);
      return null;
    });
    if (refused === null && command.kind !== 'timer') this.effects.offer(organization);
    return refused;
  }

  /**
   * Gives it up. The later timers of a dropped timer's instance go on; the state that waits for a dropped answer has to
   * be left in another way.
   * @returns `null`, or why not: `not-parked`, `reason-missing`
   */
  drop(organization: string, command: ParkedCommand): Promise<Refusal | null> {
    return this.decide(organization, command, 'drop', async (tx, row) => {
      const { instance, id, actor } = command;
      if (row === null) {
        const dropped = await tx.dropTimer({ instance, timer: id, actor });
        return isRefusal(dropped) ? dropped : null;
      }
      await this.end(tx, { id, outcome: 'dropped', answer: row.answer, attempts: row.attempts });
      return null;
    });
  }

  private async decide(
    organization: string,
    command: ParkedCommand,
    decision: ParkedDecision['decision'],
    act: (tx: Transaction, row: OutboxRow | null) => Promise<Refusal | null>,
  ): Promise<Refusal | null> {
    const { kind, instance, id, actor, reason } = command;
    if (reason.trim() === '')
      return refusal('reason-missing', { vi: 'Hãy nêu lý do.', en: 'Give the reason.' }, { field: 'reason' });
    const done = await this.runtime.transaction(organization, async (tx) => {
      const found = kind === 'timer' ? await this.timer(tx, command) : await this.row(tx, command);
      if (found === null) return notParked();
      const refused = await act(tx, found.row);
      if (refused) return refused;
      await tx.query(DECIDED, [
        organization,
        this.newId(),
        kind,
        instance,
        id,
        decision,
        JSON.stringify(actor),
        reason,
        found.error,
        tx.now,
      ]);
      return true;
    });
    return isRefusal(done) ? done : null;
  }

  private async timer(tx: Transaction, { instance, id }: ParkedAddress) {
    const [locked] = await tx.lock([instance]);
    const parked = locked?.timers.find((timer) => timer.id === id)?.parked;
    return parked ? { error: parked.error, row: null } : null;
  }

  private async row(tx: Transaction, { kind, instance, id }: ParkedAddress) {
    const [row] = await tx.query<OutboxRow>(LOCK_ONE, [tx.organization, id]);
    const isIt =
      row?.parked === true && row.instance_id === instance && (row.answer === null) === (kind === 'effect');
    return isIt ? { error: row.last_error, row } : null;
  }

  private async answerAgain(tx: Transaction, row: OutboxRow): Promise<Refusal | null> {
    const { id: call, instance_id: instance, invocation, answer, attempts } = row;
    if (answer === null) return null;
    const [outcome] = await tx.answerEach([{ instance, invocation: invocation ?? '', call, answer }]);
    if (typeof outcome === 'object')
      return refusal('answer-fails-again', {
        vi: `Quy trình vẫn chưa nhận được kết quả này: ${messageOf(outcome.fault)}`,
        en: `The machine still fails at this answer: ${messageOf(outcome.fault)}`,
      });
    await this.end(tx, { id: call, outcome: outcome ?? 'dropped', answer, attempts });
    return null;
  }

  private async end(tx: Transaction, ended: Ended): Promise<void> {
    await tx.query(END, [tx.organization, JSON.stringify([ended])]);
  }

  private async read<T>(organization: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return (await this.runtime.transaction(organization, work)) as T;
  }
}
