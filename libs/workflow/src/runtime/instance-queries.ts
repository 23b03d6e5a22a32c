import { type Outlook, outlook } from '../engine/event-outlook';
import { allowedEvents, guardReasons, guardRefusal } from '../engine/event-admission';
import { canonicalJson } from '../engine/canonical-json';
import { messageOf } from '../engine/error-message';
import { readEntry } from '../engine/history-chain';
import { type InstanceProgress } from '../engine/instance-progress';
import { pastStates, type PastState } from '../engine/past';
import { unknownVersion, UnknownVersionError, type LifecycleCatalogue } from '../engine/lifecycle-catalogue';
import { foreseen, present, type ForeseenStep, type PendingTimer, type Present } from '../engine/present';
import {
  type Actor,
  type HistoryEntry,
  type HistoryRecord,
  type InstanceRecord,
  type ParkedWork,
} from '../engine/records';
import { verifyInstance, type Finding } from '../engine/replay';
import { type Store, type StoreTransaction } from '../engine/store.port';
import { unknownInstance } from '../engine/instance-refusals';
import { UnitOfWork } from '../engine/unit-of-work';
import { type WorkHooks } from '../engine/work-hooks';
import { type JsonSchema } from '../lifecycle/declared-events';
import { type Instant } from '../lifecycle/macrostep-instant';
import { refusal, type Bilingual, type Refusal } from '../lifecycle/refusal';

/** What would come of one event that the machine has in its present state. */
export interface EventOutlook {
  readonly type: string;
  readonly outlook: Outlook;
  /**
   * Where it is refused: why, as `send` answers with the first of them. Where it depends: what may be answered.
   */
  readonly reasons: readonly Refusal[];
  readonly label: Bilingual | null;
  /** What has to be entered. `possible` holds for every payload that fits it. */
  readonly payload: JsonSchema | null;
}

export interface WhatCan extends Present {
  /** Sorted by type. */
  readonly events: readonly EventOutlook[];
}

/** A history entry with the hash that chains it. */
export interface HistoryLine extends HistoryEntry {
  readonly hash: string;
}

/** A moment of an instance's past: a revision, or the last one that was at or before an instant. */
export type Moment = { readonly revision: number } | { readonly at: Instant };

export interface Explanation extends Present {
  /** When it came into the present state value. */
  readonly since: Instant;
  readonly lastMove: Pick<HistoryEntry, 'revision' | 'kind' | 'at' | 'processedAt' | 'actor' | 'event'>;
  readonly pending: readonly (PendingTimer & {
    /** What it will do if nobody acts; `null` when another timer comes first and ends it, or it is parked or too far off. */
    readonly then: ForeseenStep | null;
  })[];
  /** What will happen if nobody acts, in order, also through timers that are only set by then. */
  readonly ahead: readonly ForeseenStep[];
  /** Whether it goes on behind `ahead`. */
  readonly goesOn: boolean;
  /** The timer at which what is ahead fails, and why. */
  readonly failsAt: { readonly timer: string; readonly error: string } | null;
  readonly parked: readonly ParkedWork[];
}

/** Entries in one page of history, where nothing else is asked. */
const HISTORY_PAGE = 100;

/** Steps that `explain` looks ahead. */
const STEPS_AHEAD = 20;

/** Ids of what a look into the future would write: nobody sees them. */
const noId = (): string => '';

interface Look<TTransaction> {
  readonly tx: TTransaction;
  readonly unit: UnitOfWork<TTransaction & StoreTransaction>;
  readonly stored: InstanceRecord;
  readonly progress: InstanceProgress;
}

/**
 * Everything that can be asked of instances. Questions lock nothing and write nothing; the same engine that would
 * carry a command out plays it in memory, so that an answer holds what has fallen due and was not fired yet.
 */
export class InstanceQueries<TTransaction extends StoreTransaction> {
  constructor(
    readonly catalogue: LifecycleCatalogue,
    protected readonly store: Store<TTransaction>,
    protected readonly hooks: WorkHooks<TTransaction>,
  ) {}

  /**
   * What this actor could do now: every event that the machine has in its present state. It agrees with `send`, which
   * asks the same machine and the same `authorize`: what is `possible` is accepted, what is `refused` is refused with the
   * same code, as long as nobody else acts and the payload fits its schema.
   */
  whatCan(organization: string, instance: string, actor: Actor): Promise<WhatCan | Refusal> {
    return this.present(organization, instance, async (look) => {
      const { progress, stored, tx, unit } = look;
      const events: EventOutlook[] = [];
      for (const type of allowedEvents(progress.state)) {
        const { label, schema } = progress.lifecycle.events[type] ?? {};
        const notAuthorized = await unit.authorize(progress, actor, type, tx.now);
        const judged = notAuthorized
          ? { outlook: 'refused' as const, reasons: [notAuthorized] }
          : this.judge(progress, type, tx.now);
        events.push({ type, ...judged, label: label ?? null, payload: schema ?? null });
      }
      return { ...present(progress, stored, tx.now), events };
    });
  }

  private judge(
    { lifecycle, state, current }: InstanceProgress,
    type: string,
    now: Instant,
  ): Pick<EventOutlook, 'outlook' | 'reasons'> {
    const answer = outlook(lifecycle.machine, state, type, Math.max(now, current.at));
    if (answer === 'possible') return { outlook: answer, reasons: [] };
    const reasons = guardReasons(lifecycle, state, type);
    return {
      outlook: answer,
      reasons: reasons.length > 0 ? reasons : [guardRefusal(lifecycle, state, type)],
    };
  }

  /**
   * A plain account of an instance: where it is and since when, who moved it last, what it waits for and what will happen
   * if nobody acts. Data only: words are the caller's. Reads the whole history of the instance.
   */
  explain(organization: string, instance: string): Promise<Explanation | Refusal> {
    return this.present(organization, instance, async ({ progress, stored, tx, unit }) => {
      const account = present(progress, stored, tx.now);
      const records = await tx.history(instance, { after: 0 });
      const overdue = progress.change()?.entries ?? [];
      const entries = [...records.map(readEntry), ...overdue];
      const last = entries.at(-1);
      if (!last) throw new Error(`instance ${instance} has no history`);
      const { revision } = last;
      await unit.foresee(instance, STEPS_AHEAD);
      const ahead = foreseen(progress.lifecycle, unit.changes, instance, revision).slice(0, STEPS_AHEAD);
      const { failed } = progress;
      const { kind, at, processedAt, actor, event } = last;
      return {
        ...account,
        since: sinceWhen(entries),
        lastMove: { revision, kind, at, processedAt, actor, event },
        pending: account.pending.map((timer) => ({
          ...timer,
          then: ahead.find((step) => step.timer === timer.id && step.at === timer.dueAt) ?? null,
        })),
        ahead,
        goesOn: progress.nextDue(Number.POSITIVE_INFINITY) !== undefined,
        failsAt: failed && { timer: failed.timer, error: messageOf(failed.error) },
        parked: await tx.parkedWork(instance),
      };
    });
  }

  /** The history of an instance behind the revision `after`, in order, at most `limit` entries (100). */
  history(
    organization: string,
    instance: string,
    { after = 0, limit = HISTORY_PAGE }: { readonly after?: number; readonly limit?: number } = {},
  ): Promise<readonly HistoryLine[] | Refusal> {
    return this.past(organization, instance, { after, limit }, (records) =>
      records.map((record) => ({ ...readEntry(record), hash: record.hash })),
    );
  }

  /**
   * The state an instance was in, by replaying its history. Of an instant: as it was recorded, so that a timer that was
   * due by then and fired late counts from its due instant.
   * Refuses with `unknown-revision`, `not-started-yet`, or `unknown-version` when its code is gone. @throws ReplayDiffers
   */
  stateAt(organization: string, instance: string, moment: Moment): Promise<PastState | Refusal> {
    const page = 'revision' in moment ? { after: 0, limit: moment.revision } : { after: 0 };
    return this.past(organization, instance, page, (records) => {
      let found: PastState | null = null;
      const until = records.filter(({ at }) => 'revision' in moment || at <= moment.at);
      for (const state of pastStates(this.catalogue, until)) found = state;
      const last = until.at(-1);
      if (last && found?.revision !== last.revision && ('at' in moment || last.revision === moment.revision))
        return unknownVersion(readEntry(last));
      if ('revision' in moment && found?.revision !== moment.revision)
        return refusal('unknown-revision', {
          vi: `Quy trình này chưa có lần thay đổi thứ ${moment.revision}.`,
          en: `This instance has no revision ${moment.revision}.`,
        });
      return (
        found ??
        refusal('not-started-yet', {
          vi: 'Khi đó quy trình này chưa bắt đầu.',
          en: 'This instance had not been started by then.',
        })
      );
    });
  }

  /**
   * Every state the instance was in, in order, by replaying its history: from the migration on where the code before it
   * is gone. @throws ReplayDiffers
   */
  replay(organization: string, instance: string): Promise<readonly PastState[] | Refusal> {
    return this.past(organization, instance, { after: 0 }, (records) => [
      ...pastStates(this.catalogue, records),
    ]);
  }

  /** What does not hold of one instance: chain, replay, stored state, pending timers. Empty when all does. */
  async verify(organization: string, instance: string): Promise<readonly Finding[] | Refusal> {
    return this.store.look(organization, async (tx): Promise<readonly Finding[] | Refusal> => {
      const [record] = await tx.read([instance]);
      const records = await tx.history(instance, { after: 0 });
      if (record) return verifyInstance(this.catalogue, record, records);
      if (records.length === 0) return unknownInstance();
      const detail = 'there is history of this instance, but the instance itself is gone';
      return [{ instance, revision: null, code: 'missing-instance', detail }];
    });
  }

  private past<T>(
    organization: string,
    instance: string,
    page: { readonly after: number; readonly limit?: number },
    answer: (records: readonly HistoryRecord[]) => T | Refusal,
  ): Promise<T | Refusal> {
    return this.store.look(organization, async (tx) => {
      const [record] = await tx.read([instance]);
      if (!record) return unknownInstance();
      return answer(await tx.history(instance, page));
    });
  }

  /** Looks at an instance as it is now: what has fallen due is fired in memory first, as `send` would. */
  private present<T>(
    organization: string,
    instance: string,
    answer: (look: Look<TTransaction>) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const look = async (tx: TTransaction): Promise<T | Refusal> => {
      const [stored] = await tx.read([instance]);
      if (!stored) return unknownInstance();
      const unit = new UnitOfWork(this.catalogue, tx, this.hooks, noId, (ids) => tx.read(ids));
      const refused = await unit.catchUp([{ instance }]);
      const progress = unit.standing(instance);
      if (refused ?? !progress) return refused ?? unknownInstance();
      return answer({ tx, unit, stored, progress });
    };
    return this.store.look(organization, look).catch((error: unknown) => {
      if (error instanceof UnknownVersionError) return error.refusal;
      throw error;
    });
  }
}

/** The instant of the first of the last entries that all have the same state value. */
function sinceWhen(entries: readonly HistoryEntry[]): Instant {
  const value = canonicalJson(entries.at(-1)?.to);
  let since = entries.length - 1;
  while (since > 0 && canonicalJson(entries[since - 1]?.to) === value) since--;
  return entries[since]?.at ?? 0;
}
